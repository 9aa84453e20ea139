/** Puts conditions on fault sets to a SAT solver, and gives its answers as fault sets. */
import type { Circuit } from '../lineage/circuit.js';
import { FALSE, type Condition } from '../model/algebra.js';
import { downForAWhile, stopsForGood, type Surroundings } from '../model/world.js';
import { CircuitEncoder } from '../solver/encode.js';
import { LeastModels, type FoundModel, type LeastOptions, type Optimality } from '../solver/least.js';
import type {
  Literal,
  SatSolver,
  SatStatus,
  SearchLimits,
  SolveLimits,
  SolverStatistics,
} from '../solver/sat.js';
import type { FaultSpace } from './fault-space.js';
import type { ChannelTime, Fault, FaultSet } from './faults.js';

export interface FoundFaults {
  readonly kind: 'found';
  readonly faults: FaultSet;
  readonly optimality: Optimality;
}

/** `none`: no admissible fault set satisfies what is required. `unknown`: the limits ended the search. */
export type FaultsResult = FoundFaults | { readonly kind: 'none' } | { readonly kind: 'unknown' };

export interface FaultSearch extends SolveLimits {
  /** Told of every fault set found on the way, in no particular order. */
  readonly onFound?: (faults: FaultSet) => void;
}

/**
 * Every answer is about fault sets that satisfy all conditions required so far. Requiring more is possible
 * at any time, and what the solver learnt before stays of use.
 */
export class FaultSolver {
  private readonly variables = new Map<number, number>();
  private readonly inputs = new Map<number, number>();
  private readonly encoder: CircuitEncoder;
  private readonly surroundings: Surroundings;
  /** By node, when it stops for good, and when it is down for a while. */
  private readonly stops = new Map<string, readonly Condition[]>();
  private readonly downs = new Map<string, readonly Condition[]>();
  /** Of literals that are of no input, what they are true of. */
  private readonly conditions = new Map<Literal, Condition>();
  private models: LeastModels | undefined;

  /**
   * @param reached the inputs that conditions to come may depend on; all others are false in every least answer
   */
  constructor(
    private readonly space: FaultSpace,
    private readonly circuit: Circuit,
    private readonly solver: SatSolver,
    reached: Iterable<number>,
  ) {
    for (const input of [...reached].sort((a, b) => a - b)) {
      const variable = solver.newVariable();
      this.variables.set(input, variable);
      this.inputs.set(variable, input);
    }
    this.encoder = new CircuitEncoder(circuit, solver, (input) => this.variableOf(input));
    this.surroundings = space.surroundings(circuit);
  }

  get statistics(): SolverStatistics {
    return this.solver.statistics;
  }

  /** From now on. */
  require(condition: Condition): void {
    this.solver.addClause([this.encoder.literal(condition)]);
  }

  /** A literal of nothing yet, for `addClause`. */
  newLiteral(): Literal {
    return this.solver.newVariable();
  }

  /**
   * Conditions all of which hold exactly where what is sent on a channel arrives at a time; of what never does, one that
   * never holds.
   */
  arriving({ from, to, time: sent }: ChannelTime, time: number): readonly Condition[] {
    const deliveries = this.surroundings.deliveries(from, to, sent);
    const delivery = deliveries.find((each) => each.time === time);
    return this.encoder.conjunctsOf(delivery?.condition ?? FALSE);
  }

  /** Conditions all of which hold exactly where all leaves a node that it sends at a time, or nothing does. */
  uninterrupted(node: string, time: number): readonly Condition[] {
    const { circuit } = this;
    return this.surroundings
      .interruptions(node, time)
      .flatMap(({ condition }) => this.encoder.conjunctsOf(circuit.not(condition)));
  }

  /** Conditions all of which hold exactly where a node stops for good at a time before EOT. */
  crashing(node: string, time: number): readonly Condition[] {
    return this.encoder.conjunctsOf(this.timesOf(node, this.stops, stopsForGood)[time]);
  }

  /** Conditions all of which hold exactly where a node is down at a time, and starts again later. */
  out(node: string, time: number): readonly Condition[] {
    return this.encoder.conjunctsOf(this.timesOf(node, this.downs, downForAWhile)[time]);
  }

  /** Conditions all of which hold exactly where a node starts again at a time. */
  restarting(node: string, time: number): readonly Condition[] {
    return this.encoder.conjunctsOf(this.surroundings.restarts(node, time));
  }

  /** Conditions all of which hold exactly where a node pauses at a time. */
  pausing(node: string, time: number): readonly Condition[] {
    return this.encoder.conjunctsOf(this.surroundings.pauses(node, time));
  }

  /** The condition that what an author calls so happens to a node at a time. */
  happening(name: string, node: string, time: number): Condition {
    return this.surroundings.happens(name, node, time);
  }

  private timesOf(
    node: string,
    known: Map<string, readonly Condition[]>,
    conditionsOf: typeof stopsForGood,
  ): readonly Condition[] {
    let times = known.get(node);
    if (times === undefined)
      known.set(node, (times = conditionsOf(this.surroundings, this.circuit, node, this.space.bounds.eot)));
    return times;
  }

  /** The literal that is true exactly where a condition holds. */
  literal(condition: Condition): Literal {
    const literal = this.encoder.literal(condition);
    this.conditions.set(Math.abs(literal), literal > 0 ? condition : this.circuit.not(condition));
    return literal;
  }

