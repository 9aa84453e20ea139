/** The meaning of handlers, one small run at a time, worked out by hand: the judge and the evaluator both have to agree. */
import type { FaultSet } from '../../src/injector/faults.js';
import {
  type,
  type AnyHandlers,
  type HandlerProtocol,
  type Handlers,
  type MessageLike,
} from '../../src/model/handlers/protocol.js';

export interface HandlerCase {
  readonly name: string;
  readonly protocol: HandlerProtocol;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly faults: FaultSet;
  /** What each node shows at EOT. */
  readonly shows: Readonly<Record<string, unknown>>;
}

interface Text extends MessageLike {
  readonly type: 'text';
  readonly text: string;
}

/** What a node did, in order. */
type Diary = readonly string[];

type DiaryHandlers = Handlers<string, Diary, Text, unknown>;

/** A protocol whose nodes write down what reaches them, as `1 start`, `2 tick`, `3 timer x`, `2 a: hello`. */
function diary(handlers: Partial<DiaryHandlers>): HandlerProtocol {
  const all: DiaryHandlers = {
    messages: type<Text>(),
    init: () => [],
    onMessage: { text: (state, { text }, { time, from }) => [...state, `${time} ${from}: ${text}`] },
    onTimer: (state, name, { time }) => [...state, `${time} timer ${name}`],
    observe: (state) => state,
    ...handlers,
  };
  return { kind: 'handlers', handlers: all as unknown as AnyHandlers, specification: {} };
}

function text(words: string): Text {
  return { type: 'text', text: words };
}

/** At its start, a node sends what its entry says; nothing is written but what arrives. */
function letters(
  entries: Readonly<Record<string, readonly (readonly [to: string, words: string])[]>>,
): HandlerProtocol {
  return diary({
    onStart: (_, { self, send }) => {
      for (const [to, words] of entries[self] ?? []) send(to, text(words));
    },
  });
}

const timekeeper: Partial<DiaryHandlers> = {
  onStart: (state, { time }) => [...state, `${time} start`],
  onTick: (state, { time }) => [...state, `${time} tick`],
};

const broadcaster = diary({
  ...timekeeper,
  onStart: (state, { self, broadcast }) => {
    if (self === 'b') broadcast(text('hello'));
    return state;
  },
});

function setsTimers(...timers: readonly (readonly [name: string, timesteps: number])[]): HandlerProtocol {
  return diary({
    onStart: (_, context) => {
      for (const [name, timesteps] of timers) context.timers.set(name, timesteps);
    },
    onTick: timekeeper.onTick!,
  });
}

