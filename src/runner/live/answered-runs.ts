/** A file of runs that were answered, so that a campaign which was stopped goes on where it was. */
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { quote } from '../../model/text/quote.js';
import type { System } from '../scenario/define-system.js';
import { reasonOf } from '../files/file-system.js';
import { isRecord } from '../shape.js';
import type { LiveRun } from './run-system.js';
import { SystemError } from './system-error.js';

/** What comes of a fault set is taken from here where it is known. */
export interface AnsweredRuns {
  readonly get: (faults: string) => LiveRun | undefined;
  readonly put: (faults: string, run: LiveRun) => void;
}

/** A line of the file. */
interface Entry {
  readonly name: string;
  /** Of what the system was said to be. */
  readonly digest: string;
  readonly faults: string;
  readonly run: LiveRun;
}

/**
 * JSON Lines, of one system or of several. A line that is not whole, as the last may be, counts as not there.
 *
 * @throws SystemError where it holds something else, or runs of the system from before it was changed
 */
export function answeredRunsIn(file: string, system: System): AnsweredRuns {
  const { name } = system;
  const digest = digestOf(system);
  const own = entriesIn(openedAt(file)).filter((entry) => entry.name === name);
  if (own.some((entry) => entry.digest !== digest))
    throw new SystemError(
      `${quote(file)} has runs of ${name} from before it was changed; take another file, or remove this one`,
    );
  const known = new Map(own.map(({ faults, run }) => [faults, run] as const));
  return {
    get: (faults) => known.get(faults),
    put: (faults, run) => {
      if (known.has(faults)) return;
      known.set(faults, run);
      const entry: Entry = { name, digest, faults, run };
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
  };
}

/** Its text. It is there afterwards, and ends with a whole line. @throws SystemError where it cannot be had */
function openedAt(file: string): { readonly file: string; readonly text: string } {
  try {
    appendFileSync(file, '');
    const text = readFileSync(file, 'utf8');
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
    return { file, text };
  } catch (error) {
    throw new SystemError(`runs cannot be kept in ${quote(file)}: ${reasonOf(error)}`);
  }
}

/** @throws SystemError where there is something else */
function entriesIn({ file, text }: { readonly file: string; readonly text: string }): readonly Entry[] {
  return text.split('\n').flatMap((line, place) => {
    const entry = readLine(line);
    if (entry === undefined || isEntry(entry)) return entry ?? [];
    throw new SystemError(`line ${place + 1} of ${quote(file)} is no run of a system`);
  });
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Its run is believed to be one where it is by a campaign at all. */
function isEntry(entry: unknown): entry is Entry {
  return (
    isRecord(entry) &&
    [entry.name, entry.digest, entry.faults].every((text) => typeof text === 'string') &&
    isRecord(entry.run) &&
    Array.isArray(entry.run.calls) &&
    isRecord(entry.run.answer)
  );
}

/** Of all that runs depend on: not of bounds and kinds of fault, which may be others when a campaign goes on. */
function digestOf({ services, request, outcome, invariants, state, patience }: System): string {
  const text = JSON.stringify(
    { services, request, outcome, invariants, state, patience },
    (_, value: unknown) => (typeof value === 'function' ? String(value) : value),
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
