/** Checks and replays of scenarios as a program calls them: the scenario knows its nodes and bounds. */
import { ofNodes } from '../model/text/reliable.js';
import { assertBounds, formatBounds, type Bounds } from '../injector/bounds.js';
import type { FaultSet } from '../injector/faults.js';
import { formatSchedule, parseSchedule } from '../injector/schedule.js';
import type { Lineage } from '../lineage/lineage.js';
import { explainProtocol, type Explanation } from './explain/explain.js';
import { readQuestion } from './explain/question.js';
import type { WhyNot } from '../lineage/why-not.js';
import type { Protocol } from '../model/protocol.js';
import type { Diagnostic } from '../model/diagnostics/diagnostics.js';
import { check } from './check.js';
import { protect, type ProtectOptions, type ProtectResult } from './protect/protect.js';
import { repair, type RepairOptions, type RepairResult } from './repair/repair.js';
import type { CheckOptions } from './options/check.js';
import { boundsOption, findingOptions, searchOptions } from './options/common.js';
import { assertOptions, type OptionTable } from './options/table.js';
import { protocolKind } from './kinds/kinds.js';
import { displayPath, fileSystemHost } from './files/file-system.js';
import { isDedalus } from './files/host.js';
import {
  protocolLineage,
  protocolWhyNot,
  replayProtocol,
  type Replay,
  type ReplayOptions,
} from './replay.js';
import type { CheckResult, ScenarioLocation } from './result.js';
import type { Scenario } from './scenario/define.js';
import { ScenarioError } from './scenario/error.js';
import { prepareScenario } from './scenario/prepare.js';
import type { PreparedScenario } from './scenario/prepared.js';
import { describeValue } from './shape.js';
import { sourcesOf } from './files/sources.js';

/** What a scenario says itself. */
type Said =
  | 'name'
  | 'location'
  | 'nodes'
  | 'nodesInferred'
  | 'bounds'
  | 'expected'
  | 'warnings'
  | 'protocol'
  | 'checks';

/** Options of {@link checkScenario}: those of {@link check}, but for what a scenario says itself. */
export interface CheckScenarioOptions extends Omit<CheckOptions, Said> {
  /** In place of the scenario's own; those left out stay. Within other bounds the scenario expects no verdict. */
  readonly bounds?: Partial<Bounds>;
}

const checkScenarioOptions: OptionTable<keyof CheckScenarioOptions> = {
  ...searchOptions,
  bounds: boundsOption,
};

/** Options of {@link protectScenario}: those of {@link protect}, but for what a scenario says itself. */
export interface ProtectScenarioOptions extends Omit<ProtectOptions, 'name' | 'nodes' | 'bounds'> {
  /** In place of the scenario's own; those left out stay. */
  readonly bounds?: Partial<Bounds>;
}

const protectScenarioOptions: OptionTable<keyof ProtectScenarioOptions> = {
  ...findingOptions,
  bounds: boundsOption,
};

/** Options of {@link repairScenario}: those of {@link repair}, but for what a scenario says itself. */
export interface RepairScenarioOptions extends Omit<RepairOptions, 'name' | 'nodes' | 'bounds'> {
  /** In place of the scenario's own; those left out stay. */
  readonly bounds?: Partial<Bounds>;
}

const repairScenarioOptions: OptionTable<keyof RepairScenarioOptions> = {
  ...findingOptions,
  bounds: boundsOption,
};

/** Options of {@link replayScenario}. */
export interface ReplayScenarioOptions {
  /** In place of the scenario's own; those left out stay. */
  readonly bounds?: Partial<Bounds>;
}

const replayScenarioOptions: OptionTable<keyof ReplayScenarioOptions> = { bounds: boundsOption };

/**
 * Decides whether some admissible fault set violates the specification of a scenario.
 *
 * With a `signal` the check lets the event loop turn about every 30 milliseconds, and when it finds the signal
 * aborted it rejects with the signal's reason; what was found until then is lost. To get what is found within a
 * given time instead, set `timeout`: the verdict is then `inconclusive` with what was covered, or what is known
 * of a violation. The check looks at the signal between timesteps of the run over all fault sets, between
 * executions and between phases; one timestep or one call of the solver goes on to its end, which in the largest
 * checks takes seconds. Without a signal the check occupies its thread from beginning to end.
 *
 * @throws TypeError when it is not what {@link defineScenario} makes
 * @throws ScenarioError when the scenario has errors, such as a rule with an unbound variable
 * @throws RangeError when the bounds make no sense
 * @throws TypeError, RangeError for an option that there is not, or a value that makes no sense
 * @throws ProtocolError when a handler or a property fails
 * @throws EvaluationError, TooManyTuples when rules cannot be run
 * @throws the signal's reason when it is aborted
 *
 * @example
 * const { verdict } = await checkScenario(scenario, { bounds: { crashes: 1 }, timeout: 10_000 });
 * if (verdict.kind === 'violated') console.log(formatSchedule(verdict.counterexamples[0].faults));
 */
