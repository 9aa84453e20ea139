/**
 * By which faults what is worked out just now would come to be, besides those of the state that asks for it: whoever has to say
 * what was going on wants to know. That is hardly ever asked, so that no more is noted than what it is to be told from.
 */
import type { LossesId } from './losses.js';
import type { NodeFaultCode } from './node-turns.js';
import type { StepFault } from './step-faults.js';

/** Whose faults they are. */
export interface FaultTeller {
  faultsOf(losses: LossesId, happens: NodeFaultCode): readonly StepFault[];
}

interface Noted {
  teller: FaultTeller | undefined;
  losses: LossesId;
  happens: NodeFaultCode;
}

export class FaultsInMind {
  private readonly turn: Noted = { teller: undefined, losses: 0, happens: 0 };
  private readonly course: Noted = { teller: undefined, losses: 0, happens: 0 };

  get all(): readonly StepFault[] {
    return [this.turn, this.course].flatMap(
      ({ teller, losses, happens }) => teller?.faultsOf(losses, happens) ?? [],
    );
  }

  /** A node has had a turn by these; or has not, where there is no teller. */
  having(teller: FaultTeller | undefined, losses: LossesId = 0, happens: NodeFaultCode = 0): void {
    note(this.turn, teller, losses, happens);
  }

  /** And some of what would arrive after that is lost. */
  losing(teller: FaultTeller | undefined, losses: LossesId = 0): void {
    note(this.course, teller, losses, 0);
  }
}

function note(noted: Noted, teller: FaultTeller | undefined, losses: LossesId, happens: NodeFaultCode): void {
  noted.teller = teller;
  noted.losses = losses;
  noted.happens = happens;
}
