/** `ldfi protect`: the smallest sets of protections that would be enough for a certificate. */
import { protect, type PreparedScenario } from '../index.js';
import { protocolKind } from '../toolkit.js';
import { diagnoseFailure } from './failures.js';
import { gather, preparedScenarios, type Gathered } from './gather.js';
import type { ProtectInvocation } from './invocation.js';
import { boundsOfRun } from './replay-bounds.js';
import type { Session } from './session.js';

export async function tellProtections(invocation: ProtectInvocation, session: Session): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  // There are many checks, each with a time limit of its own.
  session.timeout = undefined;
  for await (const scenario of preparedScenarios(gathered, invocation.nodes, session))
    await tellProtection(scenario, gathered, invocation, session);
}

async function tellProtection(
  scenario: PreparedScenario,
  { bounds: layers, settings, host }: Gathered,
  { limit }: ProtectInvocation,
  session: Session,
): Promise<void> {
  const { name, nodes, protocol } = scenario;
  const bounds = boundsOfRun(scenario, layers, session);
  if (bounds === undefined) return;
  session.warn(protocolKind(protocol).warnings(protocol, bounds));
  const timeout = settings.timeout?.value;
  try {
    session.protection({ kind: 'begun', name, nodes, bounds });
    const result = await protect(protocol, {
      name,
      nodes,
      bounds,
      pool: session.pool,
      ...(timeout !== undefined && { timeout }),
      ...(limit !== undefined && { limit }),
      onFound: (set) => {
        session.protection({ kind: 'found', set });
      },
    });
    session.protection({ kind: 'known', result });
  } catch (error) {
    const problem = diagnoseFailure(error, host);
    if (problem === undefined) throw error;
    session.diagnose([problem]);
  }
}
