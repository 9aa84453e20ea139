/** Source files, folders and modules on the file system. */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
  type Dirent,
  type Stats,
} from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import type { SourceHost, SourceText } from '../../model/rules/dedalus/load.js';
import { compareStrings } from '../../model/order.js';
import type { ScenarioHost, Walk } from './host.js';
import type { ModuleLoader } from './modules.js';

/** The longest file that is read, in bytes. */
const LONGEST_FILE = 8 * 1024 * 1024;

/**
 * Reads files by path, relative to the working folder of the process. What may be read without end, or not at all
 * until somebody writes, is refused: devices, pipes, and files that are too long.
 */
export const fileSystemHost: SourceHost = {
  read(path) {
    try {
      return readRegular(path);
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
    realPath,
    walk,
    load,
    display: displayPath,
  };
}

/** A path as people are shown it: relative to the working folder where it is below that, with `/` on every system. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  const outside = short === '' || short === '..' || short.startsWith(`..${sep}`) || isAbsolute(short);
  return (outside ? path : short).replaceAll(sep, '/');
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

/** Where there is nothing, nothing can be a link. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
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

function readRegular(path: string): SourceText {
  // To open a device may do something; and a path may lead elsewhere by the time that it is opened.
  const irregularPath = irregularity(statSync(path));
  if (irregularPath !== undefined) return { kind: 'unreadable', reason: irregularPath };
  // A pipe without a writer is opened all the same, and a terminal does not become the process's own.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const irregular = irregularity(fstatSync(file));
    if (irregular !== undefined) return { kind: 'unreadable', reason: irregular };
    const bytes = readUpTo(file, LONGEST_FILE + 1);
    if (bytes.length > LONGEST_FILE) return { kind: 'unreadable', reason: TOO_LONG };
    return decode(bytes, realpathSync(path));
  } finally {
    closeSync(file);
  }
}

const TOO_LONG = `it is longer than ${LONGEST_FILE / 2 ** 20} MiB`;

/** Why a file is not to be read. */
function irregularity(stats: Stats): string | undefined {
  if (stats.isDirectory()) return 'it is a folder';
  if (stats.isFIFO() || stats.isSocket()) return 'it is a pipe, and no file';
  if (!stats.isFile()) return 'it is a device, and no file';
  return stats.size > LONGEST_FILE ? TOO_LONG : undefined;
}

/** Files of the kernel's have a length only once they are read. */
function readUpTo(file: number, most: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const part = new Uint8Array(Math.min(64 * 1024, most - length));
    const read = readSync(file, part);
    if (read === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, read));
    length += read;
    if (length === most) return Buffer.concat(parts);
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
