/**
 * A system as the search knows it: something that can be run under faults of its calls, and then tells which calls it
 * made and what came of them. Points name calls, the same in every run (`src/injector/node/contract.ts`).
 */
import { compareStrings } from '../../../model/order.js';

/** A kind of fault at a call. */
export interface SystemFault {
  readonly point: string;
  /** Such as `refused`. */
  readonly kind: string;
}

/** In order, and of one call one at most. */
export type SystemFaults = readonly SystemFault[];

/** A call of a run, as its caller saw it. */
export interface ObservedCall {
  readonly point: string;
  /** The point that it is made for; undefined where that is the request itself. */
  readonly within: string | undefined;
  /** The kind of fault that fired there. */
  readonly injected: string | undefined;
  readonly failed: boolean;
  /** A digest of what the callee answered; undefined where that is not known, or it was not asked. */
  readonly answer: string | undefined;
}

export interface SystemRun {
  /** Whether the outcome is good, and whatever has to hold afterwards does. */
  readonly good: boolean;
  /** A digest of the answer to the request; undefined where it is not known. */
  readonly answer: string | undefined;
  readonly calls: readonly ObservedCall[];
}

/** Work that asks for runs, several at a time where none depends on another's result. They are answered in order. */
export type Probing<Value> = Generator<readonly SystemFaults[], Value, readonly SystemRun[]>;

/** The text by which a fault, and in lists a fault set, is known. */
export function faultKey({ point, kind }: SystemFault): string {
  return `${point} = ${kind}`;
}

export function faultsKey(faults: SystemFaults): string {
  return faults.map(faultKey).join('\n');
}

/** In order, each once. */
export function inOrderOfPoints(faults: Iterable<SystemFault>): SystemFaults {
  const byKey = new Map([...faults].map((fault) => [faultKey(fault), fault] as const));
  return [...byKey].sort(([a], [b]) => compareStrings(a, b)).map(([, fault]) => fault);
}

/** With one more. */
export function withFault(faults: SystemFaults, fault: SystemFault): SystemFaults {
  const key = faultKey(fault);
  const place = faults.findIndex((other) => faultKey(other) >= key);
  if (place < 0) return [...faults, fault];
  return faultKey(faults[place]) === key ? faults : faults.toSpliced(place, 0, fault);
}

/** The faults that a run did meet. What is asked for at a call that is not made does not fire. */
export function firedIn({ calls }: Pick<SystemRun, 'calls'>): SystemFaults {
  return inOrderOfPoints(
    calls.flatMap(({ point, injected }) => (injected === undefined ? [] : [{ point, kind: injected }])),
  );
}

/** Whether all of the first are among the second. */
export function areWithin(some: SystemFaults, all: SystemFaults): boolean {
  const keys = new Set(all.map(faultKey));
  return some.every((fault) => keys.has(faultKey(fault)));
}

/** Whether the callee is asked all the same, as by `latency` and `broken-body`. */
export function asksCallee(kind: string): boolean {
  return kind === 'broken-body' || kind.startsWith('latency');
}
