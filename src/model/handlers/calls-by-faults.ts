/** All that a call of a handler may come to, by which of the faults happen that it asks for. */
import { FALSE, TRUE, type Condition } from '../algebra.js';
import type { World } from '../world.js';
import type { Calls } from './calls.js';
import { HandlerError } from './errors.js';
import { isUnanswered, type Happening, type Unanswered } from './invoke.js';

export class CallsByFaults {
  constructor(
    private readonly of: { readonly calls: Calls; readonly nodes: readonly string[] },
    private readonly world: World,
  ) {}

  /**
   * @param call the call, given what is known of faults
   * @param take told of what it comes to, and when; at least once, and in one run exactly once
   * @throws HandlerError
   */
  each<Effect extends object>(
    at: { readonly node: number; readonly time: number },
    condition: Condition,
    call: (happens: Happening) => Effect | Unanswered,
    take: (effect: Effect, condition: Condition) => void,
    known: ReadonlyMap<string, boolean> = new Map(),
  ): void {
    const node = this.of.nodes[at.node];
    const happens: Happening = (name) => known.get(name) ?? this.certainly(name, node, at.time);
    const effect = this.explained(condition, () => call(happens));
    if (!isUnanswered(effect)) {
      take(effect, condition);
      return;
    }
    const { algebra } = this.world;
    const happening = this.world.happens(effect.asks, node, at.time);
    for (const answer of [true, false]) {
      const both = algebra.and(condition, answer ? happening : algebra.not(happening));
      if (algebra.isPossible(both))
        this.each(at, both, call, take, new Map([...known, [effect.asks, answer]]));
    }
  }

  /** A handler that fails says under which condition. @throws HandlerError */
  explained<Value>(condition: Condition, call: () => Value): Value {
    this.of.calls.condition = condition;
    try {
      return call();
    } catch (error) {
      throw error instanceof HandlerError ? error.under(condition) : error;
    }
  }

  /** Undefined where it depends. */
  private certainly(name: string, node: string, time: number): boolean | undefined {
    const happening = this.world.happens(name, node, time);
    return happening === FALSE ? false : happening === TRUE ? true : undefined;
  }
}
