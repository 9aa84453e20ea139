/**
 * Notices that files change. By looking at them now and then, since that sees every way in which editors write, on every
 * file system, and files that are not there yet as well.
 */
import { readdirSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isDedalus, isModule } from '../toolkit.js';

/** Milliseconds between two looks. */
const INTERVAL = 150;

/** How far the clock of a file system may be behind, in milliseconds. */
const SLACK = 20;

/** What is looked at, by absolute paths. */
export interface WatchedPaths {
  readonly files: readonly string[];
  /** Of these, which files and folders they hold that may be scenarios. */
  readonly folders: readonly string[];
}

/** What is there, by path. */
type Look = ReadonlyMap<string, string>;

/**
 * Waits until something changes, and until no more does.
 *
 * @param since milliseconds since 1970: what was changed from then on has changed already
 * @returns the paths of what changed; undefined where it was ended first
 */
export async function nextChange(
  watched: WatchedPaths,
  since: number,
  ended: Promise<unknown>,
): Promise<ReadonlySet<string> | undefined> {
  const first = lookAt(watched);
  const changed = new Set(watched.files.filter((path) => changedSince(path, since)));
  let before = first;
  for (;;) {
    const end = new AbortController();
    const isEnded = await Promise.race([
      ended.then(() => true),
      wait(INTERVAL, false, { signal: end.signal }).catch(() => false),
    ]);
    end.abort();
    if (isEnded) return undefined;
    const now = lookAt(watched);
    const fresh = [...now].filter(([path, state]) => before.get(path) !== state).map(([path]) => path);
    for (const path of fresh) changed.add(path);
    if (changed.size > 0 && fresh.length === 0) return changed;
    before = now;
  }
}

function changedSince(path: string, since: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs >= since - SLACK;
}

function lookAt({ files, folders }: WatchedPaths): Look {
  return new Map([
    ...files.map((path) => [path, stateOf(path)] as const),
    ...folders.map((path) => [path, namesIn(path)] as const),
  ]);
}

function stateOf(path: string): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? '' : `${stats.mtimeMs} ${stats.size}`;
  } catch {
    // A file where there should be a folder.
    return '';
  }
}

function namesIn(folder: string): string {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .filter((entry) => entry.isDirectory() || isModule(entry.name) || isDedalus(entry.name))
      .map(({ name }) => name);
    return names.sort().join('/');
  } catch {
    return '';
  }
}
