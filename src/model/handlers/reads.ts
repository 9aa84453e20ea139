/** What may be read of plain data: paths to its leaves, and to the shapes of what holds them. */
import { containerKind } from './containers.js';

/** A path as its keys, in JSON; the path of a whole container stands for its shape. */
export type Path = string;

/** Every path that leads into some data, with the leaf or the shape that it leads to. */
export function* leaves(data: unknown, path: readonly string[] = []): Iterable<readonly [Path, string]> {
  if (typeof data !== 'object' || data === null) {
    yield [pathOf(path), JSON.stringify(data) ?? 'undefined'];
    return;
  }
  const parts = partsOf(data);
  yield [pathOf(path), parts.map(([key]) => key).join()];
  for (const [key, value] of parts) yield* leaves(value, [...path, key]);
}

export function pathOf(keys: readonly string[]): Path {
  return JSON.stringify(keys);
}

function partsOf(container: object): readonly (readonly [key: string, value: unknown])[] {
  const kind = containerKind(container);
  if (kind === 'object' || kind === 'array') return Object.entries(container);
  if (kind === 'set') return [...(container as ReadonlySet<unknown>)].map((one) => [String(one), true]);
  return [...(container as ReadonlyMap<unknown, unknown>)].map(([key, value]) => [String(key), value]);
}
