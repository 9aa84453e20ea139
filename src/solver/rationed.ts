/**
 * A solver whose work is counted while it searches. Of a backend it is not known how many conflicts a search had, only that
 * it had no more than it was allowed; so it is allowed a few at a time, and goes on from what it learnt.
 */
import { SolverAround } from './around.js';
import type { SatSolver, SatStatus, SolveLimits } from './sat.js';

/** What a search takes, in whatever is counted. */
export interface SearchCosts {
  /** Of each search: what is looked through first, and the conflicts that are always had. */
  readonly search: number;
  /** Of each conflict that was in vain. */
  readonly conflict: number;
  /** Of each clause that was added since the last search. */
  readonly clause: number;
  /** Of each clause that there is, at each search, and at each conflict. */
  readonly clauseOfSearch: number;
  readonly clauseOfConflict: number;
}

/** Conflicts that are allowed at a time. */
const PORTION = 1_000;

export class RationedSolver extends SolverAround {
  /** Clauses that are paid for. */
  private paid = 0;

  /**
   * @param costs what is told to `spend`
   * @param spend told of each search what it takes, and after each part of it that was in vain; it ends a search by throwing
   */
  constructor(
    solver: SatSolver,
    private readonly costs: SearchCosts,
    private readonly spend: (cost: number) => void,
  ) {
    super(solver);
  }

  /** One that cannot count conflicts searches at once for as long as it takes. */
  override solve({ conflicts = Infinity, ...limits }: SolveLimits = {}): SatStatus {
    const { costs, spend } = this;
    const { clauses } = this.statistics;
    const added = clauses - this.paid;
    this.paid = clauses;
    spend(costs.search + costs.clause * added + costs.clauseOfSearch * clauses);
    for (let left = conflicts; ; left -= PORTION) {
      const portion = Math.min(PORTION, left);
      const status = this.solver.solve({ ...limits, conflicts: portion });
      if (status !== 'unknown') return status;
      spend(portion * (costs.conflict + costs.clauseOfConflict * clauses));
      if (left <= PORTION) return 'unknown';
    }
  }
}
