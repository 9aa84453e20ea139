/** What the program has to reach: rows with the time, memory and work that each may take. */
import { bounded, delivery } from './families.js';
import type { Bounds, NamedBounds } from '../src/model/bounds.js';
import { acknowledgedDelivery, gossip, twoPhaseCommit } from './handler-families.js';
import { handlersRow } from './library.js';
import type { Row } from './rows.js';

/** What a target allows. Every target must get the verdict that is expected, in two executions at most. */
export interface Target {
  readonly row: () => Promise<Row>;
  /** Milliseconds in a warm process. */
  readonly maxMs?: number;
  readonly maxMb?: number;
  /** Whether a counterexample must be proven to have the fewest faults. */
  readonly minimum?: boolean;
  /** Milliseconds for one check, where a busy machine may need more than a check has by default. */
  readonly timeout?: number;
  /** Fewer than so many. */
  readonly handlerRuns?: number;
}

export const ruleTargets: readonly Target[] = [
  {
    row: () => bounded('flux', { eot: 22, eff: 21, crashes: 1 }, 'certified'),
    maxMs: 60,
  },
  {
    row: () => delivery('redun-deliv', 10, { eot: 25, eff: 20, crashes: 3 }),
    maxMs: 100,
    maxMb: 300,
  },
  {
    row: () => delivery('redun-deliv', 30, { eot: 12, eff: 10, crashes: 3 }),
    maxMs: 2_000,
  },
  {
    row: () => bounded('paxos-five', { eot: 8, eff: 3, crashes: 1 }, 'certified'),
    maxMs: 50,
  },
  {
    row: () => bounded('paxos-unchecked', { eot: 12, eff: 8, crashes: 1 }, 'violated'),
    maxMs: 500,
    minimum: true,
  },
  {
    row: () => delivery('classic-deliv', 10, { eot: 12, eff: 10, crashes: 3 }, 'violated'),
    minimum: true,
  },
];

export const handlerTargets: readonly Target[] = [
  {
    row: () => handlersRow('two-phase-commit', '2pc', { eot: 8, eff: 3, crashes: 1 }, 'violated'),
    minimum: true,
    handlerRuns: 500,
  },
  {
    row: () => handlersRow('paxos', 'paxos on three nodes', { eot: 12, eff: 8, crashes: 0 }, 'certified'),
    maxMs: 200,
    handlerRuns: 1_500,
  },
  {
    row: () => handlersRow('paxos', 'paxos on five nodes', { eot: 8, eff: 4, crashes: 2 }, 'certified'),
    maxMs: 500,
  },
  { row: () => raft('three', 12, 6, 1), maxMs: 200 },
  { row: () => raft('three', 16, 10, 1), maxMs: 2_000 },
  { row: () => raft('three', 20, 14, 1) },
  { row: () => raft('five', 10, 5, 2), maxMs: 3_000 },
  { row: () => raft('five', 12, 6, 1), maxMs: 1_000 },
  { row: () => raft('five', 14, 7, 2) },
];

/** Protocols whose nodes are in exponentially many states, of which few matter to anything. */
export const cellTargets: readonly Target[] = [
  { row: () => acknowledgedDelivery(5, { eot: 8, eff: 6, crashes: 1 }), maxMs: 150 },
  { row: () => acknowledgedDelivery(7, { eot: 8, eff: 6, crashes: 1 }), maxMs: 500 },
  { row: () => acknowledgedDelivery(10, { eot: 8, eff: 6, crashes: 1 }) },
  { row: () => twoPhaseCommit(7, { eot: 8, eff: 4, crashes: 1 }), maxMs: 300 },
  { row: () => twoPhaseCommit(9, { eot: 8, eff: 4, crashes: 1 }), maxMs: 2_000 },
  { row: () => paxos('three', 12, 8, 1), maxMs: 50 },
  { row: () => paxos('three', 20, 16, 1), maxMs: 150 },
  { row: () => paxos('five', 10, 6, 2), maxMs: 500 },
  { row: () => paxos('five', 12, 8, 2), maxMs: 1_000 },
  { row: () => raft('three', 28, 22, 1), maxMs: 1_000 },
  { row: () => raft('five', 18, 11, 2), maxMs: 1_000 },
  { row: replicas, maxMs: 2_000 },
];

/** Kinds of faults that are off by default, each alone and together. */
export const kindTargets: readonly Target[] = (
  [
    { row: () => failing('raft', 'three', RAFT, { restarts: 1 }), maxMs: 300 },
    { row: () => failing('raft', 'three', RAFT, { partitions: 1 }), maxMs: 300 },
    { row: () => failing('raft', 'three', RAFT, { delays: 1 }), maxMs: 300 },
    { row: () => failing('raft', 'three', RAFT, { duplicates: 1 }), maxMs: 300 },
    { row: () => failing('raft', 'three', RAFT, { pauses: 1 }), maxMs: 300 },
    { row: () => failing('raft', 'three', RAFT, { restarts: 1, partitions: 1, delays: 1 }), maxMs: 500 },
    { row: () => failing('raft', 'three', RAFT, EACH_ONCE), maxMs: 2_000 },
    { row: () => failing('raft', 'five', RAFT, { restarts: 1, partitions: 1 }), maxMs: 2_000 },
    {
      row: () =>
        failing('paxos', 'three', { eot: 10, eff: 6, crashes: 1 }, { restarts: 1, partitions: 1, delays: 1 }),
      maxMs: 1_000,
    },
    { row: () => gossip(20, { ...GOSSIP, ...EACH_ONCE, partitions: 0, faults: 2 }) },
  ] satisfies readonly Target[]
).map((target) => ({ ...target, timeout: 300_000 }));

const RAFT: Bounds = { eot: 12, eff: 6, crashes: 1 };
const GOSSIP: Bounds = { eot: 14, eff: 4, crashes: 1, crashesBefore: 4 };
const EACH_ONCE: NamedBounds = { restarts: 1, partitions: 1, delays: 1, duplicates: 1, pauses: 1 };

export const targets: readonly Target[] = [...ruleTargets, ...handlerTargets, ...cellTargets, ...kindTargets];

/** What forgets at an outage what it promised, or for whom it voted, is broken by one. */
function failing(
  protocol: 'raft' | 'paxos',
  nodes: 'three' | 'five',
  bounds: Bounds,
  others: NamedBounds,
): Promise<Row> {
  const expected = others.restarts === undefined ? 'certified' : 'violated';
  return handlersRow(protocol, `${protocol} on ${nodes} nodes`, { ...bounds, ...others }, expected);
}

/** Of three, one may crash and one may lose what is not on its disk. */
function replicas(): Promise<Row> {
  const bounds = { eot: 12, eff: 8, crashes: 1, restarts: 1 };
  return handlersRow('unsynced-replica', 'a replica that acknowledges what is on disk', bounds, 'certified');
}

function paxos(nodes: 'three' | 'five', eot: number, eff: number, crashes: number): Promise<Row> {
  return handlersRow('paxos', `paxos on ${nodes} nodes`, { eot, eff, crashes }, 'certified');
}

function raft(nodes: 'three' | 'five', eot: number, eff: number, crashes: number): Promise<Row> {
  return handlersRow('raft', `raft on ${nodes} nodes`, { eot, eff, crashes }, 'certified');
}
