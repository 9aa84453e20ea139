/** What goes wrong in handlers themselves: always told with the node, the time, the event and the state. */
import type { Condition } from '../algebra.js';
import { BudgetError } from '../budget-error.js';
import { NotPlain, TooLong } from './plain.js';
import type { MessageLike } from './protocol.js';

/** What a handler handles. The last four are no events of a run, but calls that can fail all the same. */
export type HandlerEvent =
  | { readonly kind: 'init' }
  | { readonly kind: 'start' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'timer'; readonly name: string }
  | { readonly kind: 'message'; readonly from: string; readonly message: MessageLike }
  | { readonly kind: 'keep' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'observe' }
  | { readonly kind: 'property'; readonly name: string; readonly part: PropertyPart };

/** The function of a property that was called. */
export type PropertyPart = 'pre' | 'post' | 'always' | 'never' | 'step' | 'when' | 'then' | 'linearizable';

/** Thrown into a call that asks what is not known yet, which is no failure of it: it is made anew when that is known. */
export const UNANSWERED = new Error('what the call asks is not known yet');

/** One call of a handler. */
export interface HandlerCall {
  /** Undefined for a property, which sees all nodes. */
  readonly node: string | undefined;
  /** The role of the node, where there are roles. */
  readonly role?: string;
  /** 0 for `init`, which comes before time 1. */
  readonly time: number;
  readonly event: HandlerEvent;
  /** The local state before; of a property, what it was shown, or what the model was asked. Undefined for `init`. */
  readonly state: unknown;
}

/** What was wrong with a call of a handler, or with what it returned. */
export type HandlerProblem =
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'forbidden'; readonly error: Forbidden }
  /** A second call with the same input gave something else. */
  | { readonly kind: 'impure'; readonly path: string; readonly first: unknown; readonly second: unknown }
  /** `what`: the next state, a message, an observation. */
  | {
      readonly kind: 'not plain';
      readonly what: string;
      readonly path: string;
      readonly found: string;
      readonly hint: string;
    }
  /** `length`: of its text, which is more than may be. */
  | { readonly kind: 'too long'; readonly what: string; readonly length: number }
  | { readonly kind: 'unknown node'; readonly to: unknown; readonly nodes: readonly string[] }
  /** `types`: those that the destination receives; `role`: that of the destination, where there are roles. */
  | {
      readonly kind: 'unknown message';
      readonly message: unknown;
      readonly types: readonly string[];
      readonly role: string | undefined;
    }
  | {
      readonly kind: 'bad timer';
      readonly name: unknown;
      readonly timesteps: unknown;
      readonly missing: boolean;
    }
  /** Asked for a fault by what is no name of one. */
  | { readonly kind: 'bad fault'; readonly name: unknown }
  /** Begins an operation by what is none. */
  | { readonly kind: 'bad operation'; readonly operation: unknown }
  /** A node came to the end of an operation, and had begun none. */
  | { readonly kind: 'nothing begun'; readonly node: string; readonly result: unknown }
  | { readonly kind: 'no judgement'; readonly returned: unknown }
  /** The state was changed, and another returned. */
  | { readonly kind: 'two states' }
  /** The context, or the state, was used after the handler had returned. */
  | { readonly kind: 'too late'; readonly what: 'context' | 'state' }
  | { readonly kind: 'endless' };

/**
 * What no function of its input uses, such as a clock. Whoever runs the handlers sees to it that this is thrown; its
 * stack leads to the line that used it.
 */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';

  /**
   * @param what was used, as one writes it: `Date.now()`
   * @param instead a hint
   */
  constructor(
    readonly what: string,
    readonly instead: string,
  ) {
    super(`uses ${what}`);
  }
}

/** What is wrong with a call that threw something. */
export function problemWithCall(error: unknown): HandlerProblem {
  return isA(error, Forbidden) ? { kind: 'forbidden', error } : { kind: 'threw', error };
}

/**
 * What was wrong with data that has no canonical form.
 *
 * @param error what was thrown when it was looked at, by a proxy perhaps
 * @param what the data is
 */
export function problemWithData(error: unknown, what: string): HandlerProblem {
  if (isA(error, TooLong)) return { kind: 'too long', what, length: error.length };
  if (!isA(error, NotPlain)) return problemWithCall(error);
  const { path, found, hint } = error;
  return { kind: 'not plain', what, path, found, hint };
}

/** A protocol has more local states than it may have: they multiply where runs do not converge. */
export class TooManyLocalStates extends BudgetError {
  override readonly name = 'TooManyLocalStates';

  constructor(readonly limit: number) {
    super(`the budget of ${limit} local states ended`);
  }
}

