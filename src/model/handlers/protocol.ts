/**
 * A protocol as node handlers: deterministic functions of a node, its local state and an event, and properties
 * of what the outside can see of all nodes. State, messages and observations are plain data: `null`, booleans,
 * finite numbers, strings, `undefined`, and arrays, objects, sets and maps of these.
 *
 * Handlers return the next state, or change what they are given in place of the state, which itself stays as it was:
 * one call with the same input stands for every run in which that input occurs.
 */
import type { SourceSpan } from '../diagnostics/source.js';
import type { AnyObjectModel, Operations } from './operations/object-model.js';

/** What every message has: its type, which names the handler that receives it. */
export interface MessageLike {
  readonly type: string;
}

/** A type that stands where a value is expected; see {@link type}. */
export interface TypeOf<Type> {
  readonly typeOf?: (value: Type) => Type;
}

/** Gives a type to a place that the compiler cannot infer it from: `messages: type<Message>()`. */
export function type<Type>(): TypeOf<Type> {
  return {};
}

/** What a handler may use beside its state. Only what it sends and returns, and its timers, have an effect. */
export interface Context<
  Node extends string,
  Message extends MessageLike,
  Recorded extends Operations = Operations,
> {
  /** The node that the handler runs on. */
  readonly self: Node;
  /** All nodes, in the scenario's order, this one included. */
  readonly nodes: readonly Node[];
  /** The logical timestep, from 1. */
  readonly time: number;
  /** Whether this is `onStart`, called because the node starts again after an outage. */
  readonly restarted: boolean;
  readonly timers: Timers;
  /**
   * Whether what the author calls so happens to this node now: false, but for fault sets in which it does. How often that may
   * be is a bound, `named: { unsynced: 1 }`; without one it never happens.
   */
  readonly fault: (name: string) => boolean;
  /**
   * Sends a message, which arrives at the next timestep unless its channel-time fails. A message to the node
   * itself is never lost. Messages of one node to another arrive in the order in which they were sent.
   */
  readonly send: (to: Node, message: Message) => void;
  /** Sends a message to every other node. */
  readonly broadcast: (message: Message) => void;
  /**
   * Records that an operation begins here, on an object that a property says is `linearizable`. A node has one at a time: to
   * begin another gives up the one that has not come to its end, which may or may not take effect at any later time.
   */
  readonly invoke: (operation: Recorded['operation']) => void;
  /** Records that the operation which was begun here last has come to its end. @param result what it gave */
  readonly complete: (result?: Recorded['result']) => void;
}

/** The context of a message's handler. */
export interface MessageContext<
  Node extends string,
  Message extends MessageLike,
  Recorded extends Operations = Operations,
> extends Context<Node, Message, Recorded> {
  /** Who sent the message. */
  readonly from: Node;
}

/** The timers of one node, by name. They are part of its local state. */
export interface Timers {
  /** Lets `onTimer` run in so many timesteps, at least one; a timer of the same name is set anew. */
  readonly set: (name: string, timesteps: number) => void;
  readonly cancel: (name: string) => void;
  /** Timesteps until a timer fires; undefined where none of that name is set. */
  readonly remaining: (name: string) => number | undefined;
}

/**
 * What a handler returns: the next state, which is of the type that `init` gives; or nothing where that stays as it is,
 * or is what the handler made of it.
 */
// `void`, so that a handler that never returns a state need not say so.
// oxlint-disable-next-line typescript/no-invalid-void-type
export type Next<State> = NoInfer<State> | void | BeforeStateIsKnown<State>;

/**
 * Nothing at all, of a state whose type is known. But the compiler looks at what handlers return before it knows that
 * type, and widens `role: 'primary'` to a string unless a literal is among what is expected there.
 */
type BeforeStateIsKnown<State> = State extends unknown ? never : Literals;
type Literals = '' | 0 | false | readonly [Literals?] | { readonly [field: string]: Literals };

/** What is known of a node where nothing happens to it. */
export type NodeContext<Node extends string> = Pick<Context<Node, MessageLike>, 'self' | 'nodes'>;

/**
 * What the nodes do. At each timestep a node that is not down handles its start (at time 1) or a tick, then
 * the timers that are due, by name, then the messages that arrive: by sender, in the scenario's order of nodes,
 * and from one sender in the order sent. A node that has crashed does nothing any more. One that had an outage has forgotten
 * its timers and its state but for what it kept, and handles its start again, in place of a tick.
 */
export interface Handlers<
  Node extends string,
  State,
  Message extends MessageLike,
  Observation,
  Kept = unknown,
  Recorded extends Operations = Operations,
> {
  /** The type of messages: `type<Message>()`. */
  readonly messages: TypeOf<Message>;
  /** The type of the operations that handlers record: `type<RegisterOperations<number>>()`. Default: any. */
  readonly operations?: TypeOf<Recorded>;
  /** The local state before time 1. */
  init(node: Node, nodes: readonly Node[]): State;
  /** What of a state outlives an outage, as what is on disk does. Default: nothing. It goes with `restore`. */
  keep?(state: State): Kept;
  /** The local state of a node that starts again, before it handles that. Default: that of `init`. */
  restore?(kept: Kept, context: NodeContext<Node>): State;
  /** At time 1, and at the end of an outage: `context.restarted` tells which. */
  onStart?(state: State, context: Context<Node, Message, Recorded>): Next<State>;
  /** Whether `onTick` is called at the start too, after `onStart`, so that it does what is done at every timestep. Default: not. */
  readonly tickAtStart?: boolean;
  /** At every other time. */
  onTick?(state: State, context: Context<Node, Message, Recorded>): Next<State>;
  /** By the type of message. */
  readonly onMessage: MessageHandlers<Node, State, Message, Recorded>;
  /** When a timer fires. */
  onTimer?(state: State, name: string, context: Context<Node, Message, Recorded>): Next<State>;
  /** What the outside, and with it the specification, can see of a node. */
  observe(state: State, context: NodeContext<Node>): Observation;
}

