/**
 * Forward and backward in turn: run, take the run's lineage, solve for the least fault set that breaks the
 * lineage of every run so far, and run that. No clause is ever dropped, so that no run is repeated; a fault
 * set is proposed before all greater ones, so that the first that violates is the least.
 */
import { Changes } from '../../injector/changes.js';
import { FaultSolver, type FoundFaults } from '../../injector/fault-solver.js';
import { RunBreaker, SupportedRun } from '../../injector/support.js';
import { Conditions } from '../../lineage/conditions.js';
import { Influences } from '../../lineage/influence.js';
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
  private readonly influences: Influences;
  private readonly solver: FaultSolver;
  private readonly found: FoundFaults[] = [];
  private preEverHeld = false;
  private reliedOnAbsence = false;

  constructor(private readonly search: Search) {
    const { space } = search;
    this.influences = new Influences(search.options.checked);
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
      const hypothesis = this.solver.least({}, atLeast);
      if (hypothesis.kind !== 'found') return this.exhausted();
      atLeast = hypothesis.faults.length;
      search.cover(atLeast - 1);
      this.tryOut(hypothesis);
    }
    return violated(search, this.found, { remaining: 'unknown', violating: undefined });
  }

  private tryOut(hypothesis: FoundFaults): void {
    const { search } = this;
    search.countExecution(hypothesis.faults);
    const run = new SupportedRun(search.evaluator, hypothesis.faults, search.checkpoint);
    if (run.outcome.pre.length > 0) this.preEverHeld = true;
    if (run.outcome.violations.length === 0) {
      this.learn(run);
      return;
    }
    search.note(hypothesis.faults);
    this.found.push(hypothesis);
    this.solver.excludeGreater(hypothesis.faults);
  }

  private learn(run: SupportedRun): void {
    const { nodes, bounds, negativeSupport } = this.search.options;
    const { influences, solver } = this;
    const { faults, deliveries } = run;
    const changes = new Changes({
      influences,
      solver,
      nodes,
      eot: bounds.eot,
      faults,
      deliveries,
      negativeSupport,
    });
    new RunBreaker(run, this.search.evaluator, solver, changes).require();
    this.reliedOnAbsence ||= changes.reliedOnAbsence;
  }

  private exhausted(): Verdict {
    const { search, found } = this;
    const remaining = this.reliedOnAbsence ? 'unknown' : 'none';
    if (found.length > 0) return violated(search, found, { remaining, violating: undefined });
    if (this.reliedOnAbsence) throw new Undecided('the search was exhausted, but without negative support');
    return withoutViolation(search, !this.preEverHeld);
  }
}
