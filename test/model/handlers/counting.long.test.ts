/** What handlers count of their state is what a loop over it counts, and by cells is one answer, whatever is in it. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import { CellCalls } from '../../../src/model/handlers/cells/cell-calls.js';
import { CellPass } from '../../../src/model/handlers/cells/cell-pass.js';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import { finish } from '../../../src/model/steps.js';
import {
  type,
  type AnyHandlers,
  type Context,
  type HandlerProtocol,
  type MessageContext,
  type MessageLike,
} from '../../../src/model/handlers/protocol.js';
import { every, some } from '../../../src/model/quantifiers.js';
import { count } from '../../../src/model/rules/typescript/aggregates.js';
import { faultConditions } from '../../../src/injector/fault-conditions.js';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import { concreteWorld } from '../../../src/injector/world.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { judgeHandlerRun } from '../../judge/handlers.js';
import { byCells, namesOf } from '../../laws/handler-cells.js';
import { expectTrueOfTheSame } from '../../laws/representations.js';
import { admissibleFaultSets } from '../../judge/fault-sets.js';

type Votes = Set<unknown> | Map<unknown, unknown> | unknown[] | Record<string, unknown>;
interface State {
  votes: Votes;
  least: number;
}
type Quantifier = 'count' | 'some' | 'every';
type Counting = (quantifier: Quantifier, votes: Votes, test: (vote: unknown) => boolean) => number;

/** By what handlers import. */
const byQuestion: Counting = (quantifier, votes, test) =>
  quantifier === 'count' ? count(votes, test) : Number({ some, every }[quantifier](votes, test));

/** The same, written out. */
const byLoop: Counting = (quantifier, votes, test) => {
  const elements = votes instanceof Set || votes instanceof Map ? [...votes.values()] : Object.values(votes);
  const passing = elements.filter((element) => test(element)).length;
  switch (quantifier) {
    case 'count':
      return passing;
    case 'some':
      return Number(passing > 0);
    case 'every':
      return Number(passing === elements.length);
  }
};

interface Choice {
  readonly container: 'set' | 'map' | 'array' | 'object';
  readonly quantifier: Quantifier;
  /** Whether what is counted is an object, so that one has to go through all. */
  readonly nested: boolean;
  /** Counted before the vote that has come is put in, or after. */
  readonly before: boolean;
  readonly enough: number;
}

const choices: fc.Arbitrary<Choice> = fc.record({
  container: fc.constantFrom('set', 'map', 'array', 'object'),
  quantifier: fc.constantFrom('count', 'some', 'every'),
  nested: fc.boolean(),
  before: fc.boolean(),
  enough: fc.integer({ min: 1, max: 2 }),
});

const EMPTY = { set: () => new Set(), map: () => new Map(), array: () => [], object: () => ({}) } as const;

function put(votes: Votes, from: string, vote: unknown): void {
  if (votes instanceof Set) votes.add(vote);
  else if (votes instanceof Map) votes.set(from, vote);
  else if (Array.isArray(votes)) votes.push(vote);
  else votes[from] = vote;
}

/** Everybody votes at each time by it, and closes the vote where enough are late; votes are worth less from then on. */
function voting(choice: Choice, counting: Counting): HandlerProtocol {
  const { container, quantifier, nested, before, enough } = choice;
  const vote = (_: unknown, { time, broadcast }: Context<string, MessageLike & { value?: number }>) => {
    broadcast({ type: 'vote', value: time });
  };
  const handlers: AnyHandlers = {
    messages: type<MessageLike>(),
    init: (): State => ({ votes: EMPTY[container](), least: 2 }),
    onStart: vote,
    onTick: vote,
    onMessage: {
      vote: (untyped, message, { from }: MessageContext<string, MessageLike>) => {
        const state = untyped as State;
        const { value } = message as unknown as { value: number };
        // Of sets elements are scalars.
        const isNested = nested && container !== 'set';
        const test = (one: unknown) =>
          (isNested ? (one as { value: number }).value : (one as number)) >= state.least;
        if (!before) put(state.votes, from, isNested ? { value } : value);
        if (counting(quantifier, state.votes, test) >= enough) state.least = 3;
        else if (before) put(state.votes, from, isNested ? { value } : value);
      },
    },
    observe: (state) => (state as State).least,
  };
  return {
    kind: 'handlers',
    handlers,
    specification: { open: { pre: () => true, post: ({ at }) => at('a').observed === 2 } },
  };
}

let factory: SolverFactory;
beforeAll(async () => {
  factory = await loadBackend('minisat');
});

describe('what is counted of the state', () => {
  it('is what a loop counts, under every fault set', { timeout: 600_000 }, () => {
    const nodes = ['a', 'b', 'c'];
    const bounds: Bounds = { eot: 4, eff: 3, crashes: 0, reliable: { nodes: [], links: ['b->c', 'c->b'] } };
    fc.assert(
      fc.property(choices, (choice) => {
        const counts = voting(choice, byQuestion);
        const loops = voting(choice, byLoop);
        expectTrueOfTheSame(
          {
            nodes,
            bounds,
            evaluate: (world) => {
              const { violation } = byCells(new HandlerEvaluator(counts, { nodes, eot: bounds.eot }), world);
              return [{ name: 'violated', condition: violation }];
            },
            judge: (faults) =>
              namesOf([], judgeHandlerRun(loops, { nodes, eot: bounds.eot }, faults).violations.length > 0),
          },
          factory,
          admissibleFaultSets(nodes, bounds),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('is one answer, where a loop tells all sets apart', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e', 'f'];
    const runs = [byQuestion, byLoop].map((counting) => {
      const choice = {
        container: 'map',
        quantifier: 'count',
        nested: false,
        before: false,
        enough: 4,
      } as const;
      const evaluator = new HandlerEvaluator(voting(choice, counting), { nodes, eot: 3 });
      const calls = new CellCalls(evaluator.protocol, evaluator.calls);
      const space = new FaultSpace(nodes, { eot: 3, eff: 2, crashes: 0 });
      const { conditions } = faultConditions(space, { circuitLimit: 1_000_000, diagramLimit: 0 }, () =>
        factory.create(),
      );
      const nothing = () => undefined;
      finish(new CellPass(calls, space.world(conditions), 3, nothing, nothing).steps());
      return calls.made;
    });
    expect(runs[0]).toBeLessThan(runs[1] / 2);
  });

  it.each<
    readonly [what: string, act: (state: { n: number }, context: Context<string, MessageLike>) => unknown]
  >([
    [
      'Cannot send',
      (_, { self, send }) => {
        send(self, { type: 'vote' });
      },
    ],
    ['Cannot change the state', (state) => state.n++],
  ])('is not by something that acts: %s', (message, act) => {
    const protocol: HandlerProtocol = {
      kind: 'handlers',
      handlers: {
        messages: type<MessageLike>(),
        init: () => ({ n: 0, votes: new Set(['a']) }),
        onStart: (untyped, context) => {
          const state = untyped as { n: number; votes: Set<string> };
          some(state.votes, () => Boolean(act(state, context)));
        },
        onMessage: { vote: () => undefined },
        observe: () => true,
      },
      specification: { anything: { always: () => true } },
    };
    const evaluator = new HandlerEvaluator(protocol, { nodes: ['a'], eot: 1 });
    expect(() => evaluator.run(concreteWorld([]))).toThrow(message);
    expect(() => byCells(evaluator, concreteWorld([]))).toThrow(message);
  });
});
