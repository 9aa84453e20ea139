/** Random statements of handlers, and what they are made of. */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { chance, chosen, weighted } from '../weights.js';
import {
  ARRANGED_BY,
  CONTAINERS,
  COUNTERS,
  DONE_IN_WALKS,
  FAULTS,
  WALKED_BY,
  MESSAGES,
  TIMERS,
} from './language.js';
import type {
  Body,
  Condition,
  MessageName,
  Numeric,
  Operator,
  Peer,
  Statement,
  TimerName,
} from './language.js';

const place = fc.nat(2);
export const timer: Arbitrary<TimerName> = fc.constantFrom(...TIMERS);
export const timesteps = fc.integer({ min: 1, max: 3 });
export const messageName: Arbitrary<MessageName> = fc.constantFrom(...MESSAGES);
export const operator: Arbitrary<Operator> = chosen<Operator>(['>=', 3], ['===', 3], ['<', 2]);

const peer: Arbitrary<Peer> = chosen<Peer>(['from', 5], ['self', 2], ['next', 2], [0, 2], [1, 1], [2, 1]);

const elementsAsked = {
  of: fc.constantFrom(...CONTAINERS),
  operator,
  value: fc.nat(2),
};

const constant: Arbitrary<Numeric> = fc.nat(2).map((value) => ({ kind: 'constant', value }));

const simpleNumeric: Arbitrary<Numeric> = weighted<Numeric>(
  { arbitrary: constant, weight: 4 },
  { arbitrary: fc.constantFrom(...COUNTERS).map((counter) => ({ kind: 'counter', counter })), weight: 5 },
  { arbitrary: fc.constant({ kind: 'value' }), weight: 4 },
  { arbitrary: fc.constant({ kind: 'time' }), weight: 2 },
  { arbitrary: fc.constant({ kind: 'heard' }), weight: 2 },
  { arbitrary: fc.constant({ kind: 'logged' }), weight: 1 },
  { arbitrary: timer.map((name) => ({ kind: 'remaining', timer: name })), weight: 1 },
  { arbitrary: peer.map((one) => ({ kind: 'noted', peer: one })), weight: 1 },
  { arbitrary: fc.constant({ kind: 'total' }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('count' as const), ...elementsAsked }), weight: 1 },
);

export const numeric: Arbitrary<Numeric> = weighted<Numeric>(
  { arbitrary: simpleNumeric, weight: 3 },
  {
    arbitrary: fc.record({ kind: fc.constant('sum' as const), left: simpleNumeric, right: simpleNumeric }),
    weight: 1,
  },
);

const simpleCondition: Arbitrary<Condition> = weighted<Condition>(
  {
    arbitrary: fc.record({
      kind: fc.constant('compare' as const),
      operator,
      left: simpleNumeric,
      right: weighted({ arbitrary: constant, weight: 3 }, { arbitrary: simpleNumeric, weight: 1 }),
    }),
    weight: 5,
  },
  { arbitrary: fc.constant({ kind: 'flag' }), weight: 3 },
  { arbitrary: fc.constant({ kind: 'restarted' }), weight: 1 },
  { arbitrary: fc.constantFrom(...FAULTS).map((name) => ({ kind: 'fault', name })), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('is' as const),
      who: fc.constantFrom('self', 'from'),
      peer: place,
    }),
    weight: 3,
  },
  { arbitrary: peer.map((one) => ({ kind: 'has heard', peer: one })), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constantFrom('some', 'every'), ...elementsAsked }), weight: 1 },
);

export const condition: Arbitrary<Condition> = weighted<Condition>(
  { arbitrary: simpleCondition, weight: 2 },
  { arbitrary: simpleCondition.map((of) => ({ kind: 'not', condition: of })), weight: 1 },
);

const walk: Arbitrary<Statement> = fc.record({
  kind: fc.constant('walk' as const),
  ...elementsAsked,
  by: fc.constantFrom(...WALKED_BY),
  does: fc.constantFrom(...DONE_IN_WALKS),
  peer,
  entry: simpleNumeric,
});

const arrange: Arbitrary<Statement> = fc.record({
  kind: fc.constant('arrange' as const),
  by: fc.constantFrom(...ARRANGED_BY),
  at: fc.nat(2),
  entry: simpleNumeric,
});

/** Something in the state that a message mostly changes. */
export const change: Arbitrary<Statement> = weighted<Statement>(
  { arbitrary: peer.map((one) => ({ kind: 'hear', peer: one })), weight: 4 },
  {
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      counter: fc.constantFrom(...COUNTERS),
      to: numeric,
    }),
    weight: 4,
  },
  { arbitrary: chance(80).map((to) => ({ kind: 'flag', to })), weight: 3 },
  { arbitrary: numeric.map((entry) => ({ kind: 'log', entry })), weight: 3 },
  {
    arbitrary: fc.record({ kind: fc.constant('note' as const), peer, value: numeric }),
    weight: 2,
  },
  { arbitrary: fc.constant({ kind: 'merge' }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'forget' }), weight: 1 },
  { arbitrary: walk, weight: 1 },
  { arbitrary: arrange, weight: 1 },
);

export function send(message: Arbitrary<MessageName>): Arbitrary<Statement> {
  return fc.record({
    kind: fc.constant('send' as const),
    to: weighted<Peer | 'others'>(
      { arbitrary: fc.constant('others'), weight: 2 },
      { arbitrary: peer, weight: 3 },
    ),
    message,
    value: numeric,
    tellsHeard: chance(20),
  });
}

export const setTimer: Arbitrary<Statement> = fc.record({
  kind: fc.constant('set' as const),
  timer,
  timesteps,
});

const simpleStatement: Arbitrary<Statement> = weighted<Statement>(
  { arbitrary: change, weight: 6 },
  { arbitrary: send(messageName), weight: 3 },
  { arbitrary: setTimer, weight: 1 },
  { arbitrary: timer.map((name) => ({ kind: 'cancel', timer: name })), weight: 1 },
);

/** `then` under a random condition. */
export function guarded(then: Arbitrary<Body>): Arbitrary<Statement> {
  return fc.record({
    kind: fc.constant('if' as const),
    condition,
    then,
    otherwise: fc.array(simpleStatement, { maxLength: 1 }),
  });
}

export const statement: Arbitrary<Statement> = weighted<Statement>(
  { arbitrary: simpleStatement, weight: 3 },
  { arbitrary: guarded(fc.array(simpleStatement, { minLength: 1, maxLength: 2 })), weight: 2 },
  { arbitrary: guarded(fc.constant<Body>([{ kind: 'stop' }])), weight: 1 },
);
