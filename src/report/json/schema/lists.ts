/**
 * The document that `ldfi check --list --json` prints: its type, and the JSON Schema that `ldfi schema list` prints. It
 * has a version of its own.
 */
import * as v from 'valibot';
import { VERDICTS } from '../../../model/verdict-names.js';
import { bounds, described, names, text, type Json } from '../../../runner/documents/words.js';

export const listDocumentSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    scenarios: v.array(
      v.strictObject({
        file: text,
        name: described(v.nullable(text), 'What `--grep` is compared with; null of a program of Dedalus.'),
        language: described(v.picklist(['rules', 'handlers', 'system']), '`system` runs by itself.'),
        nodes: described(names, 'None of a running system.'),
        checks: described(
          v.array(
            v.strictObject({
              bounds,
              expected: v.nullable(v.picklist(VERDICTS)),
            }),
          ),
          'The bounds that it gives itself.',
        ),
      }),
    ),
    diagnostics: v.array(
      v.strictObject({ code: text, severity: v.picklist(['error', 'warning']), message: text }),
    ),
  }),
  v.title('What there is to check'),
);

export type JsonListDocument = Json<typeof listDocumentSchema>;