export async function checkScenario(
  scenario: Scenario,
  options: CheckScenarioOptions = {},
): Promise<CheckResult> {
  assertOptions('checkScenario', options, checkScenarioOptions);
  options.signal?.throwIfAborted();
  const { prepared, bounds, warnings } = prepare(scenario, options.bounds);
  const { name, protocol, nodes, location, checks } = { ...prepared, name: scenario.name };
  const expected = formatBounds(bounds) === formatBounds(checks[0].bounds) ? checks[0].expect : undefined;
  return check(protocol, { ...options, name, location, nodes, bounds, expected, warnings });
}

/**
 * Finds the smallest sets of protections under which no admissible fault set violates the specification of a scenario; see
 * {@link protect}.
 *
 * @throws as {@link checkScenario} does
 *
 * @example
 * const { sets } = await protectScenario(scenario, { bounds: { crashes: 1 }, limit: 3 });
 * for (const { protections } of sets) console.log(protections);
 */
export async function protectScenario(
  scenario: Scenario,
  options: ProtectScenarioOptions = {},
): Promise<ProtectResult> {
  assertOptions('protectScenario', options, protectScenarioOptions);
  const { prepared, bounds } = prepare(scenario, options.bounds);
  return protect(prepared.protocol, { ...options, name: scenario.name, nodes: prepared.nodes, bounds });
}

/**
 * Finds changes of a scenario with which no admissible fault set violates its specification; see
 * {@link repair}.
 *
 * @throws as {@link checkScenario} does
 *
 * @example
 * const { repairs } = await repairScenario(scenario, { limit: 1 });
 * for (const { change, cost } of repairs) console.log(change, cost);
 */
export async function repairScenario(
  scenario: Scenario,
  options: RepairScenarioOptions = {},
): Promise<RepairResult> {
  assertOptions('repairScenario', options, repairScenarioOptions);
  const { prepared, bounds } = prepare(scenario, options.bounds);
  return repair(prepared.protocol, { ...options, name: scenario.name, nodes: prepared.nodes, bounds });
}

/**
 * Runs a scenario under one fault set, and tells all that happened.
 *
 * @param faults a fault set, such as that of a counterexample, or text such as `drop a->b@1; crash b@3`
 * @throws TypeError when it is not what {@link defineScenario} makes
 * @throws ScenarioError when the scenario has errors, or the faults are malformed or not admissible
 * @throws RangeError when the bounds make no sense
 * @throws TypeError, RangeError for an option that there is not, or a value that makes no sense
 * @throws ProtocolError when a handler or a property fails
 * @throws EvaluationError, TooManyTuples when rules cannot be run
 *
 * @example
 * const { run } = replayScenario(scenario, 'drop a->b@1');
 * console.log(isViolated(run));
 */
export function replayScenario(
  scenario: Scenario,
  faults: FaultSet | string = [],
  options: ReplayScenarioOptions = {},
): Replay {
  const ready = readyToRun('replayScenario', scenario, faults, options);
  return replayProtocol(ready.protocol, ready.options, ready.faults);
}

/**
 * Runs a scenario under one fault set, and tells why its outcome is as it is; see {@link protocolLineage}.
 *
 * @throws as {@link replayScenario} does
 *
 * @example
 * const lost = await lineageGraph(scenarioLineage(scenario, 'drop a->b@1'));
 * const free = await lineageGraph(scenarioLineage(scenario));
 * console.log(differenceOf(lost, free)?.chain);
 */
export function scenarioLineage(
  scenario: Scenario,
  faults: FaultSet | string = [],
  options: ReplayScenarioOptions = {},
): Lineage {
  const ready = readyToRun('scenarioLineage', scenario, faults, options);
  return protocolLineage(ready.protocol, ready.options, ready.faults);
}

