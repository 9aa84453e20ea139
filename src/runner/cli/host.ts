/** Source files, folders and modules on the file system. */
import { readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import type { SourceHost, SourceText } from '../../model/dedalus/load.js';
import { compareStrings } from '../../model/order.js';
import type { ScenarioHost, Walk } from '../scenario/host.js';
import type { ModuleLoader } from '../scenario/modules.js';

/** Reads files by path, relative to the working folder of the process. */
export const fileSystemHost: SourceHost = {
  read(path) {
    try {
      return decode(readFileSync(path), realpathSync(path));
    } catch (error) {
      return unread(error);
    }
  },
  resolve: (fromFile, include) =>
    isAbsolute(include) ? normalize(include) : join(dirname(fromFile), include),
};

/** The same, with folders and modules. */
export function scenarioHost(load: ModuleLoader): ScenarioHost {
  return {
    ...fileSystemHost,
    entry: entryAt,
    walk,
    load,
    display: displayPath,
  };
}

/** A path as people are shown it: relative to the working folder where it is below that. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  const outside = short === '' || short === '..' || short.startsWith(`..${sep}`) || isAbsolute(short);
  return outside ? path : short;
}

function walk(folder: string): Walk {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return { files: [], unreadable: [{ folder, reason: reasonOf(error) }] };
  }
  entries.sort((a, b) => compareStrings(a.name, b.name));
  const files = entries.map(({ name }) => join(folder, name)).filter((path) => entryAt(path) === 'file');
  // Folders that are links may lead back to where they are.
  const below = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map(({ name }) => walk(join(folder, name)));
  return {
    files: [...files, ...below.flatMap((each) => each.files)],
    unreadable: below.flatMap((each) => each.unreadable),
  };
}

/** A path that makes no sense is a file, which cannot be read. */
function entryAt(path: string): 'file' | 'folder' | 'missing' {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? 'missing' : stats.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'file';
  }
}

/** A NUL character is no text, though it is valid UTF-8. */
function decode(bytes: Uint8Array, identity: string): SourceText {
  if (bytes.includes(0)) return { kind: 'binary' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), identity };
  } catch {
    return { kind: 'binary' };
  }
}

function unread(error: unknown): SourceText {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return { kind: 'unreadable', reason: reasonOf(error) };
}

/** Why a file could not be read or written. */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
