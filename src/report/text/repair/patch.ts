/**
 * Changes of a program as a patch of its files, in the unified format without lines of context, which `patch` and
 * `git apply --unidiff-zero` read.
 */
import { isUnread } from '../../../model/diagnostics/place.js';
import { positionOf, type Source, type SourceSpan } from '../../../model/diagnostics/source.js';
import { groupBy } from '../../../model/group.js';
import { compareStrings } from '../../../model/order.js';
import type { ProgramChange, Replacement } from '../../../model/rules/changes/change.js';
import type { ProtocolChange } from '../../../runner/kinds/kind.js';
import { printClause } from '../../../model/rules/print.js';

/** Columns of text beyond which the body of a rule is broken into lines, so that a report can show it indented. */
const WIDTH = 72;

/** Lines of a file, and those that stand there instead. */
interface Hunk {
  /** The first line, from 1; where there are none before, the one after which the others stand. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Undefined where what is changed is not written as Dedalus in a file that was read. */
export function patchOf(change: ProtocolChange, file: string): readonly string[] | undefined {
  if (!('idea' in change)) return undefined;
  const { replacements, durable = [] } = change;
  if (replacements.some(({ clause }) => !isDedalus(clause.span))) return undefined;
  const bySource = groupBy(replacements, ({ clause }) => clause.span.source);
  const files = [...bySource]
    .map(([source, own]) => ({
      name: source.name,
      hunks: regionsOf(own).map((region) => hunkOf(source, region)),
    }))
    .toSorted((a, b) => compareStrings(a.name, b.name));
  const declared = `// ldfi: durable ${durable.join(', ')}`;
  const header = { name: file, hunks: [{ line: 0, before: [], after: [declared] }] };
  return [...(durable.length === 0 ? [] : [header]), ...files].flatMap(({ name, hunks }) => [
    `--- ${name}`,
    `+++ ${name}`,
    ...linesOf(hunks),
  ]);
}

/** The clauses of a change as Dedalus, whatever they are written in: each that goes, then what comes in its place. */
export function clausesOf({ replacements }: ProgramChange): readonly string[] {
  return replacements.flatMap(({ clause, by }) => [
    ...(by.includes(clause) ? [] : marked('-', [printClause(clause, WIDTH)])),
    ...marked(
      '+',
      by.filter((each) => each !== clause).map((each) => printClause(each, WIDTH)),
    ),
  ]);
}

function isDedalus({ source }: SourceSpan): boolean {
  return source.language !== 'typescript' && !isUnread(source);
}

function marked(sign: string, texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split('\n')).map((line) => `${sign}${line}`);
}

function linesOf(hunks: readonly Hunk[]): readonly string[] {
  let shift = 0;
  return hunks.flatMap(({ line, before, after }) => {
    // Where nothing stood, the new lines come after the one that is named.
    const there = line + shift + (before.length === 0 ? 1 : 0);
    shift += after.length - before.length;
    const range = (from: number, { length }: readonly string[]) =>
      length === 1 ? `${from}` : `${from},${length}`;
    return [
      `@@ -${range(line, before)} +${range(there, after)} @@`,
      ...marked('-', before),
      ...marked('+', after),
    ];
  });
}

/** Those that share lines together, in the order of the text. */
function regionsOf(replacements: readonly Replacement[]): readonly (readonly Replacement[])[] {
  const ordered = replacements.toSorted((a, b) => a.clause.span.start - b.clause.span.start);
  return ordered.reduce<readonly (readonly Replacement[])[]>((regions, next) => {
    const last = regions.at(-1);
    const { source, start } = next.clause.span;
    const apart = last === undefined || source.text.slice(last.at(-1)!.clause.span.end, start).includes('\n');
    return apart ? [...regions, [next]] : [...regions.slice(0, -1), [...last, next]];
  }, []);
}

function hunkOf(source: Source, region: readonly Replacement[]): Hunk {
  const { text } = source;
  const from = text.lastIndexOf('\n', region[0].clause.span.start) + 1;
  const lineEnd = text.indexOf('\n', region.at(-1)!.clause.span.end);
  const to = lineEnd === -1 ? text.length : lineEnd;
  let after = '';
  let at = from;
  for (const { clause, by } of region) {
    const { start, end } = clause.span;
    after += text.slice(at, start) + by.map((each) => writtenAs(each, clause)).join('\n');
    at = end;
  }
  after += text.slice(at, to);
  return {
    line: positionOf(source, from).line,
    before: text.slice(from, to).split('\n'),
    after: after.split('\n'),
  };
}

/** What stays is as its author wrote it. */
function writtenAs(clause: Replacement['clause'], instead: Replacement['clause']): string {
  const { source, start, end } = instead.span;
  const own = source.text.slice(start, end);
  if (clause === instead) return own;
  const printed = printClause(clause, WIDTH);
  // A span may end before the semicolon.
  return own.endsWith(';') ? printed : printed.slice(0, -1);
}
