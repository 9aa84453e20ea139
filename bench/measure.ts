/**
 * Measures a target in processes of its own: one for its first run and its peak memory, as a user meets it, and
 * one for the runs after the first.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Statistics, VerdictName } from '../src/runner/result.js';
import { decidedBy, processorTime } from './figures.js';
import { checkRow } from './rows.js';
import { targets, type Target } from './targets.js';

/** What a child process measured. */
interface Sample {
  readonly verdict: VerdictName;
  /** Of the first counterexample; empty where there is none. */
  readonly minimality: string;
  readonly decided: string;
  readonly executions: number;
  readonly statistics: Statistics;
  /** Milliseconds of each run, and processor time of all threads meanwhile. */
  readonly elapsed: readonly number[];
  readonly computed: readonly number[];
  readonly peakMb: number;
}

export interface Measurement extends Omit<Sample, 'elapsed' | 'computed'> {
  readonly first: number;
  /** Of runs in a process that had one before; of the first run alone where that took long. */
  readonly elapsed: readonly number[];
  readonly computed: readonly number[];
}

/** Milliseconds of processor time from which a check is measured once: what a warm process saves no longer counts. */
const LONG = 5_000;

/** @param runs after the first */
export function measureApart(target: Target, runs: number): Measurement {
  const once = inChild(target, 1);
  const [first] = once.elapsed;
  const { elapsed, computed } = once.computed[0] > LONG ? once : withoutFirst(inChild(target, runs + 1));
  return { ...once, first, elapsed, computed };
}

function withoutFirst({ elapsed, computed }: Sample): Pick<Sample, 'elapsed' | 'computed'> {
  return { elapsed: elapsed.slice(1), computed: computed.slice(1) };
}

function inChild(target: Target, runs: number): Sample {
  const main = fileURLToPath(new URL('main.js', import.meta.url));
  const number = String(targets.indexOf(target));
  const output = execFileSync(process.execPath, [main, '--measure', number, '--runs', String(runs)], {
    encoding: 'utf8',
  });
  return JSON.parse(output) as Sample;
}

/** What the child does, which reads nothing but its own row. @param number of the target, from 0 */
export async function measureHere(number: number, runs: number): Promise<Sample> {
  const { row: rowOf, timeout } = targets[number];
  const row = await rowOf();
  const results = [];
  const computed: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = processorTime();
    results.push(await checkRow(row, timeout === undefined ? {} : { timeout }));
    computed.push(processorTime() - before);
  }
  const [{ verdict, evidence }] = results;
  return {
    verdict: verdict.kind,
    minimality: verdict.kind === 'violated' ? verdict.counterexamples[0].minimality : '',
    decided: decidedBy(evidence),
    executions: evidence.executions,
    statistics: evidence.statistics,
    elapsed: results.map(({ elapsed }) => elapsed),
    computed,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  };
}
