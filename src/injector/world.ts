/** What surrounds a run, given which events are true: the same for one run and for the run over all fault sets. */
import { booleans, FALSE, TRUE, type Algebra, type Condition, type Connectives } from '../model/algebra.js';
import {
  downForAWhile,
  inTime,
  type Delivery,
  type Interruption,
  type Surroundings,
  type World,
} from '../model/world.js';
import { groupBy } from '../model/group.js';
import type { Bounds } from './bounds.js';
import { faultKinds, kindOf, ofKind, type ChannelTime, type Fault, type FaultSet } from './faults.js';
import type { Detour, FaultKind } from './faults/kind.js';
import type { Message } from './run.js';

export function worldOf(algebra: Algebra, events: WorldEvents, bounds: Bounds): World {
  return { algebra, ...surroundingsOf(algebra, events, bounds) };
}

/** What may happen in a world. */
export interface WorldEvents {
  /** The condition that an event is true. */
  readonly holds: (event: Fault) => Condition;
  /** At a time, the events of several channels: those that may cut some, of which none can be named by a channel. */
  readonly wide: (time: number) => readonly Fault[];
  /** What authors called some of them, each once. */
  readonly named: readonly string[];
  /** Those of a time. */
  readonly at: (time: number) => readonly Fault[];
}

/** By time, some events. */
export function eventsByTime(events: readonly Fault[]): WorldEvents['at'] {
  const byTime = groupBy(events, ({ time }) => time);
  return (time) => byTime.get(time) ?? [];
}

/** By time, those of some events that are of several channels. */
export function wideEvents(events: readonly Fault[]): WorldEvents['wide'] {
  return eventsByTime(events.filter((event) => kindOf(event).cuts !== undefined));
}

/** What authors called some events, each once. */
export function authorsNames(events: readonly Fault[]): readonly string[] {
  return [...new Set(events.flatMap((event) => kindOf(event).nameOf?.(event) ?? []))];
}

/** The same, for whoever asks nothing of conditions but to be told them. */
export function surroundingsOf(
  algebra: Connectives,
  { holds, wide, named, at }: WorldEvents,
  bounds: Bounds,
): Surroundings {
  const any = (events: readonly Fault[]) =>
    events.reduce((condition, event) => algebra.or(condition, holds(event)), FALSE);
  const running = (node: string, time: number) =>
    algebra.not(any(faultKinds.flatMap((kind) => kind.downing(node, time, bounds))));
  const interruptions = (node: string, time: number): readonly Interruption[] =>
    faultKinds.flatMap((kind) => {
      const interrupting = kind.interrupting?.(node, time, bounds) ?? [];
      if (interrupting.length === 0) return [];
      const idle = any(
        faultKinds.flatMap((other) => [
          ...(other === kind ? [] : other.downing(node, time, bounds)),
          ...(other.pausing?.(node, time) ?? []),
          ...other.recovering(node, time),
        ]),
      );
      return interrupting.map(({ messages, event, unless }) => {
        const stops =
          unless === undefined ? holds(event) : algebra.and(holds(event), algebra.not(holds(unless)));
        return { messages, condition: algebra.and(stops, algebra.not(idle)) };
      });
    });
  /** Of a node that stops in the midst of a time, what is lost on its way alone does not arrive: what left it is for others to say. */
  const arrivingOf = ({ from, to, time }: ChannelTime, lost: Condition, cuts: readonly Fault[]) => {
    const stops = interruptions(from, time);
    if (stops.length === 0) return algebra.not(lost);
    const onTheWay = faultKinds.filter(({ fate }) => fate === 'lost');
    const lostThere = any([
      ...onTheWay.flatMap((kind) => kind.removing({ from, to, time }, bounds)),
      ...cuts,
    ]);
    const acts = stops.reduce((some, { condition }) => algebra.or(some, condition), running(from, time));
    return algebra.and(acts, algebra.not(lostThere));
  };
  return {
    // What a node sends to itself is never lost, and never late.
    deliveries(from, to, sent) {
      if (from === to) return [{ time: inTime(sent), condition: TRUE }];
      const channel = { from, to, time: sent };
      const cuts = wide(sent).filter((event) => kindOf(event).cuts?.(event, channel));
      const lost = any([...faultKinds.flatMap((kind) => kind.removing(channel, bounds)), ...cuts]);
      const arriving = arrivingOf(channel, lost, cuts);
      const inTimeOnly = [{ time: inTime(sent), condition: arriving }];
      return faultKinds.reduce<readonly Delivery[]>((deliveries, kind) => {
        const detours = kind.detours?.(channel, bounds) ?? [];
        return detours.length === 0 ? deliveries : afterDetours(deliveries, detours, algebra, holds);
      }, inTimeOnly);
    },
    running,
    interruptions,
    pauses(node, time) {
      const paused = any(faultKinds.flatMap((kind) => kind.pausing?.(node, time) ?? []));
      if (paused === FALSE) return FALSE;
      const startsAgain = any(faultKinds.flatMap((kind) => kind.recovering(node, time)));
      return algebra.and(algebra.and(paused, running(node, time)), algebra.not(startsAgain));
    },
    named,
    happens: (name, node, time) => any(faultKinds.flatMap((kind) => kind.naming?.(name, node, time) ?? [])),
    restarts(node, time) {
      const recovers = any(faultKinds.flatMap((kind) => kind.recovering(node, time)));
      return recovers === FALSE ? FALSE : algebra.and(recovers, running(node, time));
    },
    happening(time, kind) {
      const events = at(time).filter((event) => kind === undefined || event.kind === kind);
      return events.reduce((condition, event) => {
        const earlier = kindOf(event).earlier?.(event);
        const news = earlier === undefined ? TRUE : algebra.not(holds(earlier));
        return algebra.or(condition, algebra.and(holds(event), news));
      }, FALSE);
    },
    faultKinds: faultKinds.map(({ kind }) => kind),
  };
}

