/**
 * The document that `ldfi repair --json` prints: its type, and the JSON Schema that `ldfi schema repair` prints. It has a
 * version of its own.
 */
import * as v from 'valibot';
import { bounds, described, natural, ordinal, text, type Json } from '../../../runner/documents/words.js';

const kind = v.picklist([
  'ask',
  'do not ask',
  'send because',
  'wait for more',
  'repeat',
  'time out',
  'keep',
  'send reliably',
  'ask again',
  'hold back',
  'keep fields',
]);

const integer = v.pipe(v.number(), v.integer());

const clause = v.strictObject({
  file: text,
  line: ordinal,
  before: described(text, 'The clause as Dedalus, whatever it is written in.'),
  after: described(v.array(text), 'The clauses that stand in its place.'),
});

const repair = v.strictObject({
  kind: described(kind, 'Of handlers, of the last of what is done around them.'),
  change: described(text, 'In words.'),
  cost: described(
    v.strictObject({ messages: integer, timesteps: integer }),
    'What it takes more where nothing fails: messages from one node to another, and timesteps until all is so that is asked.',
  ),
  lasts: described(
    v.boolean(),
    'Whether a check with EOT and EFF two timesteps later finds nothing either; false where it came to no verdict.',
  ),
  durable: described(v.array(text), 'Relations that are declared durable besides.'),
  clauses: described(v.array(clause), 'Of rules, those that are changed.'),
  line: v.optional(
    described(text, 'Of handlers, what to write around the scenario, which stands as an ellipsis.'),
  ),
});

export const repairDocumentSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    results: v.array(
      v.strictObject({
        name: text,
        nodes: v.array(text),
        bounds,
        verdict: described(
          v.picklist(['certified', 'violated', 'vacuous', 'inconclusive']),
          'Of the protocol as it is. Only what is violated has repairs.',
        ),
        repairs: described(v.array(repair), 'Each certified by a whole check, the cheapest first.'),
        changes: described(natural, 'That were tried.'),
        undecided: described(natural, 'Of these, those of which a check came to no verdict.'),
        remaining: described(
          v.picklist(['none', 'unknown']),
          'Whether no other of the changes that were tried repairs it, or it is not known.',
        ),
        checks: described(ordinal, 'Whole checks that it took.'),
      }),
    ),
    diagnostics: v.array(
      v.strictObject({ code: text, severity: v.picklist(['error', 'warning']), message: text }),
    ),
  }),
  v.title('Repairs'),
);

export type JsonRepairDocument = Json<typeof repairDocumentSchema>;
