/** Runs and results made by hand, so that reports are tested without running anything. */
import { estimateFaultSets, type Bounds } from '../../src/injector/bounds.js';
import { countFaultSets } from '../../src/injector/counts.js';
import { compareFaults, type FaultSet } from '../../src/injector/faults.js';
import { identified, receipts } from '../../src/injector/rule-run.js';
import {
  compareGroundFacts,
  type Message,
  type RuleRun,
  type TimedFact,
  type TupleJudgement,
} from '../../src/injector/run.js';
import { fates } from '../../src/injector/world.js';
import { parseSchedule } from '../../src/injector/schedule.js';
import { diagnostic } from '../../src/model/diagnostics/diagnostics.js';
import type { Tuple, Value } from '../../src/model/rules/program.js';
import type { CheckResult, Counterexample, Divergence, Evidence, Verdict } from '../../src/runner/result.js';

/** A message as a protocol sends it; its fate follows from the faults. */
export type Send = readonly [time: number, from: string, to: string, relation: string, ...rest: Value[]];

export interface Script {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly faults?: FaultSet;
  readonly sends: readonly Send[];
  /** What is in `pre`, and what of that is not in `post`. */
  readonly held?: readonly Tuple[];
  readonly violations?: readonly Tuple[];
}

/** The run of a protocol that sends the same whatever happens, and whose facts are what arrives. */
export function enact({ nodes, eot, faults = [], sends, held = [], violations = [] }: Script): RuleRun {
  const fateOf = fates(faults, eot);
  const messages = identified(
    sends.map(([time, from, to, name, ...payload]): Omit<Message, 'id'> => {
      const { arrivals, fate } = fateOf({ from, to, time });
      return { from, to, sent: time, arrivals, fate, name, payload, causal: false };
    }),
  );
  return {
    language: 'rules',
    nodes,
    eot,
    faults: faults.toSorted(compareFaults),
    messages,
    events: receipts(messages, nodes),
    facts: messages.flatMap(factsOf).sort((a, b) => a.time - b.time || compareGroundFacts(a, b)),
    judgements: judgementsOf(held, violations, eot),
  };
}

function factsOf({ to, name, payload, arrivals }: Message): readonly TimedFact[] {
  return arrivals.map((time) => ({ time, relation: name, tuple: [to, ...(payload as Tuple)] }));
}

function judgementsOf(
  held: readonly Tuple[],
  violations: readonly Tuple[],
  time: number,
): readonly TupleJudgement[] {
  const property = 'pre';
  if (held.length + violations.length === 0) return [{ kind: 'not asked', property }];
  return [
    ...held.map((tuple): TupleJudgement => ({ kind: 'held', property, tuple })),
    ...violations.map((tuple): TupleJudgement => ({ kind: 'violated', property, time, tuple })),
  ];
}

/** The same sends at each of the times. */
export function always(times: readonly number[], sends: (time: number) => readonly Send[]): readonly Send[] {
  return times.flatMap(sends);
}

export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function faultsOf(text: string, nodes: readonly string[], eot: number): FaultSet {
  const result = parseSchedule(text, { nodes, bounds: { eot, eff: eot, crashes: nodes.length } });
  if (result.kind === 'malformed') throw new Error(result.diagnostics.map((each) => each.message).join('\n'));
  return result.faults;
}

/** A replicated log: followers whose heartbeats are lost drop out, the leader acknowledges alone and crashes. */
export const replication: RuleRun = enact({
  nodes: ['a', 'b', 'c', 'C', 'Z'],
  eot: 6,
  faults: faultsOf('drop b->Z@1; drop c->Z@1; crash a@4', ['a', 'b', 'c', 'C', 'Z'], 6),
  sends: [
    ...always(range(1, 5), (time): Send[] => [
      [time, 'b', 'Z', 'heartbeat', 'b'],
      [time, 'c', 'Z', 'heartbeat', 'c'],
      [time, 'Z', 'a', 'status', 'b', time === 2 ? 'out' : 'in'],
      [time, 'Z', 'a', 'status', 'c', time === 2 ? 'out' : 'in'],
    ]),
    [2, 'C', 'a', 'write', 'C', 'w'],
    [3, 'a', 'C', 'ack', 'w'],
    ...always(range(4, 5), (time): Send[] => [
      [time, 'a', 'b', 'copy', 'a', 'w'],
      [time, 'a', 'c', 'copy', 'a', 'w'],
    ]),
  ],
  violations: [['C', 'w']],
});

