/** A JSON document back to what it was made from, so that whatever stored one can have the reports again. */
import type { Bounds } from '../../injector/bounds.js';
import type { Execution, GroundFact } from '../../injector/execution.js';
import type { FaultSet } from '../../injector/faults.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { Source, Span } from '../../model/diagnostics/source.js';
import type { VerificationOutcome, VerificationResult } from '../../runner/certificate/result.js';
import type { RunResult } from '../../runner/result.js';
import type {
  CheckResult,
  Coverage,
  Divergence,
  Evidence,
  PropertyAsked,
  ScenarioLocation,
  Verdict,
} from '../../runner/result.js';
import {
  DOCUMENT_VERSION,
  type JsonCounterexample,
  type JsonCoverage,
  type JsonDiagnostic,
  type JsonDivergence,
  type JsonDocument,
  type JsonEvidence,
  type JsonExecution,
  type JsonPlace,
  type JsonLocation,
  type JsonPropertyAsked,
  type JsonOutcome,
  type JsonResult,
  type JsonRun,
  type JsonVerdict,
  type JsonVerification,
} from './document.js';
import type { Findings } from './encode.js';
import { assertDocument } from './validate.js';

/**
 * What {@link toJson} made a document of: its exact inverse. The document may come from anywhere; what is not valid
 * by the schema that `ldfi schema` prints is refused.
 *
 * @throws RangeError that says what is wrong where the document is of another version, or is not valid
 */
export function fromJson(document: JsonDocument): Findings {
  assertVersion(document);
  assertDocument(document);
  const { sources } = document;
  return {
    results: document.results.map((result) => decodeResult(result, sources)),
    runs: document.runs.map(decodeRun),
    verifications: document.verifications.map((each) => decodeVerification(each, sources)),
    diagnostics: decodeDiagnostics(document.diagnostics, sources),
  };
}

function assertVersion(document: unknown): void {
  if (typeof document !== 'object' || document === null || !('version' in document)) return;
  const { version } = document;
  if (typeof version === 'number' && version !== DOCUMENT_VERSION)
    throw new RangeError(`the document is of version ${version}; this reads version ${DOCUMENT_VERSION}`);
}

function decodeResult(json: JsonResult, sources: readonly Source[]): CheckResult {
  return {
    ...json,
    location: decodeLocation(json.location),
    verdict: decodeVerdict(json.verdict, json),
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

/** What the document says once for all executions of a result. */
interface Setting {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

function decodeVerdict(json: JsonVerdict, setting: Setting): Verdict {
  switch (json.kind) {
    case 'violated': {
      const { kind, remaining, violating } = json;
      const counterexamples = json.counterexamples.map((each) => decodeCounterexample(each, setting));
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

function decodeCounterexample(json: JsonCounterexample, setting: Setting) {
  const { faults, minimality } = json;
  return { faults, minimality, ...decodeCourse(json, setting, faults) };
}

function decodeRun(json: JsonRun): RunResult {
  const { name, bounds, faults } = json;
  return { name, bounds, ...decodeCourse(json, json, faults) };
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
  json: { readonly execution: JsonExecution; readonly divergence: JsonDivergence | null },
  { nodes, bounds }: Setting,
  faults: FaultSet,
): { readonly execution: Execution; readonly divergence: Divergence | undefined } {
  const { language, messages, pre, violations } = json.execution;
  const facts: GroundFact[][] = Array.from({ length: bounds.eot + 1 }, () => []);
  for (const { time, relation, tuple } of json.execution.facts) facts[time].push({ relation, tuple });
  return {
    execution: { language, nodes, eot: bounds.eot, faults, messages, facts, pre, violations },
    divergence: json.divergence ?? undefined,
  };
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

function decodePlace({ source, start, end }: JsonPlace, sources: readonly Source[]): Span {
  return { source: sources[source], start, end };
}
