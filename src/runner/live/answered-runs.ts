/** A file of runs that were answered, so that a campaign which was stopped goes on where it was. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { LiveRun } from './run-system.js';

/** What comes of a fault set is taken from here where it is known. */
export interface AnsweredRuns {
  readonly get: (faults: string) => LiveRun | undefined;
  readonly put: (faults: string, run: LiveRun) => void;
}

/** JSON Lines. A line that is not whole, as the last may be, counts as not there. */
export function answeredRunsIn(file: string): AnsweredRuns {
  const known = new Map<string, LiveRun>();
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const entry = readLine(line);
    if (entry !== undefined) known.set(entry.faults, entry.run);
  }
  return {
    get: (faults) => known.get(faults),
    put: (faults, run) => {
      if (known.has(faults)) return;
      known.set(faults, run);
      appendFileSync(file, `${JSON.stringify({ faults, run })}\n`);
    },
  };
}

function readLine(line: string): { readonly faults: string; readonly run: LiveRun } | undefined {
  try {
    return JSON.parse(line) as { readonly faults: string; readonly run: LiveRun };
  } catch {
    return undefined;
  }
}
