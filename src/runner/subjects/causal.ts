/**
 * What the outcome of a run of handlers rested on, without looking inside them: who crashed and when, what
 * was received that made a difference, and what was lost. A run in which all of that is the same is the same
 * run, so that a fault set that has another outcome must change some of it: the lineage is *causal*.
 */
import type { FaultSet } from '../../injector/faults.js';
import { NOTHING_SENT } from '../../model/handlers/calls.js';
import type { Packet, Step } from '../../model/handlers/evaluation.js';
import type { Literal } from '../../solver/sat.js';
import type { LineageTerms } from './subject.js';

/** What one node received from another, by places among the nodes. */
export interface Receipt {
  readonly from: number;
  readonly to: number;
  /** When it was sent. */
  readonly time: number;
}

/** The messages that made a difference where they were received. */
export function causalReceipts(steps: readonly Step[]): readonly Receipt[] {
  return steps.flatMap(({ node, cause, before, after, outbox }) => {
    const matters = before !== after || outbox !== NOTHING_SENT;
    return cause.kind === 'packet' && matters ? [{ from: cause.from, to: node, time: cause.sent }] : [];
  });
}

export interface HandlerLineage {
  readonly nodes: readonly string[];
  /** The fault set that the run was under. */
  readonly faults: FaultSet;
  readonly packets: readonly Packet[];
  /** What the outcome rested on. */
  readonly receipts: readonly Receipt[];
}

/**
 * Requires of the solver's fault sets that they change what the run rested on. Whether that takes in something
 * that was lost, and may arrive.
 */
export function requireCausesBroken(
  { nodes, packets, receipts }: HandlerLineage,
  { solver, literals, absencesBreak }: LineageTerms,
): boolean {
  const received = receipts.filter(({ from, to }) => from !== to);
  const lost = received.flatMap(({ from, to, time }) =>
    literals.removal({ from: nodes[from], to: nodes[to], time }),
  );
  const restored = packets.flatMap(({ from, to, time }) =>
    literals.restoration({ from: nodes[from], to: nodes[to], time }),
  );
  const anew: Literal[] = [];
  for (const literal of new Set(restored)) {
    const both = solver.newLiteral();
    solver.addClause([-both, literal]);
    solver.addClause([-both, absencesBreak]);
    anew.push(both);
  }
  const crashes = nodes.flatMap((node) => literals.alteration(node));
  solver.addClause([...new Set([...lost, ...crashes, ...anew])]);
  return anew.length > 0;
}
