/** `ldfi print`: programs as they were read, with what the checks found out about them. */
import { printChecked } from '../../model/dedalus/print-checked.js';
import { readDedalus } from '../../model/dedalus/read.js';
import type { Session } from './session.js';

export function printFiles(files: readonly string[], session: Session): void {
  for (const file of files) {
    const { checked, header, diagnostics } = readDedalus([file], session.io.host);
    session.diagnose(diagnostics);
    if (checked !== undefined) session.text(printChecked(checked, header));
  }
}
