/**
 * Least models: those with the fewest true variables, and among them one that is the same whatever the
 * solver. A solver is incremental, so every step is a question put to the same one, steered by the model
 * found so far; a strictly better model is asked for until there is none.
 */
import { Totalizer } from './cardinality.js';
import type { Literal, SatSolver, SatStatus, SearchLimits } from './sat.js';

/** What makes one model less than another, in this order. A solver's clauses say which models there are. */
export interface Preference {
  /** Fewer of these true. */
  readonly primary: readonly Literal[];
  /** Fewer of these true. */
  readonly secondary: readonly Literal[];
  /**
   * At the first of these at which they differ, the lesser one has it true. Each is primary or
   * secondary, so that a model whose true set here is a strict subset of another's is less.
   */
  readonly order: readonly Literal[];
}

export interface LeastOptions extends SearchLimits {
  /** Literals that hold in every model considered. */
  readonly assumptions?: readonly Literal[];
  /** No model has fewer primary literals true than this; known from an earlier search. */
  readonly atLeast?: number;
}

/**
 * How good a model is known to be. `least`: no other is less. `fewest`: none has fewer primary literals true, and
 * none a smaller true set. `minimal`: none has a smaller true set. `none`: it is a model.
 */
export type Optimality = 'least' | 'fewest' | 'minimal' | 'none';

export interface FoundModel {
  readonly kind: 'found';
  /** Its true literals of the order, in that order. */
  readonly literals: readonly Literal[];
  readonly optimality: Optimality;
}

/** `none`: there is no model. `unknown`: the limits ended the search before any was found. */
export type LeastResult = FoundModel | { readonly kind: 'none' } | { readonly kind: 'unknown' };

export interface MinimalModels {
  readonly models: readonly FoundModel[];
  /** Whether there are further minimal models. */
  readonly remaining: 'none' | 'some' | 'unknown';
}

/** A question about the models: what they must satisfy, and when to give up. */
interface Query extends SearchLimits {
  readonly assumptions: readonly Literal[];
}

/** The true literals of the order, in that order. */
type Model = readonly Literal[];

/** A model that a search ended with, and whether it ended because there is none better. */
interface Descent {
  readonly model: Model;
  readonly proven: boolean;
}

type Answer =
  | { readonly status: 'satisfiable'; readonly model: Model }
  | { readonly status: 'unsatisfiable' }
  | { readonly status: 'unknown' };

/**
 * Finds least models of a solver's clauses. Clauses may be added between calls, and what one call built is
 * of use to the next. It adds variables and clauses of its own, which change nothing about the others' models.
 */
export class LeastModels {
  private readonly order: readonly Literal[];
  private readonly primary: Measure;
  private readonly secondary: Measure;

  /** @throws RangeError where the literals of the order are not those of primary and secondary */
  constructor(
    private readonly solver: SatSolver,
    preference: Preference,
  ) {
    this.order = preference.order;
    this.primary = new Measure(solver, preference.primary);
    this.secondary = new Measure(solver, preference.secondary);
    const counted = new Set([...preference.primary, ...preference.secondary]);
    const ordered = new Set(preference.order);
    if (counted.size !== ordered.size || preference.order.some((literal) => !counted.has(literal)))
      throw new RangeError('The order has to be of all primary and secondary literals, and of no others.');
  }

  /**
   * The least model. Where the limits end the search, the best one known by then, with what is known of it.
   *
   * @throws SolverError when the solver fails
   */
  find(options: LeastOptions = {}): LeastResult {
    const query: Query = { ...options, assumptions: options.assumptions ?? [] };
    const start = this.start(query, options.atLeast ?? 0);
    if (start.kind !== 'found') return start;
    const fewest = this.descend(start.model, this.primary, start.atLeast, query);
    if (!fewest.proven) return this.settle(fewest.model, 'minimal', query);
    const among = restrict(query, this.primary.atMost(this.primary.of(fewest.model)));
    const latest = this.descend(fewest.model, this.secondary, 0, among);
    if (!latest.proven) return this.settle(latest.model, 'fewest', query);
    const those = restrict(among, this.secondary.atMost(this.secondary.of(latest.model)));
    const first = this.descendInOrder(latest.model, those);
    return { kind: 'found', literals: first.model, optimality: first.proven ? 'least' : 'fewest' };
  }

  /**
   * A model whose true set is within that of the given one, and has no model's true set strictly within.
   * Every literal of the order that is false in the given model stays so, which leaves the solver so little to
   * search that only interruption ends it early, and then with optimality `none`.
   *
   * @param literals the true literals of the order in a model
   * @throws SolverError when the solver fails
   */
  shrink(literals: readonly Literal[], options: LeastOptions = {}): FoundModel {
    return this.settle(literals, 'minimal', { ...options, assumptions: options.assumptions ?? [] });
  }

  /**
   * The models whose true set has no other model's strictly within, each but once, the least first, at
   * most `limit`. While each is found to be the least one left, they come in increasing order.
   *
   * @throws SolverError when the solver fails
   */
  enumerate(limit: number, options: LeastOptions = {}): MinimalModels {
    const fresh = this.solver.newVariable();
    const query: Query = { ...options, assumptions: [...(options.assumptions ?? []), fresh] };
    const models: FoundModel[] = [];
    let atLeast = options.atLeast ?? 0;
    let remaining: MinimalModels['remaining'] | undefined;
    while (remaining === undefined && models.length < limit) {
      const result = this.find({ ...query, atLeast });
      if (result.kind !== 'found') {
        remaining = result.kind;
        break;
      }
      models.push(result);
      if (result.optimality === 'none') remaining = 'unknown';
      if (isFewest(result.optimality)) atLeast = this.primary.of(result.literals);
      this.solver.addClause([-fresh, ...result.literals.map(negate)]);
    }
    remaining ??= this.isThereAnother(query);
    this.solver.addClause([-fresh]);
    return { models, remaining };
  }

