/** Fault events, and sets of them. Times are logical timesteps, from 1. */
import { compareStrings } from '../model/order.js';

/** One event of a fault set. */
export type Fault = Omission | Crash;

/** Everything `from` sends to `to` at `time` is lost. `from` differs from `to`. */
export interface Omission {
  readonly kind: 'omission';
  readonly from: string;
  readonly to: string;
  readonly time: number;
}

/** `node` sends nothing at any time >= `time`, and does not recover. */
export interface Crash {
  readonly kind: 'crash';
  readonly node: string;
  readonly time: number;
}

/** In the fixed order of {@link compareFaults}, without repetition; at most one crash a node. */
export type FaultSet = readonly Fault[];

/** By time, crashes before omissions, then by name in code-unit order. */
export function compareFaults(a: Fault, b: Fault): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.kind !== b.kind) return a.kind === 'crash' ? -1 : 1;
  if (a.kind === 'crash') return compareStrings(a.node, (b as Crash).node);
  return compareStrings(a.from, (b as Omission).from) || compareStrings(a.to, (b as Omission).to);
}
