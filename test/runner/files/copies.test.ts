/** Copies that are written anew mean what they meant, and of a state they read nothing of what they only copy. */
import { describe, expect, it } from 'vitest';
import { faultConditions } from '../../../src/injector/fault-conditions.js';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import { CellCalls } from '../../../src/model/handlers/cells/cell-calls.js';
import { CellPass } from '../../../src/model/handlers/cells/cell-pass.js';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import {
  type,
  type AnyHandlers,
  type HandlerProtocol,
  type MessageLike,
} from '../../../src/model/handlers/protocol.js';
import { finish } from '../../../src/model/steps.js';
import { withCheapCopies } from '../../../src/runner/files/copies.js';

/** What a script returns that is given some names. */
function run(script: string, names: Readonly<Record<string, unknown>> = {}): unknown {
  // oxlint-disable-next-line no-implied-eval -- as a loader runs what it has made
  const made = new Function(...Object.keys(names), script) as (...given: unknown[]) => unknown;
  return made(...Object.values(names));
}

describe('a script whose copies are written anew', () => {
  it.each([
    '{ ...{ a: 1, b: 2 }, b: 3 }',
    '{ ...{ a: 1 }, }',
    '{ ...null }',
    '{ ...undefined, a: 1 }',
    `{ ...'ab', c: 1 }`,
    '{ ...[1, 2], 1: 3 }',
    '{ ...(false ? { a: 1 } : { b: 2 }), c: { ...{ d: 4 }, e: [...[5], 6] } }',
    '{ ...{ a: 1 }, ...{ a: 2 } }',
    '{ a: 1, ...{ a: 2 } }',
    '{ ...{ a: 1 }, get b() { return 2; } }',
    '{ ...{ a: 1 }, __proto__: Array.prototype }',
    '{ ...{ a: 1 }, ["b"]: 2, c() { return 3; } }.c()',
    '((state) => ({ ...state, a: state.b++, c: (state.b = 9) }))({ a: 0, b: 1 })',
    '((list) => [...list, list.push(3), list.length])([1, 2])',
    '[...[1, 2]]',
    '[...new Set([1, 1, 2]), ...[3], 4,]',
    '[..."ab", 1]',
    '[...[1], , 2]',
    '[...new Set([3, 1]).add(2)].sort()',
    '[...new Map([["a", 1]])]',
    '[...new Set()]',
    '[...new Set(new Set([1]))]',
    '[...new Map(new Map([[1, { a: 1 }]])).values()]',
    'structuredClone({ a: new Set([1]), b: [undefined] })',
    '((structuredClone) => structuredClone([1, 2]))((list) => list.length)',
    '((Set) => new Set([1, 2]).length)(class { constructor(list) { this.length = list.length; } })',
    'Object.isFrozen(Object.freeze({ ...{ a: 1 } }))',
    '(({ a, ...rest }) => ({ ...rest }))({ a: 1, b: 2 })',
    '((...all) => Math.max(...all, 0))(...[1, 2])',
  ])('means what it meant: %s', (expression) => {
    const script = `'use strict'; return ${expression};`;
    expect(run(withCheapCopies(script))).toStrictEqual(run(script));
  });

  it('leaves lines where they were, and what does not copy as it was', () => {
    const script = `return [{\n  ...{ a: 1 },\n  b: 2,\n}, [\n...[1],\n], new Set(\n[])\n];`;
    const written = withCheapCopies(script);
    expect(written).not.toBe(script);
    expect(written.split('\n')).toHaveLength(script.split('\n').length);
    expect(withCheapCopies('f(...all);')).toBe('f(...all);');
  });
});

interface State {
  readonly told: boolean;
  readonly decided: boolean;
  readonly votes: Set<string>;
}

/** The calls of a protocol by cells: the first node asks all others until they have voted, and decides when all have. */
function callsOf(told: string, vote: string, decided: string): number {
  const nodes = ['a', 'b', 'c', 'd'];
  const bounds = { eot: 6, eff: 4, crashes: 1 };
  const handlers: AnyHandlers = {
    messages: type<MessageLike>(),
    init: (): State => ({ told: false, decided: false, votes: new Set() }),
    onTick(state, { self, send }) {
      const { votes } = state as State;
      if (self !== 'a') return;
      for (const node of nodes) if (node !== self && !votes.has(node)) send(node, { type: 'ask' });
    },
    onMessage: {
      ask(state, _, { from, send }) {
        send(from, { type: 'vote' });
        return run(told, { state });
      },
      vote: (state, _, { from, broadcast }) =>
        run(vote, { state, from, broadcast, others: nodes.length - 1 }),
      decided: (state) => run(decided, { state }),
    },
    observe: (state) => (state as State).decided,
  };
  const protocol: HandlerProtocol = {
    kind: 'handlers',
    handlers,
    specification: { decided: { pre: () => true, post: () => true } },
  };
  const space = new FaultSpace(nodes, bounds);
  const limits = { circuitLimit: 1_000_000, diagramLimit: 1_000_000 };
  const { conditions } = faultConditions(space, limits, () => {
    throw new Error('the diagram answers');
  });
  const { calls: shared } = new HandlerEvaluator(protocol, { nodes, eot: bounds.eot });
  const calls = new CellCalls(protocol, shared);
  const nothing = (): undefined => undefined;
  finish(new CellPass(calls, space.world(conditions), bounds.eot, nothing, nothing).steps());
  return calls.made;
}

describe('a protocol whose handlers return copies', () => {
  it('takes as many calls as one whose handlers change the state', () => {
    const tell = "broadcast({ type: 'decided' });";
    const drafts = callsOf(
      'state.told = true;',
      `state.votes.add(from); if (state.votes.size === others && !state.decided) { state.decided = true; ${tell} }`,
      'state.decided = true;',
    );
    const returned = [
      'return { ...state, told: true };',
      `const next = { ...state, votes: new Set(state.votes).add(from) };
      if (next.votes.size < others || next.decided) return next;
      ${tell} return { ...next, decided: true };`,
      'return { ...state, decided: true };',
    ] as const;
    const [told, vote, decided] = returned.map(withCheapCopies);
    const copies = callsOf(told, vote, decided);
    const asWritten = callsOf(...returned);
    expect(copies).toBe(drafts);
    expect(asWritten).toBeGreaterThan(drafts);
  });
});
