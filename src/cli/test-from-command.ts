/** `ldfi test-from`: a counterexample as a test in a file of its own. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import {
  type AnchoredFault,
  type Bounds,
  type Diagnostic,
  type FaultSet,
  parseSchedule,
  type PreparedScenario,
  type RegressionOutcome,
} from '../index.js';
import {
  anchoredIn,
  diagnostic,
  formatNodeNames,
  type FoundScenario,
  isModule,
  quote,
  readRegression,
  reasonOf,
  type Regression,
  regressionText,
  replayRegression,
  testFile,
  type TestedSource,
} from '../toolkit.js';
import { diagnoseFailure } from './failures.js';
import { gather, type Gathered } from './gather.js';
import { writeNew } from './init/write.js';
import type { TestFromInvocation } from './invocation.js';
import { boundsOfRun } from './replay-bounds.js';
import type { Session } from './session.js';

export async function writeTestFrom(invocation: TestFromInvocation, session: Session): Promise<void> {
  const { saved } = invocation;
  if (saved === undefined) {
    await testFrom(invocation, undefined, session);
    return;
  }
  const path = resolve(session.io.folder, saved);
  const read = await readRegression(path, saved);
  if (read.kind === 'unreadable') {
    session.diagnose([read.diagnostic]);
    return;
  }
  // Its files are named from the folder that holds the one of regressions.
  const from = (file: string) => relative(session.io.folder, join(dirname(dirname(path)), file));
  const { regression } = read;
  const { file, with: parts } = regression.scenario;
  const selection = { ...invocation, files: [from(file)], with: invocation.with ?? parts?.map(from) };
  await testFrom(selection, regression, session);
}

async function testFrom(
  invocation: TestFromInvocation,
  regression: Regression | undefined,
  session: Session,
): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  // That nothing was found is told.
  if (gathered === undefined || gathered.found.length === 0) return;
  const name = regression?.scenario.name ?? undefined;
  const found = gathered.found.filter((each) => name === undefined || each.name === name);
  if (found.length !== 1) {
    session.diagnose([notOne(found)]);
    return;
  }
  for await (const only of session.items(found, (each) => each.name))
    writeTest(only, { invocation, regression, gathered }, session);
}

function notOne(found: readonly FoundScenario[]): Diagnostic {
  const names = found.map(({ name }) => name).join(', ');
  const message =
    found.length === 0 ? 'its file has no such scenario any more' : `several scenarios are meant: ${names}`;
  return diagnostic('RUN101', message, { expected: 'one scenario', hint: '`-g <pattern>` chooses by name' });
}

/** What a test is made from. */
interface Origin {
  readonly invocation: TestFromInvocation;
  /** Undefined where the faults were typed. */
  readonly regression: Regression | undefined;
  readonly gathered: Gathered;
}

function writeTest(found: FoundScenario, origin: Origin, session: Session): void {
  const { invocation, regression, gathered } = origin;
  const { scenario, diagnostics } = found.prepare(invocation.nodes ?? regression?.nodes);
  if (scenario === undefined) {
    session.diagnose(diagnostics);
    return;
  }
  try {
    const anchored = counterexampleOf(scenario, origin, session);
    if (anchored === undefined) return;
    const path = resolve(session.io.folder, invocation.output ?? defaultOutput(found.file, invocation));
    const source = sourceOf(found, scenario, dirname(path), origin, session);
    if (source === undefined) return;
    const name = found.defined?.name ?? basename(found.file);
    write(path, testFile({ name, source, ...anchored }, invocation.runner), invocation, session);
  } catch (error) {
    const problem = diagnoseFailure(error, gathered.host);
    if (problem === undefined) throw error;
    session.diagnose([problem]);
  }
}

