/** `ldfi replay`: one run under given faults. */
import type { Bounds } from '../../injector/bounds.js';
import type { FaultSet } from '../../injector/faults.js';
import { parseSchedule } from '../../injector/schedule.js';
import { checkHorizon } from '../../model/check/horizon.js';
import type { RunResult } from '../report/run.js';
import { replayProtocol } from '../replay.js';
import { runGuarded } from '../watchdog.js';
import type { BoundsFlags } from './bounds.js';
import { diagnoseFailure } from './failures.js';
import { chooseReplayBounds } from './replay-bounds.js';
import { loadScenario, type Scenario } from './scenario.js';
import type { Session } from './session.js';

export interface ReplaySettings {
  readonly nodes: readonly string[] | undefined;
  readonly bounds: BoundsFlags;
  /** The faults as typed. */
  readonly inject: string;
}

export function replayFiles(files: readonly string[], settings: ReplaySettings, session: Session): void {
  for (const file of files) {
    const { scenario, diagnostics } = loadScenario(file, settings.nodes, session.io.host);
    if (scenario === undefined) session.diagnose(diagnostics);
    else {
      session.warn(diagnostics);
      if (!replayScenario(scenario, settings, session)) return;
    }
  }
}

/** Whether to go on with other scenarios. */
function replayScenario(scenario: Scenario, settings: ReplaySettings, session: Session): boolean {
  const { name, header, nodes, checked } = scenario;
  const chosen = chooseReplayBounds(name, header, settings.bounds, nodes);
  if (chosen.kind === 'unclear') {
    session.diagnose(chosen.diagnostics);
    return true;
  }
  const { bounds } = chosen;
  const schedule = parseSchedule(settings.inject, { nodes, bounds }, '--inject');
  if (schedule.kind === 'malformed') {
    session.diagnose(schedule.diagnostics);
    return true;
  }
  session.warn(checkHorizon(checked.program, bounds.eot));
  return runOnce(scenario, bounds, schedule.faults, session);
}

function runOnce(scenario: Scenario, bounds: Bounds, faults: FaultSet, session: Session): boolean {
  try {
    const guarded = runGuarded(() => replayOnce(scenario, bounds, faults), { timeoutMs: undefined });
    if (guarded.kind === 'finished') session.run(guarded.value);
    else session.interrupt();
    return guarded.kind === 'finished';
  } catch (error) {
    const diagnostic = diagnoseFailure(error);
    if (diagnostic === undefined) throw error;
    session.diagnose([diagnostic]);
    return true;
  }
}

function replayOnce({ name, checked, nodes }: Scenario, bounds: Bounds, faults: FaultSet): RunResult {
  return { name, bounds, ...replayProtocol(checked, { nodes, bounds }, faults) };
}
