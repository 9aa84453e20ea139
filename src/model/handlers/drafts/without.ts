/** Data as it is, of which parts may be drafts: what only real objects let be done to them, can be done to it. */
import { containerKind } from '../containers.js';

/** A copy, as deep as it goes. What is no plain data is left as it is. */
export function withoutDrafts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  switch (containerKind(value)) {
    case 'array':
      return (value as readonly unknown[]).map(withoutDrafts);
    case 'set':
      return new Set(value as ReadonlySet<unknown>);
    case 'map':
      return new Map(
        [...(value as ReadonlyMap<unknown, unknown>)].map(([key, under]) => [key, withoutDrafts(under)]),
      );
    case 'object':
      return isPlain(value)
        ? Object.fromEntries(Object.entries(value).map(([key, under]) => [key, withoutDrafts(under)]))
        : value;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
