/**
 * What programs around ldfi need beside `index.ts`: how scenarios, traces and certificates are found among files, what
 * may be given for options, and how things are called in what is said. The command line is made of these two files
 * alone. Packages cannot import this one: it grows and shrinks with the command line, which no user of the library is
 * to feel. What others want as well belongs into `index.ts`.
 */

// Saying what is the case, and what is wrong.
export { diagnostic } from './model/diagnostics/diagnostics.js';
export { outsideFrames } from './model/diagnostics/place.js';
export { visible } from './model/text/display.js';
export {
  formatNodeName,
  formatNodeNames,
  QUOTED_NAME,
  readNodeName,
  splitNodeNames,
} from './model/text/node-names.js';
export { formatCount, formatDuration, plural } from './model/text/numbers.js';
export { quote } from './model/text/quote.js';
export { suggest } from './model/text/suggest.js';
export { displayWidth, padEnd, truncate, wrapProse } from './model/text/text.js';
export { describeCall, handlerName } from './model/handlers/errors.js';
export { missingNode } from './model/rules/check/locations.js';
export { diagnoseHandler } from './runner/failures/handler-diagnostics.js';
export { explainFailure } from './runner/files/failure.js';
export { locateDiagnostic, sourcesOf } from './runner/files/sources.js';

// What may be given for options, and in files.
export {
  ALL_BOUND_NAMES,
  authorsBounds,
  BOUND_NAMES,
  boundOf,
  boundWord,
  NAMED_BOUNDS,
  type BoundName,
} from './model/bounds.js';
export { withoutDefaults } from './model/text/bounds.js';
export { LONGEST_EOT, misfits, straysIn } from './injector/bounds.js';
export { ofNodes, reliableInBoth } from './model/text/reliable.js';
export { faultKinds, type Fault } from './injector/faults.js';
export { countFaultEvents, MOST_FAULT_EVENTS } from './injector/counts.js';
export {
  choice,
  duration,
  integerForm,
  limit,
  namedFaults,
  optionForms,
  STRATEGIES,
  type Form,
} from './runner/options/forms.js';
export type { ConfigValues } from './runner/scenario/define-config.js';
export { fieldSpan } from './runner/files/places.js';
export { describeValue, isRecord } from './runner/shape.js';

// Files, and the scenarios in them.
export { outsideRoots } from './model/rules/dedalus/load.js';
export { displayPath, reasonOf, scenarioHost } from './runner/files/file-system.js';
export { findScenarios, type FindOptions, type FoundScenario } from './runner/scenario/find.js';
export { filesBehind } from './runner/files/behind.js';
export { checkTypes } from './runner/files/typescript.js';
export { isDedalus, isModule, type ScenarioHost } from './runner/files/host.js';
export { makeFolder } from './runner/files/make-folder.js';
export { moduleLoader } from './runner/files/modules.js';
export { selectScenarios } from './runner/scenario/select.js';

// What happens while scenarios run.
export { protocolKind } from './runner/kinds/kinds.js';
export { studyCounterexample, type CounterexampleStudy } from './runner/explain/study.js';
export { monotonicNow } from './runner/guard/clock.js';
export { MemoryGuard } from './runner/guard/memory.js';
export { Stopwatch } from './runner/guard/stopwatch.js';
export { callsBegun, type BegunCalls } from './runner/subjects/calls-begun.js';

// Certificates in folders, and programs for other solvers.
export { DOCUMENT_FILE } from './runner/certificate/files.js';
export { certificateFolders, readCertificateFiles, writeCertificate } from './runner/certificate/store.js';
export { printAnswerSets } from './injector/answer-sets.js';

// Counterexamples that are kept.
export { checkKnown } from './runner/check.js';
export {
  anchoredIn,
  regressionOf,
  replayRegression,
  stillViolating,
  type Regression,
  type RegressionScenario,
} from './runner/regressions/regression.js';
export {
  hasRegressions,
  readRegression,
  readRegressions,
  REGRESSION_FOLDER,
  writtenRegression,
  type SavedRegression,
} from './runner/regressions/store.js';

