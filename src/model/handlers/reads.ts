/**
 * Watches what is read of plain data, as paths to the leaves that were looked at. Copying is told apart: a
 * spread takes over what it does not look at, and asks for the descriptor of each field first.
 */

/** A path as its keys, in JSON; the path of a whole array or object stands for its shape. */
export type Path = string;

export interface WatchedData {
  /** Looks like the data, and cannot be changed either. */
  readonly value: unknown;
  readonly reads: ReadonlySet<Path>;
}

/**
 * @param root the first keys of every path
 * @param copies whether to copy a leaf is to read it
 */
export function watch(data: unknown, root: readonly string[], { copies = false } = {}): WatchedData {
  const reads = new Set<Path>();
  return { value: watched(data, root, { reads, copies }), reads };
}

/** Every path that leads into some data, with the leaf or the shape that it leads to. */
export function* leaves(data: unknown, path: readonly string[] = []): Iterable<readonly [Path, string]> {
  if (typeof data !== 'object' || data === null) {
    yield [pathOf(path), JSON.stringify(data) ?? 'undefined'];
    return;
  }
  yield [pathOf(path), Object.keys(data).join()];
  for (const [key, value] of Object.entries(data)) yield* leaves(value, [...path, key]);
}

export function pathOf(keys: readonly string[]): Path {
  return JSON.stringify(keys);
}

interface Watch {
  readonly reads: Set<Path>;
  readonly copies: boolean;
}

function watched(data: unknown, path: readonly string[], watch: Watch): unknown {
  const { reads } = watch;
  if (typeof data !== 'object' || data === null) {
    reads.add(pathOf(path));
    return data;
  }
  // What a proxy shows of a frozen object must be the same; a copy is free to show watched parts.
  const target: object = Array.isArray(data) ? [...(data as readonly unknown[])] : { ...data };
  let copied: PropertyKey | undefined;
  return new Proxy(target, {
    get(_, key) {
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) {
        reads.add(pathOf(path));
        return Reflect.get(target, key) as unknown;
      }
      const value = (target as Readonly<Record<string, unknown>>)[key];
      const isCopy = copied === key && isLeaf(value);
      copied = undefined;
      if (isCopy && !watch.copies) return value;
      // The length of an array is its shape.
      const isShape = Array.isArray(data) && key === 'length';
      return watched(value, isShape ? path : [...path, key], watch);
    },
    getOwnPropertyDescriptor(_, key) {
      copied = key;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    has(_, key) {
      reads.add(pathOf(path));
      return Reflect.has(target, key);
    },
    set: refuse,
    defineProperty: refuse,
    deleteProperty: refuse,
  });
}

function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function refuse(): boolean {
  return false;
}