/** What is delivered where faults of one kind delay and repeat. */
function afterDetours(
  deliveries: readonly Delivery[],
  detours: readonly Detour<Fault>[],
  algebra: Connectives,
  holds: (event: Fault) => Condition,
): readonly Delivery[] {
  const arrivals = new Map<number, Condition>();
  const arrive = (time: number, condition: Condition) => {
    arrivals.set(time, algebra.or(arrivals.get(time) ?? FALSE, condition));
  };
  for (const { time, condition } of deliveries) {
    const replaced = detours.filter(({ instead }) => instead).map(({ event }) => holds(event));
    const stays = replaced.reduce((kept, delayed) => algebra.and(kept, algebra.not(delayed)), condition);
    arrive(time, stays);
    for (const { event, by } of detours) arrive(time + by, algebra.and(condition, holds(event)));
  }
  return [...arrivals].sort(([a], [b]) => a - b).map(([time, condition]): Delivery => ({ time, condition }));
}

/** The most timesteps by which a message may be late. */
export function longestDelay(bounds: Bounds): number {
  return faultKinds.reduce((sum, kind) => sum + (kind.longestDelay?.(bounds) ?? 0), 0);
}

function longestOf(kind: FaultKind<Fault>, faults: readonly Fault[]): number {
  return Math.max(0, ...faults.map((fault) => kind.lateness?.(fault) ?? 0));
}

/** Whether nodes may be down for a while, and start again. */
export function hasOutages(bounds: Bounds): boolean {
  return faultKinds.some((kind) => kind.recovers?.(bounds) ?? false);
}

/** Whether nodes may stop in the midst of a timestep. */
export function hasInterruptions(bounds: Bounds): boolean {
  return faultKinds.some((kind) => kind.interrupts?.(bounds) ?? false);
}

/** The same under one fault set. */
export function hasInterruptionsUnder(faults: FaultSet): boolean {
  return mostLeaving(faults) > 0;
}

/** Whether nodes may do nothing for a while. */
export function hasPauses(bounds: Bounds): boolean {
  return faultKinds.some((kind) => kind.pauses?.(bounds) ?? false);
}

/** What faults may do beside taking away, for which a protocol is made ready before it runs. */
export interface FaultEffects {
  /** The most timesteps by which a message may be late. */
  readonly longestDelay: number;
  /** Whether nodes may be down for a while, and start again. */
  readonly outages: boolean;
  /** Whether nodes may do nothing for a while. */
  readonly pauses: boolean;
  /** Whether nodes may stop in the midst of a timestep. */
  readonly interruptions: boolean;
}

export function effectsWithin(bounds: Bounds): FaultEffects {
  return {
    longestDelay: longestDelay(bounds),
    outages: hasOutages(bounds),
    pauses: hasPauses(bounds),
    interruptions: hasInterruptions(bounds),
  };
}

/** Within bounds, or under a fault set that may be beyond them. */
export function effectsWithinOrUnder(bounds: Bounds, faults: FaultSet): FaultEffects {
  const within = effectsWithin(bounds);
  const lateUnder = faultKinds.reduce((sum, kind) => sum + longestOf(kind, ofKind(kind, faults)), 0);
  return {
    longestDelay: Math.max(within.longestDelay, lateUnder),
    outages: within.outages || faults.some((fault) => kindOf(fault).recovers?.(UNBOUNDED) ?? false),
    pauses: within.pauses || faults.some((fault) => kindOf(fault).pauses?.(UNBOUNDED) ?? false),
    interruptions: within.interruptions || hasInterruptionsUnder(faults),
  };
}

