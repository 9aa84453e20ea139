/**
 * The document that `ldfi protect --json` prints: its type, and the JSON Schema that `ldfi schema protect` prints. It has a
 * version of its own.
 */
import * as v from 'valibot';
import { bounds, described, ordinal, reliable, text, type Json } from '../../../runner/documents/words.js';

const protection = v.variant('kind', [
  described(
    v.strictObject({ kind: v.literal('message'), name: text }),
    'Every message of this name arrives in time, and once, wherever its sender is up.',
  ),
  described(v.strictObject({ kind: v.literal('node'), node: text }), 'No fault happens to the node.'),
  described(
    v.strictObject({ kind: v.literal('channel'), from: text, to: text }),
    'What one node sends to the other arrives in time, and once, wherever the sender is up.',
  ),
]);

const protections = v.array(protection);

export const protectDocumentSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    results: v.array(
      v.strictObject({
        name: text,
        nodes: v.array(text),
        bounds,
        sets: described(
          v.array(
            v.strictObject({
              protections: described(protections, 'None where nothing violates without any.'),
              reliable: v.exactOptional(reliable),
              vacuous: described(v.boolean(), 'Whether some property is asked in no run that is left.'),
            }),
          ),
          'The smallest under which no admissible fault set violates, the fewest protections first.',
        ),
        remaining: described(
          v.picklist(['none', 'unknown']),
          'Whether there are no more, as far as all was decided, or it is not known.',
        ),
        undecided: described(
          v.array(v.strictObject({ protections, reason: text })),
          'Those of which a check came to no verdict. Nothing is said of these with others.',
        ),
        checks: described(ordinal, 'Whole checks that it took.'),
      }),
    ),
    diagnostics: v.array(
      v.strictObject({ code: text, severity: v.picklist(['error', 'warning']), message: text }),
    ),
  }),
  v.title('What would be enough'),
);

export type JsonProtectDocument = Json<typeof protectDocumentSchema>;
