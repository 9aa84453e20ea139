/**
 * The document that `ldfi explain --json` prints: its type, and the JSON Schema that `ldfi schema explain` prints. It has
 * a version of its own.
 */
import * as v from 'valibot';
import { bounds, described, ordinal, text, type Json } from '../../../runner/documents/words.js';

export interface JsonOutline {
  readonly text: string;
  readonly kind: 'fault' | 'code' | 'absent' | 'so';
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | null;
  readonly because: readonly JsonOutline[];
  readonly more: 'deeper' | 'told' | null;
}

const outline: v.GenericSchema<JsonOutline> = v.strictObject({
  text,
  kind: described(
    v.picklist(['fault', 'code', 'absent', 'so']),
    'A fault that happened; a rule, or a call of a handler, or what it failed at; what is not so; what is so.',
  ),
  place: described(
    v.nullable(v.strictObject({ file: text, line: ordinal, column: ordinal })),
    'Where the protocol says it.',
  ),
  because: v.array(v.lazy(() => outline)),
  more: described(
    v.nullable(v.picklist(['deeper', 'told'])),
    'What is behind it is beyond the depth that was asked for, or told elsewhere in the tree.',
  ),
});

export const explanationDocumentSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    explanations: v.array(
      v.strictObject({
        name: text,
        bounds,
        question: text,
        asks: v.picklist(['why', 'why-not']),
        faults: described(text, 'Of the run, as `--inject` reads them.'),
        answers: v.array(outline),
      }),
    ),
    diagnostics: v.array(
      v.strictObject({ code: text, severity: v.picklist(['error', 'warning']), message: text }),
    ),
  }),
  v.title('What ldfi answers to questions'),
);

export const explanationDefinitions = { outline };

export type JsonExplanationDocument = Json<typeof explanationDocumentSchema>;
