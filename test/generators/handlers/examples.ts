/**
 * Small protocols of known kinds, as data, so that `mutations.ts` can leave something out of each. Their names
 * of messages are those of the language: `ask` asks others to take part, `tell` answers, `done` announces.
 */
import { handlersOf, type GeneratedHandlers } from './handlers.js';
import type {
  Assertion,
  Body,
  Condition,
  Counter,
  Numeric,
  Operator,
  Peer,
  ProtocolChoice,
} from './language.js';
import type { MessageName, Statement } from './language.js';
import { mutationsOf } from './mutations.js';

export interface HandlerExample {
  readonly name: string;
  readonly expected: 'violated' | 'certified';
  readonly generated: GeneratedHandlers;
}

const FIRST: Condition = { kind: 'is', who: 'self', peer: 0 };

/** The first node repeats until all have answered. */
const retriedDelivery: ProtocolChoice = {
  ...protocol(),
  onStart: [when(FIRST, [send('ask', 'others', 1)])],
  onTick: [when(FIRST, [when(compare({ kind: 'heard' }, '<', 1), [send('ask', 'others', 1)])])],
  onMessage: {
    ask: [{ kind: 'flag', to: true }, send('tell', 'from', 1)],
    tell: [{ kind: 'hear', peer: 'from' }],
    done: [],
  },
  properties: [
    {
      kind: 'pre and post',
      pre: { kind: 'not', assertion: { kind: 'crashed', node: 0 } },
      post: { kind: 'or', left: at(1, 'flag', 1), right: { kind: 'crashed', node: 1 } },
      explains: true,
    },
  ],
};

/**
 * `n` is 1 where a node is prepared, and `m` is what it decided: 1 to commit, 2 to abort, as the first node does
 * where votes are late.
 */
const twoPhaseCommit: ProtocolChoice = {
  ...protocol(),
  onStart: [
    when(FIRST, [assign('n', 1), send('ask', 'others', 0), { kind: 'set', timer: 'late', timesteps: 3 }]),
  ],
  onTimer: {
    early: [],
    late: [when(compare(counter('m'), '===', 0), [assign('m', 2), send('done', 'others', 2)])],
  },
  onMessage: {
    ask: [assign('n', 1), send('tell', 'from', 1)],
    tell: [
      { kind: 'hear', peer: 'from' },
      when(compare({ kind: 'heard' }, '>=', 2), [
        when(compare(counter('m'), '===', 0), [
          assign('m', 1),
          { kind: 'cancel', timer: 'late' },
          send('done', 'others', 1),
        ]),
      ]),
    ],
    done: [{ kind: 'assign', counter: 'm', to: { kind: 'value' } }],
  },
  shows: ['n'],
  properties: [
    {
      kind: 'always',
      of: { kind: 'or', left: none('m', 1), right: none('m', 2) },
      explains: true,
    },
    {
      kind: 'pre and post',
      pre: { kind: 'some', among: 'nodes', test: { field: 'm', operator: '===', value: 1 } },
      post: { kind: 'every', among: 'nodes', test: { field: 'n', operator: '>=', value: 1 } },
      explains: false,
    },
  ],
};

/** All that have not crashed are to decide: what two-phase commit cannot promise. */
const blockedCommit: ProtocolChoice = {
  ...twoPhaseCommit,
  properties: [
    {
      kind: 'pre and post',
      pre: { kind: 'constant', value: true },
      post: { kind: 'every', among: 'correct', test: { field: 'm', operator: '>=', value: 1 } },
      explains: true,
    },
  ],
};

/** The first node writes 2, again by a timer until a majority has it: only then is it acknowledged. */
const quorumRegister: ProtocolChoice = {
  ...protocol(),
  onStart: [
    when(FIRST, [
      assign('n', 2),
      { kind: 'hear', peer: 'self' },
      send('ask', 'others', 2),
      { kind: 'set', timer: 'early', timesteps: 2 },
    ]),
  ],
  onTimer: {
    early: [
      when({ kind: 'not', condition: { kind: 'flag' } }, [
        send('ask', 'others', 2),
        { kind: 'set', timer: 'early', timesteps: 1 },
      ]),
    ],
    late: [],
  },
  onMessage: {
    ask: [{ kind: 'assign', counter: 'n', to: { kind: 'value' } }, send('tell', 'from', 1)],
    tell: [
      { kind: 'hear', peer: 'from' },
      when(compare({ kind: 'heard' }, '>=', 2), [{ kind: 'flag', to: true }]),
    ],
    done: [],
  },
  properties: [
    {
      kind: 'pre and post',
      pre: at(0, 'flag', 1),
      post: { kind: 'some', among: 'correct', test: { field: 'n', operator: '===', value: 2 } },
      explains: true,
    },
    {
      kind: 'pre and post',
      pre: { kind: 'not', assertion: { kind: 'crashed', node: 0 } },
      post: at(0, 'flag', 1),
      explains: false,
    },
  ],
};

const TWO = ['a', 'b'];
const THREE = ['a', 'b', 'c'];

export const handlerExamples: readonly HandlerExample[] = [
  {
    name: 'retried delivery',
    expected: 'certified',
    generated: handlersOf(retriedDelivery, { nodes: TWO, bounds: { eot: 5, eff: 4, crashes: 1 } }),
  },
  {
    name: 'two-phase commit',
    expected: 'certified',
    generated: handlersOf(twoPhaseCommit, { nodes: THREE, bounds: { eot: 6, eff: 2, crashes: 1 } }),
  },
  {
    name: 'two-phase commit that blocks',
    expected: 'violated',
    generated: handlersOf(blockedCommit, { nodes: THREE, bounds: { eot: 6, eff: 2, crashes: 1 } }),
  },
  {
    name: 'a quorum register',
    expected: 'certified',
    generated: handlersOf(quorumRegister, { nodes: THREE, bounds: { eot: 6, eff: 2, crashes: 1 } }),
  },
];

/** The protocol with each mutation in turn, on the same nodes within the same bounds. */
export function mutantsOf({ choice, nodes, bounds }: GeneratedHandlers): readonly GeneratedHandlers[] {
  return mutationsOf(choice).map((mutation) => handlersOf(mutation, { nodes, bounds }));
}

function protocol(): ProtocolChoice {
  return {
    inRoles: false,
    initial: 0,
    ranked: false,
    keeps: undefined,
    styles: ['returns', 'changes'],
    sets: false,
    onStart: [],
    tickAtStart: false,
    onTick: [],
    onTimer: { early: [], late: [] },
    onMessage: { ask: [], tell: [], done: [] },
    shows: [],
    properties: [],
  };
}

function when(condition: Condition, then: Body): Statement {
  return { kind: 'if', condition, then, otherwise: [] };
}

function send(message: MessageName, to: Peer | 'others', value: number): Statement {
  return { kind: 'send', to, message, value: { kind: 'constant', value }, tellsHeard: false };
}

function assign(name: Counter, value: number): Statement {
  return { kind: 'assign', counter: name, to: { kind: 'constant', value } };
}

function counter(name: Counter): Numeric {
  return { kind: 'counter', counter: name };
}

function compare(left: Numeric, operator: Operator, value: number): Condition {
  return { kind: 'compare', operator, left, right: { kind: 'constant', value } };
}

function at(node: number, field: 'flag' | Counter, value: number): Assertion {
  return { kind: 'at', node, test: { field, operator: '===', value } };
}

function none(field: Counter, value: number): Assertion {
  return {
    kind: 'not',
    assertion: { kind: 'some', among: 'nodes', test: { field, operator: '===', value } },
  };
}
