/** The deliveries of every channel-time of one run, asked of the world once. */
import type { Delivery, Interruption, World } from '../../world.js';
import type { ValueId, Values } from './values.js';

export class Channels {
  /**
   * By time, sender and destination, by the ids of the nodes, which are the first values there are. Senders have
   * tables of their own, since of thousands of nodes few send at one time.
   */
  private readonly known: (readonly Delivery[] | undefined)[][][] = [];
  /** By node, then by time. */
  private readonly interrupted: (readonly Interruption[])[][] = [];

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
  deliveries(from: ValueId, to: ValueId, sent: number): readonly Delivery[] {
    const table = ((this.known[sent] ??= [])[from] ??= new Array<undefined>(this.nodes).fill(undefined));
    return (table[to] ??= this.world.deliveries(this.node(from), this.node(to), sent));
  }

  /** How a node may stop in the midst of a time. */
  interruptions(node: ValueId, time: number): readonly Interruption[] {
    const ofNode = (this.interrupted[node] ??= []);
    return (ofNode[time] ??= this.world.interruptions(this.node(node), time));
  }

  private node(id: ValueId): string {
    return this.values.value(id) as string;
  }
}
