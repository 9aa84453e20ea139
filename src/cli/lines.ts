/** Scenarios by the line that they stand at: `scenarios/retry.ts:12`, as editors and diagnostics name places. */
import type { Diagnostic } from '../index.js';
import { diagnostic, type FoundScenario, plural, type ScenarioHost, visible } from '../toolkit.js';

/** A line of a file that was named. */
interface NamedLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Paths, and the lines that were named of them. */
export interface NamedFiles {
  readonly files: readonly string[];
  readonly lines: readonly NamedLine[];
}

/** A file that is named with its line and without is meant as a whole. A path that there is is no line of another. */
export function withoutLines(paths: readonly string[], host: ScenarioHost): NamedFiles {
  const named = paths.map((path) => namedLine(path, host) ?? path);
  const whole = named.filter((each) => typeof each === 'string');
  const lines = named.filter((each) => typeof each !== 'string');
  return {
    files: [...new Set(named.map((each) => (typeof each === 'string' ? each : each.file)))],
    lines: lines.filter(({ file }) => !whole.includes(file)),
  };
}

/** A column, which places of diagnostics have as well, is of no concern. */
function namedLine(path: string, host: ScenarioHost): NamedLine | undefined {
  const [, file, line] = /^(.+?):(\d+)(?::\d+)?$/s.exec(path) ?? [];
  if (file === undefined || host.entry(path) !== 'missing' || host.entry(file) === 'missing')
    return undefined;
  return { file, line: Number(line) };
}

/** Those at the lines that were named, and those of files of which none was; and which lines are at none. */
export function atLines(
  found: readonly FoundScenario[],
  lines: readonly NamedLine[],
): { readonly found: readonly FoundScenario[]; readonly diagnostics: readonly Diagnostic[] } {
  if (lines.length === 0) return { found, diagnostics: [] };
  const meant = new Set<FoundScenario>();
  const diagnostics: Diagnostic[] = [];
  for (const named of lines) {
    const own = found.filter(({ file }) => file === named.file);
    const chosen = scenariosAt(named.line, own);
    for (const each of chosen) meant.add(each);
    // What is wrong with a file is told where nothing is found in it.
    if (own.length > 0 && chosen.length === 0) diagnostics.push(nothingAt(named, own));
  }
  const files = new Set(lines.map(({ file }) => file));
  return { found: found.filter((each) => meant.has(each) || !files.has(each.file)), diagnostics };
}

/** Those that begin last at the line or before it. A file of Dedalus is one scenario from its first line on. */
function scenariosAt(line: number, own: readonly FoundScenario[]): readonly FoundScenario[] {
  const begun = own.filter((each) => lineOf(each) <= line);
  const last = Math.max(...begun.map(lineOf));
  return begun.filter((each) => lineOf(each) === last);
}

function lineOf({ line = 1 }: FoundScenario): number {
  return line;
}

function nothingAt({ file, line }: NamedLine, own: readonly FoundScenario[]): Diagnostic {
  const first = own.reduce((least, each) => (lineOf(each) < lineOf(least) ? each : least));
  return diagnostic('RUN223', `no scenario is at line ${line} of ${visible(file)}`, {
    expected: `a line from ${lineOf(first)} on, where ${visible(first.name)} begins`,
    hint: `it has ${plural(own.length, 'scenario')}; \`-g <pattern>\` chooses by name`,
  });
}