  private isThereAnother(query: Query): MinimalModels['remaining'] {
    switch (this.solver.solve(query)) {
      case 'satisfiable':
        return 'some';
      case 'unsatisfiable':
        return 'none';
      case 'unknown':
        return 'unknown';
    }
  }

  /** Some model to improve upon: at once one with the fewest primary literals, where that number is well guessed. */
  private start(
    query: Query,
    atLeast: number,
  ): { kind: 'found'; model: Model; atLeast: number } | { kind: 'none' | 'unknown' } {
    let floor = atLeast;
    if (atLeast > 0) {
      const guess = this.ask(restrict(query, this.primary.atMost(atLeast)));
      if (guess.status === 'satisfiable') return { kind: 'found', model: guess.model, atLeast };
      if (guess.status === 'unsatisfiable') floor++;
    }
    const any = this.ask(query);
    if (any.status === 'unknown') return { kind: 'unknown' };
    if (any.status === 'unsatisfiable') return { kind: 'none' };
    // Counting up to the size of an arbitrary model costs more than making it smaller first.
    return { kind: 'found', model: this.reduce(any.model, query).model, atLeast: floor };
  }

  /** Lowers what `measure` counts until no model of the query has less of it. */
  private descend(from: Model, measure: Measure, atLeast: number, query: Query): Descent {
    let model = from;
    while (measure.of(model) > atLeast) {
      const fewer = this.ask(restrict(query, measure.atMost(measure.of(model) - 1)));
      if (fewer.status !== 'satisfiable') return { model, proven: fewer.status === 'unsatisfiable' };
      model = fewer.model;
    }
    return { model, proven: true };
  }

  /** Moves to the first in order of the models of the query, no two of which have true sets one within the other. */
  private descendInOrder(from: Model, query: Query): Descent {
    let model = from;
    while (model.length > 0) {
      const switches = this.addEarlier(model);
      const earlier = this.ask(restrict(query, [switches[0]]));
      for (const literal of switches) this.solver.addClause([-literal]);
      if (earlier.status !== 'satisfiable') return { model, proven: earlier.status === 'unsatisfiable' };
      model = earlier.model;
    }
    return { model, proven: true };
  }

  /**
   * Clauses by which the first of the returned literals implies that a model comes before `model` in the order. The
   * k-th implies it of what follows the k-1 first true literals: one that was false there is true, or
   * the next true one still is and the rest comes before.
   */
  private addEarlier(model: Model): readonly Literal[] {
    const last = model.length - 1;
    const switches = model.map(() => this.solver.newVariable());
    let at = 0;
    let gap: Literal[] = [];
    for (const literal of this.order) {
      if (at > last) break;
      if (literal !== model[at]) {
        gap.push(literal);
        continue;
      }
      const earlier = [-switches[at], ...gap];
      if (at === last) this.solver.addClause(earlier);
      else {
        this.solver.addClause([...earlier, literal]);
        this.solver.addClause([...earlier, switches[at + 1]]);
      }
      at++;
      gap = [];
    }
    return switches;
  }

  private settle(model: Model, optimality: 'fewest' | 'minimal', query: Query): FoundModel {
    const { model: literals, proven } = this.reduce(model, query);
    return { kind: 'found', literals, optimality: proven ? optimality : 'none' };
  }

  /** Drops true literals for as long as that leaves a model. */
  private reduce(from: Model, { assumptions, interrupted }: Query): Descent {
    let model = from;
    while (model.length > 0) {
      const kept = new Set(model);
      const others = this.order.filter((literal) => !kept.has(literal)).map(negate);
      const fewer = this.solver.newVariable();
      this.solver.addClause([-fewer, ...model.map(negate)]);
      const query = { assumptions: [...assumptions, ...others, fewer], ...(interrupted && { interrupted }) };
      const smaller = this.ask(query);
      this.solver.addClause([-fewer]);
      if (smaller.status !== 'satisfiable') return { model, proven: smaller.status === 'unsatisfiable' };
      model = smaller.model;
    }
    return { model, proven: true };
  }

  private ask(query: Query): Answer {
    const status: SatStatus = this.solver.solve(query);
    if (status !== 'satisfiable') return { status };
    const model = this.order.filter((literal) => this.solver.value(Math.abs(literal)) === literal > 0);
    return { status, model };
  }
}

/** Some literals of which it matters how many are true. */
class Measure {
  private readonly literals: ReadonlySet<Literal>;
  private readonly totalizer: Totalizer;

  constructor(solver: SatSolver, literals: readonly Literal[]) {
    this.literals = new Set(literals);
    this.totalizer = new Totalizer(solver, [...this.literals]);
  }

  of(model: Model): number {
    return model.filter((literal) => this.literals.has(literal)).length;
  }

  atMost(most: number): readonly Literal[] {
    return this.totalizer.atMost(most);
  }
}

function restrict(query: Query, literals: readonly Literal[]): Query {
  return { ...query, assumptions: [...query.assumptions, ...literals] };
}

function isFewest(optimality: Optimality): boolean {
  return optimality === 'least' || optimality === 'fewest';
}

function negate(literal: Literal): Literal {
  return -literal;
}
