/** What the compiler takes and refuses of the operations that handlers record. There is nothing to run: type checking is the test. */
import {
  defineScenario,
  models,
  type,
  type ObjectModel,
  type Operations,
  type RegisterOperations,
  type RoleHandlers,
} from '../../src/index.js';

const bounds = { eot: 4, eff: 2, crashes: 0 } as const;

/** Where nobody says which there are, any are recorded. */
export const untold = defineScenario({
  name: 'untold',
  nodes: ['a'],
  bounds,
  handlers: {
    messages: type<{ readonly type: 'value'; readonly value: number }>(),
    init: () => ({ seen: 0 }),
    onStart(_, { invoke }) {
      invoke({ type: 'polish', how: 'twice' });
      // @ts-expect-error An operation has a type.
      invoke({ how: 'twice' });
    },
    onMessage: {
      value(state, { value }, { complete }) {
        complete(value);
        state.seen = value;
      },
    },
    observe: ({ seen }) => seen,
  },
  specification: { one: { linearizable: models.register(0) } },
});

export const told = defineScenario({
  name: 'told',
  nodes: ['a'],
  bounds,
  handlers: {
    messages: type<{ readonly type: 'value'; readonly value: number }>(),
    operations: type<RegisterOperations<number>>(),
    init: () => ({ seen: 0 }),
    onStart(state, { invoke }) {
      invoke({ type: 'write', value: state.seen });
      // @ts-expect-error There is no such operation.
      invoke({ type: 'wirte', value: 1 });
      // @ts-expect-error A register of numbers.
      invoke({ type: 'write', value: 'one' });
    },
    onMessage: {
      value(state, { value }, { complete }) {
        complete();
        complete(value);
        // @ts-expect-error No operation gives that.
        complete('one');
        state.seen = value;
      },
    },
    observe: ({ seen }) => seen,
  },
  specification: { one: { linearizable: models.register(0) } },
});

type Ticket = { readonly type: 'buy' } | { readonly type: 'giveBack' };

const office: ObjectModel<number, Ticket, boolean | undefined> = {
  initial: 3,
  step: (left, operation) =>
    operation.type === 'giveBack' ? { state: left + 1 } : { state: left - 1, result: left > 0 },
};

type Nodes = { readonly buyer: readonly ['x']; readonly office: readonly ['o'] };
type Message = { readonly type: 'buy' } | { readonly type: 'bought'; readonly got: boolean };
type Recorded = Operations<Ticket, boolean | undefined>;

const buyer: RoleHandlers<Nodes, 'buyer', { done: boolean }, Message, boolean, unknown, Recorded> = {
  init: () => ({ done: false }),
  onStart(_, { invoke, send }) {
    invoke({ type: 'buy' });
    // @ts-expect-error There is no such operation.
    invoke({ type: 'sell' });
    send('o', { type: 'buy' });
  },
  onMessage: {
    bought(state, { got }, { complete }) {
      state.done = true;
      complete(got);
    },
  },
  observe: ({ done }) => done,
};

/** By role, beside the messages. */
export const byRole = defineScenario({
  name: 'by role',
  nodes: { buyer: ['x'], office: ['o'] },
  bounds,
  messages: type<Message>(),
  operations: type<Recorded>(),
  roles: {
    buyer,
    office: {
      init: () => ({ left: 3 }),
      onMessage: {
        buy(state, _, { from, send, complete }) {
          send(from, { type: 'bought', got: state.left > 0 });
          // @ts-expect-error No operation gives that.
          complete(state.left);
        },
      },
      observe: ({ left }) => left,
    },
  },
  specification: { tickets: { linearizable: office } },
});

export const mistaken = defineScenario({
  name: 'mistaken',
  nodes: ['a'],
  bounds,
  handlers: {
    messages: type<{ readonly type: 'none' }>(),
    init: () => 0,
    onMessage: { none: () => undefined },
    observe: (state) => state,
  },
  // @ts-expect-error A model has steps.
  specification: { one: { linearizable: { initial: 0 } } },
});
