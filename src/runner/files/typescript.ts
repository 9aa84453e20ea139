/** What the user's own TypeScript has to say of modules, which are run without their types. */
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { groupBy } from '../../model/group.js';
import type { Source, SourceSpan } from '../../model/diagnostics/source.js';
import { visible } from '../../model/text/display.js';
import { plural } from '../../model/text/numbers.js';
import { reasonOf } from './file-system.js';
import { restOfLine } from './places.js';
import { sourcesOf } from './sources.js';
import type { ScenarioHost } from './host.js';

/** Where no tsconfig.json says otherwise. */
const DEFAULTS = { strict: true, module: 'nodenext', target: 'es2022', skipLibCheck: true };

/** Errors of one project that are told. */
const MOST_PROBLEMS = 50;

/**
 * Checks the types of modules, with what they import, as the nearest tsconfig.json of each wants it, by the compiler that is
 * installed there.
 *
 * @param files of TypeScript
 */
export async function checkTypes(
  files: readonly string[],
  host: ScenarioHost,
): Promise<readonly Diagnostic[]> {
  const real = files.map((file) => host.realPath(file));
  const projects = groupBy(real, (file) => configAbove(dirname(file), host) ?? dirname(file));
  const told = await Promise.all([...projects].map(([place, own]) => checkProject(place, own, host)));
  return told.flat();
}

/** The nearest tsconfig.json of a folder, or of one around it. */
function configAbove(folder: string, host: ScenarioHost): string | undefined {
  for (let around = folder; ; around = dirname(around)) {
    const config = join(around, 'tsconfig.json');
    if (host.entry(config) === 'file') return config;
    if (dirname(around) === around) return undefined;
  }
}

/** @param place of its tsconfig.json, or the folder of its modules where there is none */
async function checkProject(
  place: string,
  files: readonly string[],
  host: ScenarioHost,
): Promise<readonly Diagnostic[]> {
  const isConfigured = place.endsWith('tsconfig.json');
  const folder = isConfigured ? dirname(place) : place;
  const compiler = compilerFrom(folder);
  if (compiler === undefined) return [noCompiler(host.display(folder))];
  // It is looked for what is installed beside it.
  const config = join(folder, `.ldfi-${crypto.randomUUID().slice(0, 8)}.tmp`);
  const options = { ...(isConfigured ? {} : DEFAULTS), noEmit: true };
  const project = { ...(isConfigured && { extends: place }), compilerOptions: options, files, include: [] };
  try {
    writeFileSync(config, JSON.stringify(project), { flag: 'wx' });
    const { code, output } = await run(compiler, ['-p', config, '--pretty', 'false'], folder);
    const problems = typeProblems(output);
    if (code !== 0 && problems.length === 0) return [noAnswer(output)];
    return asDiagnostics(problems, folder, host);
  } catch (error) {
    return [noAnswer(reasonOf(error))];
  } finally {
    rmSync(config, { force: true });
  }
}

function compilerFrom(folder: string): string | undefined {
  try {
    return join(
      dirname(createRequire(join(folder, 'tsconfig.json')).resolve('typescript/package.json')),
      'bin/tsc',
    );
  } catch {
    return undefined;
  }
}

interface Ended {
  readonly code: number;
  readonly output: string;
}

async function run(program: string, words: readonly string[], folder: string): Promise<Ended> {
  // Which every command would load otherwise.
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 } as const;
    execFile(process.execPath, [program, ...words], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

/** An error as compilers print it. */
export interface TypeProblem {
  /** From the folder that it runs in; undefined where it is of no file. */
  readonly file: string | undefined;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** `TS2322` */
  readonly code: string;
  readonly message: string;
  /** What it says in detail. */
  readonly details: readonly string[];
}

/** Of what a compiler printed, with `--pretty false`. */
export function typeProblems(output: string): readonly TypeProblem[] {
  const problems: (TypeProblem & { readonly details: string[] })[] = [];
  for (const line of output.split(/\r?\n/)) {
    const [, place, code, message] = /^(?:(.+\(\d+,\d+\)): )?error (TS\d+): (.*)$/.exec(line) ?? [];
    if (code !== undefined) problems.push({ ...placeIn(place), code, message, details: [] });
    else if (/^\s+\S/.test(line)) problems.at(-1)?.details.push(line.trim());
  }
  return problems;
}

function placeIn(place: string | undefined): Pick<TypeProblem, 'file' | 'line' | 'column'> {
  const [, file, line, column] = /^(.*)\((\d+),(\d+)\)$/s.exec(place ?? '') ?? [];
  return { file, line: Number(line ?? 1), column: Number(column ?? 1) };
}

function asDiagnostics(
  problems: readonly TypeProblem[],
  folder: string,
  host: ScenarioHost,
): readonly Diagnostic[] {
  const read = sourcesOf(host);
  const told = problems.slice(0, MOST_PROBLEMS).map(({ file, line, column, code, message, details }) => {
    const source = file === undefined ? undefined : read(isAbsolute(file) ? file : resolve(folder, file));
    return diagnostic('RUN224', `${message} (${code})`, {
      span: source && wordAt(source, line, column),
      notes: details.map((text) => ({ label: 'namely', text })),
    });
  });
  const more = problems.length - told.length;
  return more === 0 ? told : [...told, diagnostic('RUN224', `${plural(more, 'type error')} more`)];
}

/** From a place on, the word that stands there, or the rest of the line. */
function wordAt(source: Source, line: number, column: number): SourceSpan {
  const span = restOfLine(source, line, column);
  const [word] = /^[\p{L}\p{N}_$]+/u.exec(source.text.slice(span.start, span.end)) ?? [];
  return word === undefined ? span : { ...span, end: span.start + word.length };
}

function noCompiler(folder: string): Diagnostic {
  return diagnostic('RUN225', `no TypeScript is installed for the modules in ${folder}`, {
    hint: '`npm install --save-dev typescript` installs it; without --typecheck, types are taken out and not checked',
  });
}

function noAnswer(output: string): Diagnostic {
  const [first = 'it says nothing'] = output.split('\n').filter((line) => line.trim() !== '');
  return diagnostic('RUN225', `TypeScript did not check the types: ${visible(first)}`);
}
