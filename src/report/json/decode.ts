/** A JSON document back to what it was made from, so that whatever stored one can have the reports again. */
import { areColumns, type Message, type Run } from '../../injector/run.js';
import { fromJsonData, fromJsonFields } from '../../model/data.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { Source, SourceSpan } from '../../model/diagnostics/source.js';
import type { VerificationOutcome, VerificationResult } from '../../runner/certificate/result.js';
import type { RunResult } from '../../runner/result.js';
import type {
  CheckResult,
  Counterexample,
  Coverage,
  Divergence,
  Evidence,
  PropertyAsked,
  ScenarioLocation,
  Verdict,
} from '../../runner/result.js';
import type {
  JsonCounterexample,
  JsonCourse,
  JsonCoverage,
  JsonDiagnostic,
  JsonDivergence,
  JsonEvidence,
  JsonPlace,
  JsonLocation,
  JsonMessage,
  JsonPropertyAsked,
  JsonOutcome,
  JsonResult,
  JsonRun,
  JsonVerdict,
  JsonVerification,
} from './schema/document.js';
import type { Findings } from './encode.js';

/**
 * What {@link toJson} made a document of: its exact inverse. The document may come from anywhere; what is not valid
 * by the schema that `ldfi schema` prints is refused. What reads documents is loaded when it is first needed, since most
 * programs read none; hence the promise.
 *
 * @throws RangeError that says what is wrong where the document is of another version, or is not valid
 */
export async function fromJson(json: unknown): Promise<Findings> {
  const { readDocument } = await import('./read.js');
  const { sources, results, runs, verifications, diagnostics } = readDocument(json);
  return {
    results: results.map((result) => decodeResult(result, sources)),
    runs: runs.map(decodeRun),
    verifications: verifications.map((each) => decodeVerification(each, sources)),
    diagnostics: decodeDiagnostics(diagnostics, sources),
  };
}

function decodeResult(json: JsonResult, sources: readonly Source[]): CheckResult {
  return {
    ...json,
    location: decodeLocation(json.location),
    verdict: decodeVerdict(json.verdict),
    expected: json.expected ?? undefined,
    evidence: decodeEvidence(json.evidence),
    warnings: decodeDiagnostics(json.warnings, sources),
  };
}

function decodeLocation(location: JsonLocation | null): ScenarioLocation | undefined {
  if (location === null) return undefined;
  const { file, scenario, with: parts } = location;
  return { file, scenario: scenario ?? undefined, ...(parts !== undefined && { with: parts }) };
}

function decodeVerdict(json: JsonVerdict): Verdict {
  switch (json.kind) {
    case 'violated': {
      const { kind, remaining, violating } = json;
      const counterexamples = json.counterexamples.map(decodeCounterexample);
      return {
        kind,
        counterexamples,
        remaining,
        violating: violating === null ? undefined : BigInt(violating),
      };
    }
    case 'certified':
      return json;
    case 'vacuous':
      return { ...json, properties: json.properties.map(decodeProperty) };
    case 'inconclusive':
      return { ...json, covered: json.covered === null ? undefined : decodeCoverage(json.covered) };
  }
}

function decodeProperty({ name, under }: JsonPropertyAsked): PropertyAsked {
  return under === null ? { name, under: undefined } : { name, under };
}

function decodeCoverage({ size, examined, total }: JsonCoverage): Coverage {
  return { size, examined: BigInt(examined), total: BigInt(total) };
}

function decodeEvidence(json: JsonEvidence): Evidence {
  return { ...json, faultSets: BigInt(json.faultSets), estimate: BigInt(json.estimate) };
}

function decodeCounterexample({ faults, minimality, run, divergence }: JsonCounterexample): Counterexample {
  return { faults, minimality, ...decodeCourse(run, divergence) };
}

function decodeRun({ name, bounds, run, divergence }: JsonRun): RunResult {
  return { name, bounds, ...decodeCourse(run, divergence) };
}

function decodeVerification(json: JsonVerification, sources: readonly Source[]): VerificationResult {
  const { folder, location, nodes, bounds, faultSets, properties, formula, outcome } = json;
  return {
    folder,
    scenario: {
      file: location.file,
      name: location.scenario,
      ...(location.with !== undefined && { with: location.with }),
    },
    nodes,
    bounds,
    faultSets,
    properties,
    cnf: formula,
    outcome: decodeOutcome(outcome, sources),
  };
}

function decodeOutcome(json: JsonOutcome, sources: readonly Source[]): VerificationOutcome {
  switch (json.kind) {
    case 'valid':
      return { ...json, proofSteps: json.proofSteps ?? undefined };
    case 'refuted': {
      const { kind, run, problems } = json;
      return { kind, run: decodeRun(run), problems: decodeDiagnostics(problems, sources) };
    }
    case 'invalid':
      return { kind: 'invalid', problems: decodeDiagnostics(json.problems, sources) };
  }
}

function decodeCourse(
  run: JsonCourse,
  divergence: JsonDivergence | null,
): { readonly run: Run; readonly divergence: Divergence | undefined } {
  return {
    run: decodeWholeRun(run),
    divergence: divergence === null ? undefined : decodeDivergence(divergence),
  };
}

function decodeWholeRun(run: JsonCourse): Run {
  const messages = run.messages.map(decodeMessage);
  if (run.language === 'rules') return { ...run, messages };
  const states = run.states.map(({ time, node, state }) => ({ time, node, state: fromJsonData(state) }));
  return { ...run, messages, states };
}

function decodeMessage(message: JsonMessage): Message {
  const { payload } = message;
  return { ...message, payload: areColumns(payload) ? payload : fromJsonFields(payload) };
}

function decodeDivergence(divergence: JsonDivergence): Divergence {
  const sent = divergence.sent.map(decodeMessage);
  if (divergence.kind === 'facts') return { ...divergence, sent };
  const changed = divergence.changed.map(({ node, there, here }) => ({
    node,
    there: fromJsonData(there),
    here: fromJsonData(here),
  }));
  return { ...divergence, changed, sent };
}

function decodeDiagnostics(
  json: readonly JsonDiagnostic[],
  sources: readonly Source[],
): readonly Diagnostic[] {
  return json.map((diagnostic) => decodeDiagnostic(diagnostic, sources));
}

function decodeDiagnostic(json: JsonDiagnostic, sources: readonly Source[]): Diagnostic {
  const { code, severity, message, place, notes, related, expected, hint } = json;
  return {
    code,
    severity,
    message,
    ...(place !== null && { span: decodePlace(place, sources) }),
    ...(notes.length > 0 && { notes }),
    ...(related.length > 0 && {
      related: related.map((other) => ({ message: other.message, span: decodePlace(other.place, sources) })),
    }),
    ...(expected !== null && { expected }),
    ...(hint !== null && { hint }),
  };
}

function decodePlace({ source, start, end }: JsonPlace, sources: readonly Source[]): SourceSpan {
  return { source: sources[source], start, end };
}
