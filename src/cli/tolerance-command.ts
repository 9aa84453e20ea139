/** `ldfi tolerance`: how much may fail before a protocol breaks, and what breaks it first. */
import { check, type Bounds, type PreparedScenario } from '../index.js';
import { analyse, frontier, protocolKind, widenings, type FrontierRow } from '../toolkit.js';
import { diagnoseFailure } from './failures.js';
import { gather, preparedScenarios, type Gathered } from './gather.js';
import type { ToleranceInvocation } from './invocation.js';
import { boundsOfRun } from './replay-bounds.js';
import type { Session } from './session.js';

/** Milliseconds for one check of many, where nothing else is asked for. */
const TIMEOUT = 20_000;

export async function tellTolerances(invocation: ToleranceInvocation, session: Session): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  // There are many checks, each with a time limit of its own.
  session.timeout = undefined;
  for await (const scenario of preparedScenarios(gathered, invocation.nodes, session))
    await tellTolerance(scenario, gathered, invocation, session);
}

async function tellTolerance(
  scenario: PreparedScenario,
  { bounds: layers, settings, host }: Gathered,
  { rates }: ToleranceInvocation,
  session: Session,
): Promise<void> {
  const { name, nodes, protocol } = scenario;
  const bounds = boundsOfRun(scenario, layers, session);
  if (bounds === undefined) return;
  session.warn(protocolKind(protocol).warnings(protocol, bounds));
  const timeout = settings.timeout?.value ?? TIMEOUT;
  const widest = bounds.eot - 1;
  const within = (wanted: Bounds) =>
    check(protocol, { name, nodes, bounds: wanted, timeout, pool: session.pool });
  try {
    session.tolerance({ kind: 'begun', name, nodes, bounds });
    const rows: FrontierRow[] = [];
    for await (const row of frontier({ bounds, eff: widest, crashes: nodes.length }, within)) {
      rows.push(row);
      session.tolerance({ kind: 'row', row, widest });
    }
    const analysis = await analyse(protocol, { nodes, bounds, timeout, rates });
    const isTolerated = analysis.kind === 'analysed' && analysis.analysis.faults === undefined;
    const outside = isTolerated ? await widenings(nodes.length, bounds, within) : undefined;
    const tolerance = { name, nodes, bounds, widest, rows, analysis, outside };
    session.tolerance({ kind: 'known', tolerance });
  } catch (error) {
    const problem = diagnoseFailure(error, host);
    if (problem === undefined) throw error;
    session.diagnose([problem]);
  }
}
