/** Source files on the file system. */
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { SourceHost, SourceText } from '../../model/dedalus/load.js';

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
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'missing' };
    case 'EISDIR':
      return { kind: 'unreadable', reason: 'it is a folder' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'unreadable', reason: 'permission denied' };
    default:
      return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}
