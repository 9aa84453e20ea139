/**
 * Case files: Dedalus programs with, verbatim, what is reported of them.
 *
 *     ### title of the case
 *     with specification, eot 3, nodes a b, files x.ded y.ded, limit 2     (optional: what is asked)
 *     --- x.ded                                                    (or `--- x.ded (binary)` and the like)
 *     p("a")@1;
 *     >>>
 *     the report
 *
 * Escapes in programs: `\r` at the end of a line, and `␛` for the escape character.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { checkHorizon } from '../../../../src/model/rules/check/horizon.js';
import { undeclaredNodes } from '../../../../src/model/rules/check/locations.js';
import { checkSpecification } from '../../../../src/model/rules/check/specification.js';
import type { SourceHost, SourceText } from '../../../../src/model/rules/dedalus/load.js';
import { readDedalus } from '../../../../src/model/rules/dedalus/read.js';
import type { ReadOptions } from '../../../../src/model/rules/dedalus/read.js';
import type { Diagnostic } from '../../../../src/model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../../../src/model/diagnostics/format-diagnostic.js';

export interface Case {
  readonly title: string;
  /** The `with` line, or nothing. */
  readonly request: string;
  readonly files: ReadonlyMap<string, string>;
  /** As it stands in the case file. */
  readonly expected: string;
}

export const CASES = new URL('cases/', import.meta.url);

export function caseFiles(): readonly string[] {
  return readdirSync(CASES)
    .filter((name) => name.endsWith('.txt'))
    .sort();
}

export function readCases(name: string): readonly Case[] {
  const [preamble, ...blocks] = readFileSync(new URL(name, CASES), 'utf8').split(/^### /m);
  if (preamble.trim() !== '') throw new Error(`${name}: text before the first case`);
  return blocks.map(parseCase);
}

function parseCase(block: string): Case {
  const [input, expected] = block.split(/^>>>\n/m);
  const [head, ...files] = input.split(/^--- /m);
  const [title, request = ''] = head.trimEnd().split('\n');
  if (files.length === 0) throw new Error(`${title}: a case needs a file`);
  return {
    title,
    request,
    files: new Map(
      files.map((file) => {
        const end = file.indexOf('\n');
        return [file.slice(0, end), file.slice(end + 1)];
      }),
    ),
    expected: expected === undefined ? '' : expected.trimEnd(),
  };
}

/** The case as it is written, with `report` for what is expected. */
export function printCase({ title, request, files }: Case, report: string): string {
  const head = request === '' ? `### ${title}\n` : `### ${title}\n${request}\n`;
  const texts = [...files].map(([name, text]) => `--- ${name}\n${text}`);
  return `${head}${texts.join('')}>>>\n${report}\n`;
}

export function diagnosticsOf(each: Case): readonly Diagnostic[] {
  const request = requestOf(each);
  const { checked, diagnostics } = readDedalus(request.files, hostOf(each), request.options);
  if (checked === undefined) return diagnostics;
  return [
    ...diagnostics,
    ...(request.specification ? checkSpecification(checked) : []),
    ...(request.eot === undefined ? [] : checkHorizon(checked.program, request.eot)),
    ...(request.nodes === undefined ? [] : undeclaredNodes(checked, request.nodes)),
  ];
}

export function reportOf(each: Case): string {
  const diagnostics = diagnosticsOf(each);
  return diagnostics.length === 0
    ? '(nothing)'
    : diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n');
}

interface Request {
  readonly files: readonly string[];
  readonly specification: boolean;
  readonly eot: number | undefined;
  readonly nodes: readonly string[] | undefined;
  readonly options: ReadOptions;
}

function requestOf({ title, request, files }: Case): Request {
  const parts = request.replace(/^with /, '').split(', ');
  const words = new Map(parts.map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));
  for (const word of words.keys())
    if (!['', 'specification', 'eot', 'nodes', 'files', 'limit'].includes(word))
      throw new Error(`${title}: unknown request ${word}`);
  const [eot, limit] = ['eot', 'limit'].map((word) => words.get(word)?.at(0));
  return {
    files: words.get('files') ?? [[...files.keys()][0].split(' ')[0]],
    specification: words.has('specification'),
    eot: eot === undefined ? undefined : Number(eot),
    nodes: words.get('nodes'),
    options: limit === undefined ? {} : { limit: Number(limit) },
  };
}

function hostOf({ files }: Case): SourceHost {
  const texts = new Map(
    [...files].map(([heading, text]) => {
      const [name, ...kind] = heading.split(' ');
      return [name, sourceText(name, kind.join(' '), text)];
    }),
  );
  return {
    read: (path) => texts.get(path) ?? { kind: 'missing' },
    resolve: (from, include) => posix.join(posix.dirname(from), include),
  };
}

function sourceText(identity: string, kind: string, text: string): SourceText {
  if (kind === '(binary)') return { kind: 'binary' };
  if (kind === '(long)') return { kind: 'text', text: '\n'.repeat(5 * 2 ** 20), identity };
  if (kind === '(outside)') return { kind: 'outside', roots: ['/home/me/protocols'] };
  if (kind === '(unreadable)') return { kind: 'unreadable', reason: 'permission denied' };
  return { kind: 'text', text: text.replace(/\\r\n/g, '\r\n').replaceAll('␛', '\u001b'), identity };
}
