/** `ldfi check`: every scenario, within every one of its bounds. */
import {
  check,
  type CheckOptions,
  type CheckResult,
  defaultSolver,
  type Diagnostic,
  hasErrors,
  type PreparedScenario,
} from '../index.js';
import { checkKnown, checkTypes, hasRegressions, protocolKind } from '../toolkit.js';
import type { CheckInvocation, SessionOptions } from './invocation.js';
import { writeCertificateOf } from './certificates.js';
import { planChecks, type PlannedCheck } from './bounds.js';
import { diagnoseFailure } from './failures.js';
import { unfitOptions } from './fitting.js';
import { gather, type Gathered } from './gather.js';
import { listScenarios } from './list.js';
import type { ReplayedRegressions, Regressions } from './regressions.js';
import type { Session } from './session.js';
import { watchableBefore, watchableOf } from './watchable.js';
import type { Settings } from './settings.js';
import { studiesOf } from './studies.js';

export async function checkScenarios(invocation: CheckInvocation, session: Session): Promise<void> {
  const { certificates, campaign, save } = invocation;
  const studies = showsRuns(invocation.session);
  const explains = tellsReasons(invocation.session);
  if (invocation.watch) session.watchable(watchableBefore(invocation, session.io));
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  if (invocation.watch) session.watchable(watchableOf(gathered));
  if (invocation.list) {
    listScenarios(gathered.found, invocation.nodes, session);
    return;
  }
  if (invocation.typecheck && session.isFirst) await tellTypeErrors(gathered, session);
  const unfit = unfitOptions(invocation, gathered.found);
  if (unfit.length > 0) {
    session.diagnose(unfit);
    return;
  }
  const regressions = await regressionsOf(save, session);
  // What runs may share more than it says: ports, databases, the time of the machine.
  const isAlone = gathered.found.some(({ system }) => system !== undefined);
  const jobs = isAlone ? 1 : (gathered.settings.jobs?.value ?? session.io.room);
  // Those that there are more of than scenarios share the runs of each.
  const threads = Math.max(1, Math.floor(jobs / gathered.found.length));
  for await (const found of session.items(gathered.found, ({ name }) => name, jobs)) {
    if (found.system !== undefined) {
      // Few runs need it.
      const { driveSystem } = await import('./system-command.js');
      await driveSystem(found.system, { ...gathered, campaign }, session);
      continue;
    }
    const { scenario, diagnostics } = found.prepare(invocation.nodes);
    if (scenario === undefined) session.diagnose(diagnostics);
    else
      await checkScenario(
        scenario,
        diagnostics,
        { ...gathered, certificates, save, regressions, threads, studies, explains },
        session,
      );
  }
}

async function tellTypeErrors({ looked, host }: Gathered, session: Session): Promise<void> {
  const modules = looked.filter((file) => /\.[mc]?ts$/.test(file));
  if (modules.length === 0) return;
  session.diagnose(await checkTypes(modules, host));
}

/** Undefined where there are none, and none are to be. */
async function regressionsOf(save: boolean, session: Session): Promise<Regressions | undefined> {
  if (!save && !hasRegressions(session.io.folder)) return undefined;
  // Few runs need it.
  const { Regressions } = await import('./regressions.js');
  return Regressions.read(session);
}

/** What there is to know of every check. */
interface Work
  extends Pick<Gathered, 'bounds' | 'settings' | 'host'>, Pick<CheckInvocation, 'certificates' | 'save'> {
  readonly regressions: Regressions | undefined;
  /** How many threads may share the runs of one scenario. */
  readonly threads: number;
  /** Whether anybody reads why counterexamples violate: a line has no room for it. */
  readonly explains: boolean;
  /** Whether somebody wants to know more of counterexamples. */
  readonly studies: boolean;
}

/** Whether what is told has room for more than a line. */
function tellsReasons({ presentation, reports = [] }: SessionOptions): boolean {
  return presentation !== 'line' || reports.length > 0;
}

/** Whether a report is asked for in which runs can be gone through. */
function showsRuns({ form, reports = [] }: SessionOptions): boolean {
  return form === 'html' || reports.some(({ reporter }) => reporter === 'html');
}

