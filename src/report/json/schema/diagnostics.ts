/** Diagnostics, and places in the sources that they point into. */
import * as v from 'valibot';
import { codes, type DiagnosticCode } from '../../../model/diagnostics/codes.js';
import { natural, described, ordinal, text } from '../../../runner/documents/words.js';

export const place = v.strictObject({
  source: described(natural, 'An index into `sources`.'),
  line: ordinal,
  column: ordinal,
  start: natural,
  end: natural,
});

export const diagnosticSchema = v.strictObject({
  code: v.picklist(Object.keys(codes) as DiagnosticCode[]),
  severity: v.picklist(['error', 'warning']),
  message: text,
  place: v.nullable(place),
  notes: described(v.array(v.strictObject({ label: text, text })), 'What was the case when it went wrong.'),
  related: v.array(v.strictObject({ message: text, place })),
  expected: v.nullable(text),
  hint: v.nullable(text),
});

export const diagnosticDefinitions = { place, diagnostic: diagnosticSchema };
