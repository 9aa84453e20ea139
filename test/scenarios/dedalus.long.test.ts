/**
 * Every protocol in `scenarios/dedalus/` gets the verdict that its own header expects, and the headers
 * cover every verdict published for protocols of their kinds.
 */
import { describe, expect, it } from 'vitest';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { countFaultSets } from '../../src/injector/counts.js';
import { compareFaults, type FaultSet } from '../../src/injector/faults.js';
import { replay } from '../../src/injector/replay.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import { askedIn, isViolated } from '../../src/injector/run.js';
import { checkSpecification } from '../../src/model/rules/check/specification.js';
import { readDedalus } from '../../src/model/rules/dedalus/read.js';
import { Evaluator } from '../../src/model/rules/evaluate/evaluator.js';
import { check } from '../../src/runner/check.js';
import { fileSystemHost } from '../../src/runner/files/file-system.js';
import { judgeVerdict } from '../judge/verdict.js';
import { dedalusScenarios, type DedalusScenario } from './dedalus-scenarios.js';

const FOLDER = 'scenarios/dedalus';

/** How many fault sets are few enough to try them all. */
const FEW = 700n;

/** The verdicts published for protocols of these kinds, each as a row that some header must have. */
const published: readonly string[] = [
  'simple-deliv.ded 6/3/0 violated',
  'simple-deliv.ded 4/2/0 violated',
  'retry-deliv.ded 6/3/0 certified',
  'retry-deliv.ded 25/23/0 certified',
  'retry-deliv.ded 6/3/1 violated',
  'retry-deliv.ded 4/2/1 violated',
  'redun-deliv.ded 6/3/0 certified',
  'redun-deliv.ded 6/3/1 certified',
  'redun-deliv.ded 8/6/1 certified',
  'redun-deliv.ded 11/10/1 certified',
  'ack-deliv.ded 6/3/1 certified',
  'ack-deliv.ded 8/6/1 certified',
  'ack-deliv.ded 8/7/1 certified',
  'classic-deliv.ded 6/3/0 violated',
  'classic-deliv.ded 5/3/0 violated',
  'classic-deliv.ded 6/0/2 certified',
  '2pc.ded 7/3/0 certified',
  '2pc.ded 6/3/1 violated',
  '2pc.ded 6/0/1 violated',
  '2pc.ded 6/0/2 violated',
  '2pc.ded 5/0/1 violated',
  '2pc-excused.ded 6/0/1 violated',
  '2pc-excused.ded 6/0/2 violated',
  '2pc-excused-timeout.ded 6/0/1 certified',
  '2pc-excused-timeout.ded 6/0/2 certified',
  '2pc-timeout.ded 6/0/1 violated',
  '2pc-timeout.ded 6/0/2 violated',
  '2pc-ctp.ded 6/0/1 violated',
  '2pc-ctp.ded 6/0/2 violated',
  '2pc-ctp.ded 8/0/1 violated',
  '3pc.ded 8/0/1 certified',
  '3pc.ded 8/0/2 violated',
  '3pc.ded 9/7/1 violated',
  'kafka.ded 7/4/0 certified',
  'kafka.ded 7/4/1 violated',
  'kafka.ded 6/4/1 violated',
  'primary-backup-async.ded 6/4/1 violated',
  'primary-backup-sync.ded 6/4/1 certified',
  'paxos-synod.ded 8/3/1 certified',
  'paxos-synod.ded 7/6/1 certified',
  'paxos-unchecked.ded 7/6/1 violated',
  'bully.ded 10/9/1 certified',
  'flux.ded 22/21/1 certified',
];

/** The fewest faults, where their number or their kind is published or is what the file says is wrong. */
const known: Readonly<Record<string, string>> = {
  'simple-deliv.ded 6/3/0': 'drop a->b@1',
  'retry-deliv.ded 6/3/1': 'drop a->b@1; crash a@2',
  'classic-deliv.ded 6/3/0': 'drop a->b@1; drop a->b@2; drop c->b@2',
  'classic-deliv.ded 5/3/0': 'drop a->b@1; drop a->b@2; drop c->b@2',
  '2pc.ded 5/0/1': 'crash C@3',
  '2pc-excused.ded 6/0/1': 'crash a@2',
  '2pc-ctp.ded 8/0/1': 'crash C@3',
  '3pc.ded 8/0/2': 'crash a@4; crash C@6',
  'kafka.ded 6/4/1': 'drop b->Z@1; drop c->Z@1; crash a@4',
  'primary-backup-async.ded 6/4/1': 'drop a->b@2; drop a->c@2; crash a@3',
  'paxos-unchecked.ded 7/6/1': 'drop b->a@1; drop b->c@1',
  'chain-forgetful.ded 12/0/1': 'crash b@3',
  'raft-votes-twice.ded 12/6/1': 'drop a->b@1',
  'raft-ignores-log.ded 12/6/1': 'drop a->b@3; drop a->b@4; crash a@5',
  'raft-commits-early.ded 12/6/1': 'crash a@3',
};

