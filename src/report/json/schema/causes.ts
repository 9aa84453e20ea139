/** Why counterexamples violate: what each fault did. */
import * as v from 'valibot';
import { described, natural, text, time } from '../../../runner/documents/words.js';
import { place } from './diagnostics.js';
import { data, faultOfAnyKind, tuple } from './runs.js';

const message = { from: text, sent: time, name: text, payload: data };

const happened = described(natural, 'A logical timestep; 0 of what a node begins with.');

const state = v.strictObject({
  kind: v.literal('state'),
  node: text,
  time: happened,
  state: data,
  timers: described(v.record(text, v.number()), 'Timesteps until each fires.'),
  crashed: described(v.boolean(), 'Whether the node is down, and so keeps this state.'),
  recorded: v.exactOptional(
    described(
      v.array(text),
      'What it recorded of operations in that timestep, in words; absent where that is nothing.',
    ),
  ),
});

export const linked = v.variant('kind', [
  v.strictObject({
    kind: v.literal('fact'),
    node: v.nullable(text),
    time,
    relation: text,
    tuple,
    place: v.nullable(place),
  }),
  v.strictObject({ kind: v.literal('message'), node: text, time, ...message }),
  state,
  v.strictObject({
    kind: v.literal('absence'),
    node: v.nullable(text),
    time,
    of: v.variant('kind', [
      v.strictObject({
        kind: v.literal('fact'),
        relation: text,
        pattern: described(
          v.array(v.nullable(v.union([text, v.number()]))),
          'By column; null for any value.',
        ),
      }),
      v.strictObject({ kind: v.literal('message'), ...message }),
    ]),
  }),
]);

const link = v.strictObject({
  vertex: linked,
  until: described(happened, 'The last timestep up to which it goes on to be so.'),
  by: described(v.nullable(text), 'The rule or the handler that makes it so, or would.'),
  place: v.nullable(place),
  instead: described(v.nullable(state), 'Of a state, that of the node in the other run.'),
});

export const faultCause = v.strictObject({
  fault: faultOfAnyKind,
  side: described(
    v.picklist(['here', 'there']),
    'Whether the chain is of what the run has, or of what it lacks and the run without this fault has.',
  ),
  chain: described(
    v.pipe(v.array(link), v.minLength(1)),
    'From what the fault did first to what the outcome reads, each because of the one before.',
  ),
});

const said = <Kind extends string>(kind: Kind) => v.strictObject({ kind: v.literal(kind) });

const evidence = v.variant('kind', [
  v.strictObject({
    kind: v.literal('idle'),
    calls: described(natural, 'How often the handler was called to no effect.'),
  }),
  said('restored'),
  v.strictObject({
    kind: v.literal('changed'),
    after: described(
      natural,
      'How many other places come before it on the way from the faults to the violation.',
    ),
  }),
  said('last'),
  said('decided'),
  v.strictObject({
    kind: v.literal('unfounded'),
    relation: described(text, 'What the rule reads, and nothing gives or derives.'),
  }),
  v.strictObject({
    kind: v.literal('asking'),
    relation: described(
      text,
      'What is asked for, and rests on the message that the rule sends: pre, or always.',
    ),
  }),
  said('barring'),
  said('against'),
  v.strictObject({
    kind: v.literal('forgotten'),
    premise: described(text, 'What the rule reads that was so before, and no longer is.'),
  }),
  said('silent'),
]);

export const suspect = v.strictObject({
  by: described(text, 'The rule, or the name of the handler.'),
  place: v.nullable(place),
  evidence: described(
    v.pipe(v.array(evidence), v.minLength(1)),
    'What speaks against it, what weighs most first. It proves nothing.',
  ),
});

/** What the JSON Schema has under names of their own. */
export const causeDefinitions = {
  linked,
  state,
  link,
  faultCause,
  evidence,
  suspect,
};
