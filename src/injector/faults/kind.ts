/**
 * What a kind of fault is, in one value: which faults there are within the bounds, which may happen together, what
 * they do to the world, and what makes one smaller than another. Everything else is a fold over the kinds, so that
 * a new one is a new file here.
 *
 * A fault is the set of the inputs of conditions that are true of it, and one fault is smaller than another exactly
 * where its inputs are a strict subset. An input is named by the least fault that it is true of, here called an
 * *event*: an omission is its own; of a crash, every crash of that node at that time or later is.
 */
import type { Downtime, StepFault } from '../../model/handlers/joint/step-faults.js';
import type { Bounds } from '../bounds.js';
import type { ChannelTime } from './channel.js';
import type { FaultNotation } from './notation.js';

/**
 * Where an event that is true counts as a fault: always, never, or where another event of the same row is not true. So
 * of what goes on for some timesteps the first counts. Faults of such a kind are lasting.
 */
export type Counting<F> = 'always' | 'never' | { readonly unless: F };

/** Where faults may happen, and within which bounds. */
export interface FaultScope {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** The most faults of a kind, or of some of them, that may happen together. */
export interface Limit<F> {
  readonly most: number;
  /** Whether an event is of those. */
  readonly isOf: (event: F) => boolean;
}

/** What every fault has. */
export interface Timed {
  readonly kind: string;
  /** The logical timestep at which it begins, from 1. */
  readonly time: number;
}

/** Why a message is not delivered: it is lost on its way, or its sender is down. */
export type Loss = 'lost' | 'not sent';

/** A way for a message to arrive later than it would. */
export interface Detour<F> {
  /** What sends it that way. */
  readonly event: F;
  /** Timesteps, at least 1. */
  readonly by: number;
  /** Whether it arrives then alone, and not also when it would. */
  readonly instead: boolean;
}

/** A way for a node to stop in the midst of what it does at a time. */
export interface Interrupting<F> {
  /** How many messages still leave, from 1. */
  readonly messages: number;
  /** It happens where the one event is true, and the other is not. */
  readonly event: F;
  readonly unless: F | undefined;
}

/** What faults of a kind do step by step, where they leave nothing behind but in what state nodes are, and who is down. */
export interface Stepwise<F> {
  /** What an event that is true means at its time. */
  readonly happens: StepFault['kind'];
  /**
   * In how many ways faults of the kind may go on: at a time and after it where they lose what is sent, and else after it alone.
   *
   * @param events all of the kind that there are
   */
  waysAfter(events: readonly F[], time: number, downtime: Downtime, scope: FaultScope): bigint;
}

/** One kind of fault. Where faults of it are given, they are all of this kind. */
export interface FaultKind<F extends Timed> {
  readonly kind: F['kind'];
  /** Whether its faults go on: of as many faults, those that last for less are the lesser. */
  readonly lasting: boolean;
  readonly notation: FaultNotation<F>;

  /** The events within the bounds, in any order. */
  events(scope: FaultScope): readonly F[];
  /** The single faults within the bounds, in any order. Default: one for each event. */
  faults?(scope: FaultScope): readonly F[];
  /** How many those are. */
  countEvents(nodes: number, bounds: Bounds): number;
  /** Whom an event happens to, numbered from 0; undefined where there is nobody of that name. */
  row(event: F, places: ReadonlyMap<string, number>, bounds: Bounds): number | undefined;
  /**
   * Where an event stands among those of its row: an integer, and a later event has a greater one. Default: its time, where no
   * two of a row are of the same.
   */
  moment?(event: F, bounds: Bounds): number;
  /** The fixed order of faults that begin at the same time. */
  compare(a: F, b: F): number;

  /** The events that are true of a fault, by time. */
  eventsOf(fault: F, bounds: Bounds): readonly F[];
  /** The faults of which exactly these events are true, in the order of the events, which is by time. */
  faultsOf(events: readonly F[]): readonly F[];
  /** Where an event that is true counts: of each fault, exactly one does. */
  counts(event: F, bounds: Bounds): Counting<F>;
  /** The fault itself, and those smaller than it, the greatest first. */
  within(fault: F, bounds: Bounds): readonly F[];

  /** Whether a fault within the bounds may happen beside others. */
  joins(fault: F, others: readonly F[], bounds: Bounds): boolean;
  /** The most faults of this kind that may happen together. */
  most(scope: FaultScope): number;
  /** The event that is true wherever another of the same row is; undefined where there is none. Default: never any. */
  entails?(event: F, bounds: Bounds): F | undefined;
  /** The events of which none is true where an event is. Default: there are none. */
  rivals?(event: F, bounds: Bounds): readonly F[];
  /** The most faults of this kind that the bounds admit together. Default: as many as there are. */
  limit?(bounds: Bounds): number;
  /** The same of faults of which some have a limit of their own: each is of one of these. Default: all have one. */
  limits?(bounds: Bounds): readonly Limit<F>[];
  /** Of one fault set, given its faults of this kind, whether an event is true. */
  truth(faults: readonly F[]): (event: F) => boolean;

