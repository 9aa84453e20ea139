/** Dedalus sources to a checked program: the way in for the command line and for library users. */
import { checkProgram } from '../check/check.js';
import { diagnostic, hasErrors } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { CheckedProgram, Program } from '../program.js';
import type { Source, SourceSpan } from '../../diagnostics/source.js';
import { parseHeader } from './header.js';
import type { Header } from './header.js';
import { loadFiles } from './load.js';
import type { Loaded, SourceHost } from './load.js';
import { collectDiagnostics } from '../../diagnostics/collect.js';

/** Options of {@link readDedalus} and {@link readDedalusText}. */
export interface ReadOptions {
  /** The most errors, and the most warnings, that are given; the rest are counted. 100 if absent. */
  readonly limit?: number;
}

/** What was read, as far as it could be, and what there is to say about it. */
export interface ReadResult {
  /** Absent where there is an error. */
  readonly checked: CheckedProgram | undefined;
  /** What could be read. Where there are errors, clauses may be missing or repaired. */
  readonly program: Program;
  /** That of the first file; empty where it has none. */
  readonly header: Header;
  /** In the order in which they were first met. */
  readonly sources: readonly Source[];
  /** By file in the order of `sources`, then by place; those without a place come first. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads `files` as one program, with what they include, and checks it. Never throws for what a file says.
 * Whether `pre` and `post` are there is asked by `checkSpecification`, since not every use needs them.
 */
export function readDedalus(
  files: readonly string[],
  host: SourceHost,
  options: ReadOptions = {},
): ReadResult {
  const loaded = loadFiles(files, host);
  const { sources, clauses } = loaded;
  const { header, diagnostics: headerDiagnostics } = readHeader(loaded);
  const durable = header.durable?.map(({ name, span }) => ({ relation: name, span }));
  const program: Program = { clauses, ...(durable !== undefined && { durable }) };
  const found = loaded.diagnostics.concat(headerDiagnostics);
  const complete = !hasErrors(loaded.diagnostics);
  if (complete && clauses.length === 0) found.push(noClauses(sources));
  const { checked, diagnostics } = checkProgram(program, { complete });
  const all = found.concat(diagnostics);
  return {
    checked: hasErrors(all) ? undefined : checked,
    program,
    header,
    sources,
    diagnostics: collectDiagnostics(all, sources, options.limit ?? 100),
  };
}

/** Reads one text, which can include nothing. @param name what diagnostics call it */
export function readDedalusText(text: string, name = 'program.ded', options: ReadOptions = {}): ReadResult {
  return readDedalus(
    [name],
    {
      read: (path) => (path === name ? { kind: 'text', text, identity: name } : { kind: 'missing' }),
      resolve: (_, include) => include,
    },
    options,
  );
}

function readHeader({ main }: Loaded): { header: Header; diagnostics: readonly Diagnostic[] } {
  if (main === undefined) return { header: { checks: [] }, diagnostics: [] };
  const early = main.directives.filter(({ start }) => start < main.firstClause);
  const late = main.directives.filter(({ start }) => start >= main.firstClause);
  const { header, diagnostics } = parseHeader(early);
  return { header, diagnostics: diagnostics.concat(late.map(lateDirective)) };
}

function lateDirective(span: SourceSpan): Diagnostic {
  return diagnostic('DED503', 'this header line has no effect, for it stands after the first clause', {
    span,
    hint: 'move it to the top of the file',
  });
}

function noClauses(sources: readonly Source[]): Diagnostic {
  const main = sources.at(0);
  const span = main === undefined ? undefined : { source: main, start: 0, end: 0 };
  return diagnostic('DED605', 'there is no program here', {
    span,
    expected: 'facts such as `p("a")@1;` and rules such as `q(X) :- p(X);`',
  });
}
