/** What the document says of everything that ldfi finds, where that is not the same in both. */
import type { LinkedVertex } from '../../lineage/cause.js';
import type { Suspect } from '../../lineage/suspects.js';
import { areColumns, type Message, type Payload, type Run } from '../../injector/run.js';
import { formatSchedule } from '../../injector/schedule.js';
import {
  fromJsonData,
  fromJsonFields,
  toJsonData,
  toJsonFields,
  type Data,
  type JsonData,
} from '../../model/data.js';
import { diagnostic as newDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { VerificationOutcome, VerificationResult } from '../../runner/certificate/result.js';
import type {
  CheckResult,
  Counterexample,
  Divergence,
  FaultCause,
  RunResult,
  ScenarioLocation,
  Verdict,
} from '../../runner/result.js';
import type { SystemCounterexample, SystemResult, SystemVerdict } from '../../runner/live/result.js';
import {
  wholeNumber,
  fields,
  listOf,
  nullable,
  omittable,
  placeCodec,
  same,
  variant,
  type Codec,
} from './codec.js';
import type {
  JsonCounterexample,
  JsonCourse,
  JsonDiagnostic,
  JsonDivergence,
  JsonFaultCause,
  JsonLinked,
  JsonLocation,
  JsonMessage,
  JsonOutcome,
  JsonResult,
  JsonRun,
  JsonSuspect,
  JsonSystem,
  JsonSystemCounterexample,
  JsonVerdict,
  JsonVerification,
} from './schema/document.js';

const data: Codec<Data, JsonData> = { encode: toJsonData, decode: fromJsonData };

const payload: Codec<Payload, JsonMessage['payload']> = {
  encode: (value) => (areColumns(value) ? value : toJsonFields(value)),
  decode: (json) => (areColumns(json) ? json : fromJsonFields(json)),
};

const messages = listOf(fields<Message, JsonMessage>({ payload }));

const course = variant<'language', Run, JsonCourse>('language', {
  rules: fields({ messages }),
  handlers: fields({
    messages,
    states: listOf(fields({ state: data })),
    operations: omittable(listOf(fields({ operation: data, result: omittable(data) }))),
  }),
});

const divergence = nullable(
  variant<'kind', Divergence, JsonDivergence>('kind', {
    facts: fields({ sent: messages }),
    states: fields({
      sent: messages,
      changed: listOf(fields({ there: data, here: data })),
    }),
  }),
);

/** What lineage keeps as unknown is plain data. */
const told = data as Codec<unknown, JsonData>;

const linked = variant<'kind', LinkedVertex, JsonLinked>('kind', {
  fact: fields({ node: nullable(same()), place: nullable(placeCodec) }),
  message: fields({ payload: told }),
  state: fields({ state: told }),
  absence: fields({
    node: nullable(same()),
    of: variant('kind', { fact: same(), message: fields({ payload: told }) }),
  }),
});

const faultCause = fields<FaultCause, JsonFaultCause>({
  chain: listOf(
    fields({
      vertex: linked,
      by: nullable(same()),
      place: nullable(placeCodec),
      instead: nullable(fields({ state: told })),
    }),
  ),
});

const counterexample = fields<Counterexample, JsonCounterexample>(
  {
    run: course,
    divergence,
    because: listOf(faultCause),
    suspects: listOf(fields<Suspect, JsonSuspect>({ place: nullable(placeCodec) })),
  },
  { schedule: ({ faults }) => formatSchedule(faults) },
);

export const runResultCodec = fields<RunResult, JsonRun>(
  { run: course, divergence },
  { schedule: ({ run }) => formatSchedule(run.faults) },
);

const verdict = variant<'kind', Verdict, JsonVerdict>('kind', {
  violated: fields({ counterexamples: listOf(counterexample), violating: nullable(wholeNumber) }),
  certified: same(),
  vacuous: fields({ properties: listOf(fields({ under: nullable(same()) })) }),
  inconclusive: fields({
    covered: nullable(fields({ examined: wholeNumber, total: wholeNumber })),
  }),
});

const location = fields<ScenarioLocation, JsonLocation>({ scenario: nullable(same()) });

/** What is absent of a diagnostic is null, or an empty list. */
const diagnostic: Codec<Diagnostic, JsonDiagnostic> = {
  encode: ({ code, severity, message, span, notes = [], related = [], expected, hint }, sources) => ({
    code,
    severity,
    message,
    place: nullable(placeCodec).encode(span, sources),
    notes,
    related: related.map((other) => ({
      message: other.message,
      place: placeCodec.encode(other.span, sources),
    })),
    expected: expected ?? null,
    hint: hint ?? null,
  }),
  decode: ({ code, message, place: at, notes, related, expected, hint }, sources) =>
    newDiagnostic(code, message, {
      span: nullable(placeCodec).decode(at, sources),
      notes,
      related: related.map((other) => ({
        message: other.message,
        span: placeCodec.decode(other.place, sources),
      })),
      expected: expected ?? undefined,
      hint: hint ?? undefined,
    }),
};

export const diagnosticsCodec = listOf(diagnostic);

export const checkResultCodec = fields<CheckResult, JsonResult>({
  location: nullable(location),
  verdict,
  expected: nullable(same()),
  evidence: fields({ faultSets: wholeNumber, estimate: wholeNumber }),
  warnings: diagnosticsCodec,
});

const outcome = variant<'kind', VerificationOutcome, JsonOutcome>('kind', {
  valid: fields({ proofSteps: nullable(same()) }),
  refuted: fields({ run: runResultCodec, problems: diagnosticsCodec }),
  invalid: fields({ problems: diagnosticsCodec }),
});

const systemCounterexamples = listOf(
  fields<SystemCounterexample, JsonSystemCounterexample>({
    calls: listOf(fields({ injected: nullable(same()) })),
  }),
);

const systemVerdict = variant<'kind', SystemVerdict, JsonSystem['verdict']>('kind', {
  violated: fields({ counterexamples: systemCounterexamples }),
  survived: same(),
  unstable: fields({ seenOnce: systemCounterexamples }),
  inconclusive: fields({ seenOnce: systemCounterexamples }),
  planned: fields({ faultSets: wholeNumber }),
});

export const systemCodec = fields<SystemResult, JsonSystem>({
  verdict: systemVerdict,
  faultSets: nullable(same()),
});

/** Certificates call the place of a scenario, and the formula, by other names. */
export const verificationCodec: Codec<VerificationResult, JsonVerification> = {
  encode({ folder, scenario, nodes, bounds, faultSets, properties, cnf, outcome: came }, sources) {
    const { name, ...place } = scenario;
    const { variables, clauses } = cnf;
    return {
      folder,
      location: { ...place, scenario: name },
      nodes,
      bounds,
      faultSets,
      properties: properties.map((property) => ({ name: property.name, schedule: property.schedule })),
      formula: { variables, clauses },
      outcome: outcome.encode(came, sources),
    };
  },
  decode({ location: { scenario: name, ...place }, formula, outcome: came, ...rest }, sources) {
    return { ...rest, scenario: { ...place, name }, cnf: formula, outcome: outcome.decode(came, sources) };
  },
};
