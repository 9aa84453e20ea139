/** What faults may do to a run that happened under a fault set, as literals of a solver's fault sets. */
import type { Literal } from '../../solver/sat.js';
import type { FaultSolver } from '../fault-solver.js';
import type { FaultSpace } from '../fault-space.js';
import { faultKinds, ofKind, type ChannelTime, type Fault, type FaultSet } from '../faults.js';
import { truth } from '../world.js';

export class FaultLiterals {
  private readonly happens: (event: Fault) => boolean;

  constructor(
    private readonly solver: FaultSolver,
    private readonly space: FaultSpace,
    private readonly faults: FaultSet,
  ) {
    this.happens = truth(faults);
  }

  /** Any of these removes a channel-time that worked. */
  removal(channel: ChannelTime): readonly Literal[] {
    return this.literals(this.space.removing(channel));
  }

  /** All of these together restore a channel-time that may have been removed. */
  restoration(channel: ChannelTime): readonly Literal[] {
    return this.literals(this.space.removing(channel).filter(this.happens)).map((literal) => -literal);
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
