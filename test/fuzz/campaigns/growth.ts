/**
 * Twice the input takes about twice the time, whatever it consists of: a square would take four times as long, and
 * hours where somebody means it. Times are compared within one run of one input, so that the machine does not matter;
 * what it does meanwhile may, so that only what takes too long again and again is a failure.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { parseSchedule } from '../../../src/injector/schedule.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { formatDiagnostic } from '../../../src/model/diagnostics/format-diagnostic.js';
import { check } from '../../../src/runner/check.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { CLAUSES, JOINS, LONG_CLAUSES, runOf, type Family } from '../../generators/growing.js';
import { runBatches } from '../batches.js';
import type { Campaign } from '../campaign.js';

/** What is timed, and what the text that it is given consists of. */
interface Growing {
  readonly reader: string;
  readonly what: string;
  readonly text: Family;
  readonly work: (text: string) => unknown;
}

/** Milliseconds of computing from which a time is compared: below it, what happens once weighs too much. */
const LONG_ENOUGH = 50;

/** Characters beyond which no text grows, however fast it is read. */
const LONGEST = 400_000;

/** How much longer twice the text may take: halfway, by proportion, between twice and four times. */
const MOST = 2.83;

/** How often what takes too long is timed again. */
const ATTEMPTS = 4;

const BOUNDS = { eot: 4, eff: 1, crashes: 1 };

const CHECK = 'a check of Dedalus';
const SCHEDULES = 'the reader of schedules';

export const fuzzGrowth: Campaign = async (turn) => {
  const pool = new SolverPool();
  const checked = async (text: string) => {
    const { checked: protocol, header, diagnostics } = readDedalusText(text);
    diagnostics.forEach((each) => formatDiagnostic(each));
    if (protocol === undefined) return;
    const declared = header.nodes?.map(({ name }) => name) ?? protocol.locations;
    const nodes = [...new Set(declared)];
    if (nodes.length > 0) await check(protocol, { name: 'growing', nodes, bounds: BOUNDS, pool });
  };
  const schedule = (text: string) => parseSchedule(text, { nodes: ['a', 'b'], bounds: BOUNDS });
  const families = Object.entries({ ...CLAUSES, ...LONG_CLAUSES, ...JOINS });
  const programs = fc
    .constantFrom(...families)
    .map(([what, text]): Growing => ({ reader: CHECK, what, text, work: checked }));
  const runs = runOf.map(({ what, text }): Growing => ({ reader: CHECK, what, text, work: checked }));
  const schedules = runOf.map(({ what, text }): Growing => ({
    reader: SCHEDULES,
    what,
    text,
    work: schedule,
  }));
  return runBatches<Growing>(
    {
      campaign: 'growth',
      // What is shrunk is timed again and again, and a family is no simpler than another.
      cases: fc.noShrink(
        fc.oneof(programs, runs, schedules).map((each) => ({ ...each, toString: () => each.what })),
      ),
      batch: 100,
      occurring: [CHECK, SCHEDULES],
      async examine(growing, _, tally) {
        tally.case([growing.reader]);
        const ratio = await growthOf(growing);
        expect(ratio, `${growing.reader}, with more and more ${growing.what}`).toBeLessThan(MOST);
        tally.checked(1);
      },
    },
    turn,
  );
};

/** How much longer the work takes for the last text than for one of half the size; 0 where it never takes long. */
async function growthOf({ text, work }: Growing): Promise<number> {
  let size = 250;
  while ((await timeOf(work, text(size))) < LONG_ENOUGH && text(2 * size).length <= LONGEST) size *= 2;
  if (text(2 * size).length > LONGEST) return 0;
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least >= MOST; attempt++) {
    const once = await timeOf(work, text(size));
    least = Math.min(least, (await timeOf(work, text(2 * size))) / once);
  }
  return least;
}

/** Milliseconds of computing. */
async function timeOf(work: (text: string) => unknown, text: string): Promise<number> {
  const before = process.cpuUsage();
  await work(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
