/**
 * Where rules that TypeScript makes were written. Nothing tells a function where it is called from but the
 * stack of an error, in the format of V8. The text of the file is not at hand there, for only the runner reads
 * files, so a place begins as a line of a source without text, which {@link locateProgram} exchanges for the
 * line itself.
 */
import { positionOf, type Source, type SourceSpan } from './source.js';

/**
 * A file known by one of its lines. Its text is as many empty lines as come before that one, so that a place
 * is told by the right line even where nobody ever reads the file; and as many blanks as come before the column.
 */
export interface UnreadSource extends Source {
  /** From 1. */
  readonly unreadLine: number;
  /** Fields of the object that begins there, each within the one before: the last of them is what is meant. */
  readonly fields?: readonly string[];
  /** The line of the statement that led there by calls within the file; by default the line that is meant. */
  readonly statementLine?: number;
}

/** A text within a file, on the lines on which it stands there. */
export interface TemplateSource extends Source {
  /** The path of the file. */
  readonly within: string;
}

/** @param text under as many empty lines as are above it in the file */
export function templateSource(place: SourceSpan, text: string): TemplateSource {
  const { name } = place.source;
  return { name, text, within: name };
}

export function isTemplate(source: Source): source is TemplateSource {
  return 'within' in source;
}

export function isUnread(source: Source): source is UnreadSource {
  return 'unreadLine' in source;
}

/** A place in a file: line and column from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The line from which ldfi was called: that of the innermost frame outside of it. */
export function callerSpan(): SourceSpan {
  const { file, line } = outsideFrames(new Error().stack ?? '').at(0) ?? { file: 'unknown place', line: 1 };
  // Of a rule the whole line is meant.
  return unreadSpan({ file, line, column: 1 });
}

/** The same of what functions of a file may make on behalf of others of its statements. */
export function callerStatement(): SourceSpan {
  const frames = outsideFrames(new Error().stack ?? '');
  const elsewhere = frames.findIndex(({ file }) => file !== frames[0].file);
  const statement = frames.at(elsewhere === -1 ? -1 : elsewhere - 1);
  const span = callerSpan();
  return { ...span, source: { ...span.source, ...(statement && { statementLine: statement.line }) } };
}

/** The line of the statement in the file of a place that led there. */
export function statementLine({ source, start }: SourceSpan): number {
  return (isUnread(source) ? source.statementLine : undefined) ?? positionOf(source, start).line;
}

/** The frames of a stack that are in files outside of ldfi, innermost first. */
export function outsideFrames(stack: string): readonly Place[] {
  const here = framesOf(new Error().stack ?? '').at(0);
  const own = here === undefined ? undefined : rootOf(here.file);
  return framesOf(stack).filter(({ file }) => own === undefined || !file.startsWith(own));
}

/** A place in a file that nobody has read yet. */
export function unreadSpan({ file, line, column }: Place): SourceSpan {
  const text = '\n'.repeat(line - 1) + ' '.repeat(column - 1);
  const source: UnreadSource = { name: file, text, language: 'typescript', unreadLine: line };
  return { source, start: text.length, end: text.length };
}

/** A field of the object that begins at a place, if that is of a file that nobody has read yet. */
export function fieldWithin(span: SourceSpan, fields: readonly string[]): SourceSpan {
  const { source } = span;
  if (!isUnread(source)) return span;
  const within: UnreadSource = { ...source, fields };
  return { ...span, source: within };
}

/** Innermost first; those that are in no file are left out. */
function framesOf(stack: string): readonly Place[] {
  return stack.split('\n').flatMap((frame) => {
    const match = /^\s+at (?:.*? \()?(?:async )?(.+):([0-9]+):([0-9]+)\)?$/.exec(frame);
    if (match === null || match[1].startsWith('node:') || match[1].startsWith('<')) return [];
    return [{ file: pathOf(match[1]), line: Number(match[2]), column: Number(match[3]) }];
  });
}

/** A path as it is written in the file system, from that or from a URL. */
function pathOf(location: string): string {
  if (!location.startsWith('file://')) return location;
  const path = decodeURIComponent(location.slice('file://'.length).replace(/[?#].*$/, ''));
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}

/** The folder of all of ldfi's files, sources or built, from the path of one of them. */
function rootOf(file: string): string {
  return file.replace(/^(.*[/\\](?:src|dist)[/\\]).*$/, '$1');
}
