/** Faults of all kinds, and sets of them. Times are logical timesteps, from 1. */
import type { FaultKind, FaultScope } from './faults/kind.js';
import { faultKinds, type Fault } from './faults/kinds.js';

export type { Crash } from './faults/crash.js';
export type { Delay } from './faults/delay.js';
export type { Duplicate } from './faults/duplicate.js';
export type { ChannelTime } from './faults/channel.js';
export type { FaultScope } from './faults/kind.js';
export { faultKinds, type Fault };
export type { AuthorsFault } from './faults/named.js';
export type { Omission } from './faults/omission.js';
export type { Outage } from './faults/outage.js';
export type { Pause } from './faults/pause.js';
export type { Partition } from './faults/partition.js';

/** In the fixed order of {@link compareFaults}, without repetition; at most one crash a node. */
export type FaultSet = readonly Fault[];

/** Of faults that begin at the same time, those of the later kinds come first. */
const ranks: ReadonlyMap<string, number> = new Map(faultKinds.map(({ kind }, index) => [kind, -index]));

const byName: ReadonlyMap<string, FaultKind<Fault>> = new Map(faultKinds.map((kind) => [kind.kind, kind]));

/** The kind that a fault is of. */
export function kindOf(fault: Fault): FaultKind<Fault> {
  return byName.get(fault.kind)!;
}

/** The faults of one kind among others. */
export function ofKind({ kind }: FaultKind<Fault>, faults: readonly Fault[]): readonly Fault[] {
  return faults.filter((fault) => fault.kind === kind);
}

/** The most faults that the bounds of the kinds admit together. */
export function mostFaults(scope: FaultScope): number {
  return faultKinds.reduce((sum, kind) => sum + kind.most(scope), 0);
}

/** By time, crashes before faults with names before outages before pauses before duplicates before delays before partitions before omissions, then by name in code-unit order. */
export function compareFaults(a: Fault, b: Fault): number {
  if (a.time !== b.time) return a.time - b.time;
  return a.kind === b.kind ? kindOf(a).compare(a, b) : ranks.get(a.kind)! - ranks.get(b.kind)!;
}
