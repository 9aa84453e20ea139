/** Patterns such as `scenarios/*.ded`, where no shell has put files in their place: in quotes, or in a configuration. */
import { normalize } from 'node:path';
import type { ScenarioHost } from '../toolkit.js';

/** Each path, or the files that match it as a pattern, as a shell would name them; a pattern that none matches stays. */
export async function expandGlobs(paths: readonly string[], host: ScenarioHost): Promise<readonly string[]> {
  const expanded = await Promise.all(
    paths.map(async (path) => (isPattern(path, host) ? matching(path, host) : [path])),
  );
  return expanded.flat();
}

/** A file may be named like a pattern. */
function isPattern(path: string, host: ScenarioHost): boolean {
  return /[*?[{(]/.test(path) && host.entry(path) === 'missing';
}

async function matching(pattern: string, host: ScenarioHost): Promise<readonly string[]> {
  // Few runs need it.
  const { default: picomatch } = await import('picomatch');
  const { base } = picomatch.scan(pattern);
  const matches = picomatch(inShape(pattern));
  const found = host.walk(base === '' ? '.' : base).files.filter((file) => matches(inShape(file)));
  return found.length === 0 ? [pattern] : found;
}

/** Patterns and paths stand in one shape: without `./`, and with `/` on every system. */
function inShape(path: string): string {
  return normalize(path).replaceAll('\\', '/');
}
