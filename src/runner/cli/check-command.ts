/** `ldfi check`: every file is a scenario, and every one of its bounds a check. */
import { setImmediate } from 'node:timers/promises';
import { checkHorizon } from '../../model/check/horizon.js';
import { hasErrors, type Diagnostic } from '../../model/diagnostics.js';
import type { SatBackend } from '../../solver/sat.js';
import { check, type CheckOptions } from '../check.js';
import type { StrategyName } from '../result.js';
import { planChecks, type BoundsFlags, type PlannedCheck } from './bounds.js';
import { diagnoseFailure } from './failures.js';
import { progressLabel, ProgressLine } from './progress.js';
import { loadScenario, type Scenario } from './scenario.js';
import type { Session } from './session.js';

export interface CheckSettings {
  readonly nodes: readonly string[] | undefined;
  readonly bounds: BoundsFlags;
  readonly strategy: StrategyName | undefined;
  readonly solver: SatBackend | undefined;
  /** The most minimal counterexamples wanted. */
  readonly limit: number | undefined;
  readonly executions: number | undefined;
  /** Milliseconds for each check. */
  readonly timeout: number | undefined;
  readonly seed: number | undefined;
  readonly negativeSupport: boolean;
}

export async function checkFiles(
  files: readonly string[],
  settings: CheckSettings,
  session: Session,
): Promise<void> {
  for (const file of files) {
    const { scenario, diagnostics } = loadScenario(file, settings.nodes, session.io.host);
    if (scenario === undefined) session.diagnose(diagnostics);
    else if (!(await checkScenario(scenario, diagnostics, settings, session))) return;
  }
}

/** Whether to go on with other scenarios. */
async function checkScenario(
  scenario: Scenario,
  warnings: readonly Diagnostic[],
  settings: CheckSettings,
  session: Session,
): Promise<boolean> {
  const { name, header, nodes, checked } = scenario;
  const plan = planChecks(name, header, settings.bounds, nodes);
  if (hasErrors(plan.diagnostics)) {
    session.diagnose([...warnings, ...plan.diagnostics]);
    return true;
  }
  session.warn(warnings);
  for (const planned of plan.checks) {
    const late = checkHorizon(checked.program, planned.bounds.eot);
    session.warn(late);
    if (!(await checkOnce(scenario, planned, [...warnings, ...late], settings, session))) return false;
  }
  return true;
}

async function checkOnce(
  scenario: Scenario,
  { bounds, expected }: PlannedCheck,
  warnings: readonly Diagnostic[],
  settings: CheckSettings,
  session: Session,
): Promise<boolean> {
  const { name, checked, nodes, nodesInferred } = scenario;
  // Between two computations a signal is heard only when the event loop turns.
  await setImmediate();
  const progress = new ProgressLine(session.io.err, progressLabel(name, bounds));
  try {
    const result = await check(checked, {
      name,
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
    return !result.interrupted;
  } catch (error) {
    progress.erase();
    const diagnostic = diagnoseFailure(error);
    if (diagnostic === undefined) throw error;
    session.diagnose([diagnostic]);
    return true;
  }
}

/** Only what was given: the library knows the defaults. */
function searchOptions(settings: CheckSettings): Partial<CheckOptions> {
  const { strategy, solver, limit, executions, timeout, seed, negativeSupport } = settings;
  return {
    ...(strategy !== undefined && { strategy }),
    ...(solver !== undefined && { solver }),
    ...(limit !== undefined && { limit }),
    ...(executions !== undefined && { budgets: { executions } }),
    ...(timeout !== undefined && { timeout }),
    ...(seed !== undefined && { seed }),
    negativeSupport,
  };
}
