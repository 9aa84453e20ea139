/** Makes handlers of protocols that are data. */
import {
  type,
  type Context,
  type AnyHandlers,
  type HandlerProtocol,
  type MessageLike,
  type Timers,
} from '../../../src/model/handlers/protocol.js';
import { countElements, every, some } from '../../../src/model/quantifiers.js';
import { change as changeInPlace, changed, type Change } from './changes.js';
import {
  MESSAGES,
  MODULUS,
  TIMERS,
  compare,
  type Body,
  type Condition,
  type Container,
  type ElementsAsked,
  type LocalState,
  type Names,
  type Note,
  type Numeric,
  type Peer,
  type ProtocolChoice,
  type Statement,
  type Style,
} from './language.js';
import { interpretProperties, observerOf } from './properties.js';

interface Told extends MessageLike {
  readonly value: number;
  readonly heard?: Names;
}

type Plain = Exclude<Statement, { readonly kind: 'if' | 'stop' }>;

/** What a body can read, beside the state. */
interface Surroundings {
  readonly self: string;
  readonly from: string;
  readonly nodes: readonly string[];
  readonly time: number;
  readonly restarted: boolean;
  readonly fault: (name: string) => boolean;
  readonly timers: Timers;
  readonly send: (to: string, message: Told) => void;
  readonly message: Told | undefined;
}

/** @param nodes of which all but the first may be in a role of their own */
export function handlerProtocol(choice: ProtocolChoice, nodes: readonly string[]): HandlerProtocol {
  const specification = interpretProperties(choice);
  if (!choice.inRoles) return { kind: 'handlers', handlers: interpretHandlers(choice), specification };
  const [first, ...others] = nodes;
  return {
    kind: 'handlers',
    roles: { asker: interpretHandlers(choice), answerer: interpretHandlers(ofOthers(choice)) },
    placement: { asker: [first], answerer: others },
    specification,
  };
}

/** What is done by those in the other role: they keep nothing, let no time pass, and take one message for another. */
function ofOthers(choice: ProtocolChoice): ProtocolChoice {
  const { ask, tell, done } = choice.onMessage;
  return {
    ...choice,
    initial: 1 - choice.initial,
    sets: !choice.sets,
    keeps: undefined,
    onTick: [],
    onMessage: { ask, tell: done, done: tell },
  };
}

function interpretHandlers(choice: ProtocolChoice): AnyHandlers {
  const { onStart, onTick, onTimer, onMessage, styles } = choice;
  const [ofMessages, ofOthers] = styles;
  const run = (
    body: Body,
    state: unknown,
    context: Context<string, MessageLike>,
    from?: string,
    told?: Told,
  ) => {
    const { self, nodes, time, restarted, fault, timers, send } = context;
    const style = told === undefined ? ofOthers : ofMessages;
    return execute(style, body, state as LocalState, {
      ...{ self, nodes, time, restarted, fault, timers, send },
      from: from ?? self,
      message: told,
    });
  };
  return {
    messages: type(),
    init: (node, nodes) => initialState(choice, nodes.indexOf(node)),
    ...keeping(choice),
    onStart: (state, context) => run(onStart, state, context),
    tickAtStart: choice.tickAtStart,
    onTick: (state, context) => run(onTick, state, context),
    onTimer: (state, name, context) => {
      const timer = TIMERS.find((one) => one === name);
      return timer === undefined ? undefined : run(onTimer[timer], state, context);
    },
    onMessage: Object.fromEntries(
      MESSAGES.map((name) => [
        name,
        (state, message, context) => run(onMessage[name], state, context, context.from, message as Told),
      ]),
    ),
    observe: observerOf(choice),
  };
}

function initialState({ initial, ranked, sets }: ProtocolChoice, place: number): LocalState {
  const heard = sets ? new Set<string>() : [];
  return { n: ranked ? place % MODULUS : initial, m: 0, flag: false, heard, log: [], notes: new Map() };
}

/** Keeps some fields, and begins with the others. */
function keeping(choice: ProtocolChoice): Pick<AnyHandlers, 'keep' | 'restore'> {
  const { keeps } = choice;
  if (keeps === undefined) return {};
  return {
    keep: (state) => Object.fromEntries(keeps.map((field) => [field, (state as LocalState)[field]])),
    restore: (kept, { self, nodes }) => ({
      ...initialState(choice, nodes.indexOf(self)),
      ...(kept as Partial<LocalState>),
    }),
  };
}

/** What a handler with this body returns; undefined where no statement of it had to do with the state. */
function execute(style: Style, body: Body, state: LocalState, around: Surroundings): LocalState | undefined {
  let current = state;
  for (const statement of taken(body, () => current, around)) {
    const change = changeOf(statement, current, around);
    if (change === undefined) act(statement, current, around);
    else if (style === 'changes') changeInPlace(change, current);
    else current = changed(change, current) ?? current;
  }
  return current === state ? undefined : current;
}

