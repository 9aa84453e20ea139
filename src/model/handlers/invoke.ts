/** One call of one handler: the next state, what it sends, which timers it leaves. Nothing is remembered here. */
import { Desk, type Send, type Setting } from './desk.js';
import { ValueOfState, type Readings } from './drafts/value.js';
import { UNANSWERED, type HandlerEvent } from './errors.js';
import type { TimerSet } from './locals.js';
import type { Recorded } from './operations/record.js';
import type { Canonical } from './plain.js';
import type { NodeCall } from './node-roles.js';
import type { AnyHandlers, MessageContext, MessageLike, Next } from './protocol.js';

/** Events that happen in a run. */
export type RunEvent = Extract<HandlerEvent, { kind: 'start' | 'restart' | 'tick' | 'timer' | 'message' }>;

export interface HandlerInvocation {
  readonly node: string;
  readonly time: number;
  readonly event: RunEvent;
  readonly state: unknown;
  readonly timers: TimerSet;
  readonly happens: Happening;
}

/** Whether what an author calls so happens at the node and the time of a call; undefined where that is not known. */
export type Happening = (name: string) => boolean | undefined;

/** What a call asked for that is not of its state: the time, or whether a fault happens. */
export type AskedFor =
  | { readonly kind: 'time'; readonly answer: number }
  | { readonly kind: 'fault'; readonly name: string; readonly answer: boolean };

/** A call that asked whether a fault happens, which was not known. */
export interface Unanswered {
  /** The name of the fault. */
  readonly asks: string;
}

export function isUnanswered(result: object): result is Unanswered {
  return 'asks' in result;
}

export interface Returned {
  /** Undefined where the state stays as it is. */
  readonly state: Canonical | undefined;
  /** In the order sent. */
  readonly sends: readonly Send[];
  readonly timers: TimerSet;
  /** What it recorded of operations. */
  readonly recorded: Recorded;
  /** In the order in which it was asked for, each thing once. */
  readonly asked: readonly AskedFor[];
  /** The timers that it asked for. */
  readonly readsTimers: readonly string[];
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
export function invoke(
  setting: Setting,
  invocation: HandlerInvocation,
  readings?: Readings,
): Returned | Unanswered {
  const { node, event, state: before, timers, time } = invocation;
  const handlers = setting.roles.handlersOf(node);
  const asked = new Map<string, AskedFor>();
  const readsTimers: string[] = [];
  // A handler may catch what is thrown into it.
  let open: string | undefined;
  const desk = new Desk(setting, {
    call: callOf(setting, invocation),
    source: new ValueOfState(before, ['state'], readings),
    root: setting.root,
    time: () => {
      asked.set('time', { kind: 'time', answer: time });
      return time;
    },
    remaining: (name) => {
      readsTimers.push(name);
      return Object.hasOwn(timers, name) ? timers[name] : undefined;
    },
    happens: (name) => {
      const answer = open === undefined ? invocation.happens(name) : undefined;
      if (answer === undefined) {
        open ??= name;
        throw UNANSWERED;
      }
      asked.set(`fault ${name}`, { kind: 'fault', name, answer });
      return answer;
    },
  });
  let returned: Next<unknown>;
  try {
    returned = desk.attempt(() => dispatch(handlers, event, desk.state, desk.context));
  } catch (error) {
    if (open === undefined) throw error;
  }
  if (open !== undefined) {
    desk.close();
    return { asks: open };
  }
  const left = desk.left(returned);
  const state = left && desk.canonical(left.next, 'the next state');
  desk.close();
  return {
    state,
    sends: desk.sends,
    timers: timersAfter(timers, desk.timers),
    recorded: desk.records,
    asked: [...asked.values()],
    readsTimers,
  };
}

function timersAfter(timers: TimerSet, changes: ReadonlyMap<string, number | undefined>): TimerSet {
  if (changes.size === 0) return timers;
  const after = new Map<string, number | undefined>([...Object.entries(timers), ...changes]);
  return Object.fromEntries([...after].filter((entry): entry is [string, number] => entry[1] !== undefined));
}

export function dispatch(
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

export function callOf(
  { roles }: Pick<Setting, 'roles'>,
  { node, time, event, state }: Pick<HandlerInvocation, 'node' | 'time' | 'event' | 'state'>,
): NodeCall {
  return roles.callAt(node, time, event, state);
}
