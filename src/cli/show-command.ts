/** `ldfi show`: what was found and kept as JSON, as a page. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, type Findings, fromJson } from '../index.js';
import { diagnostic, reasonOf, visible, writeReport } from '../toolkit.js';
import { writeWhole } from './init/write.js';
import type { ShowInvocation } from './invocation.js';
import type { Session } from './session.js';
import { studyFindings } from './show-studies.js';

export async function showDocument(
  { document, files, output, open }: ShowInvocation,
  session: Session,
): Promise<void> {
  const { folder, version, host } = session.io;
  const findings = await readFindings(resolve(folder, document), document);
  if ('code' in findings) {
    session.diagnose([findings]);
    return;
  }
  const path = resolve(folder, output ?? document.replace(/(?:\.json)?$/, '.html'));
  const studies = await studyFindings(findings, files, session);
  const page = await writeReport('html', findings, { asExpected: false, version, studies });
  try {
    writeWhole(path, page);
  } catch (error) {
    session.diagnose([diagnostic('RUN140', `no page is written to "${visible(path)}": ${reasonOf(error)}`)]);
    return;
  }
  session.text(`wrote ${host.display(path)}\n`);
  if (open) await openPage(path, session);
}

async function readFindings(path: string, shown: string): Promise<Findings | Diagnostic> {
  try {
    return await fromJson(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof SyntaxError || error instanceof RangeError ? error.message : reasonOf(error);
    return diagnostic('RUN145', `"${visible(shown)}" cannot be shown: ${visible(reason)}`, {
      expected: 'what `ldfi check --json`, or `--reporter json=<file>`, wrote',
    });
  }
}

/** What opens a file as if the user had clicked on it. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** The browser goes on when this program is over. */
async function openPage(path: string, session: Session): Promise<void> {
  const [program, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  const failure = await new Promise<string | undefined>((done) => {
    const opening = spawn(program, [...words, path], { stdio: 'ignore', detached: true });
    opening.once('error', (error) => {
      done(reasonOf(error));
    });
    opening.once('spawn', () => {
      opening.unref();
      done(undefined);
    });
  });
  if (failure !== undefined)
    session.diagnose([
      diagnostic('RUN146', `the page is not opened: ${visible(failure)}`, { hint: 'open it by hand' }),
    ]);
}
