/** Parts of a state that are put elsewhere, by whatever a handler does to them, are by cells what they are in a run. */
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import {
  type,
  type HandlerOutcome,
  type HandlerProtocol,
  type MessageLike,
  type Property,
} from '../../../src/model/handlers/protocol.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { expectCellsToEqualRuns } from '../../laws/handler-cells.js';

interface Part {
  n: number;
  items: number[];
  tags: Set<string>;
}

interface State {
  a: Part;
  b: Part;
  list: Part[];
  map: Map<string, Part>;
}

type Operation = (state: State) => void;

const fresh = (n: number): Part => ({ n, items: [], tags: new Set() });

const OPERATIONS: readonly Operation[] = [
  (state) => (state.a = state.b),
  (state) => (state.b = state.a),
  (state) => ([state.a, state.b] = [state.b, state.a]),
  (state) => (state.a.n = (state.a.n + 1) % 3),
  (state) => state.b.items.push(state.a.n),
  (state) => state.a.tags.add(`t${state.b.n}`),
  (state) => state.b.tags.delete(`t${state.a.n}`),
  (state) => (state.b.items.length = 0),
  (state) => (state.b.items = state.a.items),
  (state) => (state.a.tags = state.b.tags),
  (state) => (state.a = fresh(state.b.items.length)),
  (state) => (state.a = { ...state.b, n: 2 }),
  (state) => state.list.push(state.a),
  (state) => state.list.pop(),
  (state) => state.list.splice(0, 1),
  (state) => (state.list = [...state.list, state.b]),
  (state) => (state.a = state.list[0] ?? state.a),
  (state) => state.map.set(`k${state.list.length}`, state.b),
  (state) => state.map.delete('k0'),
  ({ map, a }) => {
    for (const part of map.values()) part.n = a.n;
  },
  (state) => (state.b = state.map.get('k1') ?? state.a),
  (state) => (state.map = new Map([...state.map, ['k2', state.a]])),
  (state) => (state.a.n = 0),
];

interface Told extends MessageLike {
  readonly operations: readonly number[];
}

interface Moves {
  /** By the time at which they are sent. */
  readonly told: readonly (readonly number[])[];
  /** What the receiver does at each tick. */
  readonly ticking: readonly number[];
  /** Of each, whether it returns a copy of the state instead of leaving it. */
  readonly returns: boolean;
}

const NODES = ['sender', 'receiver'];

function moving({ told, ticking, returns }: Moves): HandlerProtocol {
  const apply = (state: State, operations: readonly number[]): void => {
    for (const operation of operations) OPERATIONS[operation](state);
  };
  return {
    kind: 'handlers',
    handlers: {
      messages: type<MessageLike>(),
      init: (): State => ({ a: fresh(0), b: fresh(1), list: [fresh(2)], map: new Map() }),
      onTick(state, { self, send, time }) {
        const operations = told.at(time - 2);
        if (self !== 'receiver' && operations !== undefined)
          send('receiver', { type: 'move', operations } as Told);
        if (self === 'receiver') apply(state as State, ticking);
      },
      onMessage: {
        move(state, message) {
          const { operations } = message as Told;
          if (!returns) {
            apply(state as State, operations);
            return undefined;
          }
          const { a, b } = state as State;
          return { ...(state as State), a: operations.length > 1 ? b : a, b: a };
        },
      },
      observe: (state) => state,
    },
    specification: Object.fromEntries([0, 1, 2, 3, 4, 5].map((bit) => [`bit ${bit}`, bitOf(bit)])),
  };
}

/** Asks something where one bit of a sum of all that the receiver shows is set. */
function bitOf(bit: number): Property<string, unknown> {
  const pre = ({ at }: HandlerOutcome<string, unknown>) => {
    const { a, b, list, map } = at('receiver').observed as State;
    const tell = ({ n, items, tags }: Part) => [n, items, [...tags]];
    const text =
      JSON.stringify([a, b, ...list].map(tell)) + JSON.stringify([...map].map(([, part]) => tell(part)));
    const sum = Array.from(text).reduce((total, char) => (total * 31 + char.charCodeAt(0)) % 1_000_003, 7);
    return ((sum >> bit) & 1) === 1;
  };
  return { pre, post: () => true };
}

const operations = fc.array(fc.nat(OPERATIONS.length - 1), { minLength: 1, maxLength: 3 });

const moves: fc.Arbitrary<Moves> = fc.record({
  told: fc.array(operations, { minLength: 1, maxLength: 3 }),
  ticking: fc.array(fc.nat(OPERATIONS.length - 1), { maxLength: 1 }),
  returns: fc.boolean(),
});

let factory: SolverFactory;
beforeAll(async () => {
  factory = await loadBackend('minisat');
});

describe('parts of a state', () => {
  it('are the same by cells, wherever they were put', () => {
    const bounds: Bounds = { eot: 5, eff: 4, crashes: 0 };
    fc.assert(
      fc.property(moves, (chosen) => {
        expectCellsToEqualRuns({ protocol: moving(chosen), nodes: NODES, bounds }, factory);
      }),
      // What is written is what was there before, and is not there any more when another part is.
      { numRuns: 30, examples: [[{ told: [[4, 0, 22]], ticking: [], returns: false }]] },
    );
  });
});
