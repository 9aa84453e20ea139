/**
 * What the counterexamples of a document rest on. Documents do not say: lineage is larger than the run that it is of, and
 * most readers of documents are programs that do without. So it is found out anew, by the scenarios that a document
 * names, where these are at hand and run as they did.
 */
import { sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type CheckResult,
  type Counterexample,
  type Findings,
  hasErrors,
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
  visible,
} from '../toolkit.js';
import { confine } from './confine.js';
import { diagnoseFailure } from './failures.js';
import type { Session } from './session.js';
import { studiedOf, studiesOf } from './studies.js';

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

type Found =
  | { readonly kind: 'studied'; readonly studies: readonly CounterexampleStudy[] }
  /** Both as sentences without their ends. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly hint: string };

async function studyResult(
  result: CheckResult,
  named: readonly string[],
  host: ScenarioHost,
  session: Session,
): Promise<Found> {
  const { location } = result;
  const anew = { kind: 'unknown', hint: 'check it anew, with `--reporter html=<file>`' } as const;
  if (location === undefined) return { ...anew, reason: 'the document does not say which file it is in' };
  const { file } = location;
  if (isModule(file) && !isNamed(file, named, host))
    return {
      kind: 'unknown',
      reason: `"${visible(file)}" is a module, which would be run`,
      hint: 'name it after the document, if it is to be trusted',
    };
  const scenario = await scenarioOf(location, result.nodes, host, session);
  if (scenario === undefined) return { ...anew, reason: `it is not to be found in "${visible(file)}"` };
  session.enter({ kind: 'study' });
  try {
    if (!runsAlike(scenario, result)) return { ...anew, reason: 'it does not run any more as it did' };
    return { kind: 'studied', studies: studiesOf(scenario, result, host) };
  } catch (error) {
    const problem = diagnoseFailure(error, host);
    if (problem === undefined) throw error;
    return { ...anew, reason: problem.message };
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
