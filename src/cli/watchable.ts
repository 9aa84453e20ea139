/** What a check is made from, so that it can be made again when that changes. */
import { dirname } from 'node:path';
import { filesBehind, isDedalus } from '../toolkit.js';
import { configFiles } from './config.js';
import type { Gathered } from './gather.js';
import type { Selection } from './invocation.js';
import type { WorkIo } from './io.js';
import type { Watchable } from './work.js';

/** What is known before anything was read: enough where nothing can be. */
export function watchableBefore(
  { files, config, with: parts = [] }: Pick<Selection, 'files' | 'config' | 'with'>,
  { host }: Pick<WorkIo, 'host'>,
): Watchable {
  const configs = configFiles(config).flatMap((file) => filesBehind(file, host));
  return {
    files: [],
    all: [...configs, ...parts.map((path) => host.realPath(path))],
    folders: foldersIn(files, host),
  };
}

export function watchableOf({ looked, files: named, with: parts, host }: Gathered): Watchable {
  const beside = parts.flatMap((path) => filesBehind(path, host));
  const files = looked.map((file) => ({
    file,
    sources: [...filesBehind(file, host), ...(isDedalus(file) ? beside : [])],
  }));
  return { files, all: [], folders: foldersIn(named, host) };
}

/** Those that were named, and all within them that hold files. */
function foldersIn(paths: readonly string[], host: WorkIo['host']): readonly string[] {
  const named = paths.filter((path) => host.entry(path) === 'folder');
  const within = named.flatMap((path) => host.walk(path).files.map((file) => dirname(file)));
  return [...new Set([...named, ...within].map((path) => host.realPath(path)))];
}
