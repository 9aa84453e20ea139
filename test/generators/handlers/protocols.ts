/**
 * The weights of random handler protocols. They make protocols in which messages matter: the first node asks,
 * the others change and answer, and properties read what messages change.
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { chance, chosen, optional, weighted } from '../weights.js';
import { FIELDS, STYLES } from './language.js';
import type {
  Among,
  Assertion,
  Body,
  Condition,
  Field,
  FieldTest,
  MessageName,
  Operator,
  PropertyChoice,
  ProtocolChoice,
  Size,
  Statement,
} from './language.js';
import { change, guarded, messageName, operator, send, setTimer, statement } from './statements.js';
import { namedBounds, togetherWith } from '../named-bounds.js';

/** The statements that are there, one after the other. */
function sequence(...statements: readonly Arbitrary<Statement | undefined>[]): Arbitrary<Body> {
  return fc.tuple(...statements).map((all) => all.filter((one) => one !== undefined));
}

function further(maxLength: number): Arbitrary<Body> {
  return fc.array(statement, { maxLength, size: 'max' });
}

function followedBy(first: Arbitrary<Body>, second: Arbitrary<Body>): Arbitrary<Body> {
  return fc.tuple(first, second).map((both) => both.flat());
}

function when(given: Condition, then: Arbitrary<Body>): Arbitrary<Statement> {
  return then.map((body) => ({ kind: 'if', condition: given, then: body, otherwise: [] }));
}

const FIRST: Condition = { kind: 'is', who: 'self', peer: 0 };

const ask = send(chosen<MessageName>(['ask', 5], ['tell', 1]));

const onStart: Arbitrary<Body> = followedBy(
  sequence(optional(90, when(FIRST, sequence(ask, optional(20, ask)))), optional(35, setTimer)),
  further(1),
);

/** Mostly asks again where that seems to be needed. */
const retry: Arbitrary<Statement> = weighted(
  { arbitrary: when(FIRST, sequence(guarded(sequence(ask)))), weight: 2 },
  { arbitrary: guarded(sequence(send(messageName))), weight: 1 },
);

/** Takes a message in, and mostly sends on what it says. */
function reaction(answers: number, answer: MessageName): Arbitrary<Body> {
  const reply = send(chosen<MessageName>([answer, 6], ['ask', 1]));
  return followedBy(
    sequence(
      optional(88, change),
      optional(
        answers,
        weighted({ arbitrary: reply, weight: 1 }, { arbitrary: guarded(sequence(reply)), weight: 1 }),
      ),
    ),
    further(2),
  );
}

/** Counts who answered, and decides when they are enough. */
const quorum: Arbitrary<Body> = fc
  .tuple(fc.integer({ min: 1, max: 2 }), sequence(change, optional(60, send(fc.constant('done')))))
  .map(([size, then]) => [
    { kind: 'hear', peer: 'from' },
    {
      kind: 'if',
      condition: {
        kind: 'compare',
        operator: '>=',
        left: { kind: 'heard' },
        right: { kind: 'constant', value: size },
      },
      then,
      otherwise: [],
    },
  ]);

const field: Arbitrary<Field> = fc.constantFrom(...FIELDS);
const among: Arbitrary<Among> = chosen<Among>(['correct', 3], ['nodes', 2], ['others', 1]);

/** Mostly that something happened. */
const fieldTest: Arbitrary<FieldTest> = weighted<FieldTest>(
  { arbitrary: fc.record({ field, operator: fc.constant('>='), value: fc.constant(1) }), weight: 3 },
  { arbitrary: fc.record({ field, operator, value: fc.nat(2) }), weight: 2 },
);

const simpleAssertion: Arbitrary<Assertion> = weighted<Assertion>(
  { arbitrary: fc.record({ kind: fc.constant('at' as const), node: fc.nat(2), test: fieldTest }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constantFrom('every', 'some'), among, test: fieldTest }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('agree' as const), among, field }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('crashed' as const), node: fc.nat(2) }), weight: 1 },
);

