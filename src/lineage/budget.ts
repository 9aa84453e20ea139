import { BudgetError } from '../model/budget-error.js';

/** Raised where a representation of conditions outgrows the size it was allowed. */
export class BudgetExceeded extends BudgetError {
  override readonly name = 'BudgetExceeded';

  constructor(
    readonly resource: 'circuit' | 'diagram',
    /** Nodes. */
    readonly limit: number,
  ) {
    super(`the ${resource} of conditions passed its budget of ${limit} nodes`);
  }
}
