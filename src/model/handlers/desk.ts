/** What a handler has before it while it runs, whatever it runs in. */
import { FAULT_NAME } from '../bounds.js';
import { abandon } from './abandon.js';
import type { Draft } from './drafts/draft.js';
import { Drafts } from './drafts/drafts.js';
import type { StatePlace, StateSource } from './drafts/source.js';
import {
  HandlerError,
  isA,
  problemWithCall,
  problemWithData,
  UNANSWERED,
  type HandlerProblem,
} from './errors.js';
import { Getters } from './getters.js';
import type { OperationLike } from './operations/object-model.js';
import type { OperationRecord } from './operations/record.js';
import type { Canonical, PlainData } from './plain.js';
import type { NodeCall, NodeRoles } from './node-roles.js';
import type { Context, MessageContext, MessageLike, Timers } from './protocol.js';

/** What calls of the handlers of one protocol have in common. */
export interface Setting {
  readonly roles: NodeRoles;
  readonly nodes: readonly string[];
  readonly plain: PlainData;
  /** The place of the whole state, the same for all: places do not depend on what is there. */
  readonly root: StatePlace;
  /** The names of faults that were ever asked for, which each call adds to. */
  readonly asked: Set<string>;
  /** The types of the operations that were recorded. */
  readonly recorded: Set<string>;
}

/** A message as it was when it was sent, whatever the handler did to its object afterwards. */
export interface Send {
  readonly to: string;
  readonly message: Canonical;
}

/** What surrounds a call; of the state and the timers, as they were before it. */
export interface Around {
  readonly call: NodeCall;
  readonly source: StateSource;
  readonly root: StatePlace;
  readonly time: () => number;
  readonly remaining: (timer: string) => number | undefined;
  /** Whether what the author calls so happens. */
  readonly happens: (fault: string) => boolean;
  /** Told of each draft of the state. */
  readonly onDraft?: (draft: Draft) => void;
}

const clock = new Getters<Around>({ time: (around) => around.time() });

export class Desk {
  readonly sends: Send[] = [];
  /** What was recorded of operations. */
  readonly records: OperationRecord[] = [];
  readonly context: MessageContext<string, MessageLike>;
  /** The timers that were set, or cancelled. */
  readonly timers = new Map<string, number | undefined>();
  private open = true;
  private failure: HandlerError | undefined;
  /** The state, as the handler is given it. */
  readonly state: unknown;
  readonly drafts: Drafts;

  constructor(
    private readonly setting: Setting,
    private readonly around: Around,
  ) {
    this.context = this.newContext();
    this.drafts = new Drafts(
      around.source,
      () => this.problem({ kind: 'too late', what: 'state' }),
      around.onDraft,
    );
    this.state = this.drafts.state(around.root);
  }

  close(): void {
    this.open = false;
    this.drafts.close();
  }

  /** What a handler that returned something leaves, data or drafts; undefined where the state stays as it is. */
  left(returned: unknown): { readonly next: unknown } | undefined {
    const { changed } = this.drafts;
    if (returned === undefined && !changed) return undefined;
    if (returned !== undefined && returned !== this.state && changed) {
      abandon(returned);
      throw this.problem({ kind: 'two states' });
    }
    return { next: returned === undefined ? this.state : returned };
  }

  /** A misuse of the context is an error even where the handler catches it. */
  attempt<Value>(work: () => Value): Value {
    let value: Value;
    try {
      value = work();
    } catch (error) {
      if (error === UNANSWERED) throw error;
      // Of another call, whose context this one used.
      if (isA(error, HandlerError)) throw this.failure ?? error;
      throw this.failure ?? this.problem(problemWithCall(error));
    }
    if (this.failure !== undefined) throw this.failure;
    return value;
  }

