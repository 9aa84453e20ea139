/** From what was typed to the scenarios that are meant; what is wrong on the way is told. */
import { type Diagnostic, hasErrors, type PreparedScenario } from '../index.js';
import {
  diagnostic,
  findScenarios,
  type FoundScenario,
  isModule,
  quote,
  type ScenarioHost,
  selectScenarios,
} from '../toolkit.js';
import type { Selection } from './invocation.js';
import type { BoundsFlags } from './bounds.js';
import { atLines } from './lines.js';
import { resolveSettings, type Resolved } from './resolve.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

export interface Gathered extends Resolved {
  /** Files that scenarios were looked for in. */
  readonly looked: readonly string[];
  readonly found: readonly FoundScenario[];
}

/** @returns undefined where there is nothing to go on with */
export async function gather(
  selection: Selection,
  typed: Settings,
  session: Session,
): Promise<Gathered | undefined> {
  session.timeout = typed.timeout?.value;
  session.enter({ kind: 'finding' });
  const { resolved, diagnostics } = await resolveSettings(selection, typed, session.io);
  if (resolved === undefined) {
    session.diagnose(diagnostics);
    return undefined;
  }
  session.timeout = resolved.settings.timeout?.value;
  const { files, host, with: parts, bounds } = resolved;
  // Every program would tell of it.
  const unfit = parts.flatMap((path) => problemOfPart(path, host) ?? []);
  if (unfit.length > 0) {
    session.diagnose([...diagnostics, ...unfit]);
    return undefined;
  }
  const findings = await findScenarios(files, {
    ...session.io,
    host,
    with: parts,
    only: selection.only,
    headerless: givesBounds({ ...bounds.under, ...bounds.over }),
    ...(resolved.settings.modules !== undefined && { modules: resolved.settings.modules.value }),
  });
  session.enter({ kind: 'finding' });
  const located = atLines(findings.found, resolved.lines);
  const { selected, diagnostics: unmatched } = selectScenarios(located.found, selection.patterns);
  // Among what could not be loaded may be what was meant. All is told at once: a thread that is lost has told nothing.
  const isPart = selection.only !== undefined || hasErrors(findings.diagnostics);
  const others = isPart ? [] : unmatched;
  session.diagnose([...diagnostics, ...findings.diagnostics, ...located.diagnostics, ...others]);
  return { ...resolved, looked: findings.looked, found: selected };
}

/** Why a file cannot be a part of a program of Dedalus, as far as its name tells. */
function problemOfPart(path: string, host: ScenarioHost): Diagnostic | undefined {
  if (host.entry(path) === 'missing') return diagnostic('DED601', `there is no file ${quote(path)}`);
  if (!isModule(path)) return undefined;
  return diagnostic('RUN215', `${quote(path)} is a module, and no part of a program of Dedalus`, {
    expected: 'a file of Dedalus (.ded), such as one with `pre` and `post`',
  });
}

/** Whether there are bounds for what has none of its own. */
function givesBounds({ eot, eff, crashes }: BoundsFlags): boolean {
  return [eot, eff, crashes].every((given) => given !== undefined);
}

/** The scenarios as they are to be run, one after the other; what is wrong with one is told in its place. */
export async function* preparedScenarios(
  { found }: Gathered,
  nodes: readonly string[] | undefined,
  session: Session,
): AsyncIterable<PreparedScenario> {
  for await (const each of session.items(found, ({ name }) => name)) {
    const { scenario, diagnostics } = each.prepare(nodes);
    if (scenario === undefined) session.diagnose(diagnostics);
    else {
      session.warn(diagnostics);
      yield scenario;
    }
  }
}
