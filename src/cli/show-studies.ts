/**
 * What the counterexamples of a document rest on. Documents do not say: lineage is larger than the run that it is of, and
 * most readers of documents are programs that do without. Those of what is tolerated do not even have runs. So it is found out anew, by the scenarios that a document
 * names, where these are at hand and run as they did.
 */
import { sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type CheckResult,
  type Counterexample,
  type Findings,
  hasErrors,
  isViolated,
  type PreparedScenario,
  replayProtocol,
  type ScenarioLocation,
  toJson,
} from '../index.js';
import {
  type CounterexampleStudy,
  diagnostic,
  findScenarios,
  isModule,
  type ScenarioHost,
  type StudiedTolerance,
  type Tolerance,
  visible,
} from '../toolkit.js';
import { confine } from './confine.js';
import { diagnoseFailure } from './failures.js';
import type { Session } from './session.js';
import { studiedOf, studiedTolerance, studiesOf } from './studies.js';

export type Studies = ReadonlyMap<Counterexample, CounterexampleStudy>;

/**
 * Of as many counterexamples as can be told of; why not of the others is warned of.
 *
 * @param named files and folders of scenarios that may be run: a document may come from anywhere
 */
export async function studyFindings(
  { results }: Findings,
  named: readonly string[],
  session: Session,
): Promise<Studies> {
  const host = confine(session.io.host, { named, root: undefined });
  const studies = new Map<Counterexample, CounterexampleStudy>();
  const told = new Set<string>();
  for (const result of results.filter(({ verdict }) => verdict.kind === 'violated')) {
    const found = await studyResult(result, named, host, session);
    if (found.kind === 'studied') {
      for (const [index, each] of studiedOf(result).entries()) studies.set(each, found.studies[index]);
      continue;
    }
    const message = `the page does not say why counterexamples of ${visible(result.name)} violate: ${found.reason}`;
    if (!told.has(message)) session.diagnose([diagnostic('RUN147', message, { hint: found.hint })]);
    told.add(message);
  }
  return studies;
}

/** The same of what is tolerated: without its scenario, what is counted is told alone. */
export async function studyTolerances(
  tolerances: readonly Tolerance[],
  named: readonly string[],
  session: Session,
): Promise<readonly StudiedTolerance[]> {
  const host = confine(session.io.host, { named, root: undefined });
  const studied: StudiedTolerance[] = [];
  for (const tolerance of tolerances) {
    const found = await studyTolerance(tolerance, named, host, session);
    if (found.kind === 'studied') {
      studied.push(found.studied);
      continue;
    }
    studied.push({ tolerance, cases: [] });
    const message = `the page has no counterexamples of ${visible(tolerance.name)}: ${found.reason}`;
    session.diagnose([diagnostic('RUN147', message, { hint: found.hint })]);
  }
  return studied;
}

/** Why something is not known, and what to do: both as sentences without their ends. */
interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly hint: string;
}

type Found = { readonly kind: 'studied'; readonly studies: readonly CounterexampleStudy[] } | Unknown;

async function studyResult(
  result: CheckResult,
  named: readonly string[],
  host: ScenarioHost,
  session: Session,
): Promise<Found> {
  const { location, nodes } = result;
  const unknown = unknownUnless('check it anew, with `--reporter html=<file>`');
  if (location === undefined) return unknown('the document does not say which file it is in');
  return onScenario({ location, nodes }, named, { host, session, unknown }, (scenario) =>
    runsAlike(scenario, result)
      ? { kind: 'studied', studies: studiesOf(scenario, result, host) }
      : unknown(RUNS_OTHERWISE),
  );
}

const RUNS_OTHERWISE = 'it does not run any more as it did';

async function studyTolerance(
  tolerance: Tolerance,
  named: readonly string[],
  host: ScenarioHost,
  session: Session,
): Promise<{ readonly kind: 'studied'; readonly studied: StudiedTolerance } | Unknown> {
  const unknown = unknownUnless('look at it anew, with `ldfi tolerance --html <file>`');
  return onScenario(tolerance, named, { host, session, unknown }, (scenario) => {
    const studied = studiedTolerance(scenario, tolerance, host);
    return studied.cases.every(({ run }) => isViolated(run))
      ? { kind: 'studied', studied }
      : unknown(RUNS_OTHERWISE);
  });
}

function unknownUnless(hint: string): (reason: string) => Unknown {
  return (reason) => ({ kind: 'unknown', reason, hint });
}

/** Looks for the scenario that a document names, where it may be run, and does something with it. */
async function onScenario<Known>(
  { location, nodes }: { readonly location: ScenarioLocation; readonly nodes: readonly string[] },
  named: readonly string[],
  at: {
    readonly host: ScenarioHost;
    readonly session: Session;
    readonly unknown: (reason: string) => Unknown;
  },
  study: (scenario: PreparedScenario) => Known | Unknown,
): Promise<Known | Unknown> {
  const { host, session, unknown } = at;
  const { file } = location;
  if (isModule(file) && !isNamed(file, named, host))
    return {
      kind: 'unknown',
      reason: `"${visible(file)}" is a module, which would be run`,
      hint: 'name it after the document, if it is to be trusted',
    };
  const scenario = await scenarioOf(location, nodes, host, session);
  if (scenario === undefined) return unknown(`it is not to be found in "${visible(file)}"`);
  session.enter({ kind: 'study' });
  try {
    return study(scenario);
  } catch (error) {
    const problem = diagnoseFailure(error, host);
    if (problem === undefined) throw error;
    return unknown(problem.message);
  }
}

function isNamed(file: string, named: readonly string[], host: ScenarioHost): boolean {
  const real = host.realPath(file);
  return named
    .map((path) => host.realPath(path))
    .some((path) => real === path || real.startsWith(path + sep));
}

/** Undefined where it is not there. */
async function scenarioOf(
  { file, scenario: name, with: parts = [] }: ScenarioLocation,
  nodes: readonly string[],
  host: ScenarioHost,
  session: Session,
): Promise<PreparedScenario | undefined> {
  const { found, diagnostics } = await findScenarios([file], { ...session.io, host, with: parts });
  if (hasErrors(diagnostics)) return undefined;
  const meant = found.length === 1 ? found[0] : found.find((each) => each.name === name);
  return meant?.prepare(nodes).scenario;
}

/** Whether each counterexample has the run that its document has. */
function runsAlike({ name, protocol, nodes }: PreparedScenario, result: CheckResult): boolean {
  const { bounds } = result;
  const told = ({ run, divergence }: Pick<Counterexample, 'run' | 'divergence'>) =>
    toJson({ runs: [{ name, bounds, run, divergence }] }).runs;
  return studiedOf(result).every((each) =>
    isDeepStrictEqual(told(each), told(replayProtocol(protocol, { nodes, bounds }, each.faults))),
  );
}
