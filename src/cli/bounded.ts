/** Scenarios that are checked many times within bounds of one run, and others about them. */
import type { Bounds, PreparedScenario } from '../index.js';
import { protocolKind } from '../toolkit.js';
import { diagnoseFailure } from './failures.js';
import { gather, preparedScenarios, type Gathered } from './gather.js';
import type { ProtectInvocation, RepairInvocation, ToleranceInvocation } from './invocation.js';
import { boundsOfRun } from './replay-bounds.js';
import type { Session } from './session.js';

/** A scenario, and what its checks are made within. */
export interface Bounded {
  readonly scenario: PreparedScenario;
  readonly bounds: Bounds;
  readonly settings: Gathered['settings'];
}

/** Tells of each scenario that is meant, one after the other; what is wrong with one is told in its place. */
export async function tellEach(
  invocation: ProtectInvocation | RepairInvocation | ToleranceInvocation,
  session: Session,
  tell: (bounded: Bounded) => Promise<void>,
): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  const { bounds: layers, settings, host } = gathered;
  // There are many checks, each with a time limit of its own.
  session.timeout = undefined;
  for await (const scenario of preparedScenarios(gathered, invocation.nodes, session)) {
    const bounds = boundsOfRun(scenario, layers, session);
    if (bounds === undefined) continue;
    session.warn(protocolKind(scenario.protocol).warnings(scenario.protocol, bounds));
    try {
      await tell({ scenario, bounds, settings });
    } catch (error) {
      const problem = diagnoseFailure(error, host);
      if (problem === undefined) throw error;
      session.diagnose([problem]);
    }
  }
}
