/** What may become of a node at a time: it stops, is out, or handles what there is to handle. */
import type { OutboxId } from '../calls.js';
import type { LossesId } from './losses.js';
import type { Situation } from './situations.js';

/** What may become of a node, by sets of the faults that may concern it. */
export interface NodeTurn {
  readonly situation: Situation;
  readonly outbox: OutboxId;
  readonly happens: NodeFaultCode;
  /** By how many sets of losses of what was sent to the node. */
  readonly ways: bigint;
  /** The fewest of them. */
  readonly losses: LossesId;
}

/** What happens to the node in its turn, as a number. */
export type NodeFaultCode = number;

export const NOTHING_HAPPENS: NodeFaultCode = 0;

export interface NodeFault {
  /** For good, now. */
  readonly stops: boolean;
  /** An outage begins. */
  readonly goesOut: boolean;
  /** One goes on, which may have begun now. */
  readonly out: boolean;
}

export function happening({ stops, goesOut, out }: NodeFault): NodeFaultCode {
  return Number(stops) + 2 * Number(goesOut) + 4 * Number(out);
}

export function happened(happens: NodeFaultCode): NodeFault {
  return { stops: (happens & 1) !== 0, goesOut: (happens & 2) !== 0, out: (happens & 4) !== 0 };
}

/** What there is to choose of something that may be so. */
export function choices(may: boolean): readonly boolean[] {
  return may ? [false, true] : [false];
}
