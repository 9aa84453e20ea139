/**
 * Whether faults of a kind ever make a difference: whether there is an admissible fault set under which properties see
 * something that they would not see if those of the kind had not happened, and all others had. A kind of which there is none
 * was not put to the test. It is asked of kinds that are off by default alone, so that a check without them costs nothing
 * more, and of conditions that are not too large for it.
 */
import { groupBy } from '../../model/group.js';
import { BudgetError } from '../../model/budget-error.js';
import { FALSE, type Condition } from '../../model/algebra.js';
import { FaultSolver } from '../../injector/fault-solver.js';
import { faultKinds, kindOf, ofKind, type Fault } from '../../injector/faults.js';
import type { FaultKind, FaultScope } from '../../injector/faults/kind.js';
import type { Conditions } from '../../lineage/conditions.js';
import type { SatStatus } from '../../solver/sat.js';
import type { FaultDifference } from '../result.js';
import type { AskedNames } from '../unasked.js';
import type { EvaluableSearch } from './least-faults.js';
import type { Question } from './pose.js';

/** Gates of the conditions that properties rest on, beyond which it is not asked. */
const MOST_GATES = 20_000;

/** Of the solver, for each kind. */
const CONFLICTS = 2_000;

export function differences(search: EvaluableSearch, question: Question): readonly FaultDifference[] {
  const { events: all } = search.space;
  const kinds = faultKinds
    .filter((kind) => isOffByDefault(kind, search.space))
    .flatMap((kind) => [...groupBy(ofKind(kind, all), authorsName).values()])
    .filter(([event]) => isAsked(authorsName(event), search.subject.asked));
  if (kinds.length === 0) return [];
  const roots = rootsOf(search, question);
  if (roots === undefined) return [];
  const numbers = new Map(all.map((event, number) => [event, number]));
  return kinds.flatMap((events) => {
    const [event] = events;
    const inputs = new Set(events.map((each) => numbers.get(each)!));
    const makesDifference = differs(search, question, roots, inputs);
    const name = authorsName(event);
    return makesDifference === undefined
      ? []
      : [{ kind: event.kind, ...(name !== undefined && { name }), makesDifference }];
  });
}

/** What properties see, and say; undefined where that rests on too much to ask more of it. */
export function rootsOf(
  { subject }: EvaluableSearch,
  { conditions, seen, violation, asked }: Question,
): readonly Condition[] | undefined {
  const roots = [...new Set([violation, ...seen, ...subject.properties.map(asked)])];
  return conditions.circuit.cone(roots).length > MOST_GATES ? undefined : roots;
}

/** Whether there are faults of a kind only where bounds have a word for it. */
function isOffByDefault(kind: FaultKind<Fault>, { nodes, bounds }: FaultScope): boolean {
  const { eot, eff, crashes } = bounds;
  return kind.countEvents(nodes.length, { eot, eff, crashes }) === 0;
}

/** What an author gave a name and nobody asks for is told of as such. */
export function isAsked(name: string | undefined, asked: AskedNames): boolean {
  return name === undefined || asked === 'any' || asked.has(name);
}

export function authorsName(event: Fault): string | undefined {
  return kindOf(event).nameOf?.(event);
}

/** Undefined where that is too much to find out. */
function differs(
  search: EvaluableSearch,
  { conditions, admissible }: Question,
  roots: readonly Condition[],
  inputs: ReadonlySet<number>,
): boolean | undefined {
  try {
    const without = withoutInputs(conditions, roots, inputs);
    const difference = roots.reduce(
      (any, root, index) => conditions.or(any, differenceOf(conditions, root, without[index])),
      FALSE,
    );
    if (difference === FALSE) return false;
    const status = decided(search, conditions, [admissible, difference]);
    return status === 'unknown' ? undefined : status === 'satisfiable';
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return undefined;
  }
}

/** By a solver that is not counted: no verdict rests on it. @throws SolverError */
function decided(
  { space, options }: EvaluableSearch,
  { circuit }: Conditions,
  required: readonly Condition[],
): SatStatus {
  const inputs = circuit.cone(required).filter((node) => circuit.isInput(node));
  const backend = options.factory.create();
  try {
    const solver = new FaultSolver(
      space,
      circuit,
      backend,
      inputs.map((node) => circuit.inputOf(node)),
    );
    for (const condition of required) solver.require(condition);
    return solver.decide([], { conflicts: CONFLICTS });
  } finally {
    backend.dispose();
  }
}

function differenceOf(conditions: Conditions, a: Condition, b: Condition): Condition {
  return conditions.or(conditions.and(a, conditions.not(b)), conditions.and(conditions.not(a), b));
}

/** Conditions as they are where some inputs are false. @throws BudgetExceeded */
function withoutInputs(
  conditions: Conditions,
  roots: readonly Condition[],
  inputs: ReadonlySet<number>,
): readonly Condition[] {
  const { circuit } = conditions;
  const made = new Map<number, Condition>([[FALSE >> 1, FALSE]]);
  const of = (literal: Condition) => made.get(literal >> 1)! ^ (literal & 1);
  for (const node of circuit.cone(roots)) {
    const literal = node << 1;
    if (circuit.isInput(node)) made.set(node, inputs.has(circuit.inputOf(node)) ? FALSE : literal);
    else made.set(node, conditions.and(of(circuit.left(node)), of(circuit.right(node))));
  }
  return roots.map(of);
}
