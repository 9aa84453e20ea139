/** Copies as scenarios make them that the loader has written anew. */
import { compareElements, containerKind } from '../../../src/model/handlers/containers.js';
import { COPY } from '../../../src/model/handlers/drafts/draft.js';

/** Of a draft, one that reads nothing. */
export function shallow<Container extends object>(container: Container): Container {
  const copy = Reflect.get(container, COPY) as (() => Container) | undefined;
  if (copy !== undefined) return copy();
  switch (containerKind(container)) {
    case 'object':
      return { ...container };
    case 'array':
      return [...(container as unknown as readonly unknown[])] as unknown as Container;
    case 'set':
      return new Set(container as unknown as ReadonlySet<unknown>) as unknown as Container;
    case 'map':
      return new Map(container as unknown as ReadonlyMap<unknown, unknown>) as unknown as Container;
  }
}

/** A container as it is gone through from here on: drafts of sets and maps are in the order of their elements by themselves. */
export function inOrder<Container extends object>(container: Container): Container {
  const isDraft = Reflect.get(container, COPY) !== undefined;
  if (isDraft || Array.isArray(container)) return container;
  if (container instanceof Map) {
    const entries = [...(container as Map<unknown, unknown>)].sort(([a], [b]) => compareElements(a, b));
    container.clear();
    for (const [key, value] of entries) container.set(key, value);
  } else if (container instanceof Set) {
    const elements = [...(container as Set<unknown>)].sort(compareElements);
    container.clear();
    for (const element of elements) container.add(element);
  }
  return container;
}
