/** One call of one handler: the next state, what it sends, which timers it leaves. Nothing is remembered here. */
import { abandon } from './abandon.js';
import { Drafts } from './drafts/drafts.js';
import { ValueOfState, type Readings } from './drafts/value.js';
import type { TimerSet } from './locals.js';
import {
  HandlerError,
  isA,
  problemWithCall,
  problemWithData,
  type HandlerCall,
  type HandlerEvent,
  type HandlerProblem,
} from './errors.js';
import type { Canonical, PlainData } from './plain.js';
import type { Context, Handlers, MessageContext, MessageLike, Next, Timers } from './protocol.js';

export type AnyHandlers = Handlers<string, unknown, MessageLike, unknown>;

/** Events that happen in a run. */
export type RunEvent = Extract<HandlerEvent, { kind: 'start' | 'restart' | 'tick' | 'timer' | 'message' }>;

export interface HandlerInvocation {
  readonly node: string;
  readonly time: number;
  readonly event: RunEvent;
  readonly state: unknown;
  readonly timers: TimerSet;
}

export interface Returned {
  /** Undefined where the state stays as it is. */
  readonly state: Canonical | undefined;
  /** In the order sent. */
  readonly sends: readonly Send[];
  readonly timers: TimerSet;
  /** Whether the handler looked at the time. */
  readonly readsTime: boolean;
  /** The timers that it asked for. */
  readonly readsTimers: readonly string[];
}

/** A message as it was when it was sent, whatever the handler did to its object afterwards. */
export interface Send {
  readonly to: string;
  readonly message: Canonical;
}

/** What calls of the handlers of one protocol have in common. */
export interface Setting {
  readonly handlers: AnyHandlers;
  readonly nodes: readonly string[];
  readonly plain: PlainData;
}

/** Whether there is a handler for events of a kind; messages and timers always need one. */
export function handles(handlers: AnyHandlers, kind: RunEvent['kind']): boolean {
  switch (kind) {
    case 'start':
    case 'restart':
      return handlers.onStart !== undefined;
    case 'tick':
      return handlers.onTick !== undefined;
    case 'timer':
    case 'message':
      return true;
  }
}

/** @param readings told what is read of the state @throws HandlerError */
export function invoke(setting: Setting, invocation: HandlerInvocation, readings?: Readings): Returned {
  const desk = new Desk(setting, invocation, readings);
  const returned = desk.attempt(() => dispatch(setting.handlers, invocation.event, desk.state, desk.context));
  const state = desk.nextState(returned);
  desk.close();
  return {
    state,
    sends: desk.sends,
    timers: desk.timers,
    readsTime: desk.readsTime,
    readsTimers: desk.readsTimers,
  };
}

function dispatch(
  handlers: AnyHandlers,
  event: RunEvent,
  state: unknown,
  context: MessageContext<string, MessageLike>,
): Next<unknown> {
  switch (event.kind) {
    case 'start':
    case 'restart':
      return handlers.onStart?.(state, context);
    case 'tick':
      return handlers.onTick?.(state, context);
    case 'timer':
      return handlers.onTimer?.(state, event.name, context);
    case 'message':
      return handlers.onMessage[event.message.type](state, event.message, context);
  }
}

/** What a handler has before it while it runs. */
class Desk {
  readonly sends: Send[] = [];
  readsTime = false;
  readonly readsTimers: string[] = [];
  readonly context: MessageContext<string, MessageLike>;
  private current: Record<string, number>;
  private open = true;
  private failure: HandlerError | undefined;
  /** The state, as the handler is given it. */
  readonly state: unknown;
  private readonly drafts: Drafts;

  constructor(
    private readonly setting: Setting,
    private readonly invocation: HandlerInvocation,
    readings: Readings | undefined,
  ) {
    this.current = { ...invocation.timers };
    this.context = this.newContext();
    this.drafts = new Drafts(
      new ValueOfState(invocation.state, ['state'], readings),
      (draft) => {
        setting.plain.substitute(draft.proxy, () => draft.contents());
      },
      () => this.problem({ kind: 'too late', what: 'state' }),
    );
    this.state = this.drafts.state();
  }

