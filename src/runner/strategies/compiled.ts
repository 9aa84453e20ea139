/**
 * Evaluate the protocol once for all admissible fault sets, then decide the condition of a violation with
 * one query. The diagram answers while it lasts, and the solver confirms it; else the solver decides alone.
 */
import { FaultDiagram } from '../../injector/fault-diagram.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import { FALSE, type Condition } from '../../model/algebra.js';
import { SolverError } from '../../solver/sat.js';
import type { Budgets } from '../guard/budgets.js';
import { checkpoint, type Asking } from '../requests.js';
import type { Conclusion } from '../search.js';
import { decided, decisionLimits, leastFaults, solverFor, type EvaluableSearch } from './least-faults.js';
import { differences } from './differences.js';
import { indifferentFaults } from './indifferent.js';
import { poseOrSearch, type Question } from './pose.js';
import { SearchedStates } from './searched-states.js';
import { violated, withoutViolation } from './verdicts.js';

/**
 * @throws BudgetExceeded when the circuit passes its budget
 * @throws SolverError
 * @throws Undecided when the solver, or a relation, passes its budget
 */
export function* compiled(search: EvaluableSearch): Asking<Conclusion> {
  const question = yield* poseOrSearch(search);
  if (question instanceof SearchedStates) return yield* byStates(search);
  search.enter('solve');
  const conclusion = yield* decide(search, question);
  const { observed } = question;
  const isViolated = conclusion.verdict.kind === 'violated';
  const known = isViolated ? [] : differences(search, question);
  const indifferent = isViolated ? [] : indifferentFaults(search, question);
  if (observed !== undefined || known.length > 0 || indifferent.length > 0)
    search.seen = {
      ...(observed !== undefined && { observed }),
      ...(known.length > 0 && { differences: known }),
      ...(indifferent.length > 0 && { indifferent }),
    };
  return conclusion;
}

function* decide(search: EvaluableSearch, question: Question): Asking<Conclusion> {
  const { conditions, violation, excluded } = question;
  const edge = conditions.admissibleEdge(violation);
  const left = conditions.admissibleEdge(excluded);
  const { diagram } = conditions;
  search.diagramNodes = diagram?.size ?? 0;
  yield* checkpoint();
  if (diagram === undefined || edge === undefined) return yield* byCircuit(search, question);
  if (left !== FALSE) throw new Error('the diagram finds possible what the solver said is not');
  return yield* byDiagram(search, question, new FaultDiagram(search.space, diagram, edge));
}

/** Nothing violates, and all properties ask something of the run without faults. */
function* byStates(search: EvaluableSearch): Asking<Conclusion> {
  const verdict = yield* withoutViolation(search, () => undefined);
  return { verdict, representation: 'states', confirmed: false };
}

function* byDiagram(
  search: EvaluableSearch,
  question: Question,
  violation: FaultDiagram,
): Asking<Conclusion> {
  const { conditions } = question;
  if (violation.isFalse) {
    let confirmed = confirm(search, question, question.violation, undefined);
    yield* checkpoint();
    const verdict = yield* withoutViolation(search, (property) => {
      const asked = question.asked(property);
      const under = leastFaults(search, question, asked, decisionLimits(search));
      confirmed &&= conditions.diagram !== undefined && confirm(search, question, asked, under);
      return under;
    });
    return { verdict, representation: 'diagram', confirmed };
  }
  const { found, remaining } = violation.minimal(search.options.wanted);
  if (found.length === 0) return yield* byCircuit(search, question);
  search.note(found[0]);
  yield* checkpoint();
  const confirmed = confirm(search, question, question.violation, found[0]);
  yield* checkpoint();
  const counted = { remaining, violating: violation.count() };
  const minimal = found.map((faults) => ({ faults, optimality: 'least' as const }));
  return { verdict: yield* violated(search, minimal, counted), representation: 'diagram', confirmed };
}

/**
 * Whether the solver, asked without the diagram and within its budget, finds the same least fault set that satisfies a
 * condition (or none), and that what was left out can indeed never hold.
 * @throws Error when it finds otherwise
 */
function confirm(
  search: EvaluableSearch,
  question: Question,
  condition: Condition,
  expected: FaultSet | undefined,
): boolean {
  search.enter('confirm');
  const { conditions, excluded } = question;
  const conflicts = affordable(search.options.budgets, conditions.circuit.size);
  if (conflicts === 0) return false;
  try {
    if (expected !== undefined) {
      const left = leastWithin(search, question, excluded, conflicts);
      if (left === 'unknown') return false;
      if (left !== undefined) throw disagreement('nothing of what it left out', left);
    }
    const asked = expected === undefined ? conditions.or(condition, excluded) : condition;
    const found = leastWithin(search, question, asked, conflicts);
    if (found === 'unknown') return false;
    if (named(found) === named(expected)) return true;
    throw disagreement(named(expected), found);
  } catch (error) {
    if (error instanceof SolverError) return false;
    throw error;
  }
}

/** Conflicts that a confirmation may have. */
function affordable({ confirmationConflicts, confirmationGates }: Budgets, gates: number): number {
  if (gates >= 10 * confirmationGates) return 0;
  return Math.ceil(confirmationConflicts * Math.min(1, confirmationGates / gates));
}

function disagreement(diagram: string, solver: FaultSet | undefined): Error {
  return new Error(`the diagram finds ${diagram}, and the solver ${named(solver)}`);
}

function named(faults: FaultSet | undefined): string {
  return faults === undefined ? 'nothing' : `{${formatSchedule(faults)}}`;
}

/** The least admissible fault set that satisfies a condition, by the solver; undefined where none does. */
function leastWithin(
  search: EvaluableSearch,
  { conditions, admissible }: Question,
  condition: Condition,
  conflicts: number,
): FaultSet | undefined | 'unknown' {
  if (condition === FALSE) return undefined;
  const result = solverFor(search, conditions, admissible, [condition]).least({ conflicts });
  if (result.kind === 'none') return undefined;
  return result.kind === 'found' && result.optimality === 'least' ? result.faults : 'unknown';
}

function* byCircuit(search: EvaluableSearch, question: Question): Asking<Conclusion> {
  const { wanted, budgets } = search.options;
  const solver = solverFor(search, question.conditions, question.admissible, [question.violation]);
  const limits = decisionLimits(search);
  if (!decided(solver, limits)) {
    yield* checkpoint();
    if (isPossible(search, question, question.excluded))
      throw new Error('the solver finds possible what was left out');
    const verdict = yield* withoutViolation(search, (property) =>
      leastFaults(search, question, question.asked(property), limits),
    );
    return { verdict, representation: 'circuit', confirmed: false };
  }
  const example = solver.example();
  search.note(example);
  yield* checkpoint();
  search.enter('minimize');
  const { found, remaining } = solver.minimal(wanted, {
    conflicts: budgets.minimumConflicts,
    onFound: search.note,
  });
  // What the budget is too small to find anew can still be made minimal.
  const minimal = found.length > 0 ? found : [solver.shrink(example, { onFound: search.note })];
  const verdict = yield* violated(search, minimal, { remaining, violating: undefined });
  return { verdict, representation: 'circuit', confirmed: false };
}

/** Whether some admissible fault set satisfies a condition, by the solver. @throws Undecided */
function isPossible(
  search: EvaluableSearch,
  { conditions, admissible }: Question,
  condition: Condition,
): boolean {
  if (condition === FALSE) return false;
  return decided(solverFor(search, conditions, admissible, [condition]), decisionLimits(search));
}
