/** Folders on the file system. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Not by Node's own option `recursive`, which never returns where
 * a file system, such as /proc, refuses with ENOENT.
 *
 * @throws Error of the file system, or where something else has the name
 */
export function makeFolder(path: string): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing?.isDirectory() === true) return;
  if (existing !== undefined) throw new Error(`${path} is no folder`);
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}