/** The world under one fault set, in which every fact holds or does not. */
export function concreteWorld(faults: FaultSet): World {
  const isTrue = truth(faults);
  const latest = Math.max(...faultKinds.map((kind) => longestOf(kind, ofKind(kind, faults))));
  const bounds = {
    ...UNBOUNDED,
    longestDelay: latest,
    withinStep: mostLeaving(faults),
  };
  // What happens once may be true for ever.
  const events = faults.flatMap((fault) => {
    const kind = kindOf(fault);
    return kind.earlier === undefined ? kind.eventsOf(fault, bounds) : [fault];
  });
  const holds = (event: Fault) => (isTrue(event) ? TRUE : FALSE);
  const [wide, at, named] = [wideEvents(events), eventsByTime(events), authorsNames(faults)];
  return worldOf(booleans, { holds, wide, at, named }, bounds);
}

/** The most messages that still leave a node when a fault begins. */
function mostLeaving(faults: FaultSet): number {
  return Math.max(0, ...faults.map((fault) => kindOf(fault).leaving?.(fault) ?? 0));
}

/** How many messages leave a node before it stops in the midst of a time; undefined where it does not. */
export function interruptionUnder(world: World, node: string, time: number): number | undefined {
  return world.interruptions(node, time).find(({ condition }) => condition !== FALSE)?.messages;
}

/** Under one fault set, what becomes of what is sent. @param leaves whether it leaves its sender, if that stops in the midst */
export type Fates = (
  channel: ChannelTime,
  leaves?: boolean,
) => Pick<Message, 'arrivals' | 'fate'> & {
  /** When each of the arrivals came, which is earlier where the node paused. */
  readonly came: readonly number[];
};

/**
 * A node that is down sends nothing, whatever its channels do: of several kinds the last to take effect decides. What
 * would arrive after EOT does not arrive; nor what would arrive at a node in an outage. What comes to a node that pauses
 * arrives when it goes on.
 */
export function fates(faults: FaultSet, eot: number): Fates {
  const isTrue = truth(faults);
  const world = concreteWorld(faults);
  const known = new Map<string, readonly Condition[]>();
  const outOf = (node: string) => {
    const times = known.get(node) ?? downForAWhile(world, booleans, node, eot);
    known.set(node, times);
    return times;
  };
  const goesOn = (node: string, from: number) => {
    let time = from;
    while (world.pauses(node, time) !== FALSE) time++;
    return time;
  };
  return (channel, leaves = true) => {
    const out = leaves ? outOf(channel.to) : undefined;
    if (out === undefined) return { arrivals: [], came: [], fate: 'not sent' };
    const arriving = world
      .deliveries(channel.from, channel.to, channel.time)
      .filter(({ condition }) => condition !== FALSE)
      .map(({ time }) => ({ came: time, arrives: goesOn(channel.to, time) }))
      .filter(({ arrives }) => arrives <= eot && out[arrives] === FALSE);
    const arrivals = arriving.map(({ arrives }) => arrives);
    const came = arriving.map((each) => each.came);
    if (arrivals.length > 0) return { arrivals, came, fate: 'delivered' };
    const cause = faultKinds.findLast((kind) => kind.removing(channel, UNBOUNDED).some(isTrue));
    return { arrivals, came, fate: cause?.fate ?? 'lost' };
  };
}

/** Whether a node is down at a time, under one fault set. */
export function downtime(faults: FaultSet): (node: string, time: number) => boolean {
  const isTrue = truth(faults);
  return (node, time) => faultKinds.some((kind) => kind.downing(node, time, UNBOUNDED).some(isTrue));
}

/** Whether a node pauses at a time, under one fault set. */
export function pausesUnder(faults: FaultSet): (node: string, time: number) => boolean {
  const world = concreteWorld(faults);
  return (node, time) => world.pauses(node, time) !== FALSE;
}

/** Whether an event is true of one fault set. */
export function truth(faults: FaultSet): (event: Fault) => boolean {
  const truths = new Map(faultKinds.map((kind) => [kind.kind, kind.truth(ofKind(kind, faults))]));
  return (event) => truths.get(event.kind)!(event);
}

/** Of one run, whatever is true stays so for as long as the run goes on. */
export const UNBOUNDED: Bounds = {
  eot: Infinity,
  eff: Infinity,
  crashes: Infinity,
  delays: Infinity,
  duplicates: Infinity,
  restarts: Infinity,
  pauses: Infinity,
  partitions: Infinity,
};
