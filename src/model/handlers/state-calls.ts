/**
 * Calls that are about a node's state alone: what it begins in, what it keeps of it and starts again in, and what it shows of
 * it. Each is made twice, to see that it is a function, and remembered.
 */
import { abandon } from './abandon.js';
import {
  HandlerError,
  isA,
  problemWithCall,
  problemWithData,
  type HandlerCall,
  type HandlerProblem,
} from './errors.js';
import type { LocalId, Locals } from './locals.js';
import type { NodeRoles } from './node-roles.js';
import { firstDifference, unshared, type Canonical, type PlainData } from './plain.js';
import type { AnyHandlers } from './protocol.js';

/** A call that has not returned yet. */
export interface CallUnderWay {
  readonly call: HandlerCall;
  /** Makes the same call once more, to no effect. */
  readonly again: () => unknown;
}

/** What they have in common with all calls. */
export interface Caller {
  readonly nodes: readonly string[];
  readonly roles: NodeRoles;
  readonly locals: Locals;
  readonly plain: PlainData;
  /** The call being made. */
  underWay: CallUnderWay | undefined;
  /** Whether calls that are remembered are made once more all the same, and have to agree. */
  readonly repeating: boolean;
  /** Told of each distinct call. */
  readonly onCall: (repeat: () => void) => void;
  handlersOf(node: number): AnyHandlers;
  /** To be called before each call. */
  enter(call: CallUnderWay): void;
}

/** What a node kept of a state, and the state that it starts again in. */
interface Restored {
  readonly kept: Canonical;
  readonly local: LocalId;
}

export class StateCalls {
  /** The local states that nodes begin in. */
  private readonly initials: LocalId[] = [];
  private readonly observations: Map<LocalId, Canonical>[];
  /** What nodes restart in, by what they went down in. */
  private readonly restored: Map<LocalId, Restored>[];

  constructor(private readonly caller: Caller) {
    this.observations = caller.nodes.map(() => new Map<LocalId, Canonical>());
    this.restored = caller.nodes.map(() => new Map<LocalId, Restored>());
  }

  /** The local state that a node begins in. @throws HandlerError */
  initial(node: number): LocalId {
    const initial = (expected?: LocalId) => this.init(node, expected);
    return (this.initials[node] = this.remembered(this.initials[node], initial));
  }

  /**
   * The local state of a node that starts again, before it handles that: without timers, and of what it knew with what it kept.
   *
   * @param local the state that it went down in
   * @throws HandlerError
   */
  afterOutage(node: number, local: LocalId, time: number): LocalId {
    if (this.caller.handlersOf(node).keep === undefined) return this.initial(node);
    const restore = (expected?: Restored) => this.keepAndRestore(node, local, time, expected);
    const restored = this.remembered(this.restored[node].get(local), restore);
    this.restored[node].set(local, restored);
    return restored.local;
  }

  /** What the outside sees of a local state. @throws HandlerError */
  observe(node: number, local: LocalId, time: number): Canonical {
    const observations = this.observations[node];
    const known = observations.get(local);
    // Asked of every state at every time.
    if (known !== undefined && !this.caller.repeating) return known;
    const seen = this.remembered(known, (expected) => this.view(node, local, time, expected));
    observations.set(local, seen);
    return seen;
  }

  /** What is known already, or else what a call gives. @param call given what it has to give, where that is known */
  private remembered<Value>(known: Value | undefined, call: (expected?: Value) => Value): Value {
    if (known !== undefined) {
      if (this.caller.repeating) call(known);
      return known;
    }
    const made = call();
    this.caller.onCall(() => {
      call(made);
    });
    return made;
  }

  private init(node: number, expected?: LocalId): LocalId {
    const { nodes, roles, locals } = this.caller;
    const call = roles.callAt(nodes[node], 0, { kind: 'init' }, undefined);
    const init = () => this.caller.handlersOf(node).init(call.node, nodes);
    const state = this.twice(call, 'the initial state', init, this.stateOf(expected));
    return locals.id({ state, timers: {} });
  }

  private keepAndRestore(node: number, local: LocalId, time: number, expected?: Restored): Restored {
    const { locals } = this.caller;
    const kept = this.keep(node, local, time, expected?.kept);
    const state = this.restore(node, kept, time, this.stateOf(expected?.local));
    return { kept, local: locals.id({ state, timers: {} }) };
  }

  private keep(node: number, local: LocalId, time: number, expected?: Canonical): Canonical {
    const { nodes, roles, locals } = this.caller;
    const state = locals.get(local).state.value;
    const call = roles.callAt(nodes[node], time, { kind: 'keep' }, state);
    const tree = unshared(state);
    return this.twice(call, 'what is kept', () => this.caller.handlersOf(node).keep!(tree), expected);
  }

  private restore(node: number, { value: kept }: Canonical, time: number, expected?: Canonical): Canonical {
    const { nodes, roles } = this.caller;
    const call = roles.callAt(nodes[node], time, { kind: 'restore' }, kept);
    const restore = () => this.caller.handlersOf(node).restore!(kept, roles.contextOf(call.node));
    return this.twice(call, 'the restored state', restore, expected);
  }

  private view(node: number, local: LocalId, time: number, expected?: Canonical): Canonical {
    const { nodes, roles, locals } = this.caller;
    const state = locals.get(local).state.value;
    const call = roles.callAt(nodes[node], time, { kind: 'observe' }, state);
    const tree = unshared(state);
    const observe = () => this.caller.handlersOf(node).observe(tree, roles.contextOf(call.node));
    return this.twice(call, 'the observation', observe, expected);
  }

  private stateOf(local: LocalId | undefined): Canonical | undefined {
    return local === undefined ? undefined : this.caller.locals.get(local).state;
  }

  /** What a call gives twice, or once what is expected of it. @throws HandlerError */
  private twice(call: HandlerCall, what: string, work: () => unknown, expected?: Canonical): Canonical {
    const { caller } = this;
    const fail = (problem: HandlerProblem) => new HandlerError(call, problem);
    const once = () => attempt(work, fail);
    const canonical = () => canonicalOf(caller.plain, once(), what, fail);
    caller.enter({ call, again: once });
    const first = expected ?? canonical();
    assertSame(first, canonical(), what, fail);
    caller.underWay = undefined;
    return first;
  }
}

function attempt<Value>(work: () => Value, fail: (problem: HandlerProblem) => HandlerError): Value {
  try {
    return work();
  } catch (error) {
    throw isA(error, HandlerError) ? error : fail(problemWithCall(error));
  }
}

function canonicalOf(
  plain: PlainData,
  value: unknown,
  what: string,
  fail: (problem: HandlerProblem) => HandlerError,
): Canonical {
  try {
    return plain.canonical(value);
  } catch (error) {
    abandon(value);
    throw fail(problemWithData(error, what));
  }
}

function assertSame(
  a: Canonical,
  b: Canonical,
  what: string,
  fail: (problem: HandlerProblem) => HandlerError,
): void {
  if (a.text === b.text) return;
  const difference = firstDifference(a.value, b.value, what);
  throw fail({
    kind: 'impure',
    path: difference?.path ?? what,
    first: difference?.a,
    second: difference?.b,
  });
}