/** What is broken, and what repairs it. */
const repairs: readonly (readonly [broken: string, repaired: string])[] = [
  ['simple-deliv.ded', 'retry-deliv.ded'],
  ['retry-deliv.ded', 'redun-deliv.ded'],
  ['classic-deliv.ded', 'ack-deliv.ded'],
  ['2pc-excused.ded', '2pc-excused-timeout.ded'],
  ['kafka.ded', 'kafka-repaired.ded'],
  ['primary-backup-async.ded', 'primary-backup-sync.ded'],
  ['paxos-unchecked.ded', 'paxos-synod.ded'],
  ['chain-forgetful.ded', 'chain.ded'],
  ['raft-votes-twice.ded', 'raft.ded'],
  ['raft-ignores-log.ded', 'raft.ded'],
  ['raft-commits-early.ded', 'raft.ded'],
];

const scenarios = dedalusScenarios();
const scenario = (name: string) => scenarios.find(({ file }) => file === name)!;
const cases = scenarios.flatMap((it) => it.rows.map((row) => ({ ...it, ...row, label: labelOf(it, row) })));

function labelOf({ file }: { readonly file: string }, { bounds }: { readonly bounds: Bounds }): string {
  return `${file} ${formatBounds(bounds)}`;
}

function verdictOf({ file, checked, nodes }: DedalusScenario, bounds: Bounds) {
  return check(checked, { name: file, nodes, bounds });
}

describe('the headers', () => {
  it.each(scenarios)('of $file name the nodes, and bounds with the expected verdict', ({ nodes, rows }) => {
    expect(nodes).not.toEqual([]);
    expect(rows).not.toEqual([]);
    for (const { expected } of rows) expect(expected).toBeDefined();
  });

  it.each(scenarios)('and the rules of $file are read without a diagnostic', ({ file }) => {
    const { checked, diagnostics } = readDedalus([`${FOLDER}/${file}`], fileSystemHost);
    expect(diagnostics).toEqual([]);
    expect(checked === undefined ? [] : checkSpecification(checked)).toEqual([]);
  });

  it('cover every published verdict', () => {
    const stated = cases.map(({ label, expected }) => `${label} ${expected ?? 'nothing'}`);
    expect(published.filter((row) => !stated.includes(row))).toEqual([]);
  });
});

describe('the verdict', () => {
  it.each(cases)('on $label is $expected, in a run that is not vacuous', async (row) => {
    const { verdict } = await verdictOf(row, row.bounds);
    expect(verdict.kind).toBe(row.expected);
    expect(askedIn(run(row, row.bounds, []))).toEqual(new Set(['pre']));
  });

  const few = cases.filter(({ nodes, bounds }) => countFaultSets(nodes.length, bounds) <= FEW);
  it.each(few)('on $label is the judge’s, who tries every fault set', async (row) => {
    const judged = judgeVerdict(row.checked.program, row.nodes, row.bounds);
    expect(judged.verdict).toBe(row.expected);
    const { verdict } = await verdictOf(row, row.bounds);
    if (verdict.kind !== 'violated') return;
    expect(verdict.violating).toBe(BigInt(judged.violating.length));
    expect(verdict.counterexamples[0].faults).toHaveLength(judged.minimal[0].length);
  });
});

describe('the counterexample', () => {
  const violated = cases.filter(({ expected }) => expected === 'violated');
  it.each(violated)('to $label violates, and no smaller one does', async (row) => {
    const { verdict } = await verdictOf(row, row.bounds);
    if (verdict.kind !== 'violated') throw new Error(verdict.kind);
    const { faults, minimality } = verdict.counterexamples[0];
    expect(minimality).toBe('minimum');
    expect(isViolated(run(row, row.bounds, faults))).toBe(true);
    for (const smaller of justSmaller(faults, row.bounds)) {
      expect(isViolated(run(row, row.bounds, smaller)), formatSchedule(smaller)).toBe(false);
    }
  });

  it.each(Object.entries(known))('to %s is %s', async (label, schedule) => {
    const row = cases.find((candidate) => candidate.label === label);
    if (row === undefined) throw new Error(`no header has ${label}`);
    const { verdict } = await verdictOf(row, row.bounds);
    if (verdict.kind !== 'violated') throw new Error(verdict.kind);
    expect(formatSchedule(verdict.counterexamples[0].faults)).toBe(schedule);
  });
});

describe('a repaired protocol', () => {
  it.each(repairs)('%s -> %s is certified wherever the other is violated', async (broken, repaired) => {
    const bounds = scenario(broken)
      .rows.filter(({ expected }) => expected === 'violated')
      .map((row) => row.bounds);
    expect(bounds).not.toEqual([]);
    for (const each of bounds) {
      const { verdict } = await verdictOf(scenario(repaired), each);
      expect(verdict.kind, formatBounds(each)).toBe('certified');
    }
  });
});

function run({ checked, nodes }: DedalusScenario, { eot }: Bounds, faults: FaultSet) {
  return replay(new Evaluator(checked, { nodes, eot }), faults);
}

/** Fault sets without one of the faults, and those in which one crash happens a timestep later. */
function* justSmaller(faults: FaultSet, { eot }: Bounds): Iterable<FaultSet> {
  for (const fault of faults) {
    const others = faults.filter((other) => other !== fault);
    yield others;
    if (fault.kind !== 'crash' || fault.time + 1 >= eot) continue;
    yield [...others, { ...fault, time: fault.time + 1 }].sort(compareFaults);
  }
}
