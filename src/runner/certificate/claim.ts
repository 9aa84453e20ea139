/**
 * What a certificate claims, as a formula: that an admissible fault set violates the specification, which no
 * model means none does. The formula is a function of the protocol, its nodes and the bounds alone, to the
 * byte: one made elsewhere can be compared with one made here.
 */
import { assertBounds, type Bounds } from '../../injector/bounds.js';
import type { FaultSpace } from '../../injector/fault-space.js';
import type { FaultSet } from '../../injector/faults.js';
import { describeEvent } from '../../injector/schedule.js';
import { CircuitEncoder } from '../../solver/encode.js';
import type { SolverFactory } from '../../solver/sat.js';
import type { Budgets } from '../guard/budgets.js';
import { protocolKind } from '../kinds/kinds.js';
import { answeredAtOnce } from '../drivers/answered.js';
import { plainSearch, searchOn } from '../search.js';
import { pose, type Question } from '../strategies/pose.js';
import type { Subject } from '../subjects/subject.js';
import type { Protocol } from '../../model/protocol.js';
import { CnfRecorder, printDimacs, type CnfClause, type Cnf } from './cnf.js';

/** What is claimed to hold of a protocol, and within which bounds. */
export interface ClaimTerms {
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

export interface Claim {
  readonly space: FaultSpace;
  readonly subject: Subject;
  /**
   * Satisfiable exactly where some admissible fault set violates the specification. Variable i + 1 is
   * `space.events[i]`; all others are gates, equal to functions of these. The last clause is one literal, the
   * violation; without it the formula has one model for each admissible fault set.
   */
  readonly cnf: Cnf;
}

/** Beyond these, a formula is too long for a text. */
const MOST_GATES = 2_000_000;

/**
 * Fixed, so that the formula is a function of the protocol alone. Rules are evaluated without a diagram, which leaves
 * out facts that it knows to be impossible, so that the formula owes nothing to it. Handlers need one to end in time;
 * what was left out on its word is put into the formula.
 */
function claimBudgets(protocol: Protocol): Budgets {
  const { budgets, certifiedByDiagram } = protocolKind(protocol);
  return { ...budgets, circuitNodes: MOST_GATES, ...(!certifiedByDiagram && { diagramNodes: 0 }) };
}

/**
 * Evaluates a protocol for all fault sets, within fixed budgets.
 *
 * @param factory asked where recursion has a question that no diagram answers; which backend does not matter
 * @throws RangeError when the bounds make no sense
 * @throws BudgetExceeded when the circuit passes its budget
 * @throws SolverError
 * @throws EvaluationError, TooManyTuples, HandlerError when the protocol itself cannot be run
 */
export function claimOf({ protocol, nodes, bounds }: ClaimTerms, factory: SolverFactory): Claim {
  assertBounds(nodes, bounds);
  const search = searchOn(protocol, {
    nodes,
    bounds,
    budgets: claimBudgets(protocol),
    factory,
    ...plainSearch,
  });
  try {
    const { space, subject } = search;
    // By one way, and not by the first that ends: another circuit would be another claim.
    const [way] = subject.ways;
    return { space, subject, cnf: encode(space, answeredAtOnce(pose(search, [way]), subject)) };
  } finally {
    search.dispose();
  }
}

function encode(space: FaultSpace, { conditions, admissible, violation, excluded }: Question): Cnf {
  const wanted = conditions.circuit.or(violation, excluded);
  const recorder = new CnfRecorder();
  const variables = space.events.map(() => recorder.newVariable());
  const encoder = new CircuitEncoder(conditions.circuit, recorder, (input) => variables[input]);
  const within = encoder.literal(admissible);
  const violates = encoder.literal(wanted);
  recorder.addClause([within]);
  recorder.addClause([violates]);
  return recorder.cnf;
}

/** The literal that the last clause of a claim's formula consists of. */
export function violationOf({ clauses }: Cnf): number {
  return clauses[clauses.length - 1][0];
}

/** What is said of admissible fault sets whether they violate or not: the formula without its last clause. */
export function admissibility({ variables, clauses }: Cnf): Cnf {
  return { variables, clauses: clauses.slice(0, -1) };
}

/** The values of the fault events' variables under a fault set: a literal for each. */
export function literalsOf(space: FaultSpace, faults: FaultSet): CnfClause {
  const happening = new Set(space.inputsOf(faults));
  return space.events.map((_, input) => (happening.has(input) ? input + 1 : -(input + 1)));
}

/** The formula as DIMACS, with what its variables mean in comments. */
export function printClaim({ space, cnf }: Pick<Claim, 'space' | 'cnf'>): string {
  const events = space.events.length;
  return printDimacs(cnf, [
    'A model is an admissible fault set that violates the specification.',
    `Variables 1 to ${events} are the fault events, the others gates.`,
    'The last clause asks for the violation; without it, every admissible fault set is a model.',
    '',
    ...space.events.map((event, input) => `${input + 1} ${describeEvent(event)}`),
    '',
  ]);
}