export type MessageHandlers<
  Node extends string,
  State,
  Message extends MessageLike,
  Recorded extends Operations = Operations,
> = {
  readonly [Type in Message['type']]: (
    state: State,
    message: Extract<Message, { readonly type: Type }>,
    context: MessageContext<Node, Message, Recorded>,
  ) => Next<State>;
};

/** What the outside sees of one node. */
export interface NodeView<Node extends string, Observation> {
  readonly node: Node;
  /** Of a node that is down, what it last showed. */
  readonly observed: Observation;
  /** Whether it is down at that time: it has crashed, or has an outage. */
  readonly crashed: boolean;
  /** The time from which on it is down; undefined where it is not. */
  readonly downSince: number | undefined;
  /** The time at which it last started again after an outage; undefined where it never did. */
  readonly restarted: number | undefined;
}

/** What is known of one time, beside what nodes show. */
export interface Moment {
  /** The logical timestep, from 1. */
  readonly time: number;
  /**
   * Whether no fault happened in the last timesteps, this one included. What goes on happens all the while; a crash
   * happens once.
   *
   * @param timesteps a whole number from 0
   * @throws RangeError for another
   */
  readonly quiet: (timesteps: number) => boolean;
  /**
   * Whether any fault has happened up to this time.
   *
   * @param kind of fault, such as `partition`; default any
   * @throws RangeError when there is no such kind
   */
  readonly happened: (kind?: string) => boolean;
}

/** What the outside sees of all nodes at one time. */
export interface HandlerOutcome<Node extends string, Observation> extends Moment {
  /** In the scenario's order. */
  readonly nodes: readonly NodeView<Node, Observation>[];
  /** Those that are not down. */
  readonly correct: readonly NodeView<Node, Observation>[];
  /** @throws RangeError when there is no such node */
  readonly at: (node: Node) => NodeView<Node, Observation>;
}

/** Whether a property holds: true, or false, or a sentence that says why it does not. */
export type Judgement = boolean | string;

/** Whether something is so that is not to be: false, or true, or a sentence that says what is so. */
export type Occurrence = boolean | string;

/** What has to hold of runs, in one of six forms; see {@link PropertyOf}. */
export type Property<Node extends string, Observation> = PropertyOf<HandlerOutcome<Node, Observation>>;

/** A property, by what it is shown of all nodes: an outcome, or two successive views of one node. */
export type PropertyOf<Outcome extends { readonly nodes: readonly unknown[] }> =
  /** At EOT: where `pre` holds, `post` has to. */
  | { pre(outcome: Outcome): boolean; post(outcome: Outcome): Judgement }
  /** It has to hold at every timestep. */
  | { always(outcome: Outcome): Judgement }
  /** It must not hold at any timestep. */
  | { never(outcome: Outcome): Occurrence }
  /** It has to hold of every node, from each timestep to the next: what only grows, or never goes back. */
  | { step(before: Outcome['nodes'][number], after: Outcome['nodes'][number]): Judgement }
  /** What has to follow within some timesteps. */
  | { readonly leadsTo: LeadsTo<Outcome> }
  /**
   * The operations that nodes record have to be such that each might have taken effect at once, at some time from its
   * beginning to its end. Those at different nodes at the same timestep may have done so in any order.
   */
  | { readonly linearizable: AnyObjectModel };

/**
 * Whenever `when` holds at a time from which `within` timesteps are left until EOT, `then` has to hold at that time, or at
 * one of so many timesteps after it. `then` is asked only where `when` has held, and it has not held since.
 */
export interface LeadsTo<Outcome> {
  when(outcome: Outcome): boolean;
  then(outcome: Outcome): Judgement;
  /** In timesteps, a whole number from 0. Where it is EOT or more, the property is never asked. */
  readonly within: number;
}

/** Properties by name. */
export type Specification<Node extends string, Observation> = Readonly<
  Record<string, Property<Node, Observation>>
>;

/** Handlers of which it is no longer known what their types were. */
export type AnyHandlers = Handlers<string, unknown, MessageLike, unknown>;

/** Handlers and their specification, as the checker runs them. */
export type HandlerProtocol = SpecifiedHandlers & (HandlersOfAll | HandlersByRole);

interface SpecifiedHandlers {
  readonly kind: 'handlers';
  readonly specification: Specification<string, unknown>;
  /** The line that defined it, for complaints: of a source whose text is not known yet. */
  readonly span?: SourceSpan;
}

interface HandlersOfAll {
  readonly handlers: AnyHandlers;
  readonly roles?: undefined;
}

interface HandlersByRole {
  readonly handlers?: undefined;
  readonly roles: Readonly<Record<string, AnyHandlers>>;
  /** The nodes of each role. */
  readonly placement: Readonly<Record<string, readonly string[]>>;
}
