/**
 * Work that is counted instead of timed: every property that is read of a tree. The count is the same on every
 * machine, so that a test can hold what reads the tree to growing no faster than the tree.
 */
export interface Counted<Tree> {
  /** Reads as the original does. */
  readonly tree: Tree;
  /** Properties read so far. */
  readonly reads: () => number;
}

export function counted<Tree extends object>(original: Tree): Counted<Tree> {
  let reads = 0;
  const watched = new WeakMap<object, object>();
  const watch = <Part extends object>(part: Part): Part => {
    const known = watched.get(part);
    if (known !== undefined) return known as Part;
    const proxy = new Proxy(part, {
      get(target, property): unknown {
        reads++;
        const value: unknown = Reflect.get(target, property);
        return isPlain(value) ? watch(value) : value;
      },
    });
    watched.set(part, proxy);
    return proxy;
  };
  return { tree: watch(original), reads: () => reads };
}

/** What has methods that insist on the object itself is left alone. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
