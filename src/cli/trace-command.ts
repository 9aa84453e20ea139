/** `ldfi trace`: what the traces of a running system say. */
import { Undecided } from '../index.js';
import {
  concludeFrom,
  diagnostic,
  drawTracePage,
  examplesOf,
  findQueried,
  findSources,
  formatCount,
  hasGoodOutcome,
  isLookedAt,
  MemoryGuard,
  plural,
  type Predicate,
  QueryError,
  readPredicate,
  readTraces,
  reasonOf,
  requestsOf,
  runOfRequest,
  TraceFormatError,
  type TraceQuery,
  type TraceResult,
  TraceSet,
  type TraceSource,
  visible,
} from '../toolkit.js';
import type { TraceInvocation } from './invocation.js';
import { writePage } from './pages.js';
import type { Session } from './session.js';

export async function readAndTell(invocation: TraceInvocation, session: Session): Promise<void> {
  session.enter({ kind: 'finding' });
  const where = invocation.where === undefined ? undefined : readPredicate(invocation.where);
  const outcome = invocation.outcome === undefined ? undefined : readPredicate(invocation.outcome);
  const traces = new TraceSet(
    (key) => isLookedAt(key) || where?.attributes.has(key) === true || outcome?.attributes.has(key) === true,
  );
  if (!(await readAll(invocation, traces, session))) return;
  if (traces.isEmpty) {
    session.diagnose([diagnostic('RUN503', 'there is not one span in what was named')]);
    return;
  }
  const { maxFaults, strict, html, picture } = invocation;
  // Its questions are small, and it is there at once.
  const loadSolver = () => session.pool.factory('minisat');
  const result = await concludeFrom(traces, { where, outcome, maxFaults, strict, loadSolver });
  session.traces(result);
  if (picture !== undefined) draw(picture, traces, outcome, session);
  if (html !== undefined) await drawPage(html, result, traces, outcome, session);
  if (strict && !isSound(result)) session.diagnose([refusal(result)]);
}

/** Draws all requests of the one trace whose id begins with a text. */
function draw(beginning: string, traces: TraceSet, outcome: Predicate | undefined, session: Session): void {
  const ids = traces.idsWith(beginning);
  if (ids.length !== 1) {
    const found = ids.length === 0 ? 'no trace' : plural(ids.length, 'trace');
    session.diagnose([
      diagnostic('RUN510', `there is ${found} whose id begins with "${visible(beginning)}"`),
    ]);
    return;
  }
  for (const request of requestsOf(traces.trace(ids[0])))
    session.picture(runOfRequest(request, hasGoodOutcome(request, outcome)));
}

async function drawPage(
  file: string,
  result: TraceResult,
  traces: TraceSet,
  outcome: Predicate | undefined,
  session: Session,
): Promise<void> {
  writePage(file, await drawTracePage(result, await examplesOf(traces, result, outcome)), session);
}

/** Reads what can be read, and tells what cannot. @returns whether there was memory for all */
async function readAll(invocation: TraceInvocation, into: TraceSet, session: Session): Promise<boolean> {
  const { look } = new MemoryGuard();
  const { sources, missing } = findSources(invocation.inputs, session.io.folder);
  for (const { name, reason } of missing) complain(name, reason, session);
  for (const source of sources) if (!(await readSource(source, into, look, session))) return false;
  const { query } = invocation;
  if (query === undefined) return true;
  for (const source of await askServer(query, session)) {
    into.seal();
    const before = into.size;
    if (!(await readSource(source, into, look, session))) return false;
    if (into.size - before >= query.limit) session.warn([limited(source, query)]);
  }
  return true;
}

async function readSource(
  source: TraceSource,
  into: TraceSet,
  look: () => void,
  session: Session,
): Promise<boolean> {
  const { name } = source;
  const begun = timeNow();
  const before = into.recordCount;
  try {
    await readTraces(source.open(), into, { look });
  } catch (error) {
    if (error instanceof Undecided) {
      session.diagnose([diagnostic('RUN504', `${visible(name)}: ${error.message}`)]);
      return false;
    }
    complain(name, error instanceof TraceFormatError ? error.message : reasonOf(error), session);
  } finally {
    session.read({ name, records: into.recordCount - before, begun, ended: timeNow() });
  }
  return true;
}

/** Milliseconds since 1970, and parts of them. */
function timeNow(): number {
  return performance.timeOrigin + performance.now();
}

async function askServer(query: TraceQuery, session: Session): Promise<readonly TraceSource[]> {
  try {
    return await findQueried(query, Date.now());
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    session.diagnose([diagnostic('RUN506', `${visible(query.address)}: ${visible(error.message)}`)]);
    return [];
  }
}

function limited({ name }: TraceSource, { limit }: TraceQuery) {
  return diagnostic(
    'RUN507',
    `${visible(name)}: as many as the ${formatCount(limit)} traces that it was asked for`,
  );
}

function complain(name: string, reason: string, session: Session): void {
  session.diagnose([diagnostic('RUN501', `${visible(name)}: ${visible(reason)}`)]);
}

function isSound({ health, unreadable }: TraceResult): boolean {
  return unreadable === 0 && health.sound === health.traces;
}

function refusal({ health }: TraceResult) {
  const flawed = health.traces - health.sound;
  return diagnostic(
    'RUN502',
    `there are flaws in ${formatCount(flawed)} of ${plural(health.traces, 'trace')}`,
  );
}
