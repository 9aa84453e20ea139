/** Evaluates a protocol for all admissible fault sets, and counts those that violate its specification in several ways. */
import type { Bounds } from '../../injector/bounds.js';
import { type Chances, type FaultRates, FaultShares, type Share } from '../../injector/fault-shares.js';
import { FaultDiagram } from '../../injector/fault-diagram.js';
import type { FaultSet } from '../../injector/faults.js';
import { BudgetError } from '../../model/budget-error.js';
import { FALSE, TRUE } from '../../model/algebra.js';
import type { Protocol } from '../../model/protocol.js';
import { answered } from '../drivers/answered.js';
import { runSliced } from '../guard/sliced.js';
import { protocolKind } from '../kinds/kinds.js';
import { withDefaults } from '../options/check.js';
import { searchOn, type Search, type SearchProgress } from '../search.js';
import { pose } from '../strategies/pose.js';
import type { Subject } from '../subjects/subject.js';
import { type Hardening, hardenings } from './hardening.js';

/** How much violates within some bounds. */
export interface Analysis {
  readonly bounds: Bounds;
  readonly share: Share;
  /** The least fault set that violates; undefined where none does, and then there is nothing else to be said. */
  readonly faults: FaultSet | undefined;
  /** Of that fault set, at each time at which something fails, how much of what may come after it violates. */
  readonly course: readonly Turn[];
  readonly hardenings: readonly Hardening[];
  /** Undefined where there are no rates. */
  readonly chances: Chances | undefined;
}

/** What may come after the faults up to a time. */
export interface Turn {
  /** A logical timestep; 0 before the first. */
  readonly time: number;
  readonly left: Share;
}

/** What an analysis needs. */
export interface AnalysisOptions {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Milliseconds; by default as of a check. */
  readonly timeout?: number;
  readonly rates?: FaultRates | undefined;
  /** Told now and then while it goes on. */
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** A reason in words where it cannot be counted. */
export type AnalysisResult =
  | { readonly kind: 'analysed'; readonly analysis: Analysis }
  | { readonly kind: 'too large'; readonly reason: string };

/** @throws as `check` does */
export async function analyse(protocol: Protocol, options: AnalysisOptions): Promise<AnalysisResult> {
  const { nodes, bounds, timeout, rates, onProgress } = options;
  const given = { name: '', nodes, bounds, ...(timeout !== undefined && { timeout }) };
  const { budgets, pool, solver, timeout: timeoutMs, ...others } = withDefaults(given, protocol);
  const { protocol: watched, during } = protocolKind(protocol).watched(protocol);
  const { seed, negativeSupport, lineage, limit } = others;
  const factory = await pool.factory(solver);
  const search = searchOn(watched, {
    nodes,
    bounds,
    budgets,
    factory,
    wanted: limit,
    seed,
    negativeSupport,
    lineage,
    onProgress,
  });
  try {
    // To count fault sets takes a diagram, which the first way keeps as long as it may.
    const steps = answered(pose(search, search.subject.ways.slice(0, 1)), search.subject);
    const guarded = await runSliced(steps, { timeoutMs, signal: undefined, around: during });
    if (guarded.kind === 'timeout') return { kind: 'too large', reason: 'the time budget ended' };
    const { conditions, violation } = guarded.value;
    const edges = {
      violation: conditions.admissibleEdge(violation),
      admissible: conditions.admissibleEdge(TRUE),
    };
    const { diagram } = conditions;
    if (diagram === undefined || edges.violation === undefined || edges.admissible === undefined)
      return { kind: 'too large', reason: 'the diagram passed its budget' };
    const shares = new FaultShares(search.space, diagram, {
      violation: edges.violation,
      admissible: edges.admissible,
    });
    const least = new FaultDiagram(search.space, diagram, edges.violation).minimal(1).found.at(0);
    if (least === undefined && edges.violation !== FALSE)
      return { kind: 'too large', reason: 'the diagram passed its budget' };
    return { kind: 'analysed', analysis: analysisOf(search, shares, least, rates) };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { kind: 'too large', reason: error.message };
  } finally {
    search.dispose();
  }
}

function analysisOf(
  { space }: Search<Subject>,
  shares: FaultShares,
  faults: FaultSet | undefined,
  rates: FaultRates | undefined,
): Analysis {
  const times = [...new Set([0, ...(faults ?? []).map(({ time }) => time)])];
  return {
    bounds: space.bounds,
    share: shares.all(),
    faults,
    course: faults === undefined ? [] : times.map((time) => ({ time, left: shares.after(faults, time) })),
    hardenings: faults === undefined ? [] : hardenings(shares, space.events, rates),
    chances: rates && shares.chances(rates),
  };
}
