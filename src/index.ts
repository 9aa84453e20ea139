/**
 * Everything that other programs may use. What is not named here is internal, and may change between any two
 * versions. In the order in which data flows: what a protocol is, why things happened, under which faults,
 * and what a check found.
 */

// Reading protocols, and what there is to say about them.
export {
  readDedalus,
  readDedalusText,
  type ReadOptions,
  type ReadResult,
} from './model/rules/dedalus/read.js';
export type { SourceHost, SourceText } from './model/rules/dedalus/load.js';
export type { Header, HeaderCheck, HeaderNode } from './model/rules/dedalus/header.js';
export { printClause, printProgram } from './model/rules/print.js';
export { printChecked } from './model/rules/dedalus/print-checked.js';
export { checkProgram, type CheckOutcome } from './model/rules/check/check.js';
export { checkSpecification } from './model/rules/check/specification.js';
export { checkHorizon } from './model/rules/check/horizon.js';
export { undeclaredNodes } from './model/rules/check/locations.js';
export { codes, type CodeEntry, type DiagnosticCode, type Severity } from './model/diagnostics/codes.js';
export {
  hasErrors,
  type Diagnostic,
  type DiagnosticNote,
  type RelatedPlace,
} from './model/diagnostics/diagnostics.js';
export { formatDiagnostic, type DiagnosticStyle } from './model/diagnostics/format-diagnostic.js';
export { positionOf, type Position, type Source, type SourceSpan } from './model/diagnostics/source.js';
export type {
  Aggregate,
  AggregateFunction,
  Arithmetic,
  ArithmeticOperator,
  Atom,
  CheckedProgram,
  Clause,
  ColumnType,
  Comparison,
  ComparisonOperator,
  Constant,
  Fact,
  Head,
  Premise,
  Program,
  RelationSchema,
  Rule,
  Stratum,
  Term,
  Timing,
  Tuple,
  Value,
  Variable,
  Wildcard,
} from './model/rules/program.js';

// Writing protocols in TypeScript: node handlers, and scenarios of either kind.
export {
  defineScenario,
  type HandlerScenario,
  type RoleScenario,
  type RuleScenario,
  type Scenario,
} from './runner/scenario/define.js';
export {
  acknowledged,
  kept,
  reliably,
  retrying,
  type AcknowledgedOptions,
  type OneOrMore,
  type ReliablyOptions,
  type RetryingOptions,
} from './runner/scenario/combinators.js';
export type { Quorum } from './model/handlers/combinators/acknowledged.js';
export type { RuleProtocol, WrittenProtocol } from './model/protocol.js';
export {
  defineSystem,
  type Held,
  type RequestContext,
  type ComposedService,
  type RunningService,
  type StartedService,
  type System,
  type SystemAnswer,
  type SystemBounds,
  type SystemCall,
  type SystemDefinition,
  type SystemRequest,
} from './runner/scenario/define-system.js';
export {
  type,
  type Context,
  type AnyHandlers,
  type HandlerProtocol,
  type Handlers,
  type Judgement,
  type LeadsTo,
  type MessageContext,
  type MessageLike,
  type Moment,
  type Next,
  type NodeView,
  type HandlerOutcome,
  type Occurrence,
  type Property,
  type PropertyOf,
  type NodeContext,
  type Specification,
  type Timers,
  type TypeOf,
} from './model/handlers/protocol.js';
export {
  models,
  type CounterOperation,
  type CounterOperations,
  type LockOperation,
  type LockOperations,
  type MapOperation,
  type MapOperations,
  type QueueOperation,
  type QueueOperations,
  type RegisterOperation,
  type RegisterOperations,
  type SetOperation,
  type SetOperations,
} from './model/handlers/operations/models.js';
export type {
  AnyObjectModel,
  ObjectModel,
  ObjectStep,
  Operations,
  OperationLike,
  RecordedOperation,
} from './model/handlers/operations/object-model.js';
export type {
  AnyRoleView,
  InRole,
  NodeIn,
  Placement,
  RoleContext,
  RoleHandlers,
  RoleMessageContext,
  RoleMessageHandlers,
  RoleNodeContext,
  RoleOf,
  RoleOutcome,
  RoleSpecification,
  RoleView,
} from './model/handlers/roles.js';

// Writing protocols as rules.
export { integer, location, oneOf, string, type Typed } from './model/rules/typescript/types.js';
export {
  value,
  variables,
  type Expression,
  type ExpressionOf,
  type IntegerExpression,
  type Operand,
  type VariableOf,
} from './model/rules/typescript/expressions.js';
export { avg, count, max, min, sum, type Aggregated } from './model/rules/typescript/aggregates.js';
export { every, some, type ElementKey, type ElementOf, type ElementTest } from './model/quantifiers.js';
export {
  crash,
  fault,
  relation,
  restarted,
  type AllColumns,
  type Columns,
  type ConstantAtom,
  type ConstantColumns,
  type HeadColumns,
  type Relation,
  type RelationOptions,
  type SomeColumns,
  type TimelessAtom,
} from './model/rules/typescript/relation.js';
export { not } from './model/rules/typescript/atoms.js';
export { program, type Part } from './model/rules/typescript/program.js';
export { dedalus, type Interpolation } from './model/rules/typescript/template.js';
export type {
  TimedHead,
  Written,
  WrittenAtom,
  WrittenClause,
  WrittenHead,
  WrittenPremise,
} from './model/rules/typescript/written.js';
export { locateProgram } from './model/rules/typescript/locate.js';
export { printTypeScript, type PrintTypeScriptOptions } from './model/rules/typescript/print/typescript.js';

