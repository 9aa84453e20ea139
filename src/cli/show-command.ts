/** `ldfi show`: what was found and kept as JSON, as a page. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, type Findings, fromJson } from '../index.js';
import {
  diagnostic,
  drawTolerancePage,
  loadTolerances,
  reasonOf,
  type Tolerance,
  visible,
  writeReport,
} from '../toolkit.js';
import { writeWhole } from './init/write.js';
import type { ShowInvocation } from './invocation.js';
import type { Session } from './session.js';
import { studyFindings, studyTolerances } from './show-studies.js';

export async function showDocument(
  { document, files, output, open }: ShowInvocation,
  session: Session,
): Promise<void> {
  const { folder, version, host } = session.io;
  const read = await readShown(resolve(folder, document), document);
  if (read.kind === 'unread') {
    session.diagnose([read.diagnostic]);
    return;
  }
  const path = resolve(folder, output ?? document.replace(/(?:\.json)?$/, '.html'));
  const page =
    read.kind === 'tolerances'
      ? await drawTolerancePage(await studyTolerances(read.tolerances, files, session), version)
      : await pageOfFindings(read.findings, files, session);
  try {
    writeWhole(path, page);
  } catch (error) {
    session.diagnose([diagnostic('RUN140', `no page is written to "${visible(path)}": ${reasonOf(error)}`)]);
    return;
  }
  session.text(`wrote ${host.display(path)}\n`);
  if (open) await openPage(path, session);
}

async function pageOfFindings(
  findings: Findings,
  files: readonly string[],
  session: Session,
): Promise<string> {
  const studies = await studyFindings(findings, files, session);
  return writeReport('html', findings, { asExpected: false, version: session.io.version, studies });
}

/** What a document tells of, as far as there is a page of it. */
type Shown =
  | { readonly kind: 'findings'; readonly findings: Findings }
  | { readonly kind: 'tolerances'; readonly tolerances: readonly Tolerance[] }
  | { readonly kind: 'unread'; readonly diagnostic: Diagnostic };

async function readShown(path: string, shown: string): Promise<Shown> {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const isOfTolerance = typeof json === 'object' && json !== null && 'tolerances' in json;
    return isOfTolerance
      ? { kind: 'tolerances', tolerances: await loadTolerances(json) }
      : { kind: 'findings', findings: await fromJson(json) };
  } catch (error) {
    const reason =
      error instanceof SyntaxError || error instanceof RangeError ? error.message : reasonOf(error);
    const unread = diagnostic('RUN145', `"${visible(shown)}" cannot be shown: ${visible(reason)}`, {
      expected: 'what `ldfi check --json`, `--reporter json=<file>` or `ldfi tolerance --json` wrote',
    });
    return { kind: 'unread', diagnostic: unread };
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
