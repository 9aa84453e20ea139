/** `ldfi tolerance`: how much may fail before a protocol breaks, and what breaks it first. */
import { check, replayProtocol, type Bounds } from '../index.js';
import {
  analyse,
  casesOf,
  drawTolerancePage,
  frontier,
  sourcesOf,
  studyCounterexample,
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

/** Milliseconds for one check of many, where nothing else is asked for. */
const TIMEOUT = 20_000;

export async function tellTolerances(invocation: ToleranceInvocation, session: Session): Promise<void> {
  const { html } = invocation;
  const studied: StudiedTolerance[] = [];
  await tellEach(invocation, session, async (bounded) => {
    const tolerance = await tellTolerance(bounded, invocation, session);
    if (html !== undefined) studied.push(study(tolerance, bounded, session));
  });
  if (html !== undefined && studied.length > 0)
    writePage(html, await drawTolerancePage(studied, session.io.version), session);
}

/** Finds out what a reader of the page may ask of the counterexamples. */
function study(
  tolerance: Tolerance,
  { scenario: { protocol, nodes } }: Bounded,
  session: Session,
): StudiedTolerance {
  const read = sourcesOf(session.io.host);
  const cases = casesOf(tolerance).map(({ faults, bounds }) => ({
    faults,
    bounds,
    ...replayProtocol(protocol, { nodes, bounds }, faults),
    study: studyCounterexample(protocol, { nodes, bounds }, faults, read),
  }));
  return { tolerance, cases };
}

async function tellTolerance(
  { scenario: { name, nodes, protocol }, bounds, settings }: Bounded,
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
  const tolerance = { name, nodes, bounds, widest, rows, analysis, outside };
  session.tolerance({ kind: 'known', tolerance });
  return tolerance;
}
