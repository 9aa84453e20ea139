/** A node's turn, in whichever states of all nodes it has that. */
import { NOTHING_SENT, type OutboxId } from '../calls.js';
import type { Stretch } from './joint-states.js';
import { factorOf, type Factor } from './naturals.js';
import type { OutlookId, Outlooks } from './outlooks.js';
import type { Prospect } from './prospects.js';
import type { Reception } from './receptions.js';
import type { StepFault } from './step-faults.js';

/** What a node sends in its turn. */
export interface SentInTurn {
  readonly from: number;
  /** To itself. */
  readonly own: OutboxId;
  /** By the others to whom it sends something. */
  readonly received: readonly Reception[];
}

export class JointTurn implements Stretch {
  readonly factor: Factor;
  readonly faults: readonly StepFault[];
  readonly cost: number;
  readonly stops: boolean;
  readonly goesOut: boolean;
  readonly out: boolean;
  readonly received: readonly Reception[];
  private known: OutlookId | undefined;

  constructor(
    private readonly prospect: Prospect,
    private readonly outlooks: Outlooks,
    private readonly sending: SentInTurn,
  ) {
    const { ways, faults, cost, stops, goesOut, out } = prospect;
    this.factor = factorOf(ways);
    this.faults = faults;
    this.cost = cost;
    this.stops = stops;
    this.goesOut = goesOut;
    this.out = out;
    this.received = sending.received;
  }

  /** What may become of the node after it. @throws HandlerError */
  get outlook(): OutlookId {
    return (this.known ??= this.find());
  }

  private find(): OutlookId {
    const { from, own } = this.sending;
    const outlook = this.outlooks.looked(this.prospect.outlook);
    return own === NOTHING_SENT ? outlook : this.outlooks.receive(outlook, from, own);
  }
}
