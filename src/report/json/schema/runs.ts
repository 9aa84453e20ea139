/** Faults, and what happened under them. */
import * as v from 'valibot';
import { faultKinds, type Fault } from '../../../injector/faults.js';
import type { FieldContent } from '../../../injector/faults/notation.js';
import {
  anyJson,
  bounds,
  described,
  eot,
  flag,
  language,
  names,
  natural,
  ordinal,
  text,
  time,
} from '../../../runner/documents/words.js';

const CONTENTS: Readonly<Record<FieldContent, v.GenericSchema>> = {
  node: text,
  name: text,
  nodes: names,
  links: v.exactOptional(
    described(names, 'Links between the groups that are not cut, as they are reliable.'),
  ),
  time,
  timesteps: ordinal,
  messages: v.exactOptional(
    described(ordinal, 'How many messages leave before it begins; without it, none.'),
  ),
  ways: v.picklist(['both', 'one']),
};

/** Of every kind, what its faults look like. */
export const faultOfAnyKind = v.variant(
  'kind',
  faultKinds.map(({ kind, notation }) => {
    const fields = Object.entries<FieldContent>(notation.fields);
    const contents = fields.map(([name, content]) => [name, CONTENTS[content]] as const);
    return v.strictObject({ kind: v.literal(kind), ...Object.fromEntries(contents) });
  }),
) as v.GenericSchema as v.GenericSchema<Fault>;

const faults = v.array(faultOfAnyKind);

export const schedule = described(text, 'The faults as `ldfi replay --inject` takes them.');

export const tuple = v.array(v.union([text, v.pipe(v.number(), v.integer())]));

/** Any JSON; `toJsonData` says how data is written that JSON has no word for. */
export const data = described(
  anyJson,
  'Any value; `undefined` is {"$undefined": true}, and `$` before a key is doubled.',
);

/** To valibot, a list is an object too. */
const fields = v.pipe(
  anyJson,
  v.check((value) => !Array.isArray(value)),
  v.record(text, anyJson),
);

export const message = v.strictObject({
  id: text,
  from: text,
  to: text,
  sent: time,
  arrivals: described(v.array(time), 'When it arrives; empty where it is lost.'),
  fate: v.picklist(['delivered', 'lost', 'not sent']),
  name: described(text, 'Of rules its relation, of handlers its type.'),
  payload: described(
    v.union([tuple, fields]),
    'Of rules its columns after the first, which is its destination; of handlers its fields.',
  ),
  causal: described(flag, 'Whether it is in the causal past of a violation.'),
});

const happening = {
  id: text,
  node: text,
  time,
  causes: described(names, 'The ids of events that made it happen.'),
};

const event = v.variant('kind', [
  v.strictObject({ ...happening, kind: v.literal('start') }),
  v.strictObject({ ...happening, kind: v.literal('restart') }),
  v.strictObject({ ...happening, kind: v.literal('tick') }),
  v.strictObject({
    ...happening,
    kind: v.literal('timer'),
    name: text,
    causal: v.exactOptional(described(v.literal(true), 'It is in the causal past of a violation.')),
  }),
  v.strictObject({
    ...happening,
    kind: v.literal('receipt'),
    message: described(text, 'The id of one.'),
  }),
]);

const operation = v.strictObject({
  node: text,
  began: time,
  ended: v.exactOptional(described(time, 'Absent where no end was recorded.')),
  operation: data,
  result: v.exactOptional(described(data, 'What it gave; absent where no end was recorded.')),
});

const notAsked = v.strictObject({ kind: v.literal('not asked'), property: text });

const ruleProperty = v.picklist(['pre', 'always']);

const tupleJudgement = v.variant('kind', [
  notAsked,
  v.strictObject({ kind: v.literal('held'), property: ruleProperty, tuple }),
  v.strictObject({ kind: v.literal('violated'), property: ruleProperty, time, tuple }),
]);

const propertyJudgement = v.variant('kind', [
  notAsked,
  v.strictObject({ kind: v.literal('held'), property: text }),
  v.strictObject({ kind: v.literal('violated'), property: text, time, reason: text }),
]);

const course = {
  nodes: names,
  eot,
  faults,
  messages: described(v.array(message), 'Every message sent or suppressed.'),
  events: described(v.array(event), 'What nodes did.'),
};

/** All that happened. */
export const run = v.variant('language', [
  v.strictObject({
    language: v.literal('rules'),
    ...course,
    facts: described(
      v.array(v.strictObject({ time, relation: text, tuple })),
      'Every fact of every timestep.',
    ),
    judgements: v.array(tupleJudgement),
  }),
  v.strictObject({
    language: v.literal('handlers'),
    ...course,
    states: described(
      v.array(
        v.strictObject({
          time,
          node: text,
          state: data,
          timers: v.exactOptional(
            described(v.record(text, natural), 'Timesteps until each fires, where any is set.'),
          ),
        }),
      ),
      'The state of every node after every timestep.',
    ),
    operations: v.exactOptional(
      described(
        v.array(operation),
        'What clients recorded, by when it began; absent where they recorded nothing.',
      ),
    ),
    judgements: v.array(propertyJudgement),
  }),
]);

const fact = v.strictObject({ relation: text, tuple });

const sent = described(
  v.array(message),
  'What the failure-free run does not send at that time, of all timesteps.',
);

export const divergence = described(
  v.variant('kind', [
    v.strictObject({
      kind: v.literal('facts'),
      time,
      missing: v.array(fact),
      added: v.array(fact),
      sent,
    }),
    v.strictObject({
      kind: v.literal('states'),
      time,
      changed: v.array(v.strictObject({ node: text, there: data, here: data })),
      sent,
    }),
  ]),
  'Where the run first parts from the failure-free one.',
);

/** What the JSON Schema has under names of their own. */
export const runDefinitions = {
  fault: faultOfAnyKind,
  bounds,
  language,
  tuple,
  data,
  message,
  event,
  tupleJudgement,
  propertyJudgement,
  run,
  fact,
  divergence,
};
