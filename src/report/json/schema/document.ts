/**
 * The document that `--json` prints, described for its readers in `docs/json.md`. This is its only other description:
 * the type, the JSON Schema that `ldfi schema` prints, and the check of a document that is read all follow from it. It
 * says everything that the text reports say and no less, so that they can be rebuilt from it. What is absent is null.
 */
import * as v from 'valibot';
import { DOCUMENT_VERSION } from '../version.js';
import type { faultCause, linked, suspect } from './causes.js';
import { diagnosticSchema, type place } from './diagnostics.js';
import type { counterexample, locationSchema, outcome, verdict } from './results.js';
import { replayed, result, verification } from './results.js';
import type { divergence, message, run } from './runs.js';
import type { systemCounterexample } from './systems.js';
import { systemResult } from './systems.js';
import { described, text, type Json } from '../../../runner/documents/words.js';

/** Of the whole document. */
export const document = v.pipe(
  v.strictObject({
    version: v.literal(DOCUMENT_VERSION),
    results: described(v.array(result), 'Of `ldfi check`, in the order checked.'),
    runs: described(v.array(replayed), 'Of `ldfi replay`.'),
    verifications: described(v.array(verification), 'Of `ldfi verify-certificate`, in the order verified.'),
    systems: described(
      // Documents of this version were made before there were any.
      v.optional(v.array(systemResult), []),
      'Of `ldfi check`, of running systems, in the order driven.',
    ),
    diagnostics: described(v.array(diagnosticSchema), 'What was wrong with the input or the command line.'),
    sources: described(v.array(v.strictObject({ name: text, text })), 'The texts that places point into.'),
  }),
  v.title('What ldfi found'),
);

/** What `--json` prints: everything that one call of the command line found. `docs/json.md` describes it. */
export type JsonDocument = Json<typeof document>;

export type JsonResult = Json<typeof result>;
export type JsonLocation = Json<typeof locationSchema>;
export type JsonVerdict = Json<typeof verdict>;
export type JsonCounterexample = Json<typeof counterexample>;
export type JsonFaultCause = Json<typeof faultCause>;
export type JsonSuspect = Json<typeof suspect>;
export type JsonLinked = Json<typeof linked>;
export type JsonCourse = Json<typeof run>;
export type JsonMessage = Json<typeof message>;
export type JsonDivergence = Json<typeof divergence>;
export type JsonRun = Json<typeof replayed>;
export type JsonSystemCounterexample = Json<typeof systemCounterexample>;
export type JsonSystem = Json<typeof systemResult>;
export type JsonVerification = Json<typeof verification>;
export type JsonOutcome = Json<typeof outcome>;
export type JsonDiagnostic = Json<typeof diagnosticSchema>;
export type JsonPlace = Json<typeof place>;
