/**
 * The document that `ldfi tolerance --json` prints: its type, and the JSON Schema that `ldfi schema tolerance` prints. It
 * has a version of its own.
 */
import * as v from 'valibot';
import {
  bounds,
  described,
  digits,
  natural,
  ordinal,
  text,
  type Json,
} from '../../../runner/documents/words.js';
import { locationSchema } from './results.js';

const schedule = described(text, 'Faults, as `--inject` reads them.');

const share = v.strictObject({
  violating: digits,
  of: described(digits, 'All fault sets that there are, of which so many violate.'),
});

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const row = v.strictObject({
  crashes: natural,
  tolerated: described(
    v.nullable(natural),
    'The widest EFF within which nothing violates; null where something does without any omission.',
  ),
  vacuous: described(v.boolean(), 'Whether some property is never asked within these bounds.'),
  broken: described(
    v.nullable(v.strictObject({ eff: natural, faults: schedule })),
    'The narrowest EFF that is violated, with the least fault set that does; null where none is known.',
  ),
  undecided: described(v.nullable(natural), 'The narrowest EFF of which there is no verdict.'),
});

const hardening = v.strictObject({
  what: v.variant('kind', [
    v.strictObject({ kind: v.literal('node'), node: text }),
    v.strictObject({ kind: v.literal('channel'), from: text, to: text }),
    v.strictObject({ kind: v.literal('time'), time: ordinal }),
  ]),
  left: described(share, 'Of the fault sets in which it does not fail.'),
  probability: described(v.nullable(probability), 'Of a violation where it does not fail.'),
});

const analysis = v.strictObject({
  share,
  faults: described(v.nullable(schedule), 'The least fault set that violates.'),
  course: described(
    v.array(v.strictObject({ time: natural, left: share })),
    'Of what may come after its faults up to a time, how much violates; time 0 is before all of them.',
  ),
  hardenings: described(v.array(hardening), 'What leaves less that violates, the least left first.'),
  probabilities: v.nullable(
    v.strictObject({
      violation: described(probability, 'Of a violation by faults within the bounds.'),
      within: described(probability, 'That the faults are within the bounds.'),
    }),
  ),
});

const widening = v.strictObject({
  bounds: described(bounds, 'Those of the scenario, of which one is wider by one.'),
  verdict: v.picklist(['tolerated', 'violated', 'undecided']),
  faults: described(v.nullable(schedule), 'The least fault set that violates.'),
  reason: described(v.nullable(text), 'Why there is no verdict.'),
});

export const toleranceDocumentSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    tolerances: v.array(
      v.strictObject({
        name: text,
        location: locationSchema,
        nodes: v.array(text),
        bounds,
        widest: described(natural, 'The widest EFF that was looked at.'),
        rows: v.array(row),
        analysis: described(v.nullable(analysis), 'Null where there is too much to be counted.'),
        reason: described(v.nullable(text), 'Why it was not counted.'),
        outside: described(
          v.nullable(v.array(widening)),
          'What lies just outside of the bounds; null where something within them violates, or that is not known.',
        ),
      }),
    ),
    diagnostics: v.array(
      v.strictObject({ code: text, severity: v.picklist(['error', 'warning']), message: text }),
    ),
  }),
  v.title('What protocols tolerate'),
);

export type JsonToleranceDocument = Json<typeof toleranceDocumentSchema>;
