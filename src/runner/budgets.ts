/** What a check may spend before it says that it does not know. */

export interface Budgets {
  /** Nodes of the circuit of conditions. */
  readonly circuitNodes: number;
  /** Nodes of the diagram of conditions; 0 for none. */
  readonly diagramNodes: number;
  /** Conflicts of the solver call that decides, where no diagram does. */
  readonly decisionConflicts: number;
  /** Conflicts of one solver call that is to confirm what the diagram said. */
  readonly confirmationConflicts: number;
  /** Conflicts of one solver call that is to prove fewest faults fewest. */
  readonly minimumConflicts: number;
  /** Conflicts of one solver call that is to make a hypothesis of `alternating` smaller. */
  readonly hypothesisConflicts: number;
  /** Whole executions of the protocol. */
  readonly executions: number;
}

/** Those of a check that names none. */
export const defaultBudgets: Budgets = {
  circuitNodes: 5_000_000,
  diagramNodes: 200_000,
  decisionConflicts: 5_000_000,
  confirmationConflicts: 2_000,
  minimumConflicts: 200_000,
  hypothesisConflicts: 1_000,
  executions: 10_000,
};
