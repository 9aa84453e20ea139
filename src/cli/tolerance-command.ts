/** `ldfi tolerance`: how much may fail before a protocol breaks, and what breaks it first. */
import { check, type Bounds } from '../index.js';
import {
  analyse,
  drawTolerancePage,
  frontier,
  widenings,
  type FrontierRow,
  type PlaceOfCheck,
  type StudiedTolerance,
  type Tolerance,
} from '../toolkit.js';
import { tellEach, type Bounded } from './bounded.js';
import type { ToleranceInvocation } from './invocation.js';
import { writePage } from './pages.js';
import type { Session } from './session.js';
import { studiedTolerance } from './studies.js';

/** Milliseconds for one check of many, where nothing else is asked for. */
const TIMEOUT = 20_000;

export async function tellTolerances(invocation: ToleranceInvocation, session: Session): Promise<void> {
  const { html } = invocation;
  const studied: StudiedTolerance[] = [];
  await tellEach(invocation, session, async (bounded) => {
    const tolerance = await tellTolerance(bounded, invocation, session);
    if (html !== undefined) studied.push(studiedTolerance(bounded.scenario, tolerance, session.io.host));
  });
  if (html !== undefined && studied.length > 0)
    writePage(html, await drawTolerancePage(studied, session.io.version), session);
}

async function tellTolerance(
  { scenario: { name, location, nodes, protocol }, bounds, settings }: Bounded,
  { rates }: ToleranceInvocation,
  session: Session,
): Promise<Tolerance> {
  const timeout = settings.timeout?.value ?? TIMEOUT;
  const widest = bounds.eot - 1;
  const { pool, progress: onProgress } = session;
  let checks = 0;
  const within = (wanted: Bounds, place?: PlaceOfCheck) => {
    checks++;
    const { number, of } = place ?? { number: checks, of: undefined };
    session.attempt(name, { step: 'check', number, of, found: 0, bounds: wanted });
    return check(protocol, { name, nodes, bounds: wanted, timeout, pool, onProgress });
  };
  session.tolerance({ kind: 'begun', name, nodes, bounds });
  const rows: FrontierRow[] = [];
  for await (const row of frontier({ bounds, eff: widest, crashes: nodes.length }, within)) {
    rows.push(row);
    session.tolerance({ kind: 'row', row, widest });
  }
  session.attempt(name, { step: 'as it is', number: 1, of: 1, found: 0, bounds });
  const analysis = await analyse(protocol, {
    nodes,
    bounds,
    timeout,
    rates,
    onProgress: (progress) => {
      onProgress({ ...progress, strategy: 'compiled', fallbacks: [] });
    },
  });
  const isTolerated = analysis.kind === 'analysed' && analysis.analysis.faults === undefined;
  const outside = isTolerated ? await widenings(nodes.length, bounds, within) : undefined;
  const tolerance = { name, location, nodes, bounds, widest, rows, analysis, outside };
  session.tolerance({ kind: 'known', tolerance });
  return tolerance;
}