/** The statements that are executed, each when those before it were. */
function* taken(body: Body, state: () => LocalState, around: Surroundings): Generator<Plain, boolean> {
  for (const statement of body) {
    if (statement.kind === 'stop') return false;
    if (statement.kind === 'if') {
      const { condition, then, otherwise } = statement;
      const branch = isTrue(condition, state(), around) ? then : otherwise;
      if (!(yield* taken(branch, state, around))) return false;
    } else yield statement;
  }
  return true;
}

/** Undefined where a statement changes nothing of the state. */
function changeOf(statement: Plain, state: LocalState, around: Surroundings): Change | undefined {
  switch (statement.kind) {
    case 'assign': {
      const to = numberOf(statement.to, state, around) % MODULUS;
      return { kind: 'assign', counter: statement.counter, to };
    }
    case 'flag':
    case 'forget':
      return statement;
    case 'hear':
      return { kind: 'hear', names: [peerOf(statement.peer, around)] };
    case 'merge':
      return { kind: 'hear', names: [...(around.message?.heard ?? [])] };
    case 'log':
      return { kind: 'log', entry: numberOf(statement.entry, state, around) };
    case 'note': {
      const value = numberOf(statement.value, state, around) % MODULUS;
      return { kind: 'note', peer: peerOf(statement.peer, around), value };
    }
    case 'walk': {
      const { of, by, does, operator, value } = statement;
      const placeOf = placesOf(of, around);
      return {
        ...{ kind: 'walk', of, by, does, placeOf },
        peer: peerOf(statement.peer, around),
        entry: numberOf(statement.entry, state, around),
        isMeant: (element) => compare(operator, placeOf(element), value),
      };
    }
    case 'arrange':
      return { ...statement, entry: numberOf(statement.entry, state, around) };
    case 'send':
    case 'set':
    case 'cancel':
      return undefined;
  }
}

function act(statement: Plain, state: LocalState, around: Surroundings): void {
  if (statement.kind === 'send') send(statement, state, around);
  if (statement.kind === 'set') around.timers.set(statement.timer, statement.timesteps);
  if (statement.kind === 'cancel') around.timers.cancel(statement.timer);
}

function send(
  { to, message, value, tellsHeard }: Extract<Statement, { kind: 'send' }>,
  state: LocalState,
  around: Surroundings,
): void {
  const told: Told = {
    type: message,
    value: numberOf(value, state, around),
    ...(tellsHeard ? { heard: state.heard } : {}),
  };
  if (to !== 'others') around.send(peerOf(to, around), told);
  else for (const node of around.nodes) if (node !== around.self) around.send(node, told);
}

function numberOf(numeric: Numeric, state: LocalState, around: Surroundings): number {
  switch (numeric.kind) {
    case 'constant':
      return numeric.value;
    case 'counter':
      return state[numeric.counter];
    case 'time':
      return around.time;
    case 'value':
      return around.message?.value ?? 0;
    case 'heard':
      return sizeOf(state.heard);
    case 'logged':
      return state.log.length;
    case 'noted':
      return state.notes.get(peerOf(numeric.peer, around))?.last ?? 0;
    case 'total':
      return [...state.notes.values()].flatMap(({ all }) => all).reduce((sum, one) => sum + one, 0);
    case 'count':
      return ofElements(numeric, state, around, countElements);
    case 'remaining':
      return around.timers.remaining(numeric.timer) ?? 0;
    case 'sum':
      return numberOf(numeric.left, state, around) + numberOf(numeric.right, state, around);
  }
}

function isTrue(condition: Condition, state: LocalState, around: Surroundings): boolean {
  switch (condition.kind) {
    case 'compare': {
      const { operator, left, right } = condition;
      return compare(operator, numberOf(left, state, around), numberOf(right, state, around));
    }
    case 'flag':
      return state.flag;
    case 'restarted':
      return around.restarted;
    case 'fault':
      return around.fault(condition.name);
    case 'is':
      return around[condition.who] === peerOf(condition.peer, around);
    case 'has heard':
      return [...state.heard].includes(peerOf(condition.peer, around));
    case 'some':
      return ofElements(condition, state, around, some<object>);
    case 'every':
      return ofElements(condition, state, around, every<object>);
    case 'not':
      return !isTrue(condition.condition, state, around);
  }
}

function ofElements<Answer>(
  { of, operator, value }: ElementsAsked,
  state: LocalState,
  around: Surroundings,
  ask: (elements: object, test: (element: unknown) => boolean) => Answer,
): Answer {
  const placeOf = placesOf(of, around);
  return ask(state[of], (element) => compare(operator, placeOf(element), value));
}

/** What an element counts for. */
function placesOf(of: Container, { nodes }: Surroundings): (element: unknown) => number {
  switch (of) {
    case 'heard':
      return (element) => nodes.indexOf(element as string);
    case 'log':
      return (element) => element as number;
    case 'notes':
      return (element) => (element as Note).last;
  }
}

function peerOf(peer: Peer, { self, from, nodes }: Surroundings): string {
  if (peer === 'self') return self;
  if (peer === 'from') return from;
  return nodes[(peer === 'next' ? nodes.indexOf(self) + 1 : peer) % nodes.length];
}

function sizeOf(names: Names): number {
  return Array.isArray(names) ? names.length : (names as ReadonlySet<string>).size;
}
