/**
 * Which files of Dedalus are programs. A folder of programs holds protocols and specifications in files of their own,
 * and files that others include: what is only a part is no scenario, and is told of once rather than by its errors.
 */
import { propertiesOf } from '../../model/rules/specification.js';
import { loadFiles, type SourceHost } from '../../model/rules/dedalus/load.js';
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { Clause } from '../../model/rules/program.js';

/** Why a file is taken for a scenario: the user named it, its header says so, or there are bounds for what has none. */
export type Reason = 'named' | 'header' | 'bounds';

export interface Candidate {
  readonly file: string;
  readonly reason: Reason;
}

export interface Sorted<Of> {
  readonly programs: readonly Of[];
  /** Files without a header that lack something, and are in no other file that was found. */
  readonly loose: readonly string[];
}

/**
 * Leaves out the files that are parts of others, or that nobody named and that lack messages or a specification.
 *
 * @param beside files that are parts of every program
 */
export function withoutParts<Of extends Candidate>(
  candidates: readonly Of[],
  beside: readonly string[],
  host: SourceHost,
): Sorted<Of> {
  if (candidates.length === 1 && candidates[0].reason === 'named') return { programs: candidates, loose: [] };
  const outlines = new Map(candidates.map((each) => [each, outlineOf(each.file, beside, host)]));
  const included = new Set([...outlines.values()].flatMap(({ parts }) => parts));
  const isIncluded = ({ file }: Of) => included.has(identityOf(file, host));
  const programs = candidates.filter((each) => {
    const { isWhole } = outlines.get(each)!;
    switch (each.reason) {
      case 'header':
        return true;
      case 'named':
        return isWhole || !isIncluded(each);
      case 'bounds':
        return isWhole && !isIncluded(each);
    }
  });
  const loose = candidates.filter((each) => !programs.includes(each) && !isIncluded(each));
  return { programs, loose: loose.map(({ file }) => file) };
}

interface Outline {
  /** Whether it has all that a check needs: messages and a specification. What cannot be read has, so that it is told. */
  readonly isWhole: boolean;
  /** The other files that are read as parts of it, by identity. */
  readonly parts: readonly string[];
}

function outlineOf(file: string, beside: readonly string[], host: SourceHost): Outline {
  const { clauses, sources, diagnostics } = loadFiles([file, ...beside], host);
  return {
    isWhole: hasErrors(diagnostics) || isWhole(clauses),
    parts: sources.slice(1).map(({ name }) => identityOf(name, host)),
  };
}

/** The same for two paths to one file. */
function identityOf(path: string, host: SourceHost): string {
  const text = host.read(path);
  return text.kind === 'text' ? text.identity : path;
}

function isWhole(clauses: readonly Clause[]): boolean {
  const sends = clauses.some((clause) => clause.kind === 'rule' && clause.timing === 'async');
  return sends && propertiesOf({ clauses }).length > 0;
}

/** How many files are named. */
const MOST_NAMED = 6;

/** @param othersFound whether there are programs beside them; where there are none, that is an error */
export function looseParts(files: readonly string[], othersFound: boolean): readonly Diagnostic[] {
  if (files.length === 0) return [];
  const [what, are] = files.length === 1 ? ['a file', 'is'] : [`${files.length} files`, 'are'];
  const more = files.length > MOST_NAMED ? `, and ${files.length - MOST_NAMED} more` : '';
  const names = `${files.slice(0, MOST_NAMED).join(', ')}${more}`;
  return [
    diagnostic(
      othersFound ? 'RUN217' : 'RUN208',
      `${what} of Dedalus ${are} no program without other files: ${names}`,
      {
        expected: 'messages, `pre` and `post` in each program',
        hint: '`--with <file>` reads a file, such as a specification, as part of each program',
      },
    ),
  ];
}