// Running protocols, and why what they derived holds.
export type { Algebra, Condition } from './model/algebra.js';
export {
  Evaluator,
  type ConditionalFact,
  type Evaluation,
  type RunOptions,
  type SentMessage,
} from './model/rules/evaluate/evaluator.js';
export { PreparedProgram, type EvaluatorOptions } from './model/rules/evaluate/prepared.js';
export type { Wanted } from './model/rules/evaluate/relevance.js';
export type { Delivery, World } from './model/world.js';
export { BudgetError } from './model/budget-error.js';
export { EvaluationError, TooManyTuples, type EvaluationProblem } from './model/rules/evaluate/errors.js';
export type { MissingNode } from './model/rules/check/locations.js';
export type {
  AbsentPremise,
  Firing,
  FiringListener,
  FiringPremise,
  PresentPremise,
} from './model/rules/evaluate/firing.js';
export type {
  AbsenceVertex,
  FactPattern,
  FactVertex,
  FaultVertex,
  FiringVertex,
  Lineage,
  LostMessage,
  MessageVertex,
  StateVertex,
  Vertex,
  VertexName,
} from './lineage/lineage.js';
export { lineageGraph, type LineageGoals, type LineageGraph } from './lineage/graph.js';
export { why, type Why } from './lineage/explain.js';
export type { Cause, Link, LinkedVertex } from './lineage/cause.js';
export type { CodePlace, Suspect, Suspicion } from './lineage/suspects.js';
export { differenceOf, type Difference } from './lineage/difference.js';
export {
  whyNotAs,
  type Attempt,
  type AttemptFailure,
  type FailedPremise,
  type WhyNot,
} from './lineage/why-not.js';

// The SAT backends.
export { loadBackend, SAT_BACKENDS } from './solver/backends.js';
export { SolverPool } from './solver/pool.js';
export {
  SolverError,
  type Literal,
  type SatBackend,
  type SatSolver,
  type SatStatus,
  type SolveLimits,
  type SolverFactory,
  type SolverStatistics,
} from './solver/sat.js';

// Faults, bounds, and runs under faults.
export {
  compareFaults,
  type Crash,
  type Delay,
  type Duplicate,
  type Fault,
  type FaultScope,
  type FaultSet,
  type Omission,
  type AuthorsFault,
  type Outage,
  type Partition,
  type Pause,
} from './injector/faults.js';
export { estimateFaultSets, formatBounds, type Bounds } from './injector/bounds.js';
export type { Reliable } from './model/bounds.js';
export { countFaultSets, countFaultSetsBySize } from './injector/counts.js';
export { describeFault, formatSchedule, parseSchedule, type ScheduleResult } from './injector/schedule.js';
export { outcomeOf, replay } from './injector/replay.js';
export type { Anchor, AnchoredFault } from './injector/anchors/anchors.js';
export type { SendingCause } from './injector/anchors/causes.js';
export type { SendingName } from './injector/anchors/sendings.js';
export type { FaultInput } from './injector/faults/notation.js';
export { concreteWorld } from './injector/world.js';
export {
  askedIn,
  isViolated,
  violationsOf,
  type Course,
  type Fate,
  type GroundFact,
  type HandlerRun,
  type RunJudgement,
  type Message,
  type NodeEvent,
  type NodeState,
  type NotAsked,
  type Occasion,
  type Outcome,
  type Payload,
  type PropertyJudgement,
  type RuleRun,
  type Run,
  type TimedFact,
  type TupleJudgement,
  type Violation,
} from './injector/run.js';
export type { Observed, ObservedField, ObservedValue } from './model/observed.js';
export type { Multiplying, MultiplyingStates, MultiplyingTuples } from './model/multiplying.js';
export type { ReachablePart } from './model/reachable.js';
export type { Data, Fields } from './model/data.js';

// Checks and replays of scenarios.
export {
  checkScenario,
  explainScenario,
  protectScenario,
  repairScenario,
  replayScenario,
  scenarioLineage,
  scenarioWhyNot,
  type CheckScenarioOptions,
  type ProtectScenarioOptions,
  type RepairScenarioOptions,
  type ReplayScenarioOptions,
} from './runner/check-scenario.js';
export { dedalusScenario, type DedalusScenarioOptions } from './runner/scenario/dedalus-scenario.js';
export { ScenarioError } from './runner/scenario/error.js';
export { ProtocolError } from './runner/failures/protocol-error.js';
export {
  HandlerError,
  type HandlerCall,
  type HandlerEvent,
  type PropertyPart,
  type HandlerProblem,
} from './model/handlers/errors.js';

