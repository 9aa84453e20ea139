/** Scenarios that tests of library calls share. */
import type { Bounds } from '../../src/injector/bounds.js';
import { type } from '../../src/model/handlers/protocol.js';
import { dedalus } from '../../src/model/rules/typescript/template.js';
import { defineScenario, type Scenario } from '../../src/runner/scenario/define.js';

type Message = { type: 'note' } | { type: 'thanks' };

/** One node has a note for another, and says it once or until it is thanked. */
function delivery(name: string, bounds: Bounds, retries: boolean): Scenario {
  return defineScenario({
    name,
    nodes: ['alice', 'bob'],
    bounds,
    handlers: {
      messages: type<Message>(),
      init: (node) => ({ hasNote: node === 'alice', thanked: false }),
      onStart: (_, { self, send }) => {
        if (self === 'alice') send('bob', { type: 'note' });
      },
      onTick: ({ thanked }, { self, send }) => {
        if (retries && self === 'alice' && !thanked) send('bob', { type: 'note' });
      },
      onMessage: {
        note: (state, _, { from, send }) => {
          send(from, { type: 'thanks' });
          return { ...state, hasNote: true };
        },
        thanks: (state) => ({ ...state, thanked: true }),
      },
      observe: ({ hasNote }) => hasNote,
    },
    specification: {
      delivery: { pre: () => true, post: ({ at }) => at('bob').observed || 'bob has no note' },
    },
  });
}

/** Violated by one omission, within its own bounds. */
export const hasty = delivery('hasty delivery', { eot: 4, eff: 2, crashes: 0 }, false);

/** Certified within its own bounds; a crash violates it. */
export const patient = delivery('patient delivery', { eot: 5, eff: 3, crashes: 0 }, true);

/** The same in rules; violated by one omission. */
export const byRules = defineScenario({
  name: 'delivery by rules',
  nodes: ['alice', 'bob'],
  bounds: { eot: 4, eff: 2, crashes: 0 },
  expect: 'violated',
  rules: dedalus`
    note("alice", "bob")@1;
    got(To, From)@async :- note(From, To);
    got(To, From)@next :- got(To, From);

    wanted("bob")@1;
    wanted(To)@next :- wanted(To);
    pre(To) :- wanted(To);
    post(To) :- got(To, _);
  `,
});

/** Rules with two mistakes. */
export const faulty = defineScenario({
  name: 'faulty rules',
  nodes: ['alice'],
  bounds: { eot: 4, eff: 2, crashes: 0 },
  rules: dedalus`
    seen("alice")@1;
    pre(X) :- seen(Y);
    post(Z) :- seen(X);
  `,
});