export const replicationDivergence: Divergence = {
  kind: 'facts',
  time: 2,
  missing: [
    { relation: 'heartbeat', tuple: ['Z', 'b'] },
    { relation: 'heartbeat', tuple: ['Z', 'c'] },
  ],
  added: [{ relation: 'late', tuple: ['Z', 'b', 1] }],
  sent: [],
};

export const replicationCounterexample: Counterexample = {
  faults: replication.faults,
  minimality: 'minimum',
  run: replication,
  divergence: replicationDivergence,
  because: [],
  suspects: [],
};

const greeting = {
  nodes: ['a', 'b', 'c'],
  eot: 4,
  sends: [
    [1, 'a', 'b', 'log', 'hello'],
    [1, 'a', 'c', 'log', 'hello'],
  ],
} as const;

/** A broadcast that is sent once, and lost on the way to one node. */
export const broadcast: RuleRun = enact({
  ...greeting,
  faults: faultsOf('drop a->b@1', ['a', 'b', 'c'], 4),
  violations: [['c', 'hello']],
});

export const failureFree: RuleRun = enact({ ...greeting, held: [['c', 'hello']] });

export const evidence: Evidence = {
  strategy: 'compiled',
  solver: 'cadical',
  representation: 'diagram',
  confirmed: true,
  fallbacks: [],
  executions: 2,
  faultSets: 0n,
  estimate: 0n,
  statistics: {
    firings: 1234567,
    facts: 170,
    handlerRuns: 0,
    localStates: 0,
    gates: 98,
    diagramNodes: 0,
    clauses: 1,
    solverCalls: 2,
    executionsToViolation: 0,
  },
};

/** A result with everything not said taken from the replicated log. */
export function resultOf(verdict: Verdict, changes: ResultChanges = {}): CheckResult {
  const nodes = changes.nodes ?? replication.nodes;
  const bounds: Bounds = changes.bounds ?? { eot: 6, eff: 4, crashes: 1 };
  return {
    name: 'kafka.ded',
    location: undefined,
    language: 'rules',
    nodesInferred: false,
    expected: undefined,
    interrupted: false,
    warnings: [],
    elapsed: 123.4,
    processor: 150,
    ...changes,
    nodes,
    bounds,
    verdict,
    evidence: {
      ...evidence,
      faultSets: countFaultSets(nodes.length, bounds),
      estimate: estimateFaultSets(nodes.length, bounds),
      ...changes.evidence,
    },
  };
}

type ResultChanges = Partial<Omit<CheckResult, 'evidence' | 'verdict'>> & {
  readonly evidence?: Partial<Evidence>;
};

const program = { name: 'kafka.ded', text: '// a comment\np(X) :- q(X);\n' };

