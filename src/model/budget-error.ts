/**
 * Raised where a budget of time, memory or size ended before there was an answer. It says nothing about what was
 * asked. The message says which budget ended, as a clause.
 */
export abstract class BudgetError extends Error {}
