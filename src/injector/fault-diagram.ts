/** Puts a condition on fault sets to its decision diagram, and gives the answers as fault sets. */
import { BudgetExceeded } from '../lineage/budget.js';
import { countAssignments, leastAssignment } from '../lineage/diagram-queries.js';
import type { Diagram } from '../lineage/diagram.js';
import { FALSE, TRUE, type Condition } from '../model/algebra.js';
import type { FaultSpace } from './fault-space.js';
import type { FaultSet } from './faults.js';

export interface MinimalFaultSets {
  /** The least first: the fewest faults, then the latest crashes, then the first in the fixed order of events. */
  readonly found: readonly FaultSet[];
  /** Whether there are further minimal ones; unknown where the diagram passed its budget. */
  readonly remaining: 'none' | 'some' | 'unknown';
}

export class FaultDiagram {
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

  /** The fault sets that satisfy the condition and have none smaller that does, at most `limit`. */
  minimal(limit: number): MinimalFaultSets {
    const found: FaultSet[] = [];
    let rest = this.edge;
    try {
      while (found.length < limit) {
        const inputs = leastAssignment(this.diagram, rest, (input) => this.space.costOf(input));
        if (inputs === undefined) break;
        found.push(this.space.faultsOf(inputs));
        rest = this.diagram.and(rest, this.diagram.not(this.allOf(inputs)));
      }
      return { found, remaining: rest === FALSE ? 'none' : 'some' };
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      return { found, remaining: 'unknown' };
    }
  }

  /** @param inputs ascending */
  private allOf(inputs: readonly number[]): Condition {
    return inputs.reduceRight((below, input) => this.diagram.node(input, FALSE, below), TRUE);
  }
}
