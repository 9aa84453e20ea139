/**
 * Faults named so that edits which shift times leave them what they were: by what they cut, or where they cut nothing by
 * what they follow. The same way leads there and back. The faults of a set are taken in their order, and each is held
 * against the run under those before it; so to name a fault set and to look for it in the same protocol gives that set.
 */
import type { FaultSet, Fault } from '../faults.js';
import { compareFaults, kindOf } from '../faults.js';
import type { FaultScope } from '../faults/kind.js';
import type { Lineage } from '../../lineage/lineage.js';
import type { Run } from '../run.js';
import { formatSchedule, parseSchedule } from '../schedule.js';
import { causesIn, type Causes } from './causes.js';
import { compareSent, findSending, sendingsOf, type SendingName, type SeenSending } from './sendings.js';

/** What tells when a fault begins. */
export type Anchor =
  /** It begins so many timesteps after the first that it changes anything of is sent: this, all at one time. */
  | { readonly kind: 'cuts'; readonly sendings: readonly SendingName[]; readonly after: number }
  /** It begins so many timesteps after this arrives at the node that it happens to. */
  | { readonly kind: 'follows'; readonly sending: SendingName; readonly after: number }
  /** Nothing but its time. */
  | { readonly kind: 'time' };

/** A fault as it was, and what it is found again by. */
export interface AnchoredFault {
  readonly fault: Fault;
  readonly anchor: Anchor;
}

/** One run of a protocol, and why all that happened in it did. */
export interface Seen {
  readonly run: Run;
  readonly lineage: Lineage;
}

/** Runs a protocol under a fault set. */
export type Look = (faults: FaultSet) => Seen;

/** Where faults are that were anchored. */
export type Located =
  | { readonly kind: 'there'; readonly faults: FaultSet }
  /** Of one of them, nothing is sent any more that it is found by. */
  | { readonly kind: 'not sent'; readonly lost: AnchoredFault }
  /** One sentence: why there may be no such faults. */
  | { readonly kind: 'not admissible'; readonly reason: string };

/** @param faults in their order, as fault sets are */
export function anchorFaults(faults: FaultSet, look: Look): readonly AnchoredFault[] {
  const watcher = new Watcher(look);
  return faults.map((fault, index) => {
    const before = watcher.sendings(faults.slice(0, index));
    const after = watcher.sendings(faults.slice(0, index + 1));
    return { fault, anchor: anchorOf(fault, before, after) };
  });
}

/** @param anchored in the order in which they were anchored */
export function locateFaults(anchored: readonly AnchoredFault[], scope: FaultScope, look: Look): Located {
  const watcher = new Watcher(look);
  let faults: FaultSet = [];
  for (const each of anchored) {
    const time = timeOf(each, watcher.sendings(faults));
    if (time === undefined) return { kind: 'not sent', lost: each };
    faults = [...faults, movedTo(each.fault, time)].toSorted(compareFaults);
    const read = parseSchedule(formatSchedule(faults), scope);
    if (read.kind === 'malformed') return { kind: 'not admissible', reason: read.diagnostics[0].message };
  }
  return { kind: 'there', faults };
}

/** What is sent in runs, each looked at once. What was lost in a later one has its cause from those before. */
class Watcher {
  private readonly known = new Map<string, readonly SeenSending[]>();
  private causes: Causes = new Map();

  constructor(private readonly look: Look) {}

  sendings(faults: FaultSet): readonly SeenSending[] {
    const name = formatSchedule(faults);
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const { run, lineage } = this.look(faults);
    this.causes = new Map([...this.causes, ...causesIn(lineage, run.language)]);
    const sendings = sendingsOf(run, this.causes);
    this.known.set(name, sendings);
    return sendings;
  }
}

/**
 * @param before what is sent under the faults before it
 * @param after what is sent under it as well
 */
function anchorOf(fault: Fault, before: readonly SeenSending[], after: readonly SeenSending[]): Anchor {
  const cut = firstChanged(before, after);
  if (cut.length > 0) {
    const [{ time }] = cut;
    return { kind: 'cuts', sendings: cut.map(({ sending }) => sending), after: fault.time - time };
  }
  const last = lastArrival(fault, before);
  if (last === undefined) return { kind: 'time' };
  return { kind: 'follows', sending: last.sending, after: fault.time - last.arrivals[0] };
}

/** The earliest that is not as it was, or is not sent at all. What differs only because of that is sent later. */
function firstChanged(before: readonly SeenSending[], after: readonly SeenSending[]): readonly SeenSending[] {
  const remaining = new Map(after.map((sent) => [placeOf(sent), sent.became]));
  const changed = before.filter((sent) => remaining.get(placeOf(sent)) !== sent.became).sort(compareSent);
  return changed.filter(({ time }) => time === changed[0].time);
}

function placeOf({ time, sending: { from, to, name } }: SeenSending): string {
  return JSON.stringify([time, from, to, name]);
}

/** What arrived last at the node of a fault before it begins, or as it does. */
function lastArrival(fault: Fault, sendings: readonly SeenSending[]): SeenSending | undefined {
  const node = kindOf(fault).notation.strike?.(fault)?.node;
  const arrived = sendings.filter(
    ({ sending: { to }, arrivals }) => to === node && arrivals.length > 0 && arrivals[0] <= fault.time,
  );
  const [last] = arrived.sort((a, b) => b.arrivals[0] - a.arrivals[0] || compareSent(a, b));
  return last;
}

/** Undefined where nothing is sent that it is found by. */
function timeOf({ fault, anchor }: AnchoredFault, sendings: readonly SeenSending[]): number | undefined {
  switch (anchor.kind) {
    case 'cuts': {
      const found = anchor.sendings.flatMap((sending) => findSending(sendings, sending)?.time ?? []);
      return found.length === 0 ? undefined : mostFrequent(found) + anchor.after;
    }
    case 'follows': {
      const arrival = findSending(sendings, anchor.sending)?.arrivals.at(0);
      return arrival === undefined ? undefined : arrival + anchor.after;
    }
    case 'time':
      return fault.time;
  }
}

/** Of several that are as frequent, the least. */
function mostFrequent(times: readonly number[]): number {
  const count = (time: number) => times.filter((other) => other === time).length;
  return times.reduce((best, time) => {
    const more = count(time) - count(best);
    return more > 0 || (more === 0 && time < best) ? time : best;
  });
}

/** The same fault at another time; what goes on goes on for as long. */
function movedTo(fault: Fault, time: number): Fault {
  return 'until' in fault ? { ...fault, time, until: fault.until + (time - fault.time) } : { ...fault, time };
}
