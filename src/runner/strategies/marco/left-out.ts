/**
 * Why fault sets within the bounds needed no run of their own. Many a one has several reasons; what counts is the first,
 * in the order in which they take more for granted.
 */
import { product, type Ways } from '../../../injector/polynomials.js';
import type { Decision } from './fault-map.js';
import type { Knowledge } from './knowledge.js';
import type { PruningRule } from './rules.js';
import { faultKey, inOrderOfPoints, type SystemFault, type SystemFaults } from './system-run.js';

/** Why the fault sets within the bounds needed no run of their own; of several reasons the first, as they stand here. */
export interface FaultSetCounts {
  /** They had one. */
  readonly run: number;
  /** One within them is not survived. */
  readonly bad: number;
  /** By rules. */
  readonly rules: Readonly<Record<PruningRule, number>>;
  /** They are not decided. */
  readonly undecided: number;
}

/** The most fault sets to go through. */
const MOST = 100_000n;

type Reason = PruningRule | 'run' | 'bad' | 'undecided';

/** How many fault sets of one fault to `most` there are, of the calls that were seen. */
export function countSystemFaultSets(knowledge: Knowledge, most: number): bigint {
  const ways = knowledge.seenCalls.reduce<Ways>(
    (so, { kinds }) => product(so, [1n, BigInt(kinds.length)], most),
    [1n],
  );
  return ways.slice(1).reduce((sum, count) => sum + count, 0n);
}

/** Undefined where there are too many to go through. */
export function countDecided(knowledge: Knowledge, most: number): FaultSetCounts | undefined {
  if (countSystemFaultSets(knowledge, most) > MOST) return undefined;
  const decisions = knowledge.map.decided.map((decision) => ({
    ...decision,
    keys: new Set(decision.faults.map(faultKey)),
  }));
  const counts = new Map<Reason, number>();
  const calls = knowledge.seenCalls.map(({ point, kinds }) => kinds.map((kind) => ({ point, kind })));
  for (const faults of faultSetsOf(calls, most)) {
    const reason = reasonFor(inOrderOfPoints(faults), knowledge, decisions);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const of = (reason: Reason): number => counts.get(reason) ?? 0;
  return {
    run: of('run'),
    bad: of('bad'),
    rules: { unfired: of('unfired'), monotone: of('monotone'), local: of('local'), alike: of('alike') },
    undecided: of('undecided'),
  };
}

/** All but the empty one. */
function* faultSetsOf(
  calls: readonly (readonly SystemFault[])[],
  most: number,
  chosen: SystemFaults = [],
): Generator<SystemFaults> {
  if (chosen.length > 0) yield chosen;
  if (chosen.length === most) return;
  for (const [place, faults] of calls.entries())
    for (const fault of faults) yield* faultSetsOf(calls.slice(place + 1), most, [...chosen, fault]);
}

type KeyedDecision = Decision & { readonly keys: ReadonlySet<string> };

function reasonFor(faults: SystemFaults, knowledge: Knowledge, decisions: readonly KeyedDecision[]): Reason {
  if (knowledge.wasRun(faults)) return 'run';
  const keys = new Set(faults.map(faultKey));
  const deciding = decisions.filter((decision) => decides(decision, faults, keys));
  if (deciding.some(({ kind }) => kind === 'bad')) return 'bad';
  const byRuns = deciding.filter(({ isPredicted }) => isPredicted !== true);
  if (byRuns.some(({ kind }) => kind === 'met')) return 'unfired';
  if (byRuns.length > 0) return 'monotone';
  if (deciding.length > 0) return 'local';
  const { map } = knowledge;
  return map.hasBadWithin(faults) || map.isSurvived(faults) ? 'alike' : 'undecided';
}

/** As it was seen, whatever is alike. */
function decides(decision: KeyedDecision, faults: SystemFaults, all: ReadonlySet<string>): boolean {
  const { keys } = decision;
  const hasAllOf = (): boolean => keys.size <= all.size && [...keys].every((key) => all.has(key));
  switch (decision.kind) {
    case 'bad':
      return hasAllOf();
    case 'survived':
      return faults.every((fault) => keys.has(faultKey(fault)));
    case 'met':
      return (
        hasAllOf() &&
        faults.every((fault) => keys.has(faultKey(fault)) || decision.called?.has(fault.point) === false)
      );
  }
}