// Checks and their results.
export { check } from './runner/check.js';
export { defaultSolver, type CheckOptions, type Progress } from './runner/options/check.js';
export {
  defaultBudgets,
  defaultHandlerBudgets,
  defaultHandlerTimeout,
  type Budgets,
} from './runner/guard/budgets.js';
export type { Phase, SearchProgress } from './runner/search.js';
export {
  protocolLineage,
  protocolWhyNot,
  replayProtocol,
  type Replay,
  type ReplayOptions,
} from './runner/replay.js';
export {
  explainProtocol,
  type RunAnswer,
  type Explanation,
  type ExplainResult,
} from './runner/explain/explain.js';
export {
  readQuestion,
  type Asked,
  type AskedThing,
  type RunQuestion,
  type QuestionResult,
  type QuestionScope,
} from './runner/explain/question.js';
export type { Askable } from './runner/kinds/kind.js';
export type { CheckAttempt } from './runner/check-attempt.js';
export type { FindingOptions } from './runner/options/finding.js';
export {
  protect,
  type ProtectingSet,
  type ProtectOptions,
  type ProtectResult,
  type UndecidedProtections,
} from './runner/protect/protect.js';
export {
  repair,
  type Repair,
  type RepairCost,
  type RepairOptions,
  type RepairResult,
} from './runner/repair/repair.js';
export type { ChangeIdea, ProgramChange, Replacement } from './model/rules/changes/change.js';
export type {
  ChannelProtection,
  MessageProtection,
  NodeProtection,
  Protection,
} from './injector/protections.js';
export { Undecided } from './runner/guard/undecided.js';
export type { Protocol } from './model/protocol.js';
export type {
  AskedProperty,
  Certified,
  CheckResult,
  Counterexample,
  Coverage,
  DecidedBounds,
  Divergence,
  Evidence,
  FactDivergence,
  FaultCause,
  FaultDifference,
  IndifferentFaults,
  Inconclusive,
  Parting,
  PropertyAsked,
  Reachability,
  ScenarioLocation,
  SeenOutcomes,
  StateChange,
  StateDivergence,
  Statistics,
  StrategyName,
  UnaskedProperty,
  Vacuous,
  Verdict,
  VerdictName,
  Violated,
  RegressionOutcome,
  ReplayedRegression,
  RunResult,
} from './runner/result.js';

// Tests of scenarios.

export { assertTolerates } from './testing/assert-tolerates.js';
export type { ToleranceOptions } from './testing/judge-tolerance.js';

// Certificates that others can verify.
export {
  certify,
  type Certificate,
  type Certification,
  type CertifiedScenario,
  type CertifyOptions,
} from './runner/certificate/certificate.js';
export type {
  CertificateDocument,
  CertifiedName,
  CnfDigest,
  Establishment,
  FaultVariable,
  ProofDigest,
  ProtocolDigest,
} from './runner/certificate/document.js';
export type { CertificateFile, CertificateFiles } from './runner/certificate/files.js';
export { readCertificate } from './runner/certificate/load-read.js';
export type { CertificateReading, ReadCertificate } from './runner/certificate/read.js';
export {
  verifyCertificate,
  type RefutedCertificate,
  type ValidCertificate,
  type Verification,
  type VerifiedProtocol,
  type VerifyOptions,
} from './runner/certificate/verify.js';
export type { VerificationOutcome, VerificationResult } from './runner/certificate/result.js';
export { readDimacs, type Cnf } from './runner/certificate/cnf.js';
export { checkProofText, type ProofResult } from './runner/certificate/proof.js';

// Scenario files.
export { loadScenario } from './runner/scenario/dedalus.js';
export type { OwnCheck, Preparation, PreparedScenario } from './runner/scenario/prepared.js';
export { fileSystemHost } from './runner/files/file-system.js';
export { defineConfig, type Config } from './runner/scenario/define-config.js';

// What running systems come to.
export type {
  LiveFault,
  NamedFault,
  PartialRun,
  PlannedCall,
  SystemCounterexample,
  SystemResult,
  SystemVerdict,
  ToldCall,
  UsedRule,
} from './runner/live/result.js';
export type { FaultSetCounts } from './runner/strategies/marco/left-out.js';
export type { PruningRule } from './runner/strategies/marco/rules.js';

// Reports and documents.
export { reportCheck, reportLine, reportSummary } from './report/text/report.js';
export { reportRun } from './report/text/run.js';
export type { ReportOptions } from './report/text/options.js';
export { plainStyle, type Style } from './report/text/style.js';
export { fromJson, toJson, type Findings } from './report/json/findings.js';
export { loadJsonSchema } from './report/json/load-schema.js';
export { DOCUMENT_VERSION } from './report/json/version.js';
export type { JsonDocument } from './report/json/schema/document.js';
