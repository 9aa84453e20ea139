/** What was found, as a JSON document, and again from one, so that whatever stored one can have the reports again. */
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { VerificationResult } from '../../runner/certificate/result.js';
import type { SystemResult } from '../../runner/live/result.js';
import type { CheckResult, RunResult } from '../../runner/result.js';
import { listOf, SourceTable } from './codec.js';
import {
  checkResultCodec,
  diagnosticsCodec,
  runResultCodec,
  systemCodec,
  verificationCodec,
} from './codecs.js';
import type { JsonDocument } from './schema/document.js';
import { DOCUMENT_VERSION } from './version.js';

/** What a document is made of. */
export interface Findings {
  readonly results: readonly CheckResult[];
  readonly runs: readonly RunResult[];
  readonly verifications: readonly VerificationResult[];
  /** Of running systems. */
  readonly systems: readonly SystemResult[];
  readonly diagnostics: readonly Diagnostic[];
}

const CODECS = {
  results: listOf(checkResultCodec),
  runs: listOf(runResultCodec),
  verifications: listOf(verificationCodec),
  systems: listOf(systemCodec),
  diagnostics: diagnosticsCodec,
};

/**
 * Holds nothing but JSON values; `fromJson` gives back what it was made of.
 *
 * @param findings what is left out is empty
 */
export function toJson({
  results = [],
  runs = [],
  verifications = [],
  systems = [],
  diagnostics: problems = [],
}: Partial<Findings>): JsonDocument {
  const sources = new SourceTable();
  return {
    version: DOCUMENT_VERSION,
    results: CODECS.results.encode(results, sources),
    runs: CODECS.runs.encode(runs, sources),
    verifications: CODECS.verifications.encode(verifications, sources),
    systems: CODECS.systems.encode(systems, sources),
    diagnostics: CODECS.diagnostics.encode(problems, sources),
    sources: sources.all,
  };
}

/**
 * What {@link toJson} made a document of: its exact inverse. The document may come from anywhere; what is not valid
 * by the schema that `ldfi schema` prints is refused. What reads documents is loaded when it is first needed, since most
 * programs read none; hence the promise.
 *
 * @throws RangeError that says what is wrong where the document is of another version, or is not valid
 */
export async function fromJson(json: unknown): Promise<Findings> {
  const { readDocument } = await import('./read.js');
  const document = readDocument(json);
  const sources = new SourceTable(document.sources);
  return {
    results: CODECS.results.decode(document.results, sources),
    runs: CODECS.runs.decode(document.runs, sources),
    verifications: CODECS.verifications.decode(document.verifications, sources),
    systems: CODECS.systems.decode(document.systems, sources),
    diagnostics: CODECS.diagnostics.decode(document.diagnostics, sources),
  };
}
