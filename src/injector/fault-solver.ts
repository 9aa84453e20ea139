/** Puts conditions on fault sets to a SAT solver, and gives its answers as fault sets. */
import type { Circuit } from '../lineage/circuit.js';
import type { Condition } from '../model/algebra.js';
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
  private models: LeastModels | undefined;

  /**
   * @param reached the inputs that conditions to come may depend on; all others are false in every least answer
   */
  constructor(
    private readonly space: FaultSpace,
    circuit: Circuit,
    private readonly solver: SatSolver,
    reached: Iterable<number>,
  ) {
    for (const input of [...reached].sort((a, b) => a - b)) {
      const variable = solver.newVariable();
      this.variables.set(input, variable);
      this.inputs.set(variable, input);
    }
    this.encoder = new CircuitEncoder(circuit, solver, (input) => this.variableOf(input));
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

  /** The literal that an omission happens, or that a node is down from the time of a crash on; undefined outside the bounds. */
  event(event: Fault): Literal | undefined {
    const input = this.space.inputOf(event);
    return input === undefined ? undefined : this.variableOf(input);
  }

  /** The literals any of which takes away what is sent on a channel. */
  removing(channel: ChannelTime): readonly Literal[] {
    return this.space.removing(channel).map((event) => this.event(event)!);
  }

  /** The literals any of which means that a node is down at a time. */
  downing(node: string, time: number): readonly Literal[] {
    return this.space.downing(node, time).map((event) => this.event(event)!);
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
    this.addClause(this.literalsOf(faults).map((literal) => -literal));
  }

  /** Whether some fault set satisfies these conditions, besides what is required. */
  decide(conditions: readonly Condition[], limits: SearchLimits = {}): SatStatus {
    const assumptions = conditions.map((condition) => this.encoder.literal(condition));
    return this.solver.solve({ ...limits, assumptions });
  }

  /** The fault set of the last answer 'satisfiable' of `decide`. */
  example(): FaultSet {
    return this.space.faultsOf(
      [...this.variables].flatMap(([input, variable]) => (this.solver.value(variable) ? [input] : [])),
    );
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

  private variableOf(input: number): Literal {
    const variable = this.variables.get(input);
    if (variable === undefined) throw new RangeError(`input ${input} was said not to be reached`);
    return variable;
  }

  private leastModels(): LeastModels {
    if (this.models !== undefined) return this.models;
    const literals = (wanted: (input: number) => boolean) =>
      [...this.variables].filter(([input]) => wanted(input)).map(([, variable]) => variable);
    this.models = new LeastModels(this.solver, {
      primary: literals((input) => this.space.isCounted(input)),
      secondary: literals((input) => this.space.isLasting(input)),
      order: literals(() => true),
    });
    return this.models;
  }
}
