/**
 * The JSON Schema (draft 2020-12) of the document that `--json` prints; `ldfi schema` prints this. It is a
 * value and not a file, so that it is typed, is shipped with the code, and needs no reading at run time.
 */
import { LONGEST_EOT } from '../../injector/bounds.js';
import { codes } from '../../model/diagnostics/codes.js';
import { DOCUMENT_VERSION } from './document.js';

type Schema = Readonly<Record<string, unknown>>;

/** An object that has exactly these properties, and perhaps the optional ones. */
function record(
  properties: Readonly<Record<string, Schema>>,
  description?: string,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    ...(description !== undefined && { description }),
    type: 'object',
    required: Object.keys(properties),
    additionalProperties: false,
    properties: { ...properties, ...optional },
  };
}

function list(items: Schema, description?: string): Schema {
  return { ...(description !== undefined && { description }), type: 'array', items };
}

function oneOf(...values: readonly string[]): Schema {
  return { enum: values };
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const count: Schema = { type: 'integer', minimum: 0 };
const time: Schema = { type: 'integer', minimum: 1, description: 'A logical timestep.' };
const eot: Schema = { type: 'integer', minimum: 1, maximum: LONGEST_EOT };
const names: Schema = list(text);

const faults: Schema = {
  fault: {
    oneOf: [
      record(
        { kind: { const: 'omission' }, from: text, to: text, time },
        'Everything `from` sends to `to` at `time` is lost.',
      ),
      record(
        { kind: { const: 'crash' }, node: text, time },
        '`node` sends nothing at any time >= `time`, and does not recover.',
      ),
    ],
  },
  bounds: record(
    { eot, eff: count, crashes: count },
    'Last timestep; end of finite failures; the most nodes that may crash.',
  ),
};

const schedule: Schema = { ...text, description: 'The faults as `ldfi replay --inject` takes them.' };

const event = { id: text, node: text, time, causes: list(text, 'The ids of events that made it happen.') };

const course = {
  nodes: names,
  eot,
  faults: list(ref('fault')),
  messages: list(ref('message'), 'Every message sent or suppressed.'),
  events: list(ref('event'), 'What nodes did.'),
};

const sent = list(ref('message'), 'What the failure-free run does not send at that time, of all timesteps.');

const runs: Schema = {
  language: oneOf('rules', 'handlers'),
  tuple: {
    type: 'array',
    items: { type: ['string', 'integer'] },
  },
  fact: record({ relation: text, tuple: ref('tuple') }),
  data: { description: 'Any value; `undefined` is {"$undefined": true}, and `$` before a key is doubled.' },
  message: record({
    id: text,
    from: text,
    to: text,
    sent: time,
    arrivals: list(time, 'When it arrives; empty where it is lost.'),
    fate: oneOf('delivered', 'omitted', 'sender crashed'),
    name: { ...text, description: 'Of rules its relation, of handlers its type.' },
    payload: {
      anyOf: [ref('tuple'), { type: 'object', description: 'Fields, each any value.' }],
      description: 'Of rules its columns after the first, which is its destination; of handlers its fields.',
    },
    causal: { ...flag, description: 'Whether it is in the causal past of a violation.' },
  }),
  event: {
    oneOf: [
      record({ ...event, kind: { const: 'start' } }),
      record({ ...event, kind: { const: 'tick' } }),
      record({ ...event, kind: { const: 'timer' }, name: text }),
      record({ ...event, kind: { const: 'receipt' }, message: { ...text, description: 'The id of one.' } }),
    ],
  },
  notAsked: record({ kind: { const: 'not asked' }, property: text }),
  tupleJudgement: {
    oneOf: [
      ref('notAsked'),
      record({ kind: { const: 'held' }, property: { const: 'pre' }, tuple: ref('tuple') }),
      record({ kind: { const: 'violated' }, property: { const: 'pre' }, time, tuple: ref('tuple') }),
    ],
  },
  propertyJudgement: {
    oneOf: [
      ref('notAsked'),
      record({ kind: { const: 'held' }, property: text }),
      record({ kind: { const: 'violated' }, property: text, time, reason: text }),
    ],
  },
  course: {
    oneOf: [
      record({
        language: { const: 'rules' },
        ...course,
        facts: list(record({ time, relation: text, tuple: ref('tuple') }), 'Every fact of every timestep.'),
        judgements: list(ref('tupleJudgement')),
      }),
      record({
        language: { const: 'handlers' },
        ...course,
        states: list(record({ time, node: text, state: ref('data') }), 'Every state of every timestep.'),
        judgements: list(ref('propertyJudgement')),
      }),
    ],
  },
  divergence: {
    oneOf: [
      record(
        { kind: { const: 'facts' }, time, missing: list(ref('fact')), added: list(ref('fact')), sent },
        'The first timestep at which this run and the failure-free one hold different facts.',
      ),
      record(
        {
          kind: { const: 'states' },
          time,
          changed: list(record({ node: text, there: ref('data'), here: ref('data') })),
          sent,
        },
        'The first timestep after which nodes are in other states than in the failure-free run.',
      ),
    ],
  },
  run: record({
    name: text,
    bounds: ref('bounds'),
    schedule,
    run: ref('course'),
    divergence: orNull(ref('divergence')),
  }),
};

const verdicts: Schema = {
  count: { type: 'string', pattern: '^(0|[1-9][0-9]*)$', description: 'A whole number of any size.' },
  verdictName: oneOf('violated', 'certified', 'vacuous', 'inconclusive'),
  counterexample: record({
    faults: list(ref('fault')),
    schedule,
    minimality: oneOf('minimum', 'minimal', 'unproven'),
    run: ref('course'),
    divergence: orNull(ref('divergence')),
  }),
  property: record(
    { name: text, under: orNull(list(ref('fault'))) },
    'A property, and faults under which it asks something of the run; null where no admissible ones are.',
  ),
  askedProperty: record({ name: text, under: list(ref('fault')) }),
  coverage: record({ size: count, examined: ref('count'), total: ref('count') }),
  verdict: {
    oneOf: [
      record({
        kind: { const: 'violated' },
        counterexamples: { ...list(ref('counterexample')), minItems: 1 },
        remaining: oneOf('none', 'some', 'unknown'),
        violating: orNull(ref('count')),
      }),
      record({ kind: { const: 'certified' }, properties: list(ref('askedProperty')) }),
      record({
        kind: { const: 'vacuous' },
        scope: oneOf('always', 'failure-free'),
        properties: list(ref('property')),
      }),
      record({ kind: { const: 'inconclusive' }, reason: text, covered: orNull(ref('coverage')) }),
    ],
  },
};

const results: Schema = {
  evidence: record({
    strategy: oneOf('compiled', 'alternating', 'random', 'exhaustive'),
    solver: oneOf('minisat', 'cadical'),
    representation: oneOf('diagram', 'circuit', 'replays', 'none'),
    confirmed: flag,
    fallbacks: list(text),
    executions: count,
    faultSets: ref('count'),
    estimate: ref('count'),
    statistics: record({
      firings: count,
      facts: count,
      handlerRuns: count,
      localStates: count,
      gates: count,
      diagramNodes: count,
      clauses: count,
      solverCalls: count,
      executionsToViolation: count,
    }),
  }),
  location: record(
    { file: text, scenario: orNull(text) },
    'How the command line finds the scenario: the file, the name where that has several, and other files of Dedalus that are parts of it.',
    { with: names },
  ),
  result: record({
    name: text,
    location: orNull(ref('location')),
    language: ref('language'),
    nodes: names,
    nodesInferred: flag,
    bounds: ref('bounds'),
    verdict: ref('verdict'),
    expected: orNull(ref('verdictName')),
    interrupted: flag,
    evidence: ref('evidence'),
    warnings: list(ref('diagnostic')),
    elapsed: { type: 'number', minimum: 0, description: 'Wall-clock milliseconds.' },
  }),
};

const verifications: Schema = {
  outcome: {
    oneOf: [
      record(
        {
          kind: { const: 'valid' },
          solver: oneOf('minisat', 'cadical'),
          runs: count,
          asking: count,
          proofSteps: orNull(count),
        },
        '`solver` found the formula without a model; `runs` satisfied the specification, which asked for something in `asking` of them.',
      ),
      record(
        { kind: { const: 'refuted' }, run: ref('run'), problems: list(ref('diagnostic')) },
        '`run` violates the specification.',
      ),
      record(
        { kind: { const: 'invalid' }, problems: list(ref('diagnostic')) },
        'It holds not, or not of this scenario, or could not be verified.',
      ),
    ],
  },
  verification: record({
    folder: { type: 'string', description: 'Of the certificate.' },
    location: ref('location'),
    nodes: names,
    bounds: ref('bounds'),
    faultSets: ref('count'),
    properties: list(record({ name: text, schedule: text })),
    formula: record({ variables: count, clauses: count }),
    outcome: ref('outcome'),
  }),
};

const diagnostics: Schema = {
  place: record({
    source: { ...count, description: 'An index into `sources`.' },
    line: { type: 'integer', minimum: 1 },
    column: { type: 'integer', minimum: 1 },
    start: count,
    end: count,
  }),
  diagnostic: record({
    code: oneOf(...Object.keys(codes)),
    severity: oneOf('error', 'warning'),
    message: text,
    place: orNull(ref('place')),
    notes: list(record({ label: text, text }), 'What was the case when it went wrong.'),
    related: list(record({ message: text, place: ref('place') })),
    expected: orNull(text),
    hint: orNull(text),
  }),
};

/** Of the whole document. */
export const jsonSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What ldfi found',
  ...record({
    version: { const: DOCUMENT_VERSION },
    results: list(ref('result'), 'Of `ldfi check`, in the order checked.'),
    runs: list(ref('run'), 'Of `ldfi replay`.'),
    verifications: list(ref('verification'), 'Of `ldfi verify-certificate`, in the order verified.'),
    diagnostics: list(ref('diagnostic'), 'What was wrong with the input or the command line.'),
    sources: list(record({ name: text, text }), 'The texts that diagnostics point into.'),
  }),
  $defs: { ...faults, ...runs, ...verdicts, ...results, ...verifications, ...diagnostics },
};
