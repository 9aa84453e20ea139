/** The JSON Schemas (draft 2020-12) of the documents that `--json` prints. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { causeDefinitions } from './schema/causes.js';
import { diagnosticDefinitions } from './schema/diagnostics.js';
import { document } from './schema/document.js';
import { explanationDefinitions, explanationDocumentSchema } from './schema/explanations.js';
import { listDocumentSchema } from './schema/lists.js';
import { protectDocumentSchema } from './schema/protections.js';
import { repairDocumentSchema } from './schema/repairs.js';
import { resultDefinitions } from './schema/results.js';
import { runDefinitions } from './schema/runs.js';
import { systemDefinitions } from './schema/systems.js';
import { toleranceDocumentSchema } from './schema/tolerance.js';
import { traceDocumentSchema } from './schema/traces.js';
import { digits } from '../../runner/documents/words.js';

export const jsonSchema: object = toJsonSchema(document, {
  target: 'draft-2020-12',
  // What is looked at before: an object of JSON Schema is no list.
  typeMode: 'output',
  ignoreActions: ['check'],
  definitions: {
    count: digits,
    ...runDefinitions,
    ...resultDefinitions,
    ...systemDefinitions,
    ...diagnosticDefinitions,
    ...causeDefinitions,
  },
});

/** Of `ldfi trace`. */
export const traceSchema: object = toJsonSchema(traceDocumentSchema, { target: 'draft-2020-12' });

/** Of `ldfi explain`. */
export const explanationSchema: object = toJsonSchema(explanationDocumentSchema, {
  target: 'draft-2020-12',
  definitions: explanationDefinitions,
});

/** Of `ldfi check --list`. */
export const listSchema: object = toJsonSchema(listDocumentSchema, { target: 'draft-2020-12' });

/** Of `ldfi protect`. */
export const protectSchema: object = toJsonSchema(protectDocumentSchema, { target: 'draft-2020-12' });

/** Of `ldfi tolerance`. */
export const toleranceSchema: object = toJsonSchema(toleranceDocumentSchema, { target: 'draft-2020-12' });

/** Of `ldfi repair`. */
export const repairSchema: object = toJsonSchema(repairDocumentSchema, { target: 'draft-2020-12' });
