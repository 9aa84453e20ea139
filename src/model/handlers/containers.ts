/**
 * Sets and maps as plain data. Their elements and keys are scalars, and they are gone through in the order of these:
 * two of them are equal whatever was put in first, as nobody who looks into them can tell.
 */
import type { Data, Fields } from '../data.js';
import { compareStrings } from '../order.js';

/** Data that has no parts. */
export type Scalar = null | undefined | boolean | number | string;

export type ContainerKind = 'object' | 'array' | 'set' | 'map';

export function isPartless(value: unknown): value is Scalar {
  return value === null || ['undefined', 'boolean', 'number', 'string'].includes(typeof value);
}

/** The order of elements and keys: by type, numbers by size, strings by their code units. */
export function compareElements(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  return rank(a) - rank(b);
}

function rank(element: unknown): number {
  const ranks = [undefined, null, false, true];
  const place = ranks.findIndex((one) => one === element);
  if (place !== -1) return place;
  return typeof element === 'number' ? ranks.length : ranks.length + 1;
}

/** What kind of container a value is, that has a prototype of its own or stands for one that has. */
export function containerKind(value: object): ContainerKind {
  if (Array.isArray(value)) return 'array';
  if (Object.getPrototypeOf(value) === Object.prototype) return 'object';
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Set]' ? 'set' : tag === '[object Map]' ? 'map' : 'object';
}

/** A set that cannot be changed. @param elements in their order */
export function frozenSet(elements: readonly unknown[]): ReadonlySet<unknown> {
  return frozen(new Set(elements), ['add', 'delete', 'clear']);
}

/** A map that cannot be changed. @param entries in the order of their keys */
export function frozenMap(entries: readonly (readonly [unknown, unknown])[]): ReadonlyMap<unknown, unknown> {
  return frozen(new Map(entries), ['set', 'delete', 'clear']);
}

/** To freeze a collection freezes its properties, and not what it holds. */
function frozen<Collection extends object>(collection: Collection, changing: readonly string[]): Collection {
  for (const name of changing) Object.defineProperty(collection, name, { value: refuse });
  return Object.freeze(collection);
}

/** Whether a set or a map is more than what is in it; that it cannot be changed is no more. */
export function hasProperties(collection: object): boolean {
  return Reflect.ownKeys(collection).some((key) => Reflect.get(collection, key) !== refuse);
}

function refuse(): never {
  throw new TypeError('Cannot change a set or a map that was given');
}

/** Plain data as reports and documents tell it: a set as the list of its elements, a map as an object, or as its entries. */
export function tellData(value: unknown): Data {
  if (typeof value !== 'object' || value === null) return value as Data;
  switch (containerKind(value)) {
    case 'array':
      return (value as readonly unknown[]).map(tellData);
    case 'object':
      return tellEntries(Object.entries(value));
    case 'set':
      return [...(value as ReadonlySet<Data>)];
    case 'map': {
      const entries = [...(value as ReadonlyMap<Scalar, unknown>)];
      const named = entries.every(([key]) => typeof key === 'string');
      return named
        ? tellEntries(entries as [string, unknown][])
        : entries.map(([key, under]) => [key, tellData(under)]);
    }
  }
}

function tellEntries(entries: readonly (readonly [string, unknown])[]): Fields {
  return Object.fromEntries(entries.map(([key, value]) => [key, tellData(value)]));
}
