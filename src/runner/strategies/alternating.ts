/**
 * Forward and backward in turn: run, take the run's lineage, solve for the least fault set that breaks what all
 * runs so far rested on, and run that. No clause is ever dropped.
 *
 * The lineage of handlers says little of what was absent. Where it leaves that open, the search begins with fault
 * sets that break what was there, and takes what was absent to stay so: few, and most likely to violate. When one
 * does, or none is left, absences may break too. Then, and for rules throughout, a fault set is proposed before
 * all greater ones, so that the first that violates is the least.
 */
import { FaultLiterals } from '../../injector/learn/fault-literals.js';
import { FaultSolver, type FoundFaults } from '../../injector/fault-solver.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated } from '../../injector/run.js';
import { formatSchedule } from '../../injector/schedule.js';
import { Conditions } from '../../lineage/conditions.js';
import { noSamples } from '../../lineage/samples.js';
import type { Literal } from '../../solver/sat.js';
import type { Verdict } from '../result.js';
import { checkpoint, recordedUnder, type Asking } from '../requests.js';
import type { Conclusion, Search } from '../search.js';
import type { RecordedOutcome } from '../subjects/subject.js';
import { Undecided } from '../guard/undecided.js';
import { AskedUnder, violated, withoutViolation, type Found } from './verdicts.js';

/**
 * @throws SolverError
 * @throws Undecided when it passes its budget of executions
 */
export function* alternating(search: Search): Asking<Conclusion> {
  return { verdict: yield* new Alternation(search).verdict(), representation: 'replays', confirmed: false };
}

class Alternation {
  private readonly solver: FaultSolver;
  /** True where what was absent may appear. */
  private readonly absencesBreak: Literal;
  /** The fault sets that were run, and whether they violate. */
  private readonly ran = new Map<string, boolean>();
  private readonly found: Found[] = [];
  private readonly asked: AskedUnder;
  private reliesOnAbsence = false;
  private atLeast = 0;

  constructor(private readonly search: Search) {
    this.asked = new AskedUnder(search);
    const { space, options } = search;
    const conditions = new Conditions({
      // It says what faults do to the world, whatever the protocol is, and is no larger than the fault space.
      circuitLimit: Infinity,
      diagramLimit: 0,
      samples: noSamples,
      satisfiable: () => true,
    });
    this.solver = new FaultSolver(space, conditions.circuit, search.newSolver(), space.events.keys());
    this.solver.require(space.admissible(conditions));
    this.absencesBreak = this.solver.newLiteral();
    if (!options.negativeSupport) this.solver.addClause([-this.absencesBreak]);
  }

  *verdict(): Asking<Verdict> {
    const { search, found } = this;
    search.enter('search');
    let scouting = true;
    while (found.length < search.options.wanted) {
      if (scouting && this.reliesOnAbsence) scouting = yield* this.scout();
      else if (!(yield* this.step())) return yield* this.exhausted();
      yield* checkpoint();
    }
    return yield* violated(search, found, { remaining: 'unknown', violating: undefined });
  }

  /** Runs a fault set that breaks what was there. Whether it was in vain, and another may follow. */
  private *scout(): Asking<boolean> {
    const hypothesis = this.propose([-this.absencesBreak], 0);
    return hypothesis !== undefined && !(yield* this.violates(hypothesis.faults));
  }

  /** Runs the least fault set that is left. Whether there was one. */
  private *step(): Asking<boolean> {
    const { search, proves } = this;
    const hypothesis = this.propose([], this.atLeast);
    if (hypothesis === undefined) return false;
    if (hypothesis.optimality !== 'minimal') {
      this.atLeast = hypothesis.faults.length;
      if (proves) search.cover(this.atLeast - 1);
    }
    if (yield* this.violates(hypothesis.faults)) {
      this.found.push(proves ? hypothesis : { ...hypothesis, optimality: 'none' });
      this.solver.excludeGreater(hypothesis.faults);
    }
    return true;
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

  /** Runs the protocol under a fault set, unless that was done before. */
  private *violates(faults: FaultSet): Asking<boolean> {
    const { search } = this;
    const name = formatSchedule(faults);
    const known = this.ran.get(name);
    if (known !== undefined) {
      // A good run of which nothing could be learnt.
      if (!known) this.solver.exclude(faults);
      return known;
    }
    search.countExecution(faults);
    const recorded = yield* recordedUnder(faults);
    const violates = isViolated(recorded.outcome);
    this.ran.set(name, violates);
    this.asked.add(faults, recorded.outcome);
    if (violates) search.note(faults);
    else this.learn(recorded, faults);
    return violates;
  }

  private learn(recorded: RecordedOutcome, faults: FaultSet): void {
    const { solver, absencesBreak } = this;
    const { space } = this.search;
    const literals = new FaultLiterals(solver, space, faults);
    const relied = recorded.requireBroken({ solver, space, literals, absencesBreak });
    this.reliesOnAbsence ||= relied;
  }

  /** Whether to find no more fault sets is to know that there are none. */
  private get proves(): boolean {
    const { subject, options } = this.search;
    return subject.provesByLineage && (options.negativeSupport || !this.reliesOnAbsence);
  }

  private *exhausted(): Asking<Verdict> {
    const { search, found, proves } = this;
    if (found.length > 0) {
      return yield* violated(search, found, { remaining: proves ? 'none' : 'unknown', violating: undefined });
    }
    if (proves) return yield* withoutViolation(search, this.asked.under);
    const without = search.subject.provesByLineage ? 'without negative support' : 'by tracked lineage alone';
    throw new Undecided(`the search was exhausted, but ${without}`);
  }
}