  private newContext(): MessageContext<string, MessageLike> {
    const { node: self, event } = this.around.call;
    const { nodes, roles } = this.setting;
    const { around } = this;
    const context: Omit<Context<string, MessageLike>, 'time'> = {
      ...roles.contextOf(self),
      restarted: event.kind === 'restart',
      timers: Object.freeze<Timers>({
        set: (name, timesteps) => {
          this.setTimer(name, timesteps);
        },
        cancel: (name) => {
          this.assertMayAct();
          this.timers.set(name, undefined);
        },
        remaining: (name) => {
          return this.timers.has(name) ? this.timers.get(name) : around.remaining(name);
        },
      }),
      fault: (name) => this.fault(name),
      send: (to, message) => {
        this.send(to, message);
      },
      broadcast: (message) => {
        for (const to of nodes) if (to !== self) this.send(to, message);
      },
      invoke: (operation) => {
        this.invoke(operation);
      },
      complete: (result) => {
        this.assertOpen();
        this.records.push({ kind: 'complete', result: this.canonical(result, 'the result of an operation') });
      },
    };
    const from = event.kind === 'message' ? event.from : undefined;
    // A context of a timer or a tick is given to handlers that know no `from`.
    Object.defineProperty(context, 'from', { value: from });
    return Object.freeze(clock.define(context, around)) as MessageContext<string, MessageLike>;
  }

  private fault(name: string): boolean {
    this.assertOpen();
    if (typeof name !== 'string' || !FAULT_NAME.test(name)) throw this.problem({ kind: 'bad fault', name });
    this.setting.asked.add(name);
    return this.around.happens(name);
  }

  private send(to: string, message: MessageLike): void {
    this.assertMayAct();
    const { nodes, roles } = this.setting;
    if (!nodes.includes(to)) throw this.problem({ kind: 'unknown node', to, nodes });
    const types = Object.keys(roles.handlersOf(to).onMessage);
    const role = roles.of(to);
    const sent: unknown = message;
    if (typeof sent !== 'object' || sent === null)
      throw this.problem({ kind: 'unknown message', message, types, role });
    // The type that arrives, which is that of the copy.
    const canonical = this.canonical(message, 'a message');
    const copy = canonical.value as MessageLike;
    if (!types.includes(copy.type))
      throw this.problem({ kind: 'unknown message', message: copy, types, role });
    this.sends.push({ to, message: canonical });
  }

  private invoke(operation: OperationLike): void {
    this.assertOpen();
    const given: unknown = operation;
    if (typeof given !== 'object' || given === null || !('type' in given) || typeof given.type !== 'string')
      throw this.problem({ kind: 'bad operation', operation });
    this.setting.recorded.add(given.type);
    this.records.push({ kind: 'invoke', operation: this.canonical(operation, 'an operation') });
  }

  canonical(data: unknown, what: string): Canonical {
    try {
      return this.setting.plain.canonical(data, this.drafts);
    } catch (error) {
      if (error === UNANSWERED) throw error;
      abandon(data);
      throw isA(error, HandlerError) ? error : this.problem(problemWithData(error, what));
    }
  }

  private setTimer(name: string, timesteps: number): void {
    this.assertMayAct();
    const missing = this.setting.roles.handlersOf(this.around.call.node).onTimer === undefined;
    const valid = typeof name === 'string' && Number.isInteger(timesteps) && timesteps >= 1;
    if (missing || !valid) throw this.problem({ kind: 'bad timer', name, timesteps, missing });
    this.timers.set(name, timesteps);
  }

  /** What looks at elements may be asked of some that are not there. */
  private assertMayAct(): void {
    this.assertOpen();
    if (this.drafts.isLooking)
      throw new TypeError('Cannot send, or set a timer, while elements of the state are counted');
  }

  private assertOpen(): void {
    if (!this.open) throw this.problem({ kind: 'too late', what: 'context' });
  }

  private problem(problem: HandlerProblem): HandlerError {
    const error = new HandlerError(this.around.call, problem);
    this.failure ??= error;
    return error;
  }
}
