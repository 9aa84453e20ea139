/** What was found, as a JSON document. */
import { formatSchedule } from '../../injector/schedule.js';
import { areColumns, type Message, type Run } from '../../injector/run.js';
import { toJsonData, toJsonFields } from '../../model/data.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { positionOf, type Source, type SourceSpan } from '../../model/diagnostics/source.js';
import type { VerificationOutcome, VerificationResult } from '../../runner/certificate/result.js';
import type { RunResult } from '../../runner/result.js';
import type {
  CheckResult,
  Counterexample,
  Divergence,
  Evidence,
  PropertyAsked,
  ScenarioLocation,
  Verdict,
} from '../../runner/result.js';
import type {
  JsonCounterexample,
  JsonCourse,
  JsonDiagnostic,
  JsonDivergence,
  JsonDocument,
  JsonEvidence,
  JsonLocation,
  JsonMessage,
  JsonOutcome,
  JsonPlace,
  JsonPropertyAsked,
  JsonResult,
  JsonRun,
  JsonVerdict,
  JsonVerification,
} from './schema/document.js';
import { DOCUMENT_VERSION } from './version.js';

/** What a document is made of. */
export interface Findings {
  readonly results: readonly CheckResult[];
  readonly runs: readonly RunResult[];
  readonly verifications: readonly VerificationResult[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds nothing but JSON values; `fromJson` gives back what it was made of. */
export function toJson(findings: Findings): JsonDocument {
  const sources = new Sources();
  const results = findings.results.map((result) => encodeResult(result, sources));
  const runs = findings.runs.map(encodeRun);
  const verifications = findings.verifications.map((each) => encodeVerification(each, sources));
  const diagnostics = encodeDiagnostics(findings.diagnostics, sources);
  return { version: DOCUMENT_VERSION, results, runs, verifications, diagnostics, sources: sources.all };
}

/** Numbers sources in the order in which diagnostics point into them. */
class Sources {
  private readonly known: Source[] = [];

  get all(): readonly Source[] {
    return this.known.map(({ name, text }) => ({ name, text }));
  }

  place({ source, start, end }: SourceSpan): JsonPlace {
    if (!this.known.includes(source)) this.known.push(source);
    return { source: this.known.indexOf(source), ...positionOf(source, start), start, end };
  }
}

function encodeResult(result: CheckResult, sources: Sources): JsonResult {
  return {
    name: result.name,
    location: encodeLocation(result.location),
    language: result.language,
    nodes: result.nodes,
    nodesInferred: result.nodesInferred,
    bounds: result.bounds,
    verdict: encodeVerdict(result.verdict),
    expected: result.expected ?? null,
    interrupted: result.interrupted,
    evidence: encodeEvidence(result.evidence),
    warnings: encodeDiagnostics(result.warnings, sources),
    elapsed: result.elapsed,
  };
}

function encodeLocation(location: ScenarioLocation | undefined): JsonLocation | null {
  if (location === undefined) return null;
  const { file, scenario, with: parts } = location;
  return { file, scenario: scenario ?? null, ...(parts !== undefined && { with: parts }) };
}

function encodeVerdict(verdict: Verdict): JsonVerdict {
  switch (verdict.kind) {
    case 'violated':
      return {
        kind: 'violated',
        counterexamples: verdict.counterexamples.map(encodeCounterexample),
        remaining: verdict.remaining,
        violating: verdict.violating?.toString() ?? null,
      };
    case 'certified':
      return verdict;
    case 'vacuous':
      return { ...verdict, properties: verdict.properties.map(encodeProperty) };
    case 'inconclusive': {
      const { reason, covered } = verdict;
      if (covered === undefined) return { kind: 'inconclusive', reason, covered: null };
      const { size, examined, total } = covered;
      return {
        kind: 'inconclusive',
        reason,
        covered: { size, examined: examined.toString(), total: total.toString() },
      };
    }
  }
}

function encodeProperty({ name, under }: PropertyAsked): JsonPropertyAsked {
  return { name, under: under ?? null };
}

function encodeEvidence(evidence: Evidence): JsonEvidence {
  return { ...evidence, faultSets: evidence.faultSets.toString(), estimate: evidence.estimate.toString() };
}

function encodeCounterexample({ faults, minimality, run, divergence }: Counterexample): JsonCounterexample {
  return { faults, schedule: formatSchedule(faults), minimality, ...encodeCourse(run, divergence) };
}

function encodeRun({ name, bounds, run, divergence }: RunResult): JsonRun {
  return { name, bounds, schedule: formatSchedule(run.faults), ...encodeCourse(run, divergence) };
}

function encodeVerification(result: VerificationResult, sources: Sources): JsonVerification {
  const { folder, scenario, nodes, bounds, faultSets, properties, cnf, outcome } = result;
  return {
    folder,
    location: encodeLocation({ ...scenario, scenario: scenario.name ?? undefined })!,
    nodes,
    bounds,
    faultSets,
    properties: properties.map(({ name, schedule }) => ({ name, schedule })),
    formula: { variables: cnf.variables, clauses: cnf.clauses },
    outcome: encodeOutcome(outcome, sources),
  };
}

function encodeOutcome(outcome: VerificationOutcome, sources: Sources): JsonOutcome {
  switch (outcome.kind) {
    case 'valid':
      return { ...outcome, proofSteps: outcome.proofSteps ?? null };
    case 'refuted': {
      const { kind, run, problems } = outcome;
      return { kind, run: encodeRun(run), problems: encodeDiagnostics(problems, sources) };
    }
    case 'invalid':
      return { kind: 'invalid', problems: encodeDiagnostics(outcome.problems, sources) };
  }
}

function encodeCourse(run: Run, divergence: Divergence | undefined) {
  return {
    run: encodeWholeRun(run),
    divergence: divergence === undefined ? null : encodeDivergence(divergence),
  };
}

function encodeWholeRun(run: Run): JsonCourse {
  const messages = run.messages.map(encodeMessage);
  if (run.language === 'rules') return { ...run, messages };
  const states = run.states.map(({ time, node, state }) => ({ time, node, state: toJsonData(state) }));
  return { ...run, messages, states };
}

function encodeMessage(message: Message): JsonMessage {
  const { payload } = message;
  return { ...message, payload: areColumns(payload) ? payload : toJsonFields(payload) };
}

function encodeDivergence(divergence: Divergence): JsonDivergence {
  const sent = divergence.sent.map(encodeMessage);
  if (divergence.kind === 'facts') return { ...divergence, sent };
  const changed = divergence.changed.map(({ node, there, here }) => ({
    node,
    there: toJsonData(there),
    here: toJsonData(here),
  }));
  return { ...divergence, changed, sent };
}

function encodeDiagnostics(diagnostics: readonly Diagnostic[], sources: Sources): readonly JsonDiagnostic[] {
  return diagnostics.map((diagnostic) => encodeDiagnostic(diagnostic, sources));
}

function encodeDiagnostic(diagnostic: Diagnostic, sources: Sources): JsonDiagnostic {
  const { code, severity, message, span, notes = [], related = [], expected, hint } = diagnostic;
  return {
    code,
    severity,
    message,
    place: span === undefined ? null : sources.place(span),
    notes: notes.map(({ label, text }) => ({ label, text })),
    related: related.map((other) => ({ message: other.message, place: sources.place(other.span) })),
    expected: expected ?? null,
    hint: hint ?? null,
  };
}
