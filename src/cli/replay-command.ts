/** `ldfi replay`: one run under given faults. */
import { parseSchedule, type PreparedScenario, replayProtocol } from '../index.js';
import { diagnostic, protocolKind, quote, type ScenarioHost, watchedIn } from '../toolkit.js';
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
    replayScenario(scenario, gathered, invocation, session);
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

function replayScenario(
  scenario: PreparedScenario,
  { bounds: layers, host }: Pick<Gathered, 'bounds' | 'host'>,
  { inject, watch }: Pick<ReplayInvocation, 'inject' | 'watch'>,
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
  runOnce(scenario, { bounds, faults: schedule.faults }, host, session, watch);
}

function runOnce(
  { name, protocol, nodes }: PreparedScenario,
  { bounds, faults }: Pick<Rerun, 'bounds' | 'faults'>,
  host: ScenarioHost,
  session: Session,
  watch: readonly string[] = [],
): void {
  try {
    const replay = replayProtocol(protocol, { nodes, bounds }, faults);
    session.run({ name, bounds, ...replay });
    const { relations } = protocolKind(protocol).askable(protocol);
    session.diagnose(
      watch
        .filter(
          (each) => watchedIn(replay.run, each) === undefined && !relations.has(relationOf(each, nodes)),
        )
        .map((each) => diagnostic('RUN101', `nothing of this run is called ${quote(each)}`, WATCHABLE)),
    );
  } catch (error) {
    const diagnostic = diagnoseFailure(error, host);
    if (diagnostic === undefined) throw error;
    session.diagnose([diagnostic]);
  }
}

const WATCHABLE = {
  expected: 'after --watch a node, a field, a timer or a relation, or one at a node such as `a.term`',
};

/** The relation that is meant where one may be: a run may have no fact of it. */
function relationOf(watched: string, nodes: readonly string[]): string {
  const node = nodes.find((each) => watched.startsWith(`${each}.`));
  return node === undefined ? watched : watched.slice(node.length + 1);
}
