/** `ldfi replay`: one run under given faults. */
import { parseSchedule, type PreparedScenario, replayProtocol } from '../index.js';
import { protocolKind, type ScenarioHost } from '../toolkit.js';
import type { ReplayInvocation } from './invocation.js';
import { diagnoseFailure } from './failures.js';
import { gather, preparedScenarios, type Gathered } from './gather.js';
import { boundsOfRun } from './replay-bounds.js';
import type { Session } from './session.js';
import type { Rerun, Task } from './work.js';

export async function replayScenarios(invocation: ReplayInvocation, session: Session): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  for await (const scenario of preparedScenarios(gathered, invocation.nodes, session))
    replayScenario(scenario, gathered, invocation.inject, session);
}

/** A scenario of a check, run once under faults that are known to be admissible. */
export async function rerunScenario(
  task: Task,
  { item, nodes, bounds, faults }: Rerun,
  session: Session,
): Promise<void> {
  if (task.kind !== 'check') throw new Error('only of a check something is found before it ends');
  const gathered = await gather(task, task.settings, session);
  const scenario = gathered?.found.at(item)?.prepare(nodes).scenario;
  if (scenario !== undefined) runOnce(scenario, { bounds, faults }, gathered!.host, session);
}

/** @param inject the faults as typed */
function replayScenario(
  scenario: PreparedScenario,
  { bounds: layers, host }: Pick<Gathered, 'bounds' | 'host'>,
  inject: string,
  session: Session,
): void {
  const { nodes, protocol } = scenario;
  const bounds = boundsOfRun(scenario, layers, session);
  if (bounds === undefined) return;
  const schedule = parseSchedule(inject, { nodes, bounds }, '--inject');
  if (schedule.kind === 'malformed') {
    session.diagnose(schedule.diagnostics);
    return;
  }
  session.warn(protocolKind(protocol).warnings(protocol, bounds));
  runOnce(scenario, { bounds, faults: schedule.faults }, host, session);
}

function runOnce(
  { name, protocol, nodes }: PreparedScenario,
  { bounds, faults }: Pick<Rerun, 'bounds' | 'faults'>,
  host: ScenarioHost,
  session: Session,
): void {
  try {
    session.run({ name, bounds, ...replayProtocol(protocol, { nodes, bounds }, faults) });
  } catch (error) {
    const diagnostic = diagnoseFailure(error, host);
    if (diagnostic === undefined) throw error;
    session.diagnose([diagnostic]);
  }
}
