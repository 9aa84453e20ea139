/**
 * Least models: those with the fewest true variables, and among them one that is the same whatever the
 * solver. The solver is incremental, so every step is a question put to the same one, steered by the model
 * found so far: a strictly better one is asked for until there is none (the linear SAT-UNSAT search of
 * MaxSAT; Eén & Sörensson, "Translating pseudo-Boolean constraints into SAT", JSAT 2006).
 */
import { Totalizer } from './cardinality.js';
import type { Literal, SatSolver, SolveLimits } from './sat.js';

/** What makes one model less than another, the most important first. */
export interface Preference {
  /** Fewer of these true. */
  readonly primary: readonly Literal[];
  /** Of primary literals those that do not count where another one is true, with that. All of them are secondary as well. */
  readonly unless?: ReadonlyMap<Literal, Literal>;
  /** Fewer of these true. */
  readonly secondary: readonly Literal[];
  /**
   * At the first of these at which they differ, the lesser one has it true. They are the primary and
   * secondary literals, so that a model whose true set is strictly within another's is always less, unless more of it
   * counts.
   */
  readonly order: readonly Literal[];
}

/** Assumptions hold in every model considered; limits hold for every call of the solver. */
export interface LeastOptions extends SolveLimits {
  /** No model has fewer primary literals true than this; known from an earlier search. */
  readonly atLeast?: number;
  /** Called with each model found on the way, so that it is known even where the work is ended from outside. */
  readonly onModel?: (literals: TrueLiterals) => void;
}

export interface EnumerationOptions extends LeastOptions {
  /** Called with each minimal model, as soon as it is found. */
  readonly onMinimal?: (model: FoundModel) => void;
}

/** All a caller needs to know of a model: the true literals of the order, in that order. */
export type TrueLiterals = readonly Literal[];

/**
 * What is proven of a model. `minimal`: no model's true set is strictly within its own that counts no higher. `fewest`:
 * that, and none has fewer primary literals true. `least`: no model is less.
 */
export type Optimality = 'least' | 'fewest' | 'minimal';

export interface FoundModel {
  readonly kind: 'found';
  readonly literals: TrueLiterals;
  readonly optimality: Optimality;
}

/** `none`: there is no model. `unknown`: the limits ended the search before any was found. */
export type LeastResult = FoundModel | { readonly kind: 'none' } | { readonly kind: 'unknown' };

export interface MinimalModels {
  readonly models: readonly FoundModel[];
  /** Whether there are further minimal models. */
  readonly remaining: 'none' | 'some' | 'unknown';
}

/** A model that a search ended with, and whether it ended because there is none better. */
interface Descent {
  readonly model: TrueLiterals;
  readonly proven: boolean;
}

/** A model to improve upon, and the fewest primary literals that any can have true. */
interface Start {
  readonly kind: 'found';
  readonly model: TrueLiterals;
  readonly atLeast: number;
}

/**
 * Finds the least of a solver's models. Clauses may be added between calls, and what one call built is of use to the
 * next. It adds variables and clauses of its own, which change nothing about the models of the others.
 *
 * Every method throws SolverError when the solver fails.
 */
export class LeastModels {
  private readonly order: readonly Literal[];
  private readonly primary: Measure;
  private readonly secondary: Measure;

  /** @throws RangeError where the order is not of the primary and secondary literals */
  constructor(
    private readonly solver: SatSolver,
    preference: Preference,
  ) {
    this.order = preference.order;
    this.primary = new Measure(solver, preference.primary, preference.unless);
    this.secondary = new Measure(solver, preference.secondary);
    const conditional = [...(preference.unless ?? [])].flat();
    if (conditional.some((literal) => !preference.secondary.includes(literal)))
      throw new RangeError(
        'What does not always count, and what it depends on, has to be secondary as well.',
      );
    const counted = new Set([...preference.primary, ...preference.secondary]);
    const ordered = new Set(preference.order);
    if (counted.size !== ordered.size || preference.order.some((literal) => !counted.has(literal)))
      throw new RangeError('The order has to be of all primary and secondary literals, and of no others.');
  }