async function checkScenario(
  scenario: PreparedScenario,
  warnings: readonly Diagnostic[],
  work: Work,
  session: Session,
): Promise<void> {
  const { bounds, settings, certificates, save, regressions, studies, host } = work;
  const { protocol } = scenario;
  const plan = planChecks(scenario, bounds);
  if (hasErrors(plan.diagnostics)) {
    session.diagnose([...warnings, ...plan.diagnostics]);
    return;
  }
  session.warn(warnings);
  for (const planned of plan.checks) {
    const late = protocolKind(protocol).warnings(protocol, planned.bounds);
    session.warn(late);
    if (regressions !== undefined) session.enter({ kind: 'study' });
    const all = plan.checks.map((each) => each.bounds);
    const known = regressions?.replay(scenario, planned.bounds, all) ?? NOTHING_SAVED;
    const details = { ...planned, ...known, warnings: [...warnings, ...late] };
    const result = await checkOnce(scenario, details, work, session);
    if (result === undefined) continue;
    if (save) await regressions?.save(scenario, result);
    if (studies) study(scenario, result, host, session);
    if (certificates === undefined) continue;
    session.enter({ kind: 'certificate' });
    const request = { ...certificates, timeout: settings.timeout?.value };
    await writeCertificateOf(scenario, result, request, session);
  }
}

const NOTHING_SAVED: ReplayedRegressions = { replayed: [], violating: [] };

/** What there is to know of one check. */
interface Details extends PlannedCheck, ReplayedRegressions {
  readonly warnings: readonly Diagnostic[];
}

/** Undefined where the scenario cannot be run. */
async function checkOnce(
  scenario: PreparedScenario,
  { bounds, expected, warnings, replayed, violating }: Details,
  { settings, save, threads, explains, host }: Work,
  session: Session,
): Promise<CheckResult | undefined> {
  const { name, location, protocol, nodes, nodesInferred } = scenario;
  const begun = { name, location, nodes, nodesInferred, bounds, expected, warnings };
  const options = { strategy: 'compiled', solver: defaultSolver, ...searchOptions(settings) } as const;
  session.begin({ ...begun, language: protocol.kind, strategy: options.strategy, solver: options.solver });
  try {
    const checkOptions: CheckOptions = {
      ...begun,
      ...options,
      jobs: threads,
      because: explains,
      pool: session.pool,
      onProgress: session.progress,
    };
    const searches = violating.length === 0 || save || settings.all !== undefined;
    const found = searches ? await check(protocol, checkOptions) : undefined;
    // What was saved and still violates is a verdict, whatever a search comes to.
    const isKnown = violating.length > 0 && found?.verdict.kind !== 'violated';
    const own = isKnown ? await checkKnown(violating, protocol, checkOptions) : found!;
    const result = replayed.length === 0 ? own : { ...own, regressions: replayed };
    session.warn(result.warnings.filter((warning) => !warnings.includes(warning)));
    session.check(result);
    return result;
  } catch (error) {
    session.abandon();
    const diagnostic = diagnoseFailure(error, host);
    if (diagnostic === undefined) throw error;
    session.diagnose([diagnostic]);
    return undefined;
  }
}

/** Finds out what a reader of counterexamples may ask next. */
function study(scenario: PreparedScenario, result: CheckResult, host: Work['host'], session: Session): void {
  if (result.verdict.kind !== 'violated') return;
  session.enter({ kind: 'study' });
  try {
    session.studies(studiesOf(scenario, result, host));
  } catch (error) {
    const problem = diagnoseFailure(error, host);
    if (problem === undefined) throw error;
    session.diagnose([problem]);
  }
}

/** Only what was given: the library knows the defaults. */
function searchOptions(settings: Settings): Partial<CheckOptions> {
  const { strategy, solver, all, maxRuns, timeout, seed, lineage, negativeSupport } = settings;
  return {
    ...(strategy !== undefined && { strategy: strategy.value }),
    ...(solver !== undefined && { solver: solver.value }),
    ...(all !== undefined && { limit: all.value }),
    ...(maxRuns !== undefined && { budgets: { executions: maxRuns.value } }),
    ...(timeout !== undefined && { timeout: timeout.value }),
    ...(seed !== undefined && { seed: seed.value }),
    ...(lineage !== undefined && { lineage: lineage.value }),
    ...(negativeSupport !== undefined && { negativeSupport: negativeSupport.value }),
  };
}
