/** Small protocols by handlers, each with a violation, for what is told about them. */
import { models } from '../../../src/model/handlers/operations/models.js';
import { type } from '../../../src/model/handlers/protocol.js';
import { check } from '../../../src/runner/check.js';
import type { CheckOptions } from '../../../src/runner/options/check.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { defineScenario, type Scenario } from '../../../src/runner/scenario/define.js';
import type { Protocol } from '../../../src/model/protocol.js';

type Order = { readonly type: 'ask' } | { readonly type: 'answer'; readonly yes: boolean };

interface Poll {
  readonly answers: readonly string[];
  readonly asked: boolean;
  readonly closed: boolean;
}

/** A host asks every guest once, and closes the poll when all have answered. */
export const poll = defineScenario({
  name: 'poll.ts',
  nodes: ['host', 'ann', 'bob'],
  bounds: { eot: 5, eff: 3, crashes: 0 },
  handlers: {
    messages: type<Order>(),
    init: (): Poll => ({ answers: [], asked: false, closed: false }),
    onStart(_, { self, broadcast }) {
      if (self === 'host') broadcast({ type: 'ask' });
    },
    onMessage: {
      ask(state, _, { from, send }) {
        send(from, { type: 'answer', yes: true });
        return { ...state, asked: true };
      },
      answer(state, _, { from }) {
        const answers = [...state.answers, from];
        return { ...state, answers, closed: answers.length === 2 };
      },
    },
    observe: ({ asked, closed }) => ({ asked, closed }),
  },
  specification: {
    closing: {
      pre: ({ nodes }) => nodes.some(({ observed }) => observed.asked),
      post: ({ at }) => at('host').observed.closed || 'somebody was asked, and the poll stays open',
    },
  },
});

interface Entry {
  readonly index: number;
  readonly text: string;
}

interface Copy {
  readonly type: 'append';
  readonly entries: readonly Entry[];
  readonly sequence: number;
}

interface Log {
  readonly entries: readonly Entry[];
  readonly sequence: number;
}

/** The primary adds an entry at every tick and sends all that it has; the backups keep what they are sent. */
export const logShipping = defineScenario({
  name: 'a/folder/log-shipping.ts',
  nodes: ['primary', 'first-backup', 'second-backup'],
  bounds: { eot: 7, eff: 4, crashes: 1 },
  handlers: {
    messages: type<Copy>(),
    init: (): Log => ({ entries: [], sequence: 0 }),
    onTick(state, { self, broadcast }) {
      if (self !== 'primary') return undefined;
      const sequence = state.sequence + 1;
      const entries = [...state.entries, { index: sequence, text: `what was written at ${sequence}` }];
      broadcast({ type: 'append', entries, sequence });
      return { entries, sequence };
    },
    onMessage: { append: (_, { entries, sequence }) => ({ entries, sequence }) },
    observe: ({ sequence }) => sequence,
  },
  specification: {
    'staying close': {
      always: ({ nodes }) => {
        const copies = nodes.map(({ observed }) => observed);
        const lag = Math.max(...copies) - Math.min(...copies);
        return lag < 3 || `one copy is ${lag} entries behind another`;
      },
    },
    'having written': { pre: () => true, post: ({ at }) => at('primary').observed > 2 },
  },
});

type Access =
  | { readonly type: 'write'; readonly value: string }
  | { readonly type: 'written' }
  | { readonly type: 'read' }
  | { readonly type: 'value'; readonly value: string };

/** A writer who is content with one of two copies, a reader who looks at the one and then at the other, and somebody who waits. */
export const copies = defineScenario({
  name: 'copies.ts',
  nodes: ['writer', 'reader', 'idler', 'one', 'other'],
  bounds: { eot: 9, eff: 3, crashes: 0 },
  handlers: {
    messages: type<Access>(),
    init: () => 'old',
    onStart(_, { self, send, invoke }) {
      if (self === 'idler') invoke({ type: 'compareAndSet', expected: 'none', value: 'other' });
      if (self !== 'writer') return;
      invoke({ type: 'write', value: 'new' });
      send('one', { type: 'write', value: 'new' });
      send('other', { type: 'write', value: 'new' });
    },
    onTick(_, { self, time, send, invoke }) {
      if (self !== 'reader' || (time !== 3 && time !== 6)) return;
      invoke({ type: 'read' });
      send(time === 3 ? 'one' : 'other', { type: 'read' });
    },
    onMessage: {
      write(_, { value }, { self, from, send }) {
        if (self === 'one') send(from, { type: 'written' });
        return value;
      },
      written(_, __, { complete }) {
        complete();
      },
      read(state, _, { from, send }) {
        send(from, { type: 'value', value: state });
      },
      value(_, { value }, { complete }) {
        complete(value);
      },
    },
    observe: (state) => state,
  },
  specification: { 'one register': { linearizable: models.register('old') } },
});

/** A protocol whose state is no object, and which a crash alone breaks. */
export const pair = defineScenario({
  name: 'pair.ts',
  nodes: ['left', 'right'],
  bounds: { eot: 3, eff: 0, crashes: 1 },
  handlers: {
    messages: type<{ readonly type: 'none' }>(),
    init: (node): string => `I am ${node}`,
    onMessage: { none: () => undefined },
    observe: (state) => state,
  },
  specification: { both: { pre: () => true, post: ({ correct }) => correct.length === 2 } },
});

interface Beat {
  readonly type: 'beat';
  readonly count: number;
}

/** Everybody counts aloud, and remembers the count of every other. */
export const heartbeats = defineScenario({
  name: 'heartbeats.ts',
  nodes: ['a', 'b', 'c', 'd'],
  bounds: { eot: 9, eff: 5, crashes: 1 },
  handlers: {
    messages: type<Beat>(),
    init: (): Readonly<Record<string, number>> => ({}),
    onTick: (_, { time, broadcast }) => {
      broadcast({ type: 'beat', count: time });
    },
    onMessage: { beat: (state, { count }, { from }) => ({ ...state, [from]: count }) },
    observe: (state) => Object.keys(state).length,
  },
  specification: {
    acquaintance: { always: ({ nodes }) => nodes.every(({ observed }) => observed < 4) },
  },
});

export async function checkHandlers(
  { name, nodes, bounds, expect, protocol }: Scenario,
  options: Partial<CheckOptions> = {},
): Promise<CheckResult> {
  return check(protocol as Protocol, { name, nodes, bounds, expected: expect, ...options });
}
