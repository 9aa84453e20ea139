/** `ldfi check`: every scenario, within every one of its bounds. */
import { setImmediate } from 'node:timers/promises';
import { checkHorizon } from '../../model/check/horizon.js';
import { hasErrors, type Diagnostic } from '../../model/diagnostics.js';
import { check, type CheckOptions } from '../check.js';
import type { CheckResult } from '../result.js';
import type { PreparedScenario } from '../scenario/prepared.js';
import type { CheckInvocation } from './arguments.js';
import { writeCertificateOf } from './certificates.js';
import { planChecks, type PlannedCheck } from './bounds.js';
import { diagnoseFailure } from './failures.js';
import { gather, type Gathered } from './gather.js';
import { listScenarios } from './list.js';
import { progressLabel, ProgressLine } from './progress.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

export async function checkScenarios(invocation: CheckInvocation, session: Session): Promise<void> {
  const { certificates } = invocation;
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  if (invocation.list) {
    listScenarios(gathered.found, invocation.nodes, session);
    return;
  }
  for (const found of gathered.found) {
    const { scenario, diagnostics } = found.prepare(invocation.nodes);
    if (scenario === undefined) session.diagnose(diagnostics);
    else if (!(await checkScenario(scenario, diagnostics, { ...gathered, certificates }, session))) return;
  }
}

/** What there is to know of every check. */
type Work = Pick<Gathered, 'bounds' | 'settings'> & Pick<CheckInvocation, 'certificates'>;

/** Whether to go on with other scenarios. */
async function checkScenario(
  scenario: PreparedScenario,
  warnings: readonly Diagnostic[],
  { bounds, settings, certificates }: Work,
  session: Session,
): Promise<boolean> {
  const { protocol } = scenario;
  const plan = planChecks(scenario, bounds);
  if (hasErrors(plan.diagnostics)) {
    session.diagnose([...warnings, ...plan.diagnostics]);
    return true;
  }
  session.warn(warnings);
  for (const planned of plan.checks) {
    const late = protocol.kind === 'rules' ? checkHorizon(protocol.program, planned.bounds.eot) : [];
    session.warn(late);
    const result = await checkOnce(scenario, planned, [...warnings, ...late], settings, session);
    if (result === undefined) continue;
    if (result.interrupted) return false;
    const request = certificates && { ...certificates, timeout: settings.timeout?.value };
    if (request !== undefined && !(await writeCertificateOf(scenario, result, request, session)))
      return false;
  }
  return true;
}

/** Undefined where the scenario cannot be run. */
async function checkOnce(
  scenario: PreparedScenario,
  { bounds, expected }: PlannedCheck,
  warnings: readonly Diagnostic[],
  settings: Settings,
  session: Session,
): Promise<CheckResult | undefined> {
  const { name, location, protocol, nodes, nodesInferred } = scenario;
  // Between two computations a signal is heard only when the event loop turns.
  await setImmediate();
  const progress = new ProgressLine(session.io.err, progressLabel(name, bounds));
  try {
    const result = await check(protocol, {
      name,
      location,
      nodes,
      nodesInferred,
      bounds,
      expected,
      warnings,
      ...searchOptions(settings),
      pool: session.pool,
      onProgress: progress.update,
    });
    progress.erase();
    session.check(result);
    return result;
  } catch (error) {
    progress.erase();
    const diagnostic = diagnoseFailure(error);
    if (diagnostic === undefined) throw error;
    session.diagnose([diagnostic]);
    return undefined;
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
