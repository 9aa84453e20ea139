/** What the compiler takes and refuses of combinators; see `handlers.ts`. */
import { acknowledged, dedalus, defineScenario, kept, reliably, retrying, type } from '../../src/index.js';

const specification = { small: { always: () => true } };
const bounds = { eot: 3, eff: 1, crashes: 0 } as const;

const plain = defineScenario({
  name: 'plain',
  nodes: ['a', 'b'],
  bounds,
  handlers: {
    messages: type<{ readonly type: 'ask' } | { readonly type: 'answer'; readonly value: number }>(),
    init: () => ({ asked: false, value: 0 }),
    onMessage: {
      ask(_, __, { from, send }) {
        send(from, { type: 'answer', value: 1 });
      },
      answer(state, { value }) {
        state.value = value;
      },
    },
    observe: ({ value }) => value,
  },
  specification,
});

const byRole = defineScenario({
  name: 'by role',
  nodes: { client: ['c'], server: ['s'] },
  bounds,
  messages: type<{ readonly type: 'ask' } | { readonly type: 'answer' }>(),
  roles: {
    client: { init: () => ({ answered: false }), onMessage: { answer() {} }, observe: () => 0 },
    server: { init: () => ({ asked: 0 }), onMessage: { ask() {} }, observe: () => 0 },
  },
  specification,
});

const byRules = defineScenario({
  name: 'by rules',
  nodes: ['a'],
  bounds,
  rules: dedalus`pre(X) :- seen(X); post(X) :- seen(X); seen("a")@1;`,
});

export const all = reliably(plain);
export const one = reliably(plain, { messages: 'ask', every: 2 });
export const several = kept(reliably(byRole, { messages: ['ask', 'answer'] }), 'asked', 'answered');
export const again = retrying(kept(plain, 'asked'), { ask: 'ask', answers: ['answer'] });
export const held = acknowledged(byRole, { messages: 'answer', after: 'ask', by: 'majority' });
export const twice = reliably(reliably(plain, { messages: 'ask' }), { messages: 'answer' });
export const whole = kept(byRules);

// @ts-expect-error There is no such message.
export const misspelt = reliably(plain, { messages: 'aks' });

// @ts-expect-error There is no such message.
export const misspeltAmongOthers = retrying(byRole, { ask: ['ask', 'aks'], answers: 'answer' });

// @ts-expect-error No state has such a field.
export const noField = kept(plain, 'answered');

// @ts-expect-error That is no quorum.
export const noQuorum = acknowledged(plain, { messages: 'answer', after: 'ask', by: 'most' });

// @ts-expect-error Rules have no fields.
export const fieldOfRules = kept(byRules, 'seen');