// Traces of running systems.
export { hasGoodOutcome, PredicateError, readPredicate, type Predicate } from './lineage/traces/predicate.js';
export { requestsOf } from './lineage/traces/requests.js';
export { isLookedAt } from './lineage/traces/semantics.js';
export { TraceFormatError, type Attributes, type Span } from './lineage/traces/span.js';
export { TraceSet } from './lineage/traces/trace-set.js';
export { otlpAttributes, writeOtlp } from './lineage/traces/write-otlp.js';
export { concludeFrom } from './runner/traces/conclude.js';
export { examplesOf } from './runner/traces/examples.js';
export { type RequestRun, runOfRequest } from './runner/traces/run-of-request.js';
export { findQueried, QueryError, type TraceQuery } from './runner/traces/query.js';
export { readTraces } from './runner/traces/read.js';
export { TraceReceiver, type ReceiverOptions } from './runner/traces/receive.js';
export type { TraceResult } from './runner/traces/result.js';
export { findSources, type TraceSource } from './runner/traces/sources.js';

// Running systems.
export { checkSystem } from './runner/live/check-system.js';
export type { MadeRequest, SystemProgress } from './runner/live/result.js';
export { SystemError } from './runner/live/system-error.js';
export { ALL_PRUNING_RULES } from './runner/strategies/marco/rules.js';

// What protocols tolerate.
export type { FaultRates } from './injector/fault-shares.js';
export { analyse } from './runner/tolerance/analyse.js';
export { frontier, type FrontierRow, type PlaceOfCheck } from './runner/tolerance/frontier.js';
export { widenings } from './runner/tolerance/outside.js';
export type { Tolerance } from './runner/tolerance/tolerance.js';

// Telling of all that.
export { explanationAsDot } from './report/explanations/dot.js';
export { drawExplanation } from './report/explanations/load-svg.js';
export { explanationAsMermaid } from './report/explanations/mermaid.js';
export { outlinesOf } from './report/explanations/outline.js';
export { explanationDocument } from './report/json/explanation-document.js';
export {
  loadExplanationSchema,
  loadListSchema,
  loadProtectSchema,
  loadRepairSchema,
  loadToleranceSchema,
  loadTraceSchema,
} from './report/json/load-schema.js';
export { listDocument } from './report/json/list-document.js';
export { protectDocument } from './report/json/protect-document.js';
export { repairDocument } from './report/json/repair-document.js';
export { loadTolerances } from './report/json/load-tolerances.js';
export { toleranceDocument } from './report/json/tolerance-document.js';
export type { ListedScenario } from './report/listed.js';
export { reportList } from './report/text/list.js';
export { watchedIn } from './report/text/diagram/watched.js';
export { patchOf } from './report/text/repair/patch.js';
export { oneRepair, repairEnding, repairHeading } from './report/text/repair/report.js';
export { protectEnding, protectHeading, protectingSet } from './report/text/protect/report.js';
export {
  toleranceAnalysis,
  toleranceHeading,
  toleranceMap,
  toleranceRow,
} from './report/text/tolerance/report.js';
export { traceDocument } from './report/json/trace-document.js';
export { shellOf, type Shell } from './report/text/command.js';
export { fails, reportFailures } from './report/text/expectation.js';
export { type ReporterName, REPORTERS, writeReport } from './report/reporters/reporters.js';
export type { ReporterContext } from './report/reporters/telling.js';
export { RUN_FORMS, writeRun, type RunForm } from './report/runs/forms.js';
export { drawTracePage } from './report/html/traces/load-page.js';
export { casesOf, type StudiedTolerance } from './report/html/tolerance/cases.js';
export { drawTolerancePage } from './report/html/tolerance/load-page.js';
export { regressionText } from './report/text/regressions.js';
export { testFile, TEST_RUNNERS, type TestedSource, type TestRunner } from './report/tests/test-file.js';
export { reportExplanation, type ExplainedScenario } from './report/text/explanation.js';
export { faultsText, reportSystem, reportSystemLine } from './report/text/systems/report.js';
export { reportRequest } from './report/text/traces/pictures.js';
export { reportTraces } from './report/text/traces/report.js';
export { nameOf, reportVerification } from './report/text/verification.js';

// Calls of running services.
export { haproxyRules, haproxyScript } from './injector/node/haproxy.js';
export { makeProxy } from './injector/node/load-proxy.js';
export {
  calleeAt,
  readInjectionSettings,
  readServices,
  type InjectionSettings,
} from './injector/node/settings.js';