  /** The least model; where the limits end the search, a minimal one, with what is proven of it. */
  find(options: LeastOptions = {}): LeastResult {
    const start = this.start(options);
    if (start.kind !== 'found') return start;
    const fewest = this.descend(start.model, this.primary, start.atLeast, options);
    if (!fewest.proven) return this.shrink(fewest.model, options);
    const among = assuming(options, this.primary.atMost(this.primary.of(fewest.model)));
    const lower = this.descend(fewest.model, this.secondary, 0, among);
    if (!lower.proven) return { ...this.shrink(lower.model, options), optimality: 'fewest' };
    const equals = assuming(among, this.secondary.atMost(this.secondary.of(lower.model)));
    const first = this.descendInOrder(lower.model, equals);
    return { kind: 'found', literals: first.model, optimality: first.proven ? 'least' : 'fewest' };
  }

  /** A minimal model whose true literals are among the given ones, which are a model's. */
  shrink(literals: TrueLiterals, options: LeastOptions = {}): FoundModel {
    return { kind: 'found', literals: this.reduce(literals, options), optimality: 'minimal' };
  }

  /**
   * All minimal models, or the first `limit` of them. While each is proven the least of those left, they come
   * in increasing order.
   */
  enumerate(limit: number, options: EnumerationOptions = {}): MinimalModels {
    const fresh = this.solver.newVariable();
    let search: LeastOptions = assuming(options, [fresh]);
    const models: FoundModel[] = [];
    while (models.length < limit) {
      const result = this.find(search);
      if (result.kind !== 'found') {
        this.solver.addClause([-fresh]);
        return { models, remaining: result.kind };
      }
      models.push(result);
      options.onMinimal?.(result);
      if (result.optimality !== 'minimal') search = { ...search, atLeast: this.primary.of(result.literals) };
      this.solver.addClause([-fresh, ...this.notAbove(result.literals)]);
    }
    const another = this.ask(search);
    this.solver.addClause([-fresh]);
    return { models, remaining: typeof another === 'string' ? another : 'some' };
  }

  /** From now on, no model whose true set has the given one within it, and that counts as high. */
  excludeAbove(literals: TrueLiterals): void {
    this.solver.addClause(this.notAbove(literals));
  }

  /** A clause that is true of all other models. */
  private notAbove(model: TrueLiterals): readonly Literal[] {
    const count = this.primary.of(model);
    const fewer = this.primary.isMonotone || count === 0 ? [] : this.primary.atMost(count - 1);
    return [...model.map(negate), ...fewer];
  }

  /**
   * A model to improve upon. Bounds on the primary count double until there is one, because an arbitrary model can
   * have very many literals true, and counting that far is dear.
   */
  private start(options: LeastOptions): Start | { readonly kind: 'none' | 'unknown' } {
    let atLeast = options.atLeast ?? 0;
    let few = this.ask(assuming(options, this.primary.atMost(atLeast)));
    if (typeof few !== 'string') return { kind: 'found', model: few, atLeast };
    const any = this.ask(options);
    if (typeof any === 'string') return { kind: any };
    for (let most = atLeast; few === 'none';) {
      atLeast = most + 1;
      most += atLeast;
      if (most >= this.primary.of(any)) return { kind: 'found', model: any, atLeast };
      few = this.ask(assuming(options, this.primary.atMost(most)));
    }
    return { kind: 'found', model: few === 'unknown' ? this.reduce(any, options) : few, atLeast };
  }

  /** Lowers what `measure` counts until it is `atLeast`, or no model has less. */
  private descend(from: TrueLiterals, measure: Measure, atLeast: number, options: LeastOptions): Descent {
    let model = from;
    while (measure.of(model) > atLeast) {
      const fewer = this.ask(assuming(options, measure.atMost(measure.of(model) - 1)));
      if (typeof fewer === 'string') return { model, proven: fewer === 'none' };
      model = fewer;
    }
    return { model, proven: true };
  }