  /** The event by which one that is true is no news: the fault happened before. Default: what goes on happens all the while. */
  earlier?(event: F): F | undefined;

  /** What becomes of a message that an event takes away. */
  readonly fate: Loss;
  /** The events any of which takes away what is sent on a channel. */
  removing(channel: ChannelTime, bounds: Bounds): readonly F[];
  /** Whether an event takes away what is sent on a channel at its time, beside those of `removing`. Default: no. */
  cuts?(event: F, channel: Pick<ChannelTime, 'from' | 'to'>): boolean;
  /** How faults may let what is sent on a channel arrive later. Default: not at all. */
  detours?(channel: ChannelTime, bounds: Bounds): readonly Detour<F>[];
  /** The most timesteps by which a fault lets anything arrive later. Default: 0. */
  longestDelay?(bounds: Bounds): number;
  /** The timesteps by which a fault lets something arrive later. Default: 0. */
  lateness?(fault: F): number;
  /** The channel that a fault is of, at its one time; absent where faults are of no one channel. */
  channelOf?(fault: F): ChannelTime;
  /** The channels that a fault is of, for as long as it goes on; absent where it is of none, or of one at one time. */
  channelsOf?(fault: F): readonly Pick<ChannelTime, 'from' | 'to'>[];
  /** The events any of which means that a node is down at a time, from 1 to EOT. */
  downing(node: string, time: number, bounds: Bounds): readonly F[];
  /** The ways for a node to stop for good in the midst of a time. Default: there are none. */
  interrupting?(node: string, time: number, bounds: Bounds): readonly Interrupting<F>[];
  /** Whether faults within the bounds let nodes stop in the midst of a time. Default: no. */
  interrupts?(bounds: Bounds): boolean;
  /** How many messages still leave the node of a fault when it begins. Default: 0. */
  leaving?(fault: F): number;
  /** The events any of which means that a node that is up at a time starts again then. */
  recovering(node: string, time: number): readonly F[];
  /** The events any of which means that a node that is up at a time does nothing then, and loses nothing. Default: none. */
  pausing?(node: string, time: number): readonly F[];
  /** Whether faults within the bounds let nodes do nothing for a while. Default: no. */
  pauses?(bounds: Bounds): boolean;
  /** Whether faults within the bounds let nodes start again. Default: no. */
  recovers?(bounds: Bounds): boolean;
  /** What an author called an event. Default: nothing. */
  nameOf?(event: F): string;
  /** The events any of which means that what an author gave a name happens to a node at a time. Default: none does. */
  naming?(name: string, node: string, time: number): readonly F[];
  /** Absent where faults of the kind leave more behind. */
  readonly stepwise?: Stepwise<F>;
  /** Events of which not all are as they are, in every fault set that has the node down at other times. */
  altering(node: string, faults: readonly F[], bounds: Bounds): readonly F[];

  /**
   * Some faults that may happen together, each way to choose some as likely as any other.
   *
   * @param events all within the bounds, in their fixed order
   * @param most the most of them, at most the limit of the kind
   * @param random uniform in [0, 1)
   */
  draw(events: readonly F[], scope: FaultScope, most: number, random: () => number): readonly F[];
  /** Whether an event is true of each of the sample fault sets: a bit for each, 32 to a word. */
  samples(scope: FaultScope): (event: F, input: number) => readonly number[];
}

/** Of the sample fault sets, how many words of 32 bits have one bit for each. The first is free of faults. */
export const SAMPLE_WORDS = 4;

/** The most faults of a kind that the bounds admit together. */
export function limitOf<F extends Timed>(kind: FaultKind<F>, bounds: Bounds): number {
  return kind.limits?.(bounds).reduce((sum, { most }) => sum + most, 0) ?? kind.limit?.(bounds) ?? Infinity;
}

/** The same by what each limit is of. */
export function limitsOf<F extends Timed>(kind: FaultKind<F>, bounds: Bounds): readonly Limit<F>[] {
  return kind.limits?.(bounds) ?? [{ most: kind.limit?.(bounds) ?? Infinity, isOf: () => true }];
}

/** Where an event stands among those of its row, the earliest first. */
export function momentOf<F extends Timed>(kind: FaultKind<F>, event: F, bounds: Bounds): number {
  return kind.moment?.(event, bounds) ?? event.time;
}

/** How many times after one there are events at. */
export function timesAfter(events: readonly Timed[], time: number): number {
  const later = events.filter((event) => event.time > time);
  return new Set(later.map((event) => event.time)).size;
}

/** The logical timesteps 1..end-1. */
export function timesBefore(end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - 1) }, (_, i) => i + 1);
}
