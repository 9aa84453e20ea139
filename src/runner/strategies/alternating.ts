/**
 * Forward and backward in turn: run, take the run's lineage, solve for the least fault set that breaks the
 * lineage of every run so far, and run that. No clause is ever dropped, so that no run is repeated; a fault
 * set is proposed before all greater ones, so that the first that violates is the least.
 */
import { FaultLiterals } from '../../injector/fault-literals.js';
import { FaultSolver, type FoundFaults } from '../../injector/fault-solver.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import { concreteWorld, outcomeOf } from '../../injector/replay.js';
import { Support } from '../../injector/support.js';
import { Conditions } from '../../lineage/conditions.js';
import { recordRun, type RecordedRun } from '../../lineage/graph.js';
import type { Verdict } from '../result.js';
import type { Conclusion, Search } from '../search.js';
import { Undecided } from '../undecided.js';
import { violated, withoutViolation } from './verdicts.js';

/**
 * @throws SolverError
 * @throws Undecided when it passes its budget of executions
 */
export function alternating(search: Search): Conclusion {
  return { verdict: new Alternation(search).verdict(), representation: 'replays', confirmed: false };
}

class Alternation {
  private readonly solver: FaultSolver;
  private readonly found: FoundFaults[] = [];
  private preEverHeld = false;
  private reliedOnAbsence = false;

  constructor(private readonly search: Search) {
    const { space } = search;
    const { circuitNodes } = search.options.budgets;
    const conditions = new Conditions({
      circuitLimit: circuitNodes,
      diagramLimit: 0,
      satisfiable: () => true,
    });
    this.solver = new FaultSolver(space, conditions.circuit, search.newSolver(), space.events.keys());
    this.solver.require(space.admissible(conditions));
  }

  verdict(): Verdict {
    const { search } = this;
    search.enter('search');
    let atLeast = 0;
    while (this.found.length < search.options.wanted) {
      const hypothesis = this.solver.least(
        { conflicts: search.options.budgets.hypothesisConflicts },
        atLeast,
      );
      if (hypothesis.kind !== 'found') return this.exhausted();
      atLeast = hypothesis.faults.length;
      search.cover(atLeast - 1);
      this.tryOut(hypothesis);
    }
    return violated(search, this.found, { remaining: 'unknown', violating: undefined });
  }

  private tryOut(hypothesis: FoundFaults): void {
    const { search } = this;
    const { faults } = hypothesis;
    if (search.hasRun(faults)) throw new Error(`the fault set ${formatSchedule(faults)} was proposed twice`);
    search.countExecution(faults);
    const run = recordRun(search.evaluator, concreteWorld(faults), { checkpoint: search.checkpoint });
    const { pre, violations } = outcomeOf(run.evaluation, search.evaluator.eot);
    this.preEverHeld ||= pre.length > 0;
    if (violations.length === 0) {
      this.learn(run, faults);
      return;
    }
    search.note(faults);
    this.found.push(hypothesis);
    this.solver.excludeGreater(faults);
  }

  private learn(run: RecordedRun, faults: FaultSet): void {
    const { solver } = this;
    const { nodes, bounds, negativeSupport } = this.search.options;
    const literals = new FaultLiterals(solver, nodes, bounds.eot, faults);
    const support = new Support(run, { evaluator: this.search.evaluator, solver, literals, negativeSupport });
    support.requireBroken();
    this.reliedOnAbsence ||= support.reliedOnAbsence;
  }

  private exhausted(): Verdict {
    const { search, found } = this;
    const remaining = this.reliedOnAbsence ? 'unknown' : 'none';
    if (found.length > 0) return violated(search, found, { remaining, violating: undefined });
    if (this.reliedOnAbsence) throw new Undecided('the search was exhausted, but without negative support');
    return withoutViolation(search, !this.preEverHeld);
  }
}
