/** Writes files whole or not at all: beside their place first, and then into it by a single step. */
import { linkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../toolkit.js';

/**
 * Writes a file that is not there, and makes the folders that are missing.
 *
 * @returns false where somebody else wrote it meanwhile: then it is as they wrote it
 * @throws Error of the file system, in which case nothing is left behind
 */
export function writeNew(path: string, text: string): boolean {
  makeFolder(dirname(path));
  const beside = nameBeside(path);
  try {
    writeFileSync(beside, text, { flag: 'wx' });
    return giveName(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Writes a file, in the place of one that may be there. @throws Error of the file system, which is then as it was */
export function writeWhole(path: string, text: string): void {
  if (!writeNew(path, text)) replace(path, text);
}

/** Replaces a file that is there. @throws Error of the file system, in which case it is as it was */
export function replace(path: string, text: string): void {
  // A link stays a link.
  const target = realpathSync(path);
  const beside = nameBeside(target);
  try {
    writeFileSync(beside, text, { flag: 'wx', mode: statSync(target).mode });
    renameSync(beside, target);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Unlike a file that is renamed, one that is linked takes no other's place. */
function giveName(file: string, path: string): boolean {
  try {
    linkSync(file, path);
    return true;
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) return false;
    if (!(error instanceof Error && 'code' in error && UNLINKABLE.includes(error.code))) throw error;
    renameSync(file, path);
    return true;
  }
}

/** How file systems without links say so. */
const UNLINKABLE: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** A name that no other process uses, and that shows what is left of one that was killed. */
function nameBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${crypto.randomUUID().slice(0, 8)}.tmp`);
}