/** A call of a handler that failed. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';

  /** @param condition under which fault sets the call happens, in the algebra of the run; undefined for all */
  constructor(
    readonly call: HandlerCall,
    readonly problem: HandlerProblem,
    readonly condition?: Condition,
  ) {
    super(`${describeCall(call)}: ${describeProblem(problem)}`);
  }

  /** The same failure, of which it is known when it happens. */
  under(condition: Condition): HandlerError {
    const known = new HandlerError(this.call, this.problem, condition);
    // The stack leads to the line of the handler.
    if (this.stack !== undefined) known.stack = this.stack;
    return known;
  }
}

/** `onMessage.vote of a at time 3` */
export function describeCall({ node, time, event }: HandlerCall): string {
  const handler = handlerName(event);
  if (node === undefined) return `${handler} at time ${time}`;
  return event.kind === 'init' ? `${handler} of ${node}` : `${handler} of ${node} at time ${time}`;
}

/** How the author of the protocol finds the handler. */
export function handlerName(event: HandlerEvent): string {
  switch (event.kind) {
    case 'init':
    case 'keep':
    case 'restore':
    case 'observe':
      return event.kind;
    case 'start':
    case 'restart':
      return 'onStart';
    case 'tick':
      return 'onTick';
    case 'timer':
      return `onTimer "${event.name}"`;
    case 'message':
      return `onMessage.${event.message.type}`;
    case 'property':
      return `\`${event.part}\` of property ${event.name}`;
  }
}

/** Where a scenario has the handler of an event. @param role that of the node, where there are roles */
export function handlerField(event: HandlerEvent, role: string | undefined): readonly string[] {
  const handlers = role === undefined ? ['handlers'] : ['roles', role];
  switch (event.kind) {
    case 'init':
    case 'keep':
    case 'restore':
    case 'observe':
      return [...handlers, event.kind];
    case 'start':
    case 'restart':
      return [...handlers, 'onStart'];
    case 'tick':
      return [...handlers, 'onTick'];
    case 'timer':
      return [...handlers, 'onTimer'];
    case 'message':
      return [...handlers, 'onMessage', event.message.type];
    case 'property': {
      const isOfLeadsTo = event.part === 'when' || event.part === 'then';
      return ['specification', event.name, ...(isOfLeadsTo ? ['leadsTo'] : []), event.part];
    }
  }
}

export function describeProblem(problem: HandlerProblem): string {
  switch (problem.kind) {
    case 'threw':
      return `threw ${thrownText(problem.error) ?? show(problem.error)}`;
    case 'forbidden':
      return problem.error.message;
    case 'impure':
      return `called twice with the same input, it gave ${show(problem.first)} and then ${show(problem.second)} in ${problem.path}`;
    case 'not plain':
      return `${problem.what} is no plain data: ${problem.path === '' ? 'it' : problem.path} is ${problem.found}`;
    case 'too long':
      return `${problem.what} has ${problem.length} characters`;
    case 'unknown node':
      return `sends to ${show(problem.to)}, which is no node`;
    case 'unknown message':
      return `sends ${show(problem.message)}, which no handler receives`;
    case 'bad timer':
      return problem.missing
        ? `sets the timer ${show(problem.name)}, but there is no onTimer`
        : `sets the timer ${show(problem.name)} to ${show(problem.timesteps)} timesteps`;
    case 'bad fault':
      return `asks for the fault ${show(problem.name)}`;
    case 'bad operation':
      return `begins the operation ${show(problem.operation)}`;
    case 'nothing begun':
      return `${problem.node} completes an operation, and has begun none`;
    case 'no judgement':
      return `returned ${show(problem.returned)}`;
    case 'too late':
      return `used its ${problem.what} after it had returned`;
    case 'two states':
      return 'changed its state and returned another';
    case 'endless':
      return 'did not return';
  }
}

/** Any value in a line. */
export function show(value: unknown): string {
  return (
    attempt(() => JSON.stringify(value)) ?? attempt(() => String(value)) ?? 'a value that cannot be shown'
  );
}

/** An error as it says itself; undefined for other values, and for errors that do not let themselves be read. */
export function thrownText(error: unknown): string | undefined {
  return attempt(() => (error instanceof Error ? String(error) : undefined));
}

/** As `instanceof`, of which a proxy that an author throws may make anything. */
export function isA<Type extends object>(
  value: unknown,
  type: abstract new (...parameters: never[]) => Type,
): value is Type {
  return attempt(() => value instanceof type) === true;
}

/** Undefined where an author's own getters, proxies or conversions throw. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
