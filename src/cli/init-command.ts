/** `ldfi init`: a first scenario, and what is needed to check it, in a folder that may hold anything already. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, fileSystemHost, hasErrors } from '../index.js';
import { diagnostic, padEnd, reasonOf } from '../toolkit.js';
import type { PackageManager } from './init/package-manager.js';
import { planInit, type PlannedFile } from './init/plan.js';
import { replace, writeNew } from './init/write.js';
import { spanOf } from './options.js';
import type { Session } from './session.js';

const DEFAULT_NAME = 'first';

export function initialise(name: string | undefined, session: Session): void {
  const chosen = name ?? DEFAULT_NAME;
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(chosen)) {
    session.diagnose([malformedName(chosen)]);
    return;
  }
  const { folder, version } = session.io;
  const plan = planInit({
    name: chosen,
    version,
    project: basename(resolve(folder)),
    below: placeInRepository(resolve(folder)),
    read: (path) => textAt(join(folder, path)),
  });
  session.diagnose(plan.diagnostics);
  const { written, kept, failure } = writeAll(folder, plan.files);
  session.text(describe([...plan.kept, ...kept], written));
  if (failure !== undefined) session.diagnose([failure]);
  else if (!hasErrors(plan.diagnostics)) session.text(nextSteps(chosen, plan.manager));
}

function malformedName(name: string): Diagnostic {
  return diagnostic('RUN221', `a scenario's file cannot be named \`${name}\``, {
    span: spanOf('init', name),
    expected: 'letters, digits and `-`, such as `retry`; the extension and the folder are added',
  });
}

/** The path of a folder in the git repository that it is in, with `/`; empty where it is in none. */
function placeInRepository(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    // Of a worktree and of a submodule, it is a file.
    if (existsSync(join(above, '.git'))) return relative(above, folder).replaceAll(sep, '/');
    if (dirname(above) === above) return '';
  }
}

/** What is there and is no text is there all the same. */
function textAt(path: string): string | undefined {
  const read = fileSystemHost.read(path);
  if (read.kind === 'missing') return undefined;
  return read.kind === 'text' ? read.text : '';
}

interface Writing {
  readonly written: readonly PlannedFile[];
  /** Paths of what somebody else wrote meanwhile. */
  readonly kept: readonly string[];
  readonly failure: Diagnostic | undefined;
}

function writeAll(folder: string, files: readonly PlannedFile[]): Writing {
  const written: PlannedFile[] = [];
  const kept: string[] = [];
  for (const file of files) {
    try {
      if (writeOne(folder, file)) written.push(file);
      else kept.push(file.path);
    } catch (error) {
      const message = `${file.path} cannot be written: ${reasonOf(error)}`;
      const failure = diagnostic('RUN222', message, { hint: 'run it again when that is mended' });
      return { written, kept, failure };
    }
  }
  return { written, kept, failure: undefined };
}

/** Whether it was written. */
function writeOne(folder: string, { path, text, replaces = false }: PlannedFile): boolean {
  if (!replaces) return writeNew(join(folder, path), text);
  replace(join(folder, path), text);
  return true;
}

function describe(kept: readonly string[], written: readonly PlannedFile[]): string {
  const width = Math.max(0, ...written.map(({ path }) => path.length));
  const lines = [
    ...(written.length === 0 ? ['Nothing was written.'] : ['Written']),
    ...written.map(({ path, purpose }) => `  ${padEnd(path, width)}  ${purpose}`),
    ...(kept.length === 0 ? [] : ['Kept as it was']),
    ...kept.map((path) => `  ${path}`),
  ];
  return `${lines.join('\n')}\n`;
}

function nextSteps(name: string, { install, run }: PackageManager): string {
  const check = `${run} ldfi check scenarios/${name}.ts`;
  const width = check.length + 5;
  return [
    'Next',
    `  ${install}`,
    `  ${padEnd(check, width)}one is violated, its repair certified`,
    `  ${padEnd(`${run} ldfi check --list`, width)}what there is to check`,
    '',
    `Read scenarios/${name}.ts, and make it yours: the counterexample of the first`,
    'scenario says what goes wrong, and the second says how that is repaired.',
    '',
  ].join('\n');
}
