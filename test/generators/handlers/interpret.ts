/** Makes handlers of protocols that are data. */
import {
  type,
  type Context,
  type HandlerProtocol,
  type MessageLike,
  type Timers,
} from '../../../src/model/handlers/protocol.js';
import {
  LONGEST_LOG,
  MESSAGES,
  MODULUS,
  TIMERS,
  compare,
  type Body,
  type Condition,
  type LocalState,
  type Numeric,
  type Peer,
  type ProtocolChoice,
  type Statement,
} from './language.js';
import { interpretProperties, observerOf } from './properties.js';

interface Told extends MessageLike {
  readonly value: number;
  readonly heard?: readonly string[];
}

/** What a body can read, beside the state. */
interface Surroundings {
  readonly self: string;
  readonly from: string;
  readonly nodes: readonly string[];
  readonly time: number;
  readonly timers: Timers;
  readonly send: (to: string, message: Told) => void;
  readonly message: Told | undefined;
}

export function handlerProtocol(choice: ProtocolChoice): HandlerProtocol {
  const { onStart, onTick, onTimer, onMessage } = choice;
  const run = (
    body: Body,
    state: unknown,
    context: Context<string, MessageLike>,
    from?: string,
    told?: Told,
  ) => {
    const { self, nodes, time, timers, send } = context;
    return execute(body, state as LocalState, {
      ...{ self, nodes, time, timers, send },
      from: from ?? self,
      message: told,
    });
  };
  return {
    kind: 'handlers',
    handlers: {
      messages: type(),
      init: (node, nodes) => initialState(choice, nodes.indexOf(node)),
      onStart: (state, context) => run(onStart, state, context),
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
    },
    specification: interpretProperties(choice),
  };
}

function initialState({ initial, ranked }: ProtocolChoice, place: number): LocalState {
  return { n: ranked ? place % MODULUS : initial, m: 0, flag: false, heard: [], log: [] };
}

/** The state after a body; undefined where no statement of it had to do with the state. */
function execute(body: Body, state: LocalState, around: Surroundings): LocalState | undefined {
  let current: LocalState | undefined;
  for (const statement of body) {
    current = executeStatement(statement, current ?? state, around) ?? current;
  }
  return current;
}

function executeStatement(
  statement: Statement,
  state: LocalState,
  around: Surroundings,
): LocalState | undefined {
  switch (statement.kind) {
    case 'assign':
      return { ...state, [statement.counter]: numberOf(statement.to, state, around) % MODULUS };
    case 'flag':
      return { ...state, flag: statement.to };
    case 'hear':
      return { ...state, heard: union(state.heard, [peerOf(statement.peer, around)]) };
    case 'merge':
      return { ...state, heard: union(state.heard, around.message?.heard ?? []) };
    case 'forget':
      return { ...state, heard: [] };
    case 'log':
      if (state.log.length === LONGEST_LOG) return undefined;
      return { ...state, log: [...state.log, numberOf(statement.entry, state, around)] };
    case 'if': {
      const holds = isTrue(statement.condition, state, around);
      return execute(holds ? statement.then : statement.otherwise, state, around);
    }
    case 'send':
      send(statement, state, around);
      return undefined;
    case 'set':
      around.timers.set(statement.timer, statement.timesteps);
      return undefined;
    case 'cancel':
      around.timers.cancel(statement.timer);
      return undefined;
  }
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
      return state.heard.length;
    case 'logged':
      return state.log.length;
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
    case 'is':
      return around[condition.who] === peerOf(condition.peer, around);
    case 'has heard':
      return state.heard.includes(peerOf(condition.peer, around));
    case 'not':
      return !isTrue(condition.condition, state, around);
  }
}

function peerOf(peer: Peer, { self, from, nodes }: Surroundings): string {
  if (peer === 'self') return self;
  if (peer === 'from') return from;
  return nodes[(peer === 'next' ? nodes.indexOf(self) + 1 : peer) % nodes.length];
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort((x, y) => (x < y ? -1 : 1));
}
