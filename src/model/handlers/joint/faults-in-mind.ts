/**
 * By which faults what is worked out just now would come to be, besides those of the state that asks for it: whoever has to say
 * what was going on wants to know.
 */
import type { StepFault } from './step-faults.js';

export class FaultsInMind {
  private turn: readonly StepFault[] = [];
  private losses: readonly StepFault[] = [];

  get all(): readonly StepFault[] {
    return [...this.turn, ...this.losses];
  }

  /** A node has had a turn by these. */
  having(turn: readonly StepFault[]): void {
    this.turn = turn;
  }

  /** And some of what would arrive after that is lost. */
  losing(losses: readonly StepFault[]): void {
    this.losses = losses;
  }
}
