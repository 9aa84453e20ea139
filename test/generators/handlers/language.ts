/**
 * Handler protocols as data: small programs over a fixed local state. Handlers themselves are functions, which
 * neither print nor shrink; these do both, and `interpret.ts` makes handlers of them, whatever they are.
 */
import type { Bounds } from '../../../src/injector/bounds.js';
import type { FaultSet } from '../../../src/injector/faults.js';

export const MESSAGES = ['ask', 'tell', 'done'] as const;
export const TIMERS = ['early', 'late'] as const;
export const COUNTERS = ['n', 'm'] as const;
export const FIELDS = ['n', 'm', 'flag', 'heard', 'log', 'notes'] as const;

/** Those that the random bounds admit. */
export const FAULTS = ['u', 'v'] as const;

export type FaultName = (typeof FAULTS)[number];
export type MessageName = (typeof MESSAGES)[number];
export type TimerName = (typeof TIMERS)[number];
export type Counter = (typeof COUNTERS)[number];
export type Field = (typeof FIELDS)[number];

/** Counters count modulo this. */
export const MODULUS = 3;
/** A log takes no more entries than these. */
export const LONGEST_LOG = 3;
/** Of each node no more is noted than these. */
export const LONGEST_NOTES = 2;

/** How a handler says what the next state is. */
export const STYLES = ['returns', 'changes'] as const;
export type Style = (typeof STYLES)[number];

/** Names of nodes: in a list, sorted, or in a set. */
export type Names = readonly string[] | ReadonlySet<string>;

/** What was noted of a node. */
export interface Note {
  readonly last: number;
  readonly all: readonly number[];
}

/** What every node holds, timers apart. */
export interface LocalState {
  readonly n: number;
  readonly m: number;
  readonly flag: boolean;
  readonly heard: Names;
  readonly log: readonly number[];
  /** By node. */
  readonly notes: ReadonlyMap<string, Note>;
}

/** A node as a handler names it; a number counts the nodes, round and round. `from` outside messages is oneself. */
export type Peer = number | 'self' | 'from' | 'next';

export type Numeric =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'counter'; readonly counter: Counter }
  | { readonly kind: 'time' }
  /** The message's number; 0 where there is no message. */
  | { readonly kind: 'value' }
  /** How many nodes were heard. */
  | { readonly kind: 'heard' }
  /** How many entries the log has. */
  | { readonly kind: 'logged' }
  /** What was last noted of a node; 0 where nothing was. */
  | { readonly kind: 'noted'; readonly peer: Peer }
  /** The sum of all that was noted. */
  | { readonly kind: 'total' }
  | (ElementsAsked & { readonly kind: 'count' })
  /** Timesteps until a timer fires; 0 where it is not set. */
  | { readonly kind: 'remaining'; readonly timer: TimerName }
  | { readonly kind: 'sum'; readonly left: Numeric; readonly right: Numeric };

export const CONTAINERS = ['heard', 'log', 'notes'] as const;
export type Container = (typeof CONTAINERS)[number];

/** What is asked of the elements of a container, each taken for a number: a node for its place, a note for its last value. */
export interface ElementsAsked {
  readonly of: Container;
  readonly operator: Operator;
  readonly value: number;
}

export type Condition =
  | (ElementsAsked & { readonly kind: 'some' | 'every' })
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Numeric; readonly right: Numeric }
  | { readonly kind: 'flag' }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'fault'; readonly name: FaultName }
  | { readonly kind: 'is'; readonly who: 'self' | 'from'; readonly peer: number }
  | { readonly kind: 'has heard'; readonly peer: Peer }
  | { readonly kind: 'not'; readonly condition: Condition };

export type Operator = '===' | '<' | '>=';

export function compare(operator: Operator, left: number, right: number): boolean {
  switch (operator) {
    case '===':
      return left === right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
  }
}

export const WALKED_BY = ['entries', 'keys', 'forEach'] as const;
export const DONE_IN_WALKS = ['take', 'take and add', 'add', 'clear', 'end'] as const;

/** Goes through a container, and does something to it at each element of which something is so. */
export interface Walk extends ElementsAsked {
  readonly kind: 'walk';
  readonly by: (typeof WALKED_BY)[number];
  readonly does: (typeof DONE_IN_WALKS)[number];
  /** Added to `heard` and to `notes`; to `log`, the entry. */
  readonly peer: Peer;
  readonly entry: Numeric;
}

export const ARRANGED_BY = [
  'sort',
  'reverse',
  'splice',
  'shift',
  'unshift',
  'fill',
  'copyWithin',
  'shorten',
] as const;
export type ArrangedBy = (typeof ARRANGED_BY)[number];