export const handlerCases: readonly HandlerCase[] = [
  {
    name: 'a node starts at time 1 and ticks at every later time',
    protocol: diary(timekeeper),
    nodes: ['a'],
    eot: 3,
    faults: [],
    shows: { a: ['1 start', '2 tick', '3 tick'] },
  },
  {
    name: 'without handlers for start and tick, nothing happens',
    protocol: diary({ init: (node, nodes) => [node, ...nodes] }),
    nodes: ['a', 'b'],
    eot: 2,
    faults: [],
    shows: { a: ['a', 'a', 'b'], b: ['b', 'a', 'b'] },
  },
  {
    name: 'a message arrives one timestep later, after the tick',
    protocol: diary({
      ...timekeeper,
      onStart: (_, { self, send }) => {
        if (self === 'a') send('b', text('hello'));
      },
    }),
    nodes: ['a', 'b'],
    eot: 3,
    faults: [],
    shows: { a: ['2 tick', '3 tick'], b: ['2 tick', '2 a: hello', '3 tick'] },
  },
  {
    name: 'messages arrive by sender in the order of the nodes, not of their names, and of one sender in the order sent',
    protocol: letters({
      a: [
        ['c', 'a1'],
        ['c', 'a2'],
      ],
      b: [
        ['c', 'b1'],
        ['c', 'b1'],
      ],
      c: [['c', 'c1']],
    }),
    nodes: ['c', 'b', 'a'],
    eot: 2,
    faults: [],
    shows: { a: [], b: [], c: ['2 c: c1', '2 b: b1', '2 b: b1', '2 a: a1', '2 a: a2'] },
  },
  {
    name: 'an omission loses all that one node sends another at one time',
    protocol: letters({
      a: [
        ['b', 'a1'],
        ['c', 'a2'],
        ['b', 'a3'],
      ],
      b: [['a', 'b1']],
    }),
    nodes: ['a', 'b', 'c'],
    eot: 2,
    faults: [{ kind: 'omission', from: 'a', to: 'b', time: 1 }],
    shows: { a: ['2 b: b1'], b: [], c: ['2 a: a2'] },
  },
  {
    name: 'a broadcast reaches every other node',
    protocol: broadcaster,
    nodes: ['a', 'b', 'c'],
    eot: 2,
    faults: [],
    shows: { a: ['2 tick', '2 b: hello'], b: ['2 tick'], c: ['2 tick', '2 b: hello'] },
  },
  {
    name: 'what is sent in answer leaves at the time that the message arrived',
    protocol: diary({
      onStart: (_, { self, send }) => {
        if (self === 'a') send('b', text('ping'));
      },
      onMessage: {
        text: (state, message, { time, from, send }) => {
          if (message.text === 'ping') send(from, text('pong'));
          return [...state, `${time} ${message.text}`];
        },
      },
    }),
    nodes: ['a', 'b'],
    eot: 3,
    faults: [{ kind: 'omission', from: 'b', to: 'a', time: 1 }],
    shows: { a: ['3 pong'], b: ['2 ping'] },
  },
  {
    name: 'a node that crashes does nothing from that time on, and what it sent before arrives',
    protocol: diary({
      onStart: (state, { self, send }) => {
        send(self === 'a' ? 'b' : 'a', text('1'));
        return [...state, '1 start'];
      },
      onTick: (state, { self, time, send }) => {
        send(self === 'a' ? 'b' : 'a', text(`${time}`));
        return [...state, `${time} tick`];
      },
    }),
    nodes: ['a', 'b'],
    eot: 4,
    faults: [{ kind: 'crash', node: 'a', time: 3 }],
    shows: {
      a: ['1 start', '2 tick', '2 b: 1'],
      b: ['1 start', '2 tick', '2 a: 1', '3 tick', '3 a: 2', '4 tick'],
    },
  },
  {
    name: 'a node that crashes at time 1 shows what it was before',
    protocol: diary({ ...timekeeper, init: () => ['new'] }),
    nodes: ['a', 'b'],
    eot: 2,
    faults: [{ kind: 'crash', node: 'a', time: 1 }],
    shows: { a: ['new'], b: ['new', '1 start', '2 tick'] },
  },
  {
    name: 'a timer fires after so many timesteps, once, after the tick and before messages',
    protocol: diary({
      onStart: (_, { self, timers, send }) => {
        if (self === 'a') timers.set('x', 2);
        if (self === 'b') send('a', text('1'));
      },
      onTick: (state, { self, time, send }) => {
        if (self === 'b') send('a', text(`${time}`));
        return [...state, `${time} tick`];
      },
    }),
    nodes: ['a', 'b'],
    eot: 4,
    faults: [],
    shows: {
      a: ['2 tick', '2 b: 1', '3 tick', '3 timer x', '3 b: 2', '4 tick', '4 b: 3'],
      b: ['2 tick', '3 tick', '4 tick'],
    },
  },
  {
    name: 'timers that are due together fire by name',
    protocol: setsTimers(['y', 1], ['x', 1], ['B', 1], ['z', 2], ['a', 2]),
    nodes: ['a'],
    eot: 3,
    faults: [],
    shows: { a: ['2 tick', '2 timer B', '2 timer x', '2 timer y', '3 tick', '3 timer a', '3 timer z'] },
  },
  {
    name: 'a timer of the same name is set anew, to a later or an earlier time',
    protocol: setsTimers(['x', 1], ['x', 2], ['y', 3], ['y', 1]),
    nodes: ['a'],
    eot: 4,
    faults: [],
    shows: { a: ['2 tick', '2 timer y', '3 tick', '3 timer x', '4 tick'] },
  },
  {
    name: 'a tick can cancel or put off a timer that is due',
    protocol: diary({
      onStart: (_, { timers }) => {
        timers.set('cancelled', 2);
        timers.set('put off', 2);
      },
      onTick: (_, { time, timers }) => {
        if (time === 3) timers.cancel('cancelled');
        if (time === 3) timers.set('put off', 1);
      },
    }),
    nodes: ['a'],
    eot: 5,
    faults: [],
    shows: { a: ['4 timer put off'] },
  },
  {
    name: 'a timer can cancel one that is due with it, if it comes first by name',
    protocol: diary({
      onStart: (_, { timers }) => {
        timers.set('x', 1);
        timers.set('y', 1);
        timers.set('z', 1);
      },
      onTimer: (state, name, { time, timers }) => {
        if (name === 'y') {
          timers.cancel('x');
          timers.cancel('z');
        }
        return [...state, `${time} timer ${name}`];
      },
    }),
    nodes: ['a'],
    eot: 3,
    faults: [],
    shows: { a: ['2 timer x', '2 timer y'] },
  },
  {
    name: 'a timer can set itself again',
    protocol: diary({
      onStart: (_, { timers }) => {
        timers.set('x', 1);
      },
      onTimer: (state, name, { time, timers }) => {
        timers.set(name, 2);
        return [...state, `${time} timer ${name}`];
      },
    }),
    nodes: ['a'],
    eot: 6,
    faults: [],
    shows: { a: ['2 timer x', '4 timer x', '6 timer x'] },
  },
  {
    name: 'a timer says how many timesteps remain; one that is due 0, one that fired or was cancelled nothing',
    protocol: diary({
      onStart: (state, { timers }) => {
        timers.set('x', 2);
        timers.set('y', 5);
        timers.set('z', 5);
        timers.cancel('z');
        return [...state, `1 ${timers.remaining('x')} ${timers.remaining('y')} ${timers.remaining('z')}`];
      },
      onTick: (state, { time, timers }) => [
        ...state,
        `${time} ${timers.remaining('x')} ${timers.remaining('y')}`,
      ],
      onTimer: (state, name, { time, timers }) => [...state, `${time} ${name} ${timers.remaining(name)}`],
    }),
    nodes: ['a'],
    eot: 4,
    faults: [],
    shows: { a: ['1 2 5 undefined', '2 1 4', '3 0 3', '3 x undefined', '4 undefined 2'] },
  },
  {
    name: 'a message can set and cancel timers',
    protocol: diary({
      onStart: (_, { self, send, timers }) => {
        timers.set('x', 2);
        if (self === 'a') send('b', text('cancel'));
        if (self === 'b') send('a', text('set'));
      },
      onMessage: {
        text: (_, message, { timers }) => {
          if (message.text === 'set') timers.set('y', 1);
          else timers.cancel('x');
        },
      },
    }),
    nodes: ['a', 'b'],
    eot: 4,
    faults: [],
    shows: { a: ['3 timer x', '3 timer y'], b: [] },
  },
  {
    name: 'the timers of a node that has crashed do not fire',
    protocol: setsTimers(['x', 2]),
    nodes: ['a', 'b'],
    eot: 4,
    faults: [{ kind: 'crash', node: 'a', time: 3 }],
    shows: { a: ['2 tick'], b: ['2 tick', '3 tick', '3 timer x', '4 tick'] },
  },
  {
    name: 'of a node that crashes within a timestep the first messages to others leave',
    protocol: letters({
      a: [
        ['b', 'one'],
        ['a', 'own'],
        ['c', 'two'],
        ['b', 'three'],
      ],
    }),
    nodes: ['a', 'b', 'c'],
    eot: 3,
    faults: [{ kind: 'crash', node: 'a', time: 1, after: 2 }],
    shows: { a: [], b: ['2 a: one'], c: ['2 a: two'] },
  },
  {
    name: 'they are counted over all that it does then, and it stays as it was',
    protocol: diary({
      onStart: (_, { self, send }) => {
        if (self !== 'a') send('a', text('hello'));
      },
      onTick: (state, { self, time, send }) => {
        if (self !== 'a') return undefined;
        if (time === 2) send('b', text('tick'));
        return [...state, `${time} tick`];
      },
      onMessage: {
        text: (state, message, { self, from, time, send }) => {
          if (self === 'a') send(from, text('answer'));
          return [...state, `${time} ${from}: ${message.text}`];
        },
      },
    }),
    nodes: ['a', 'b', 'c'],
    eot: 4,
    faults: [{ kind: 'crash', node: 'a', time: 2, after: 2 }],
    shows: { a: [], b: ['3 a: tick', '3 a: answer'], c: [] },
  },
  {
    name: 'nothing leaves a node that crashes when it would go on, or start again',
    protocol: diary({
      onTick: (_, { self, time, send }) => {
        if (self !== 'c') send('c', text(String(time)));
      },
      onStart: (_, { self, restarted, send }) => {
        if (self !== 'c' && restarted) send('c', text('again'));
      },
    }),
    nodes: ['a', 'b', 'c'],
    eot: 5,
    faults: [
      { kind: 'pause', node: 'a', time: 3, until: 4 },
      { kind: 'crash', node: 'a', time: 3, after: 1 },
      { kind: 'outage', node: 'b', time: 2, until: 3 },
      { kind: 'crash', node: 'b', time: 3, after: 1 },
    ],
    shows: { a: [], b: [], c: ['3 a: 2'] },
  },
  {
    name: 'each event sees the state that the one before it left, and nothing returned leaves it as it is',
    protocol: diary({
      onTick: (state, { time }) => (time === 2 ? [...state, 'once'] : undefined),
      init: () => ['new'],
    }),
    nodes: ['a'],
    eot: 4,
    faults: [],
    shows: { a: ['new', 'once'] },
  },
];
