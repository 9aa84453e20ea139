/** The folder of saved counterexamples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { compareStrings } from '../../model/order.js';
import { visible } from '../../model/text/display.js';
import { reasonOf } from '../files/file-system.js';
import type { Regression } from './regression.js';

/** Where they are, in the working folder. */
export const REGRESSION_FOLDER = 'ldfi-regressions';

/** A saved counterexample, and the name of its file in the folder. */
export interface SavedRegression {
  readonly name: string;
  readonly regression: Regression;
}

/** Whether a working folder may hold any. */
export function hasRegressions(folder: string): boolean {
  return existsSync(join(folder, REGRESSION_FOLDER));
}

/** A counterexample as it is to be written: into a file of that name. */
export async function writtenRegression(
  regression: Regression,
): Promise<{ readonly name: string; readonly text: string }> {
  const { nameOfRegression, printRegression } = await import('./document.js');
  return { name: nameOfRegression(regression), text: printRegression(regression) };
}

/** What a folder holds, by name; nothing where there is none. */
export interface SavedRegressions {
  readonly saved: readonly SavedRegression[];
  /** What is wrong with files that are no counterexamples. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function readRegressions(folder: string): Promise<SavedRegressions> {
  const saved: SavedRegression[] = [];
  const diagnostics: Diagnostic[] = [];
  try {
    for (const name of filesIn(folder)) {
      const read = await readRegression(join(folder, name), `${REGRESSION_FOLDER}/${name}`);
      if (read.kind === 'regression') saved.push({ name, regression: read.regression });
      else diagnostics.push(read.diagnostic);
    }
  } catch (error) {
    diagnostics.push(diagnostic('RUN141', `"${REGRESSION_FOLDER}" cannot be read: ${reasonOf(error)}`));
  }
  return { saved, diagnostics };
}

/** One file, read. */
export type RegressionReading =
  | { readonly kind: 'regression'; readonly regression: Regression }
  | { readonly kind: 'unreadable'; readonly diagnostic: Diagnostic };

/** @param label what the file is called where it cannot be read */
export async function readRegression(path: string, label: string): Promise<RegressionReading> {
  // Few checks need what reads documents.
  const { parseRegression, REGRESSION_VERSION, UnknownRegression } = await import('./document.js');
  const unreadable = (reason: string, hint: string): RegressionReading => ({
    kind: 'unreadable',
    diagnostic: diagnostic('RUN141', `"${visible(label)}" is no saved counterexample: ${visible(reason)}`, {
      hint,
    }),
  });
  try {
    return { kind: 'regression', regression: parseRegression(readFileSync(path, 'utf8')) };
  } catch (error) {
    if (error instanceof UnknownRegression)
      return unreadable(
        `${error.message}, and this ldfi reads version ${REGRESSION_VERSION}`,
        'check with the ldfi that wrote it, or remove it and save anew by `ldfi check --save`',
      );
    return unreadable(
      error instanceof RangeError || error instanceof SyntaxError ? error.message : reasonOf(error),
      'restore it as it was written, or remove it and save anew by `ldfi check --save`',
    );
  }
}

/** @throws Error of the file system, but where there is no folder */
function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort(compareStrings);
}
