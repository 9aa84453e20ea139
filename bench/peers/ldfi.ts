/** A row checked by ldfi in processes of its own: one for the whole way from the start to the verdict, one for those after it. */
import { fileURLToPath } from 'node:url';
import { median } from '../figures.js';
import { NO_ANSWER, type Answer } from './answer.js';
import { run } from './processes.js';

export type Written = 'handlers' | 'rules';

export interface ByLdfi extends Answer {
  /** Seconds of a process that checks once. */
  readonly whole: number;
  /** Seconds of a check in a process that had one before; of the first one where that took long. */
  readonly warm: number;
}

/** What a child prints. */
export interface Checked extends Answer {
  /** Seconds of each check. */
  readonly computed: readonly number[];
}

/** Seconds from which what a warm process saves no longer counts. */
const LONG = 5;

export interface Question {
  /** Of the row, from 0. */
  readonly number: number;
  readonly written: Written;
}

/** @param runs after the first, of which the median is taken  @param seconds of processor time, for each check */
export function checkByLdfi(question: Question, runs: number, seconds: number): ByLdfi {
  const once = inChild(question, 1, seconds);
  const { whole } = once;
  if (once.checked === undefined) return { ...NO_ANSWER, whole, warm: whole };
  const { verdict, fewest, computed } = once.checked;
  if (computed[0] > LONG) return { verdict, fewest, whole, warm: computed[0] };
  const again = inChild(question, runs + 1, seconds * (runs + 1)).checked;
  if (again === undefined) throw new Error(`row ${question.number} was checked once, and not again`);
  return { verdict, fewest, whole, warm: median(again.computed.slice(1)) };
}

function inChild(
  { number, written }: Question,
  runs: number,
  seconds: number,
): { readonly checked: Checked | undefined; readonly whole: number } {
  const child = fileURLToPath(new URL('child.js', import.meta.url));
  const command = [process.execPath, child, String(number), written, String(runs)];
  const { output, computed, outOfTime } = run(command, { seconds });
  return { checked: outOfTime ? undefined : parsed(output), whole: computed };
}

function parsed(output: string): Checked {
  try {
    return JSON.parse(output) as Checked;
  } catch {
    throw new Error(output);
  }
}