/** Of the time, and of faults, whatever they do. */
const momentAssertion: Arbitrary<Assertion> = weighted<Assertion>(
  { arbitrary: fc.record({ kind: fc.constant('late' as const), operator, time: fc.nat(6) }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('downSince', 'restarted'),
      node: fc.nat(2),
      operator,
      time: fc.nat(4),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('quiet' as const), timesteps: fc.nat(4) }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('happened' as const),
      fault: fc.constantFrom(
        undefined,
        'omission',
        'crash',
        'outage',
        'partition',
        'delay',
        'duplicate',
        'pause',
        'named',
      ),
    }),
    weight: 2,
  },
);

const assertion: Arbitrary<Assertion> = weighted<Assertion>(
  { arbitrary: simpleAssertion, weight: 6 },
  { arbitrary: simpleAssertion.map((of) => ({ kind: 'not', assertion: of })), weight: 1 },
  {
    arbitrary: fc.record({ kind: fc.constant('or' as const), left: simpleAssertion, right: simpleAssertion }),
    weight: 4,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('or' as const), left: simpleAssertion, right: momentAssertion }),
    weight: 1,
  },
);

const sometimesTrue: Arbitrary<Assertion> = weighted<Assertion>(
  { arbitrary: fc.constant({ kind: 'constant', value: true }), weight: 1 },
  { arbitrary: assertion, weight: 3 },
);

const property: Arbitrary<PropertyChoice> = weighted<PropertyChoice>(
  {
    arbitrary: fc.record({
      kind: fc.constant('pre and post' as const),
      pre: sometimesTrue,
      post: assertion,
      explains: chance(50),
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('always' as const), of: assertion, explains: chance(50) }),
    weight: 1,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('never' as const), of: assertion, explains: chance(50) }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      field,
      // What counts backwards, or stays, is rare.
      operator: chosen<Operator>(['>=', 5], ['===', 1], ['<', 1]),
      explains: chance(50),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('leads to' as const),
      when: sometimesTrue,
      then: assertion,
      within: chosen([0, 1], [1, 3], [2, 6], [3, 4]),
      explains: chance(50),
    }),
    weight: 2,
  },
);

/** Chosen so that there are at most about 1,300 admissible fault sets. */
export const handlerSize: Arbitrary<Size> = fc
  .record({
    count: chosen([2, 2], [3, 3]),
    eot: fc.integer({ min: 3, max: 6 }),
    eff: chosen([2, 3], [3, 3], [4, 1], [1, 1]),
    crashes: chosen([1, 4], [0, 2], [2, 2]),
    // The order of nodes is not that of their names.
    names: fc.constantFrom(['a', 'b', 'c'], ['c', 'a', 'b']),
    named: namedBounds,
  })
  .map(({ count, eot, eff, crashes, names, named }) => {
    const within = count === 2 ? Math.min(eff, eot - 1) : Math.min(eff, 2);
    const isLarge = count === 3 ? within === 2 && eot > 3 : within === 4;
    const most = isLarge ? Math.min(crashes, 1) : crashes;
    // Without a fault there is nothing to test.
    const least = within === 1 ? 1 : 0;
    const bounds = { eot, eff: within, crashes: Math.max(most, least) };
    const nodes = names.slice(0, count);
    return { nodes, bounds: togetherWith(named, bounds, nodes) };
  });

export const protocolChoice: Arbitrary<ProtocolChoice> = fc.record({
  inRoles: chance(35),
  styles: fc.tuple(fc.constantFrom(...STYLES), fc.constantFrom(...STYLES)),
  sets: chance(50),
  initial: fc.nat(1),
  ranked: chance(25),
  keeps: optional(50, fc.uniqueArray(field, { maxLength: 3 })),
  onStart,
  tickAtStart: chance(30),
  onTick: followedBy(sequence(optional(60, retry), optional(20, guarded(sequence(change)))), further(1)),
  onTimer: fc.record({
    early: followedBy(sequence(optional(50, ask), optional(60, change)), further(1)),
    late: followedBy(sequence(optional(60, guarded(sequence(send(messageName))))), further(2)),
  }),
  onMessage: fc.record({
    ask: reaction(65, 'tell'),
    tell: weighted<Body>(
      { arbitrary: reaction(35, 'done'), weight: 1 },
      { arbitrary: followedBy(quorum, further(1)), weight: 1 },
    ),
    done: reaction(10, 'tell'),
  }),
  shows: fc.uniqueArray(field, { maxLength: 2 }),
  properties: fc
    .tuple(property, optional(25, property))
    .map((properties) => properties.filter((one) => one !== undefined)),
});
