/**
 * What is sent in a run, named so that it is found again in the run of a protocol that was changed meanwhile: not by when
 * it is sent, but by what it is, from whom to whom, what made its sender send it, and which of several such it is.
 */
import { groupBy } from '../../model/group.js';
import { compareStrings } from '../../model/order.js';
import type { Run } from '../run.js';
import { sendingPlace, type Causes, type SendingCause } from './causes.js';

/** Everything of one name that a node sends to another at one logical timestep. */
export interface SendingName {
  /** Of rules its relation, of handlers its type. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What made its sender send it; null where that is no message and no call. */
  readonly cause: SendingCause | null;
  /** Which it is of those that agree in all of this, from 1. */
  readonly nth: number;
}

/** A sending in a run. */
export interface SeenSending {
  readonly sending: SendingName;
  /** The logical timestep. */
  readonly time: number;
  /** The logical timesteps at which any of it arrives, the first one first. */
  readonly arrivals: readonly number[];
  /** Equal where the same is sent and the same becomes of it. */
  readonly became: string;
}

/** All of a run, the earliest first, then by sender, destination and name. */
export function sendingsOf({ messages }: Run, causes: Causes): readonly SeenSending[] {
  const counts = new Map<string, number>();
  return [...groupBy(messages, sendingPlace).entries()].map(([place, together]) => {
    const [{ name, from, to, sent: time }] = together;
    const alike = { name, from, to, cause: causes.get(place) ?? null };
    const key = keyOf(alike);
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const arrivals = [...new Set(together.flatMap((message) => message.arrivals))].sort((a, b) => a - b);
    const became = JSON.stringify(
      together.map((message) => [message.payload, message.arrivals, message.fate]),
    );
    return { sending: { ...alike, nth }, time, arrivals, became };
  });
}

/** What is so named; undefined where there is no such thing. */
export function findSending(sendings: readonly SeenSending[], wanted: SendingName): SeenSending | undefined {
  const key = keyOf(wanted);
  return sendings.find(({ sending }) => sending.nth === wanted.nth && keyOf(sending) === key);
}

/** By when it is sent, then by sender, destination and name. */
export function compareSent(a: SeenSending, b: SeenSending): number {
  return (
    a.time - b.time ||
    compareStrings(a.sending.from, b.sending.from) ||
    compareStrings(a.sending.to, b.sending.to) ||
    compareStrings(a.sending.name, b.sending.name)
  );
}

function keyOf({ name, from, to, cause }: Omit<SendingName, 'nth'>): string {
  return JSON.stringify([name, from, to, cause?.kind, cause?.name]);
}
