import { BudgetError } from '../../model/budget-error.js';

/** A strategy passed a budget before it knew. The message says which, as a clause. */
export class Undecided extends BudgetError {
  override readonly name = 'Undecided';
}
