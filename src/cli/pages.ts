/** Pages that stand beside what is told, in files that `--html` names. */
import { resolve } from 'node:path';
import { diagnostic, reasonOf, visible } from '../toolkit.js';
import { writeWhole } from './init/write.js';
import type { Session } from './session.js';

/** @param file as typed */
export function writePage(file: string, text: string, session: Session): void {
  try {
    writeWhole(resolve(session.io.folder, file), text);
    session.note(`\nPage  ${visible(file)}\n`);
  } catch (error) {
    session.diagnose([diagnostic('RUN509', `no page is written to "${visible(file)}": ${reasonOf(error)}`)]);
  }
}
