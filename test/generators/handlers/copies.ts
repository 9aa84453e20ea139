/** Copies as scenarios make them that the loader has written anew. */
import { containerKind } from '../../../src/model/handlers/containers.js';
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
