/** What faults may do to a run that happened under a fault set, as literals of a solver's fault sets. */
import type { Condition } from '../../model/algebra.js';
import type { Literal } from '../../solver/sat.js';
import type { FaultSolver } from '../fault-solver.js';
import type { FaultSpace } from '../fault-space.js';
import { faultKinds, ofKind, type ChannelTime, type Fault, type FaultSet } from '../faults.js';
import { truth } from '../world.js';

export class FaultLiterals {
  private readonly happens: (event: Fault) => boolean;
  private readonly holds: (condition: Condition) => boolean;

  constructor(
    private readonly solver: FaultSolver,
    private readonly space: FaultSpace,
    private readonly faults: FaultSet,
  ) {
    this.happens = truth(faults);
    this.holds = solver.under(faults);
  }

  /** Any of these keeps what is sent on a channel from arriving at a time at which it did. */
  removal(channel: ChannelTime, arrival: number): readonly Literal[] {
    return this.solver.arriving(channel, arrival).map((condition) => -this.solver.literal(condition));
  }

  /** All of these together let what is sent on a channel arrive at a time at which it did not. */
  restoration(channel: ChannelTime, arrival: number): readonly Literal[] {
    const missing = this.solver.arriving(channel, arrival).filter((condition) => !this.holds(condition));
    return missing.map((condition) => this.solver.literal(condition));
  }

  /** True exactly where what an author calls so happens to a node at a time. */
  occurrence(name: string, node: string, time: number): Literal {
    return this.solver.literal(this.solver.happening(name, node, time));
  }

  /** Any of these may have a node down at other times. */
  alteration(node: string): readonly Literal[] {
    const { bounds } = this.space;
    const events = faultKinds.flatMap((kind) => kind.altering(node, ofKind(kind, this.faults), bounds));
    return events.flatMap((event) =>
      this.literals([event]).map((literal) => (this.happens(event) ? -literal : literal)),
    );
  }

  /** Of those within the bounds. */
  private literals(events: readonly Fault[]): readonly Literal[] {
    return events.flatMap((event) => this.solver.event(event) ?? []);
  }
}
