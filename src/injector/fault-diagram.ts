/** Puts a condition on fault sets to its decision diagram, and gives the answers as fault sets. */
import { BudgetExceeded } from '../lineage/budget.js';
import { countAssignments, leastAssignment } from '../lineage/diagram-queries.js';
import type { Diagram } from '../lineage/diagram.js';
import { FALSE, TRUE, type Condition } from '../model/algebra.js';
import { countedExactly } from './faults/admissible.js';
import type { FaultSpace } from './fault-space.js';
import type { FaultSet } from './faults.js';

export interface MinimalFaultSets {
  /** The least first: the fewest faults, then the latest crashes, then the first in the fixed order of events. */
  readonly found: readonly FaultSet[];
  /** Whether there are further minimal ones; unknown where the diagram passed its budget. */
  readonly remaining: 'none' | 'some' | 'unknown';
}

export class FaultDiagram {
  private counts: readonly Condition[] | undefined;

  /** @param edge a condition that only admissible fault sets satisfy */
  constructor(
    private readonly space: FaultSpace,
    private readonly diagram: Diagram,
    private readonly edge: Condition,
  ) {}

  get isFalse(): boolean {
    return this.edge === FALSE;
  }

  /** How many fault sets satisfy the condition. */
  count(): bigint {
    return countAssignments(this.diagram, this.edge, this.space.events.length);
  }

  /**
   * The fault sets that satisfy the condition and have none smaller that does, at most `limit`; none, and it is unknown
   * whether any remain, where the diagram passed its budget before the first.
   */
  minimal(limit: number): MinimalFaultSets {
    const found: FaultSet[] = [];
    let rest = this.edge;
    try {
      while (found.length < limit) {
        const least = this.least(rest);
        if (least === undefined) break;
        found.push(least);
        // Those that are left are no fewer faults.
        rest = this.diagram.and(rest, this.diagram.not(this.allOf(this.space.inputsOf(least))));
      }
      return { found, remaining: rest === FALSE ? 'none' : 'some' };
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      return { found, remaining: 'unknown' };
    }
  }

  /** The least fault set that satisfies a condition. */
  private least(edge: Condition): FaultSet | undefined {
    const { space, diagram } = this;
    const candidates = this.byCount.flatMap((counted) => {
      const among = counted === TRUE ? edge : diagram.and(edge, counted);
      const inputs = leastAssignment(diagram, among, (input) => space.costOf(input));
      return inputs === undefined ? [] : [space.faultsOf(inputs)];
    });
    return candidates.sort((a, b) => space.compare(a, b)).at(0);
  }

  /**
   * The conditions, of the fault sets that satisfy the condition, that exactly so many inputs count of those that do so where
   * another is not true. What each input costs then is known of it alone.
   */
  private get byCount(): readonly Condition[] {
    const { space, diagram, edge } = this;
    const counted = space.countedElsewhere(diagram);
    // Of fault sets that are not admissible, any number of faults may go on.
    return (this.counts ??=
      counted.length === 0 ? [TRUE] : countedExactly(space.largest, counted, diagram, edge));
  }

  /** @param inputs ascending */
  private allOf(inputs: readonly number[]): Condition {
    return inputs.reduceRight((below, input) => this.diagram.node(input, FALSE, below), TRUE);
  }
}