export type Statement =
  | Walk
  /** Does something to the order of the log. */
  | { readonly kind: 'arrange'; readonly by: ArrangedBy; readonly at: number; readonly entry: Numeric }
  | { readonly kind: 'assign'; readonly counter: Counter; readonly to: Numeric }
  | { readonly kind: 'flag'; readonly to: boolean }
  | { readonly kind: 'hear'; readonly peer: Peer }
  /** Hears all that the sender of the message had heard. */
  | { readonly kind: 'merge' }
  | { readonly kind: 'forget' }
  | { readonly kind: 'log'; readonly entry: Numeric }
  | { readonly kind: 'note'; readonly peer: Peer; readonly value: Numeric }
  /** The handler ends here. */
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'send';
      readonly to: Peer | 'others';
      readonly message: MessageName;
      readonly value: Numeric;
      /** Whether the message tells whom the node has heard. */
      readonly tellsHeard: boolean;
    }
  | { readonly kind: 'set'; readonly timer: TimerName; readonly timesteps: number }
  | { readonly kind: 'cancel'; readonly timer: TimerName }
  | {
      readonly kind: 'if';
      readonly condition: Condition;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    };

export type Body = readonly Statement[];

/** A test of one field of what a node shows, as a number: a flag is 0 or 1, a list its length. */
export interface FieldTest {
  readonly field: Field;
  readonly operator: Operator;
  readonly value: number;
}

/** Something that outcomes do or do not satisfy. */
export type Assertion =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'every' | 'some'; readonly among: Among; readonly test: FieldTest }
  | { readonly kind: 'agree'; readonly among: Among; readonly field: Field }
  | { readonly kind: 'at'; readonly node: number; readonly test: FieldTest }
  | { readonly kind: 'crashed'; readonly node: number }
  | { readonly kind: 'late'; readonly operator: Operator; readonly time: number }
  /** When a node went down, or started again; where it did not, that counts as 0. */
  | {
      readonly kind: 'downSince' | 'restarted';
      readonly node: number;
      readonly operator: Operator;
      readonly time: number;
    }
  | { readonly kind: 'quiet'; readonly timesteps: number }
  | { readonly kind: 'happened'; readonly fault: FaultSet[number]['kind'] | undefined }
  | { readonly kind: 'not'; readonly assertion: Assertion }
  | { readonly kind: 'or'; readonly left: Assertion; readonly right: Assertion };

/** `others`: those in the role of the others, and without roles all nodes but the first. */
export type Among = 'nodes' | 'correct' | 'others';

/** `explains`: where it fails, it says so in a sentence rather than by false. */
export type PropertyChoice =
  | {
      readonly kind: 'pre and post';
      readonly pre: Assertion;
      readonly post: Assertion;
      readonly explains: boolean;
    }
  | { readonly kind: 'always' | 'never'; readonly of: Assertion; readonly explains: boolean }
  /** A field of a node, by what it counts for, changes from one time to the next as the operator says. */
  | { readonly kind: 'step'; readonly field: Field; readonly operator: Operator; readonly explains: boolean }
  | {
      readonly kind: 'leads to';
      readonly when: Assertion;
      readonly then: Assertion;
      readonly within: number;
      readonly explains: boolean;
    };

/** What a property says of all nodes at one time. */
export function assertionsOf(property: PropertyChoice): readonly Assertion[] {
  switch (property.kind) {
    case 'pre and post':
      return [property.pre, property.post];
    case 'always':
    case 'never':
      return [property.of];
    case 'step':
      return [];
    case 'leads to':
      return [property.when, property.then];
  }
}

export interface ProtocolChoice {
  /** Whether all nodes but the first are in a role of their own, whose handlers are others. */
  readonly inRoles: boolean;
  /** Of handlers of messages, and of the others. */
  readonly styles: readonly [messages: Style, others: Style];
  /** Whether names of nodes are kept in sets. */
  readonly sets: boolean;
  /** The counter `n` starts out as this, or as the place of the node where `ranked`. */
  readonly initial: number;
  readonly ranked: boolean;
  /** What an outage leaves; undefined where there is no way to keep anything. */
  readonly keeps: readonly Field[] | undefined;
  readonly onStart: Body;
  readonly tickAtStart: boolean;
  readonly onTick: Body;
  readonly onTimer: Readonly<Record<TimerName, Body>>;
  readonly onMessage: Readonly<Record<MessageName, Body>>;
  /** What nodes show, beside the fields that the properties read; a lone field is shown bare. */
  readonly shows: readonly Field[];
  readonly properties: readonly PropertyChoice[];
}

export interface Size {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}