/**
 * Runs a scenario under one fault set, and tells why the outcome is not a good one; see {@link protocolWhyNot}.
 *
 * @param depth how many rules are told, one behind another; default all
 * @throws as {@link replayScenario} does
 *
 * @example
 * for (const { attempts } of await scenarioWhyNot(scenario, 'drop a->b@1', {}, 3)) console.log(attempts);
 */
export async function scenarioWhyNot(
  scenario: Scenario,
  faults: FaultSet | string = [],
  options: ReplayScenarioOptions = {},
  depth = Infinity,
): Promise<readonly WhyNot[]> {
  const ready = readyToRun('scenarioWhyNot', scenario, faults, options);
  return protocolWhyNot(ready.protocol, ready.options, ready.faults, depth);
}

/**
 * Runs a scenario under one fault set, and answers a question about the run, such as `why log(b, "hello") at 3` or
 * `why-not ack b->a@2`; docs/explain.md tells all forms. Faults that the question names take the place of `faults`.
 *
 * @param depth how many steps are told, one behind another; default all
 * @throws ScenarioError where the question is malformed, or asks about what is otherwise
 * @throws as {@link replayScenario} does
 *
 * @example
 * const { answer } = await explainScenario(scenario, 'why-not ack b->a@2', 'drop a->b@1');
 * console.log(answer.trees);
 */
export async function explainScenario(
  scenario: Scenario,
  text: string,
  faults: FaultSet | string = [],
  options: ReplayScenarioOptions = {},
  depth = Infinity,
): Promise<Explanation> {
  const { protocol, options: own } = readyToRun('explainScenario', scenario, [], options);
  const scope = { nodes: own.nodes, eot: own.bounds.eot, ...protocolKind(protocol).askable(protocol) };
  const read = readQuestion(text, scope);
  if (read.kind === 'malformed') throw new ScenarioError(scenario.name, read.diagnostics);
  const { question } = read;
  const ready = readyToRun('explainScenario', scenario, question.under ?? faults, options);
  const result = await explainProtocol(protocol, own, ready.faults, question, depth);
  if (result.kind === 'refused') throw new ScenarioError(scenario.name, result.diagnostics);
  return result.explanation;
}

/** @param name of the function that is asked for it @throws as {@link replayScenario} does */
function readyToRun(
  name: string,
  scenario: Scenario,
  faults: FaultSet | string,
  options: ReplayScenarioOptions,
): { readonly protocol: Protocol; readonly options: ReplayOptions; readonly faults: FaultSet } {
  assertOptions(name, options, replayScenarioOptions);
  const { prepared, bounds } = prepare(scenario, options.bounds);
  const { protocol, nodes } = prepared;
  // Written and read again, so that a fault set is held to the same rules as text.
  const schedule = typeof faults === 'string' ? faults : formatSchedule(faults);
  const parsed = parseSchedule(schedule, { nodes, bounds });
  if (parsed.kind === 'malformed') throw new ScenarioError(scenario.name, parsed.diagnostics);
  return { protocol, options: { nodes, bounds }, faults: parsed.faults };
}

interface Ready {
  readonly prepared: PreparedScenario;
  readonly bounds: Bounds;
  readonly warnings: readonly Diagnostic[];
}

/** @throws TypeError, ScenarioError, RangeError */
function prepare(scenario: Scenario, instead: Partial<Bounds> | undefined): Ready {
  if (!isScenario(scenario))
    throw new TypeError(`this is ${describeValue(scenario)}, and not what \`defineScenario\` makes`);
  const { scenario: prepared, diagnostics } = prepareScenario(scenario, {
    location: locationOf(scenario),
    nodes: undefined,
    read: sourcesOf({ ...fileSystemHost, display: displayPath }),
  });
  if (prepared === undefined) throw new ScenarioError(scenario.name, diagnostics);
  const { reliable, ...numbers } = { ...scenario.bounds, ...instead };
  const bounds = {
    ...numbers,
    ...(reliable !== undefined && { reliable: ofNodes(reliable, prepared.roles ?? {}) }),
  };
  assertBounds(prepared.nodes, bounds);
  const { protocol } = prepared;
  const late = protocolKind(protocol).warnings(protocol, bounds);
  return { prepared, bounds, warnings: [...diagnostics, ...late] };
}

/** A file of Dedalus is one scenario, whatever it is called. */
function locationOf({ span, name }: Scenario): ScenarioLocation {
  const file = displayPath(span.source.name);
  return { file, scenario: isDedalus(file) ? undefined : name };
}

function isScenario(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'scenario';
}