  get timers(): TimerSet {
    return this.current;
  }

  close(): void {
    this.open = false;
    this.drafts.close();
  }

  /** What a handler that returned something leaves: that, or what it made of the state that it was given. */
  nextState(returned: unknown): Canonical | undefined {
    const { changed } = this.drafts;
    if (returned === undefined && !changed) return undefined;
    if (returned !== undefined && returned !== this.state && changed) {
      abandon(returned);
      throw this.problem({ kind: 'two states' });
    }
    return this.canonical(returned === undefined ? this.state : returned, 'the next state');
  }

  /** A misuse of the context is an error even where the handler catches it. */
  attempt<Value>(work: () => Value): Value {
    let value: Value;
    try {
      value = work();
    } catch (error) {
      // Of another call, whose context this one used.
      if (isA(error, HandlerError)) throw this.failure ?? error;
      throw this.failure ?? this.problem(problemWithCall(error));
    }
    if (this.failure !== undefined) throw this.failure;
    return value;
  }

  private newContext(): MessageContext<string, MessageLike> {
    const { node: self, event } = this.invocation;
    const { nodes } = this.setting;
    const lookAtTime = () => this.lookAtTime();
    const context: Context<string, MessageLike> = {
      self,
      nodes,
      restarted: event.kind === 'restart',
      get time() {
        return lookAtTime();
      },
      timers: Object.freeze<Timers>({
        set: (name, timesteps) => {
          this.setTimer(name, timesteps);
        },
        cancel: (name) => {
          this.assertOpen();
          this.current = Object.fromEntries(Object.entries(this.current).filter(([other]) => other !== name));
        },
        remaining: (name) => {
          this.readsTimers.push(name);
          return Object.hasOwn(this.current, name) ? this.current[name] : undefined;
        },
      }),
      send: (to, message) => {
        this.send(to, message);
      },
      broadcast: (message) => {
        for (const to of nodes) if (to !== self) this.send(to, message);
      },
    };
    const from = event.kind === 'message' ? event.from : undefined;
    // A context of a timer or a tick is given to handlers that know no `from`.
    return Object.freeze(Object.defineProperty(context, 'from', { value: from })) as MessageContext<
      string,
      MessageLike
    >;
  }

  private lookAtTime(): number {
    this.readsTime = true;
    return this.invocation.time;
  }

  private send(to: string, message: MessageLike): void {
    this.assertOpen();
    const { nodes, handlers } = this.setting;
    if (!nodes.includes(to)) throw this.problem({ kind: 'unknown node', to, nodes });
    const types = Object.keys(handlers.onMessage);
    const sent: unknown = message;
    if (typeof sent !== 'object' || sent === null)
      throw this.problem({ kind: 'unknown message', message, types });
    // The type that arrives, which is that of the copy.
    const canonical = this.canonical(message, 'a message');
    const copy = canonical.value as MessageLike;
    if (!types.includes(copy.type)) throw this.problem({ kind: 'unknown message', message: copy, types });
    this.sends.push({ to, message: canonical });
  }

  private canonical(data: unknown, what: string): Canonical {
    try {
      return this.setting.plain.canonical(data);
    } catch (error) {
      abandon(data);
      throw isA(error, HandlerError) ? error : this.problem(problemWithData(error, what));
    }
  }

  private setTimer(name: string, timesteps: number): void {
    this.assertOpen();
    const missing = this.setting.handlers.onTimer === undefined;
    const valid = typeof name === 'string' && Number.isInteger(timesteps) && timesteps >= 1;
    if (missing || !valid) throw this.problem({ kind: 'bad timer', name, timesteps, missing });
    this.current = { ...this.current, [name]: timesteps };
  }

  private assertOpen(): void {
    if (!this.open) throw this.problem({ kind: 'too late', what: 'context' });
  }

  private problem(problem: HandlerProblem): HandlerError {
    const error = new HandlerError(callOf(this.invocation), problem);
    this.failure ??= error;
    return error;
  }
}

export function callOf({ node, time, event, state }: HandlerInvocation): HandlerCall {
  return { node, time, event, state };
}
