/**
 * Forward and backward in turn: run, take the run's lineage, solve for the least fault set that breaks the
 * lineage of every run so far, and run that. No clause is ever dropped, so that no run is repeated.
 *
 * It begins with fault sets that break what was there, and takes what was absent to stay so: few, and most
 * likely to violate. When one does, or none is left, absences may break too, and a fault set is proposed before
 * all greater ones, so that the first that violates is the least.
 */
import { FaultLiterals } from '../../injector/fault-literals.js';
import { FaultSolver, type FoundFaults } from '../../injector/fault-solver.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import { Conditions } from '../../lineage/conditions.js';
import type { Steps } from '../../model/steps.js';
import type { Literal } from '../../solver/sat.js';
import type { Verdict } from '../result.js';
import type { Conclusion, Search } from '../search.js';
import type { RecordedOutcome } from '../subjects/subject.js';
import { Undecided } from '../undecided.js';
import { violated, withoutViolation, type Found } from './verdicts.js';

/**
 * @throws SolverError
 * @throws Undecided when it passes its budget of executions
 */
export function* alternating(search: Search): Steps<Conclusion> {
  return { verdict: yield* new Alternation(search).verdict(), representation: 'replays', confirmed: false };
}

class Alternation {
  private readonly solver: FaultSolver;
  /** True where what was absent may appear. */
  private readonly absencesBreak: Literal;
  private readonly violating = new Set<string>();
  private readonly found: Found[] = [];
  private preEverHeld = false;
  private reliesOnAbsence = false;

  constructor(private readonly search: Search) {
    const { space, options } = search;
    const { circuitNodes } = options.budgets;
    const conditions = new Conditions({
      circuitLimit: circuitNodes,
      diagramLimit: 0,
      satisfiable: () => true,
    });
    this.solver = new FaultSolver(space, conditions.circuit, search.newSolver(), space.events.keys());
    this.solver.require(space.admissible(conditions));
    this.absencesBreak = this.solver.newLiteral();
  }

  *verdict(): Steps<Verdict> {
    const { search } = this;
    search.enter('search');
    yield* this.scout();
    if (!search.options.negativeSupport && this.reliesOnAbsence) this.solver.addClause([-this.absencesBreak]);
    return yield* this.enumerate();
  }

  /** Runs fault sets that break what was there, until one violates. */
  private *scout(): Steps<void> {
    for (;;) {
      const hypothesis = this.propose([-this.absencesBreak], 0);
      if (hypothesis === undefined || this.violates(hypothesis.faults)) return;
      yield;
    }
  }

  /** Runs fault sets, the least first, until as many counterexamples as wanted are found. */
  private *enumerate(): Steps<Verdict> {
    const { search, found } = this;
    const { proves } = this;
    let atLeast = 0;
    while (found.length < search.options.wanted) {
      yield;
      const hypothesis = this.propose([], atLeast);
      if (hypothesis === undefined) return this.exhausted();
      if (hypothesis.optimality !== 'minimal') {
        atLeast = hypothesis.faults.length;
        if (proves) search.cover(atLeast - 1);
      }
      if (!this.violates(hypothesis.faults)) continue;
      found.push(proves ? hypothesis : { ...hypothesis, optimality: 'none' });
      this.solver.excludeGreater(hypothesis.faults);
    }
    return violated(search, found, { remaining: 'unknown', violating: undefined });
  }

  /** A small fault set that breaks every run so far, as small as the budget allows; undefined where there is none. */
  private propose(assumptions: readonly Literal[], atLeast: number): FoundFaults | undefined {
    const { hypothesisConflicts, decisionConflicts } = this.search.options.budgets;
    for (const conflicts of [hypothesisConflicts, decisionConflicts]) {
      const result = this.solver.least({ assumptions, conflicts }, atLeast);
      if (result.kind !== 'unknown') return result.kind === 'found' ? result : undefined;
    }
    throw new Undecided(`the solver passed its budget of ${decisionConflicts} conflicts`);
  }

  /** Runs the protocol under a fault set, unless it was found to violate before. */
  private violates(faults: FaultSet): boolean {
    const { search } = this;
    const name = formatSchedule(faults);
    if (this.violating.has(name)) return true;
    if (search.hasRun(faults)) throw new Error(`the fault set ${name} was proposed twice`);
    search.countExecution(faults);
    const recorded = search.subject.record(faults);
    const { pre, violations } = recorded.outcome;
    this.preEverHeld ||= pre.length > 0;
    if (violations.length === 0) {
      this.learn(recorded, faults);
      return false;
    }
    this.violating.add(name);
    search.note(faults);
    return true;
  }

  private learn(recorded: RecordedOutcome, faults: FaultSet): void {
    const { solver, absencesBreak } = this;
    const { nodes, bounds } = this.search.options;
    const literals = new FaultLiterals(solver, nodes, bounds.eot, faults);
    const relied = recorded.requireBroken({ solver, literals, absencesBreak });
    this.reliesOnAbsence ||= relied;
  }

  /** Whether to find no more fault sets is to know that there are none. */
  private get proves(): boolean {
    const { subject, options } = this.search;
    return subject.provesByLineage && (options.negativeSupport || !this.reliesOnAbsence);
  }

  private exhausted(): Verdict {
    const { search, found, proves } = this;
    if (found.length > 0) {
      return violated(search, found, { remaining: proves ? 'none' : 'unknown', violating: undefined });
    }
    if (proves) return withoutViolation(search, !this.preEverHeld);
    const without = search.subject.provesByLineage ? 'without negative support' : 'by tracked lineage alone';
    throw new Undecided(`the search was exhausted, but ${without}`);
  }
}
