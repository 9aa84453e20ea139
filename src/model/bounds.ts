/**
 * How much may fail, as numbers. Three of them every check has; the others have names, and this table is the only place
 * that lists those: headers of Dedalus, options, the environment, configurations, documents and reports follow from it.
 * Which faults are within them is for the injector to say.
 */
import { compareStrings } from './order.js';

/** The finite space of fault sets that a verdict speaks about. */
export interface Bounds extends NamedBounds, AuthorsBounds {
  /** The last logical timestep, >= 1. */
  readonly eot: number;
  /** End of finite failures: an omission is admissible at a send time t with 1 <= t < eff. Less than `eot`. */
  readonly eff: number;
  /** The most nodes that may crash, at times t with 1 <= t < eot. */
  readonly crashes: number;
  /** Who does not fail, whatever else does. Default: nobody. */
  readonly reliable?: Reliable;
}

/** What does not fail. Of such nodes and links there are no faults. */
export interface Reliable {
  /** Nodes to which no fault happens: they do not crash, nor start again. */
  readonly nodes?: readonly string[];
  /**
   * Links, each one way, such as `a->b`: what `a` sends to `b` is not lost, nor late, nor there twice, and no partition
   * cuts it.
   */
  readonly links?: readonly string[];
}

/** Bounds that may be left out. */
export interface NamedBounds {
  /** The most omissions. Default: as many as there are. */
  readonly omissions?: number;
  /** The most outages, of all nodes together: each begins at a time from 1, and ends by `eot`. Default: none. */
  readonly restarts?: number;
  /** The most pauses, of all nodes together: each begins at a time from 2, and ends by `eff`. Default: none. */
  readonly pauses?: number;
  /** The most partitions: each parts two groups of nodes from a time from 1 on, and ends by `eff`, or by `partitionsBefore`. Default: none. */
  readonly partitions?: number;
  /**
   * A partition is over by this time where it is later than EFF: `eot` lets partitions last for ever. Default: EFF.
   */
  readonly partitionsBefore?: number;
  /** The most delays: of what one node sends to another at one time before `eff`. Default: none. */
  readonly delays?: number;
  /** The most duplicates: of what one node sends to another at one time before `eff`. Default: none. */
  readonly duplicates?: number;
  /** The most timesteps by which a delay or a duplicate is late; it arrives by `eot` in any case. Default: 1. */
  readonly longestDelay?: number;
  /** A crash happens at a time before this, and an outage is over by it. Default: EOT, which is the most. */
  readonly crashesBefore?: number;
  /**
   * The most messages that still leave a node which crashes in the midst of a timestep. Default: none, so that nodes crash
   * between timesteps only.
   */
  readonly withinStep?: number;
  /** The most faults of all kinds together. Default: as many as the other bounds admit. */
  readonly faults?: number;
}

/** Bounds of faults that authors give a name and a meaning to. */
export interface AuthorsBounds {
  /**
   * The most of each fault that the author names, by its name: each happens at a node and a time before `eff`, where
   * `context.fault` or the relation `fault` asks. Default: none of any.
   */
  readonly named?: Readonly<Record<string, number>>;
}

export type BoundName = keyof NamedBounds;

/** What an author may name a fault. */
export const FAULT_NAME = /^[A-Za-z][\w-]*$/;

/** As {@link FAULT_NAME} has it, in words. */
export const FAULT_NAME_EXPECTED = 'a letter, and then letters, digits, `_` or `-`';

/** Whether something is the most of each fault that an author names. */
export function isNamedFaults(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([name, most]) => FAULT_NAME.test(name) && Number.isSafeInteger(most) && (most as number) >= 0,
    )
  );
}

export const NAMED_FAULTS_EXPECTED =
  'an object of names of faults, each with the most of it, such as { unsynced: 1 }';

/** What the bound of a fault that an author names begins with, before its name. */
export const AUTHORS_BOUND = 'fault';

/** By what it is told when partitions are over. */
type PartitionTimes = Pick<Bounds, 'eot' | 'eff' | 'partitionsBefore'>;

interface NamedBound {
  /** Where it is not given. */
  readonly fallback: number;
  readonly least: number;
  /** The most that makes sense. Default: anything does. */
  readonly most?: (eot: number) => number;
  /** What an option for it is told of. */
  readonly help: string;
  /** What it says where it is not the default, within other bounds. */
  readonly inWords: (value: number, within: PartitionTimes) => string;
}