/** A result of every shape. */
export const results: Readonly<Record<string, CheckResult>> = {
  violated: resultOf(
    {
      kind: 'violated',
      counterexamples: [replicationCounterexample],
      remaining: 'some',
      violating: 101_330_991_615_836_160n,
    },
    { expected: 'violated' },
  ),
  'violated in several ways': resultOf(
    {
      kind: 'violated',
      counterexamples: [
        { ...replicationCounterexample, minimality: 'minimal' },
        { ...replicationCounterexample, minimality: 'unproven' },
      ],
      remaining: 'none',
      violating: undefined,
    },
    { expected: 'certified', evidence: { representation: 'circuit', confirmed: false, solver: 'minisat' } },
  ),
  'violated without faults': resultOf(
    {
      kind: 'violated',
      counterexamples: [
        {
          faults: [],
          minimality: 'minimum',
          run: enact({ ...greeting, sends: [], violations: [['c', 'hello']] }),
          divergence: undefined,
          because: [],
          suspects: [],
        },
      ],
      remaining: 'none',
      violating: 4n,
    },
    { nodes: ['a', 'b', 'c'], bounds: { eot: 4, eff: 1, crashes: 1 } },
  ),
  certified: resultOf(
    { kind: 'certified', properties: [{ name: 'pre', under: [] }] },
    { expected: 'certified', nodes: ['a', 'b', 'c', 'd'], bounds: { eot: 22, eff: 21, crashes: 1 } },
  ),
  'certified after a fallback': resultOf(
    { kind: 'certified', properties: [{ name: 'pre', under: [] }] },
    {
      nodesInferred: true,
      bounds: { eot: 3, eff: 0, crashes: 0 },
      evidence: {
        strategy: 'alternating',
        representation: 'replays',
        confirmed: false,
        fallbacks: ['compiled: the diagram passed 300,000 nodes', 'compiled: the time budget ended'],
      },
      warnings: [
        diagnostic('DED204', 'nothing derives q, so it is always empty', {
          span: { source: program, start: 21, end: 25 },
          related: [{ message: 'read here', span: { source: program, start: 13, end: 17 } }],
          expected: 'a relation',
          hint: 'did you mean `p`?',
        }),
        diagnostic('DED203', 'without a place'),
      ],
    },
  ),
  'certified though a property asks only of runs with faults': resultOf(
    {
      kind: 'certified',
      properties: [
        { name: 'agreement', under: [] },
        { name: 'recovery', under: faultsOf('crash a@3', ['a', 'b'], 6) },
      ],
    },
    { language: 'handlers' },
  ),
  'vacuous always': resultOf({
    kind: 'vacuous',
    scope: 'always',
    properties: [{ name: 'pre', under: undefined }],
  }),
  'vacuous without failures': resultOf(
    {
      kind: 'vacuous',
      scope: 'failure-free',
      properties: [{ name: 'pre', under: faultsOf('drop a->b@1; crash b@2', ['a', 'b'], 6) }],
    },
    { evidence: { confirmed: false } },
  ),
  'vacuous by a property': resultOf(
    {
      kind: 'vacuous',
      scope: 'always',
      properties: [
        { name: 'agreement', under: [] },
        { name: 'recovery', under: faultsOf('crash a@3', ['a', 'b'], 6) },
        { name: 'progress', under: undefined },
      ],
    },
    { language: 'handlers' },
  ),
  'vacuous by several properties': resultOf(
    {
      kind: 'vacuous',
      scope: 'always',
      properties: [
        { name: 'progress', under: undefined },
        { name: 'fairness', under: undefined },
      ],
    },
    { language: 'handlers' },
  ),
  'vacuous without failures by properties': resultOf(
    {
      kind: 'vacuous',
      scope: 'failure-free',
      properties: [
        { name: 'recovery', under: faultsOf('crash a@3', ['a', 'b'], 6) },
        { name: 'retry', under: faultsOf('drop a->b@1', ['a', 'b'], 6) },
      ],
    },
    { language: 'handlers' },
  ),
  inconclusive: resultOf(
    {
      kind: 'inconclusive',
      reason: 'the budget of 10000 executions ended',
      covered: { size: 2, examined: 1_200n, total: 1_431n },
    },
    { evidence: { strategy: 'exhaustive', representation: 'none', confirmed: false } },
  ),
  'inconclusive and fully covered to a size': resultOf(
    {
      kind: 'inconclusive',
      reason: 'the time budget ended',
      covered: { size: 1, examined: 64n, total: 64n },
    },
    { evidence: { representation: 'none', confirmed: false } },
  ),
  interrupted: resultOf(
    { kind: 'inconclusive', reason: 'interrupted', covered: undefined },
    { interrupted: true, expected: 'certified', evidence: { representation: 'none', confirmed: false } },
  ),
};
