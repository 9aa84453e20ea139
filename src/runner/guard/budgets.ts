/** What a check may spend before it says that it does not know. */

export interface Budgets {
  /** Nodes of the circuit of conditions. */
  readonly circuitNodes: number;
  /** Nodes of the diagram of conditions; 0 for none. */
  readonly diagramNodes: number;
  /** Tuples of one relation at one time, over all fault sets. */
  readonly tuples: number;
  /** Distinct local states of a protocol by handlers. */
  readonly localStates: number;
  /** Conflicts of the solver call that decides, where no diagram does. */
  readonly decisionConflicts: number;
  /** Conflicts of one solver call that is to confirm what the diagram said. */
  readonly confirmationConflicts: number;
  /**
   * Gates of a circuit up to which a confirmation may have all its conflicts. Each costs more in a larger one,
   * which has fewer in proportion, and from ten times as many gates on none.
   */
  readonly confirmationGates: number;
  /** Conflicts of one solver call that is to prove fewest faults fewest. */
  readonly minimumConflicts: number;
  /** Conflicts of one solver call that is to make a hypothesis of `alternating` smaller. */
  readonly hypothesisConflicts: number;
  /** Whole executions of the protocol. */
  readonly executions: number;
}

/** Those of a check of rules that names none. */
export const defaultBudgets: Budgets = {
  circuitNodes: 5_000_000,
  diagramNodes: 100_000,
  tuples: 500_000,
  localStates: 100_000,
  decisionConflicts: 5_000_000,
  confirmationConflicts: 2_000,
  confirmationGates: 5_000,
  minimumConflicts: 200_000,
  hypothesisConflicts: 1_000,
  executions: 10_000,
};

/**
 * Those of a check of handlers that names none. Every step of theirs asks what can be, which a diagram
 * answers at once and a solver slowly, so that it pays to keep the diagram while memory lasts: 16 million
 * nodes are about 1 GB.
 */
export const defaultHandlerBudgets: Budgets = { ...defaultBudgets, diagramNodes: 16_000_000 };

/** Milliseconds for a check, or a replay, of handlers that names no time: a handler may hold a loop without end. */
export const defaultHandlerTimeout = 60_000;
