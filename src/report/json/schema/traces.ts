/**
 * The document that `ldfi trace --json` prints: its type, and the JSON Schema that `ldfi schema trace` prints. It has a
 * version of its own.
 */
import * as v from 'valibot';
import { FLAWS, type FlawKind } from '../../../lineage/traces/flaws.js';
import { TRACE_FORMATS, type TraceFormat } from '../../../lineage/traces/span.js';
import { natural, described, flag, ordinal, text, type Json } from '../../../runner/documents/words.js';

const call = described(natural, 'An index into `calls`.');
const shown = described(
  v.strictObject({
    count: natural,
    traceId: text,
    regular: described(v.nullable(text), 'A trace of a request of the same class in which nothing failed.'),
  }),
  'How many requests show it, and a trace of one of them.',
);

const callResult = v.strictObject({
  call,
  requests: described(natural, 'Good requests that rested on it.'),
  survived: described(v.nullable(shown), 'It failed, and the outcome was good.'),
  fatal: described(v.nullable(shown), 'It alone failed, and the outcome was not good.'),
});

const operation = v.strictObject({
  service: text,
  operation: text,
  requests: natural,
  good: described(natural, 'Requests with a good outcome.'),
  traceId: described(text, 'A trace of one, as they mostly are.'),
  classes: described(natural, 'Ways in which requests went while nothing failed.'),
  neverSurvived: v.array(callResult),
  tolerated: v.array(callResult),
  next: described(
    v.array(v.strictObject({ calls: v.array(call), requests: natural })),
    'Calls to let fail together, those first on which the most requests rest.',
  ),
  hasMore: described(flag, 'Whether there are more within the bounds.'),
});

const conclusions = v.strictObject({
  maxFaults: described(natural, 'The most calls to let fail together.'),
  requests: described(natural, 'Requests that are as `--where` wants them.'),
  allRequests: natural,
  calls: v.array(
    v.strictObject({
      within: described(v.nullable(call), 'The call that it is made for; null for the request itself.'),
      caller: text,
      callee: text,
      operation: text,
      ordinal: described(ordinal, 'Which of the same calls it is.'),
    }),
  ),
  operations: v.array(operation),
  services: v.array(
    v.strictObject({
      caller: text,
      callee: text,
      protocol: v.picklist(['http', 'rpc', 'database', 'messaging', 'ai', 'other']),
      calls: natural,
      failed: natural,
      asynchronous: described(natural, 'Calls that nobody waits for.'),
    }),
  ),
});

const health = v.strictObject({
  traces: natural,
  spans: natural,
  sound: described(natural, 'Traces without a flaw.'),
  score: described(natural, 'The sound traces of a hundred.'),
  flaws: v.array(
    v.strictObject({
      kind: v.picklist(Object.keys(FLAWS) as FlawKind[]),
      description: text,
      spans: natural,
      traces: natural,
      examples: v.array(v.strictObject({ traceId: text, spanId: text })),
    }),
  ),
});

export const traceDocumentSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    traces: described(
      v.nullable(
        v.strictObject({
          formats: v.array(
            v.strictObject({
              format: v.picklist(Object.keys(TRACE_FORMATS) as TraceFormat[]),
              records: natural,
            }),
          ),
          unreadable: described(natural, 'Records that are no spans, for want of an id.'),
          health,
          conclusions: described(v.nullable(conclusions), 'Null where `--strict` refuses the traces.'),
        }),
      ),
      'Null where nothing was read.',
    ),
    diagnostics: v.array(
      v.strictObject({ code: text, severity: v.picklist(['error', 'warning']), message: text }),
    ),
  }),
  v.title('What ldfi says of traces'),
);

export type JsonTraceDocument = Json<typeof traceDocumentSchema>;
export type JsonTraces = NonNullable<JsonTraceDocument['traces']>;
export type JsonTraceConclusions = NonNullable<JsonTraces['conclusions']>;
export type JsonOperation = Json<typeof operation>;
export type JsonCall = Json<typeof callResult>;
