/**
 * Evaluate the protocol once for all admissible fault sets, then decide the condition of a violation with
 * one query. The diagram answers while it lasts, and the solver confirms it; else the solver decides alone.
 */
import { faultConditions, type FaultConditions } from '../../injector/fault-conditions.js';
import { FaultDiagram } from '../../injector/fault-diagram.js';
import { FaultSolver } from '../../injector/fault-solver.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import type { Conditions } from '../../lineage/conditions.js';
import { FALSE, TRUE, type Condition } from '../../model/algebra.js';
import { TooManyTuples } from '../../model/rules/evaluate/errors.js';
import { HandlerError } from '../../model/handlers/errors.js';
import type { Steps } from '../../model/steps.js';
import { SolverError, type SearchLimits } from '../../solver/sat.js';
import { ProtocolError } from '../failures/protocol-error.js';
import type { Budgets } from '../guard/budgets.js';
import { protocolKind } from '../kinds/kinds.js';
import { checkpoint, type Asking } from '../requests.js';
import type { Conclusion, Search as AnySearch } from '../search.js';
import type { Described, Evaluable, SpecificationConditions } from '../subjects/subject.js';
import { Undecided } from '../guard/undecided.js';
import { violated, withoutViolation } from './verdicts.js';

/** On what can be evaluated for all fault sets at once. */
type Search = AnySearch<Described & Evaluable>;

/** Inputs beyond which a diagram is not begun: its operations recurse as deep as there are inputs. */
const DEEPEST_DIAGRAM = 4_000;

/**
 * @throws BudgetExceeded when the circuit passes its budget
 * @throws SolverError
 * @throws Undecided when the solver, or a relation, passes its budget
 */
export function* compiled(search: Search): Asking<Conclusion> {
  const question = yield* pose(search);
  search.enter('solve');
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

/** What the one pass over the protocol leaves to be decided. */
export interface Question extends FaultConditions, SpecificationConditions {
  /** What the pass left out, on the word of the diagram or of the solver that it can never hold. */
  readonly excluded: Condition;
}

/**
 * @throws BudgetExceeded when the circuit passes its budget
 * @throws Undecided when a relation passes its budget
 */
export function* pose(search: Search): Asking<Question> {
  search.enter('evaluate');
  const { circuitNodes, diagramNodes } = search.options.budgets;
  const diagramLimit = search.space.events.length > DEEPEST_DIAGRAM ? 0 : diagramNodes;
  const limits = { circuitLimit: circuitNodes, diagramLimit };
  const { conditions, admissible } = faultConditions(search.space, limits, () => search.newSolver());
  search.leastUnder = (condition) => leastFaults(search, { conditions, admissible }, condition, {});
  const world = search.space.world(conditions);
  const specification = yield* explainedSteps(search, search.subject.specification(world, conditions));
  search.gates = conditions.circuit.size;
  return { conditions, admissible, ...specification, excluded: conditions.excluded };
}

/** All steps of work, with what they throw explained. */
function* explainedSteps<Value>(search: Search, steps: Steps<Value>): Asking<Value> {
  for (;;) {
    const step = taken(search, steps);
    if (step.done === true) return step.value;
    yield* checkpoint();
  }
}

function taken<Value>(search: Search, steps: Steps<Value>): IteratorResult<undefined, Value> {
  try {
    return steps.next();
  } catch (error) {
    throw explained(search, error);
  }
}

/**
 * What is thrown in place of an error of the run over all fault sets: a handler that fails is told with the least fault
 * set that leads to it, and too many tuples over all fault sets may be few in each run.
 */
export function explained(search: Search, error: unknown): unknown {
  if (error instanceof TooManyTuples) return new Undecided(`${error.message}, over all fault sets`);
  if (!(error instanceof HandlerError)) return error;
  const faults = search.leastUnder?.(error.condition ?? TRUE) ?? [];
  const { protocol } = search.subject;
  return new ProtocolError(error, faults, protocolKind(protocol).definition(protocol));
}

/**
 * The least fault set that satisfies a condition, by the diagram while it lasts; where the solver passes its budget, one
 * that is minimal. Undefined where none does.
 *
 * @throws Undecided when the solver cannot tell within the limits whether there is one
 */
function leastFaults(
  search: Search,
  { conditions, admissible }: FaultConditions,
  condition: Condition,
  limits: SearchLimits,
): FaultSet | undefined {
  const edge = conditions.admissibleEdge(condition);
  const { diagram } = conditions;
  if (edge !== undefined && diagram !== undefined) {
    const { found, remaining } = new FaultDiagram(search.space, diagram, edge).minimal(1);
    if (found.length > 0 || remaining !== 'unknown') return found.at(0);
  }
  if (condition === FALSE) return undefined;
  const solver = solverFor(search, conditions, admissible, [condition]);
  const least = solver.least({ conflicts: search.options.budgets.minimumConflicts });
  if (least.kind === 'found') return least.faults;
  if (least.kind === 'none' || !decided(solver, limits)) return undefined;
  return solver.shrink(solver.example()).faults;
}

function* byDiagram(search: Search, question: Question, violation: FaultDiagram): Asking<Conclusion> {
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
  search: Search,
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
  search: Search,
  { conditions, admissible }: Question,
  condition: Condition,
  conflicts: number,
): FaultSet | undefined | 'unknown' {
  if (condition === FALSE) return undefined;
  const result = solverFor(search, conditions, admissible, [condition]).least({ conflicts });
  if (result.kind === 'none') return undefined;
  return result.kind === 'found' && result.optimality === 'least' ? result.faults : 'unknown';
}

function* byCircuit(search: Search, question: Question): Asking<Conclusion> {
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
function isPossible(search: Search, { conditions, admissible }: Question, condition: Condition): boolean {
  if (condition === FALSE) return false;
  return decided(solverFor(search, conditions, admissible, [condition]), decisionLimits(search));
}

/** What a question may take that a verdict depends on. */
function decisionLimits({ options }: Search): SearchLimits {
  return { conflicts: options.budgets.decisionConflicts };
}

/** Whether some fault set satisfies what a solver requires. @throws Undecided when it passes its limits */
function decided(solver: FaultSolver, limits: SearchLimits): boolean {
  const status = solver.decide([], limits);
  if (status === 'unknown')
    throw new Undecided(`the solver passed its budget of ${limits.conflicts} conflicts`);
  return status === 'satisfiable';
}

/** A solver of all admissible fault sets that satisfy `conditions`. */
function solverFor(
  search: Search,
  { circuit }: Conditions,
  admissible: Condition,
  conditions: readonly Condition[],
): FaultSolver {
  const required = [admissible, ...conditions];
  const reached = circuit.cone(required).filter((node) => circuit.isInput(node));
  const inputs = reached.map((node) => circuit.inputOf(node));
  const solver = new FaultSolver(search.space, circuit, search.newSolver(), inputs);
  for (const condition of required) solver.require(condition);
  return solver;
}
