/** Why a module could not be loaded, told by the line in it, or in what it imports. */
import { isAbsolute } from 'node:path';
import { suggest } from '../../model/text/suggest.js';
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { lineSpan } from '../../model/rules/typescript/locate.js';
import { outsideFrames, unreadSpan } from '../../model/diagnostics/place.js';
import type { Source, SourceSpan } from '../../model/diagnostics/source.js';
import type { ModuleLoading } from './host.js';
import { restOfLine } from './places.js';
import { describeValue } from '../shape.js';
import { locateSpan, type ReadSource } from './sources.js';

type Failure = Exclude<ModuleLoading, { readonly kind: 'loaded' }>;

/** What is told of a failure. */
interface Explanation {
  readonly message: string;
  readonly span?: SourceSpan | undefined;
  readonly hint?: string | undefined;
}

/**
 * @param file as people know it
 * @param names what can be imported from `ldfi`
 */
export function explainFailure(
  file: string,
  failure: Failure,
  { read, names }: { readonly read: ReadSource; readonly names: readonly string[] },
): Diagnostic {
  const { message, span, hint } = explain(failure, read, names);
  return diagnostic('RUN201', `${file} cannot be loaded: ${message}`, { span, hint });
}

function explain(failure: Failure, read: ReadSource, names: readonly string[]): Explanation {
  switch (failure.kind) {
    case 'endless':
      return { message: 'it waits for something that never happens', hint: 'look at its `await`s' };
    case 'lost':
      return { message: failure.reason };
    case 'failed':
      return explainError(failure.error, read, names);
  }
}

function explainError(error: unknown, read: ReadSource, names: readonly string[]): Explanation {
  if (!(error instanceof Error)) return { message: `it throws ${describeValue(error)}` };
  return (
    syntaxError(error, read) ??
    missingImport(error, read) ??
    missingExport(error, read, names) ?? { message: String(error), span: placeIn(error, read) }
  );
}

const PARSE_ERROR = 'ParseError: ';

/** As jiti's parser reports it. */
function syntaxError({ message }: Error, read: ReadSource): Explanation | undefined {
  const lines = message.trim().split('\n');
  const place = /^(.+):(\d+):(\d+)$/.exec(lines.at(-1)!.trim());
  if (!message.startsWith(PARSE_ERROR) || lines.length < 2 || place === null) return undefined;
  const what = lines.slice(0, -1).join('\n').slice(PARSE_ERROR.length).trim();
  const [, path, line, column] = place;
  const source = read(path);
  const span = source && restOfLine(source, Number(line), Number(column) + 1);
  return { message: what.charAt(0).toLowerCase() + what.slice(1).replace(/\.$/, ''), span };
}

/** As Node reports it. */
function missingImport(error: Error, read: ReadSource): Explanation | undefined {
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  if (missing === undefined) return undefined;
  const importer =
    'requireStack' in error && Array.isArray(error.requireStack) ? String(error.requireStack[0]) : '';
  const source = read(importer);
  const span = source && (quotedSpan(source, missing) ?? lineSpan(source, 1));
  return { message: `there is no module ${missing}`, span, hint: whereToLook(missing) };
}

/** @param specifier as an import gives it */
function whereToLook(specifier: string): string {
  if (/^(?:\.{0,2}\/|\.{1,2}$|[A-Za-z]:[\\/]|file:)/.test(specifier))
    return 'paths are relative to the file that imports them';
  if (specifier.startsWith('#')) return '`imports` in package.json says where names that begin with `#` lead';
  // A package, and perhaps a file in it.
  const name = /^(?:@[\w.~-]+\/)?[A-Za-z0-9][\w.-]*(?=\/|$)/.exec(specifier)?.[0];
  if (name !== undefined) return `\`npm install ${name}\``;
  return 'that is the name of no package: `paths` in the nearest tsconfig.json says where such names lead, and names an existing file here';
}

/** A name that `ldfi` does not export is undefined, and is noticed when it is called. */
function missingExport(error: Error, read: ReadSource, names: readonly string[]): Explanation | undefined {
  const name = /^\(0\s*,\s*_ldfi\d*\.([\w$]+)\) is not a function$/.exec(error.message)?.[1];
  if (name === undefined) return undefined;
  const message = `ldfi exports no function \`${name}\``;
  return { message, span: placeIn(error, read), hint: suggest(name, names) };
}

function placeIn(error: Error, read: ReadSource): SourceSpan | undefined {
  const span = throwPlace(error);
  return span && locateSpan(span, read);
}

/** The innermost place in a user's file that led to the error, which nobody has read yet. */
export function throwPlace({ stack = '' }: Error): SourceSpan | undefined {
  const frames = outsideFrames(stack);
  const place = frames.find(({ file }) => isAbsolute(file) && !/[\\/]node_modules[\\/]/.test(file));
  return place && unreadSpan(place);
}

function quotedSpan(source: Source, text: string): SourceSpan | undefined {
  for (const quoted of [`'${text}'`, `"${text}"`]) {
    const start = source.text.indexOf(quoted);
    if (start !== -1) return { source, start, end: start + quoted.length };
  }
  return undefined;
}