  /** Moves to the first in order among models of which none's true set is strictly within another's. */
  private descendInOrder(from: TrueLiterals, options: LeastOptions): Descent {
    let model = from;
    while (model.length > 0) {
      const switches = this.addEarlier(model);
      const earlier = this.ask(assuming(options, [switches[0]]));
      for (const literal of switches) this.solver.addClause([-literal]);
      if (typeof earlier === 'string') return { model, proven: earlier === 'none' };
      model = earlier;
    }
    return { model, proven: true };
  }

  /**
   * Clauses by which the first of the returned literals implies a model earlier in order than `model`. The k-th implies
   * it of what follows the first k-1 true literals: one that was false before the next true one is true, or
   * the next true one still is and what follows is earlier.
   */
  private addEarlier(model: TrueLiterals): readonly Literal[] {
    const switches = model.map(() => this.solver.newVariable());
    let from = 0;
    model.forEach((literal, index) => {
      const at = this.order.indexOf(literal, from);
      const earlier = [-switches[index], ...this.order.slice(from, at)];
      from = at + 1;
      if (index === model.length - 1) this.solver.addClause(earlier);
      else {
        this.solver.addClause([...earlier, literal]);
        this.solver.addClause([...earlier, switches[index + 1]]);
      }
    });
    return switches;
  }

  /**
   * Drops true literals for as long as that leaves a model. Conflicts are not limited: with all other literals
   * of the order false, little is left to search. What is left counts no higher.
   */
  private reduce(from: TrueLiterals, { assumptions = [], onModel }: LeastOptions): TrueLiterals {
    const unlimited: LeastOptions = { assumptions, ...(onModel && { onModel }) };
    let model = from;
    while (model.length > 0) {
      const smaller = this.solver.newVariable();
      this.solver.addClause([-smaller, ...model.map(negate)]);
      const kept = new Set(model);
      const others = this.order.filter((literal) => !kept.has(literal)).map(negate);
      const asHigh = this.primary.isMonotone ? [] : this.primary.atMost(this.primary.of(model));
      const found = this.ask(assuming(unlimited, [...others, smaller, ...asHigh]));
      this.solver.addClause([-smaller]);
      if (typeof found === 'string') break;
      model = found;
    }
    return model;
  }

  /** One call of the solver. */
  private ask(options: LeastOptions): TrueLiterals | 'none' | 'unknown' {
    const status = this.solver.solve(options);
    if (status !== 'satisfiable') return status === 'unsatisfiable' ? 'none' : 'unknown';
    const model = this.order.filter((literal) => this.solver.value(Math.abs(literal)) === literal > 0);
    options.onModel?.(model);
    return model;
  }
}

/** Some literals of which it matters how many are true. */
class Measure {
  private readonly literals: ReadonlySet<Literal>;
  private readonly totalizer: Totalizer;

  /** @param unless of some literals, another one where that is true they do not count */
  constructor(
    solver: SatSolver,
    literals: readonly Literal[],
    private readonly unless: ReadonlyMap<Literal, Literal> = new Map(),
  ) {
    this.literals = new Set(literals);
    const counted = [...this.literals].map((literal) => {
      const other = unless.get(literal);
      if (other === undefined) return literal;
      const counts = solver.newVariable();
      solver.addClause([-literal, other, counts]);
      return counts;
    });
    this.totalizer = new Totalizer(solver, counted);
  }

  /** Whether fewer true literals never count higher. */
  get isMonotone(): boolean {
    return this.unless.size === 0;
  }

  of(model: TrueLiterals): number {
    const isTrue = new Set(model);
    const counts = (literal: Literal) => {
      const other = this.unless.get(literal);
      return this.literals.has(literal) && (other === undefined || !isTrue.has(other));
    };
    return model.filter(counts).length;
  }

  atMost(most: number): readonly Literal[] {
    return this.totalizer.atMost(most);
  }
}

function assuming(options: LeastOptions, literals: readonly Literal[]): LeastOptions {
  return { ...options, assumptions: [...(options.assumptions ?? []), ...literals] };
}

function negate(literal: Literal): Literal {
  return -literal;
}
