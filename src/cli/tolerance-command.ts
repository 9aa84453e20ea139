/** `ldfi tolerance`: how much may fail before a protocol breaks, and what breaks it first. */
import { check, type Bounds } from '../index.js';
import { analyse, frontier, widenings, type FrontierRow } from '../toolkit.js';
import { tellEach, type Bounded } from './bounded.js';
import type { ToleranceInvocation } from './invocation.js';
import type { Session } from './session.js';

/** Milliseconds for one check of many, where nothing else is asked for. */
const TIMEOUT = 20_000;

export async function tellTolerances(invocation: ToleranceInvocation, session: Session): Promise<void> {
  await tellEach(invocation, session, (bounded) => tellTolerance(bounded, invocation, session));
}

async function tellTolerance(
  { scenario: { name, nodes, protocol }, bounds, settings }: Bounded,
  { rates }: ToleranceInvocation,
  session: Session,
): Promise<void> {
  const timeout = settings.timeout?.value ?? TIMEOUT;
  const widest = bounds.eot - 1;
  const within = (wanted: Bounds) =>
    check(protocol, { name, nodes, bounds: wanted, timeout, pool: session.pool });
  session.tolerance({ kind: 'begun', name, nodes, bounds });
  const rows: FrontierRow[] = [];
  for await (const row of frontier({ bounds, eff: widest, crashes: nodes.length }, within)) {
    rows.push(row);
    session.tolerance({ kind: 'row', row, widest });
  }
  const analysis = await analyse(protocol, { nodes, bounds, timeout, rates });
  const isTolerated = analysis.kind === 'analysed' && analysis.analysis.faults === undefined;
  const outside = isTolerated ? await widenings(nodes.length, bounds, within) : undefined;
  session.tolerance({
    kind: 'known',
    tolerance: { name, nodes, bounds, widest, rows, analysis, outside },
  });
}