  /** Which conditions hold under a fault set. */
  under(faults: FaultSet): (condition: Condition) => boolean {
    const inputs = new Set(this.space.inputsOf(faults));
    return (condition) => this.circuit.evaluate(condition, (input) => inputs.has(input));
  }

  /** Which literals, of inputs and of what {@link literal} was asked for, are true under a fault set. */
  truth(faults: FaultSet): (literal: Literal) => boolean {
    const holds = this.under(faults);
    const known = new Map<Literal, boolean>();
    return (literal) => {
      const variable = Math.abs(literal);
      let value = known.get(variable);
      if (value === undefined) known.set(variable, (value = holds(this.conditionOf(variable))));
      return value === literal > 0;
    };
  }

  /** The literal that an event is true; undefined outside the bounds. */
  event(event: Fault): Literal | undefined {
    const input = this.space.inputOf(event);
    return input === undefined ? undefined : this.variableOf(input);
  }

  /** From now on, one of the literals is true. */
  addClause(literals: readonly Literal[]): void {
    this.solver.addClause(literals);
  }

  /** The literals that are true of a fault set, of all that say what happens. */
  literalsOf(faults: FaultSet): readonly Literal[] {
    return this.space.inputsOf(faults).map((input) => this.variableOf(input));
  }

  /** From now on, not the given fault set. */
  exclude(faults: FaultSet): void {
    const happens = new Set(this.literalsOf(faults));
    this.addClause([...this.inputs.keys()].map((literal) => (happens.has(literal) ? -literal : literal)));
  }

  /** From now on, neither the given fault set nor any that it is smaller than. */
  excludeGreater(faults: FaultSet): void {
    this.leastModels().excludeAbove(this.literalsOf(faults));
  }

  /** Whether some fault set satisfies these conditions, besides what is required. */
  decide(conditions: readonly Condition[], limits: SearchLimits = {}): SatStatus {
    const assumptions = conditions.map((condition) => this.encoder.literal(condition));
    return this.solver.solve({ ...limits, assumptions });
  }

  /** The fault set of the last answer 'satisfiable' of `decide`. */
  example(): FaultSet {
    return this.space.faultsOf(this.trueInputs());
  }

  /** The inputs that are true of that, ascending. */
  trueInputs(): readonly number[] {
    return [...this.variables].flatMap(([input, variable]) => (this.solver.value(variable) ? [input] : []));
  }

  /**
   * The fault set with the fewest faults, then the latest crashes, then the first in the fixed order of events.
   * @param atLeast a number of faults below which there is known to be none
   */
  least(search: FaultSearch = {}, atLeast = 0): FaultsResult {
    const result = this.leastModels().find({ ...this.options(search), atLeast });
    return result.kind === 'found' ? this.found(result) : result;
  }

  /** A fault set within the given one that has none strictly smaller. */
  shrink(faults: FaultSet, search: FaultSearch = {}): FoundFaults {
    const literals = this.space.inputsOf(faults).map((input) => this.variableOf(input));
    return this.found(this.leastModels().shrink(literals, this.options(search)));
  }

  /** The minimal fault sets, the least first, at most `limit`. */
  minimal(
    limit: number,
    search: FaultSearch = {},
  ): { readonly found: readonly FoundFaults[]; readonly remaining: 'none' | 'some' | 'unknown' } {
    const { models, remaining } = this.leastModels().enumerate(limit, this.options(search));
    return { found: models.map((model) => this.found(model)), remaining };
  }

  dispose(): void {
    this.solver.dispose();
  }

  private options({ onFound, ...limits }: FaultSearch): LeastOptions {
    return onFound === undefined
      ? limits
      : {
          ...limits,
          onModel: (literals) => {
            onFound(this.faults(literals));
          },
        };
  }

  private found({ literals, optimality }: FoundModel): FoundFaults {
    return { kind: 'found', faults: this.faults(literals), optimality };
  }

  private faults(literals: readonly Literal[]): FaultSet {
    return this.space.faultsOf(literals.map((literal) => this.inputs.get(literal)!));
  }

  private conditionOf(variable: Literal): Condition {
    const input = this.inputs.get(variable);
    const condition = input === undefined ? this.conditions.get(variable) : this.circuit.input(input);
    if (condition === undefined) throw new RangeError(`nobody knows what ${variable} is true of`);
    return condition;
  }

  private variableOf(input: number): Literal {
    const variable = this.variables.get(input);
    if (variable === undefined) throw new RangeError(`input ${input} was said not to be reached`);
    return variable;
  }

  private leastModels(): LeastModels {
    if (this.models !== undefined) return this.models;
    const literals = (wanted: (input: number) => boolean) =>
      [...this.variables].filter(([input]) => wanted(input)).map(([, variable]) => variable);
    const unless = [...this.variables].flatMap(([input, variable]): [Literal, Literal][] => {
      const counts = this.space.counting(input);
      const other = typeof counts === 'string' ? undefined : this.variables.get(counts.unless);
      return other === undefined ? [] : [[variable, other]];
    });
    this.models = new LeastModels(this.solver, {
      primary: literals((input) => this.space.counting(input) !== 'never'),
      unless: new Map(unless),
      secondary: literals((input) => this.space.isLasting(input)),
      order: literals(() => true),
    });
    return this.models;
  }
}
