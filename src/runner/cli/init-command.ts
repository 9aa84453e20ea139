/** `ldfi init`: a first scenario, and what is needed to check it, in a folder that may hold anything already. */
import { basename, join, resolve } from 'node:path';
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics.js';
import { planInit, type InitPlan, type PlannedFile } from '../init/plan.js';
import { writeWhole } from '../init/write.js';
import { padEnd } from '../report/text.js';
import { fileSystemHost, reasonOf } from './host.js';
import { spanOf } from './options.js';
import type { Session } from './session.js';

const DEFAULT_NAME = 'first';

/** @param version that of the package */
export function initialise(name: string | undefined, version: string, session: Session): void {
  const chosen = name ?? DEFAULT_NAME;
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(chosen)) {
    session.diagnose([malformedName(chosen)]);
    return;
  }
  const { folder } = session.io;
  const plan = planInit({
    name: chosen,
    version,
    project: basename(resolve(folder)),
    read: (path) => textAt(join(folder, path)),
  });
  session.diagnose(plan.diagnostics);
  const { written, failure } = writeAll(folder, plan.files);
  session.text(describe(plan, written));
  if (failure !== undefined) session.diagnose([failure]);
  else if (!hasErrors(plan.diagnostics)) session.text(nextSteps(chosen));
}

function malformedName(name: string): Diagnostic {
  return diagnostic('RUN221', `a scenario's file cannot be named \`${name}\``, {
    span: spanOf('init', name),
    expected: 'letters, digits and `-`, such as `retry`; the extension and the folder are added',
  });
}

/** What is there and is no text is there all the same. */
function textAt(path: string): string | undefined {
  const read = fileSystemHost.read(path);
  if (read.kind === 'missing') return undefined;
  return read.kind === 'text' ? read.text : '';
}

function writeAll(
  folder: string,
  files: readonly PlannedFile[],
): { readonly written: readonly PlannedFile[]; readonly failure: Diagnostic | undefined } {
  const written: PlannedFile[] = [];
  for (const file of files) {
    try {
      writeWhole(join(folder, file.path), file.text);
    } catch (error) {
      const message = `${file.path} cannot be written: ${reasonOf(error)}`;
      return {
        written,
        failure: diagnostic('RUN222', message, { hint: 'run it again when that is mended' }),
      };
    }
    written.push(file);
  }
  return { written, failure: undefined };
}

function describe({ kept }: InitPlan, written: readonly PlannedFile[]): string {
  const width = Math.max(0, ...written.map(({ path }) => path.length));
  const lines = [
    ...(written.length === 0 ? ['Nothing was written.'] : ['Written']),
    ...written.map(({ path, purpose }) => `  ${padEnd(path, width)}  ${purpose}`),
    ...(kept.length === 0 ? [] : ['Kept as it was']),
    ...kept.map((path) => `  ${path}`),
  ];
  return `${lines.join('\n')}\n`;
}

function nextSteps(name: string): string {
  return [
    'Next',
    '  npm install',
    `  npx ldfi check scenarios/${name}.ts     one is violated, its repair certified`,
    `  npx ldfi check --list${' '.repeat(name.length)}            what there is to check`,
    '',
    `Read scenarios/${name}.ts, and make it yours: the counterexample of the first`,
    'scenario says what goes wrong, and the second says how that is repaired.',
    '',
  ].join('\n');
}