/** In the order in which they are written. */
export const NAMED_BOUNDS: Readonly<Record<BoundName, NamedBound>> = {
  omissions: {
    fallback: Infinity,
    least: 0,
    help: 'the most omissions (default: as many as there are)',
    inWords: (value, { eff }) => mostBefore(value, 'omission', eff),
  },
  restarts: {
    fallback: 0,
    least: 0,
    help: 'the most outages, after which a node starts again (default: none)',
    inWords: (value) => most(value, 'outage'),
  },
  pauses: {
    fallback: 0,
    least: 0,
    help: 'the most pauses, in which a node does nothing and loses nothing (default: none)',
    inWords: (value, { eff }) => mostBefore(value, 'pause', eff),
  },
  partitions: {
    fallback: 0,
    least: 0,
    help: 'the most partitions of nodes into two groups (default: none)',
    inWords: (value, within) =>
      isLasting(within) ? most(value, 'partition') : mostBefore(value, 'partition', within.eff),
  },
  partitionsBefore: {
    fallback: 0,
    least: 1,
    most: (eot) => eot,
    help: 'partitions may last until this time, for ever where it is EOT (default: EFF)',
    inWords: (value, { eot }) =>
      value >= eot ? 'partitions that may last for ever' : `partitions over by time ${value}`,
  },
  delays: {
    fallback: 0,
    least: 0,
    help: 'the most delays (default: none)',
    inWords: (value, { eff }) => mostBefore(value, 'delay', eff),
  },
  duplicates: {
    fallback: 0,
    least: 0,
    help: 'the most duplicates (default: none)',
    inWords: (value, { eff }) => mostBefore(value, 'duplicate', eff),
  },
  longestDelay: {
    fallback: 1,
    least: 1,
    most: (eot) => Math.max(1, eot - 2),
    help: 'the most timesteps by which a delay or a duplicate is late (default: 1)',
    inWords: (value) => `late by at most ${value} timesteps`,
  },
  crashesBefore: {
    fallback: Infinity,
    least: 1,
    most: (eot) => eot,
    help: 'crashes and outages are admissible before this time (default: EOT)',
    inWords: (value) => `crashes and outages before time ${value}`,
  },
  withinStep: {
    fallback: 0,
    least: 0,
    help: 'the most messages that leave a node which crashes within a timestep (default: it crashes between two)',
    inWords: (value) => `crashes within a timestep after at most ${value} message${value === 1 ? '' : 's'}`,
  },
  faults: {
    fallback: Infinity,
    least: 0,
    help: 'the most faults of all kinds together (default: as many as the others admit)',
    inWords: (value) => (value === 0 ? most(value, 'fault') : `${most(value, 'fault')} in all`),
  },
};

/** Whether partitions may go on after EFF. */
function isLasting(within: PartitionTimes): boolean {
  return endOfPartitions(within) > within.eff;
}

function mostBefore(value: number, fault: string, eff: number): string {
  return value === 0 ? most(value, fault) : `${most(value, fault)} before time ${eff}`;
}

/** What the bound of a fault that an author names says, within an EFF. */
export function authorsBoundInWords(name: string, value: number, eff: number): string {
  return value === 0
    ? `no fault ${name}`
    : `fault ${name} at most ${value === 1 ? 'once' : `${value} times`} before time ${eff}`;
}

function most(value: number, fault: string): string {
  return value === 0 ? `no ${fault}s` : `at most ${value} ${fault}${value === 1 ? '' : 's'}`;
}

export const BOUND_NAMES = Object.keys(NAMED_BOUNDS) as readonly BoundName[];

/** Every bound, those that each check has first. */
export const ALL_BOUND_NAMES = ['eot', 'eff', 'crashes', ...BOUND_NAMES] as const;

/** A bound, or its default. */
export function boundOf(bounds: NamedBounds, name: BoundName): number {
  return bounds[name] ?? NAMED_BOUNDS[name].fallback;
}

/** The faults that authors name of which there may be any, with the most of each: by name in code-unit order. */
export function authorsBounds({
  named = {},
}: AuthorsBounds): readonly (readonly [name: string, most: number])[] {
  return Object.entries(named)
    .filter(([, most]) => most > 0)
    .sort(([a], [b]) => compareStrings(a, b));
}

/** The time before which crashes happen, and by which outages are over. */
export function endOfCrashes(bounds: Pick<Bounds, 'eot' | 'crashesBefore'>): number {
  return Math.min(bounds.eot, boundOf(bounds, 'crashesBefore'));
}

/** The time by which partitions are over. */
export function endOfPartitions(bounds: PartitionTimes): number {
  return Math.max(bounds.eff, Math.min(bounds.eot, boundOf(bounds, 'partitionsBefore')));
}

/** The same of a run that is shorter: what would reach beyond it reaches as far as it may. */
export function withinRun(bounds: Bounds, eot: number): Bounds {
  const shorter: { [name in BoundName]?: number } = {};
  for (const name of BOUND_NAMES) {
    const { most } = NAMED_BOUNDS[name];
    const value = bounds[name];
    if (most !== undefined && value !== undefined) shorter[name] = Math.min(value, most(eot));
  }
  return { ...bounds, eot, eff: Math.min(bounds.eff, eot - 1), ...shorter };
}

/** What a bound is called in headers and options: `longest-delay` for `longestDelay`. */
export function boundWord(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The named bounds that are not the default, in their order. */
export function namedBounds(bounds: NamedBounds): readonly (readonly [name: BoundName, value: number])[] {
  return BOUND_NAMES.filter((name) => boundOf(bounds, name) !== NAMED_BOUNDS[name].fallback).map(
    (name) => [name, boundOf(bounds, name)] as const,
  );
}

/** All bounds that are numbers and are to be said, in their order. */
export function boundEntries({
  eot,
  eff,
  crashes,
  ...named
}: Bounds): readonly (readonly [name: string, value: number])[] {
  return [['eot', eot], ['eff', eff], ['crashes', crashes], ...namedBounds(named)];
}
