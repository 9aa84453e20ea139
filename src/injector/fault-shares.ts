/**
 * How much of what may happen violates the specification: of all admissible fault sets, of those that are left when
 * something cannot fail, and of those that go on as a given one began. All of it is counted, by passes over the diagram
 * of the violation; nothing is sampled.
 */
import {
  countAssignments,
  type HeldInputs,
  weighAssignments,
  type Weights,
} from '../lineage/diagram-queries.js';
import type { Diagram } from '../lineage/diagram.js';
import type { Condition } from '../model/algebra.js';
import type { FaultSpace } from './fault-space.js';
import type { Fault, FaultSet } from './faults.js';

/** Fault sets, and how many of them violate the specification. */
export interface Share {
  readonly violating: bigint;
  readonly of: bigint;
}

/** By kind, the probability that a fault of it happens where and when one may. */
export type FaultRates = ReadonlyMap<Fault['kind'], number>;

/** Probabilities under {@link FaultRates}. */
export interface Chances {
  /** That the faults are within the bounds and violate the specification. */
  readonly violation: number;
  /** That they are within the bounds. What happens outside of them is not known. */
  readonly within: number;
}

/** A condition, and what it is part of: that the fault set is admissible. */
export interface ViolationEdges {
  readonly violation: Condition;
  readonly admissible: Condition;
}

export class FaultShares {
  constructor(
    private readonly space: FaultSpace,
    private readonly diagram: Diagram,
    private readonly edges: ViolationEdges,
  ) {}

  all(): Share {
    return this.share(() => undefined);
  }

  /** Where certain events never are true. */
  without(isPrevented: (event: Fault) => boolean): Share {
    return this.share((input) => (isPrevented(this.space.events[input]) ? false : undefined));
  }

  /** Where up to a time, that time included, just these faults have happened; what goes on then may go on for longer, or not. */
  after(faults: FaultSet, time: number): Share {
    const inputs = new Set(this.space.inputsOf(faults));
    return this.share((input) => (this.space.events[input].time <= time ? inputs.has(input) : undefined));
  }

  /**
   * Where each fault happens by itself, as often as its rate says.
   *
   * @param isPrevented events that never are true; default none
   * @throws RangeError for a rate of a kind of which a fault can begin and end again
   */
  chances(rates: FaultRates, isPrevented: (event: Fault) => boolean = () => false): Chances {
    const weights = this.space.events.map((event, input) =>
      isPrevented(event) ? ([1, 0] as const) : this.weightsOf(input, rates),
    );
    const weigh = (edge: Condition) =>
      weighAssignments(this.diagram, edge, weights.length, (input) => weights[input]);
    return { violation: weigh(this.edges.violation), within: weigh(this.edges.admissible) };
  }

  /**
   * An input that is false is a chance that was not taken. Of the inputs that are true of one fault, one counts; so the
   * product over all inputs is the probability of the fault set.
   */
  private weightsOf(input: number, rates: FaultRates): Weights {
    const { kind } = this.space.events[input];
    const rate = rates.get(kind) ?? 0;
    const counting = this.space.counting(input);
    if (typeof counting !== 'string') {
      if (rate === 0) return [1, 0];
      throw new RangeError(`faults of the kind ${kind} last for a while, and have no rate`);
    }
    return [1 - rate, counting === 'always' ? rate : 1];
  }

  private share(held: HeldInputs): Share {
    const { diagram, space, edges } = this;
    const count = (edge: Condition) => countAssignments(diagram, edge, space.events.length, held);
    return { violating: count(edges.violation), of: count(edges.admissible) };
  }
}

/** A share as a number from 0 to 1, to 12 digits; 0 of nothing. */
export function fraction({ violating, of }: Share): number {
  if (of === 0n) return 0;
  const DIGITS = 1_000_000_000_000n;
  // Fault sets may be more than there are doubles; a small share still has its digits.
  let scale = DIGITS;
  while (violating > 0n && (violating * scale) / of < DIGITS / 1000n && scale < of * DIGITS) scale *= DIGITS;
  return Number((violating * scale) / of) / Number(scale);
}
