/**
 * In which orders operations may have taken effect, by trying (Wing and Gong, "Testing and Verifying Concurrent Objects",
 * 1993), each place that orders come to once (Lowe, "Testing for Linearizability", 2017). An operation takes effect only
 * when one has come to its end, which is as late as can be: nobody can tell before.
 */
import { BudgetError } from '../../budget-error.js';
import type { Canonical } from '../plain.js';
import { distinct, type Configuration } from './history.js';
import type { Operation } from './turn.js';

/** The most steps of the object that are tried for the operations of one timestep. */
export const MOST_STEPS = 100_000;

/** There are too many orders to try. */
export class TooManyOrders extends BudgetError {
  override readonly name = 'TooManyOrders';

  constructor(readonly limit: number) {
    super(`the budget of ${limit} steps to put the operations of a timestep in order ended`);
  }
}

/** What the object comes to, and what that gives. */
export interface Taken {
  readonly state: Canonical;
  /** As text. */
  readonly result: string;
}

/** What an operation may come to in a state. */
export type StepOf = (state: Canonical, operation: Canonical) => readonly Taken[];

/**
 * Where the object may be once every operation with a result has given it.
 *
 * @param operations of one part of the object
 * @throws TooManyOrders
 */
export function configurationsAfter(
  before: readonly Configuration[],
  operations: readonly Operation[],
  step: StepOf,
): readonly Configuration[] {
  const search = new Search(operations, step);
  return distinct(before.flatMap((configuration) => search.from(configuration)));
}

/** Some operations have taken effect. */
interface Place {
  readonly state: Canonical;
  /** What each operation gave, as text; undefined where it has not taken effect. */
  readonly given: readonly (string | undefined)[];
}

class Search {
  private steps = 0;

  constructor(
    private readonly operations: readonly Operation[],
    private readonly step: StepOf,
  ) {}

  from({ state, results, abandoned }: Configuration): readonly Configuration[] {
    const { operations } = this;
    const given = operations.map(({ node, carried }) => (carried ? results.get(node) : undefined));
    const isOtherwise = operations.some(
      ({ result }, index) =>
        result !== undefined && given[index] !== undefined && given[index] !== result.text,
    );
    if (isOtherwise) return [];
    const all = [...operations.map(({ operation }) => operation), ...abandoned];
    const first = { state, given: [...given, ...abandoned.map(() => undefined)] };
    return this.ends(first, all).map((end) => this.configurationAt(end, all));
  }

  /** The first places at which every operation with a result has given it. */
  private ends(first: Place, all: readonly Canonical[]): readonly Place[] {
    const ends: Place[] = [];
    const known = new Set<string>();
    const open = [first];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const text = JSON.stringify([place.state.text, place.given.map((given) => given ?? null)]);
      if (known.has(text)) continue;
      known.add(text);
      if (this.isEnd(place)) ends.push(place);
      else for (const index of all.keys()) open.push(...this.after(place, index, all[index]));
    }
    return ends;
  }

  private isEnd({ given }: Place): boolean {
    return this.operations.every(({ result }, index) => result === undefined || given[index] !== undefined);
  }

  /** Where an operation leads to that takes effect next. */
  private after({ state, given }: Place, index: number, operation: Canonical): readonly Place[] {
    if (given[index] !== undefined) return [];
    const own: Operation | undefined = this.operations[index];
    if (own?.after !== undefined && given[own.after] === undefined) return [];
    const steps = this.step(state, operation);
    this.steps += Math.max(1, steps.length);
    if (this.steps > MOST_STEPS) throw new TooManyOrders(MOST_STEPS);
    return steps
      .filter(({ result }) => own?.result === undefined || own.result.text === result)
      .map((taken) => ({ state: taken.state, given: given.with(index, taken.result) }));
  }

  private configurationAt({ state, given }: Place, all: readonly Canonical[]): Configuration {
    const { operations } = this;
    const results = new Map<number, string>();
    for (const [index, { node, result, isAbandoned }] of operations.entries()) {
      const gave = given[index];
      if (gave !== undefined && result === undefined && !isAbandoned) results.set(node, gave);
    }
    const abandoned = all.filter(
      (_, index) =>
        given[index] === undefined && (operations[index] === undefined || operations[index].isAbandoned),
    );
    return { state, results, abandoned };
  }
}
