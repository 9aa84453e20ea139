/** `ldfi replay`: one run under given faults. */
import type { Bounds } from '../../injector/bounds.js';
import type { FaultSet } from '../../injector/faults.js';
import { parseSchedule } from '../../injector/schedule.js';
import { checkHorizon } from '../../model/check/horizon.js';
import { replayGuarded } from '../replay.js';
import type { PreparedScenario } from '../scenario/prepared.js';
import type { ReplayInvocation } from './arguments.js';
import type { BoundsLayers } from './bounds.js';
import { diagnoseFailure } from './failures.js';
import { gather } from './gather.js';
import { chooseReplayBounds } from './replay-bounds.js';
import type { Session } from './session.js';

export async function replayScenarios(invocation: ReplayInvocation, session: Session): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  for (const found of gathered.found) {
    const { scenario, diagnostics } = found.prepare(invocation.nodes);
    if (scenario === undefined) session.diagnose(diagnostics);
    else {
      session.warn(diagnostics);
      if (!replayScenario(scenario, gathered.bounds, invocation.inject, session)) return;
    }
  }
}

/** Whether to go on with other scenarios. @param inject the faults as typed */
function replayScenario(
  scenario: PreparedScenario,
  layers: BoundsLayers,
  inject: string,
  session: Session,
): boolean {
  const { nodes, protocol } = scenario;
  const chosen = chooseReplayBounds(scenario, layers);
  if (chosen.kind === 'unclear') {
    session.diagnose(chosen.diagnostics);
    return true;
  }
  const { bounds } = chosen;
  const schedule = parseSchedule(inject, { nodes, bounds }, '--inject');
  if (schedule.kind === 'malformed') {
    session.diagnose(schedule.diagnostics);
    return true;
  }
  if (protocol.kind === 'rules') session.warn(checkHorizon(protocol.program, bounds.eot));
  return runOnce(scenario, bounds, schedule.faults, session);
}

function runOnce(
  { name, protocol, nodes }: PreparedScenario,
  bounds: Bounds,
  faults: FaultSet,
  session: Session,
): boolean {
  try {
    const guarded = replayGuarded(protocol, { nodes, bounds, interruptible: true }, faults);
    if (guarded.kind === 'finished') session.run({ name, bounds, ...guarded.value });
    else session.interrupt();
    return guarded.kind === 'finished';
  } catch (error) {
    const diagnostic = diagnoseFailure(error);
    if (diagnostic === undefined) throw error;
    session.diagnose([diagnostic]);
    return true;
  }
}
