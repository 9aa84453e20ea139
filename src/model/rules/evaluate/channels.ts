/** The condition of every channel-time of one run, asked of the world once. */
import { TRUE, type Condition } from '../../algebra.js';
import type { World } from '../../world.js';
import type { ValueId, Values } from './values.js';

const UNKNOWN = -1;

export class Channels {
  /**
   * By time, sender and destination, by the ids of the nodes, which are the first values there are. Senders have
   * tables of their own, since of thousands of nodes few send at one time.
   */
  private readonly conditions: Int32Array[][] = [];

  constructor(
    private readonly world: World,
    private readonly values: Values,
    private readonly nodes: number,
  ) {}

  /** Whether a value names a node. */
  isNode(value: ValueId): boolean {
    return value < this.nodes;
  }

  /** Both ends are nodes. */
  condition(from: ValueId, to: ValueId, time: number): Condition {
    if (from === to) return TRUE;
    const table = ((this.conditions[time] ??= [])[from] ??= new Int32Array(this.nodes).fill(UNKNOWN));
    if (table[to] === UNKNOWN) {
      table[to] = this.world.channel(
        this.values.value(from) as string,
        this.values.value(to) as string,
        time,
      );
    }
    return table[to];
  }
}