/** The faults as they are now; undefined where there are none, which is told. */
function counterexampleOf(
  scenario: PreparedScenario,
  { invocation, regression, gathered }: Origin,
  session: Session,
): { readonly bounds: Bounds; readonly faults: readonly AnchoredFault[] } | undefined {
  const { protocol, nodes } = scenario;
  const bounds = regression?.bounds ?? boundsOfRun(scenario, gathered.bounds, session);
  if (bounds === undefined) return undefined;
  const options = { nodes, bounds };
  const faults =
    regression === undefined
      ? typedFaults(invocation.inject, options, session)
      : faultsNow(replayRegression(protocol, options, regression.faults), regression, session);
  if (faults === undefined) return undefined;
  return { bounds, faults: anchoredIn(protocol, options, faults) };
}

function typedFaults(
  text: string,
  scope: Parameters<typeof parseSchedule>[1],
  session: Session,
): FaultSet | undefined {
  const schedule = parseSchedule(text, scope, '--inject');
  if (schedule.kind === 'faults') return schedule.faults;
  session.diagnose(schedule.diagnostics);
  return undefined;
}

function faultsNow(
  outcome: RegressionOutcome,
  { faults }: Regression,
  session: Session,
): FaultSet | undefined {
  switch (outcome.kind) {
    case 'same':
      return faults.map(({ fault }) => fault);
    case 'moved':
    case 'passes':
      return outcome.faults;
    case 'gone':
    case 'not admissible':
      session.diagnose([
        diagnostic('RUN143', `no test is written: ${regressionText({ file: '', faults, outcome })}`, {
          hint: 'remove its file, or name the scenario and other faults by --inject',
        }),
      ]);
      return undefined;
  }
}

/** Undefined where a test cannot have the scenario as it is meant, which is told. */
function sourceOf(
  { file, defined, exportedAs }: FoundScenario,
  { nodes, location }: PreparedScenario,
  from: string,
  { invocation, regression }: Origin,
  session: Session,
): TestedSource | undefined {
  const imported = (path: string) => {
    const short = relative(from, resolve(session.io.folder, path)).split(sep).join('/');
    return short.startsWith('../') ? short : `./${short}`;
  };
  if (defined === undefined) {
    const own = invocation.nodes ?? regression?.nodes;
    return { kind: 'dedalus', file: imported(file), with: (location.with ?? []).map(imported), nodes: own };
  }
  if (JSON.stringify(nodes) === JSON.stringify(defined.nodes)) {
    const name = invocation.runner === 'vitest' ? asJavaScript(imported(file)) : imported(file);
    return { kind: 'module', file: name, exportedAs: exportedAs! };
  }
  session.diagnose([
    diagnostic('RUN143', 'no test is written: a test has the nodes of its scenario, and these are others', {
      expected: `nodes ${formatNodeNames(defined.nodes)}`,
      hint: 'export a scenario that has these nodes',
    }),
  ]);
  return undefined;
}

/** As TypeScript imports its modules, so that a compiler finds them, too. Node itself wants them named as they are. */
function asJavaScript(path: string): string {
  return path.replace(/\.([mc]?)ts$/, '.$1js');
}

/** Beside the scenario, and named after it, or after the file that the counterexample was saved in. */
function defaultOutput(file: string, { saved, runner }: TestFromInvocation): string {
  const [, base, extension] = /^(.*?)(\.[a-z]+)?$/s.exec(basename(file))!;
  const dedalus = runner === 'vitest' ? '.ts' : '.mjs';
  const end = extension !== undefined && isModule(file) ? extension : dedalus;
  const name = saved === undefined ? base : basename(saved, '.json');
  return join(dirname(file), `${name}.test${end}`);
}

function write(path: string, text: string, { runner }: TestFromInvocation, session: Session): void {
  const shown = session.io.host.display(path);
  try {
    if (existsSync(path) || !writeNew(path, text)) {
      session.diagnose([
        diagnostic('RUN144', `${quote(shown)} is there already, and is not overwritten`, {
          hint: 'name another file by --output, or move it away',
        }),
      ]);
      return;
    }
  } catch (error) {
    session.diagnose([diagnostic('RUN144', `${quote(shown)} is not written: ${reasonOf(error)}`)]);
    return;
  }
  const command = runner === 'vitest' ? `npx vitest run ${shown}` : `node --test ${shown}`;
  session.text(`wrote ${shown}; \`${command}\` runs it\n`);
}
