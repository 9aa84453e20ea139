/**
 * Plain data in one form: equal values have equal texts, the keys of objects are sorted, and nothing can be
 * changed any more. A handler therefore cannot tell two equal states apart, nor change one behind the
 * evaluator's back.
 */
import { compareStrings } from '../order.js';

export interface Canonical {
  /** Frozen, through and through. */
  readonly value: unknown;
  /** Equal exactly where values are: JSON, but for `undefined`. */
  readonly text: string;
}

/**
 * The longest text of a state, a message or an observation, in UTF-16 code units. One that doubles with every step
 * is stopped here, long before it takes all memory.
 */
export const LONGEST_TEXT = 2 ** 20;

/** How deep data may be nested: what looks into it calls itself for each level. */
const DEEPEST = 1_000;

/** Plain data that is longer than may be. */
export class TooLong extends Error {
  override readonly name = 'TooLong';

  /** @param length of its text, or of a part of it */
  constructor(readonly length: number) {
    super(`it has ${length} characters`);
  }
}

/** Something that is not plain data. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain';

  /**
   * @param path to the culprit, such as `.votes[2]`; empty for the value itself
   * @param found what is there
   * @param hint what to write instead
   */
  constructor(
    readonly path: string,
    readonly found: string,
    readonly hint: string,
  ) {
    super(`${path === '' ? 'the value' : path} is ${found}`);
  }
}

interface Nested extends Canonical {
  readonly depth: number;
}

function depthOver(parts: readonly Nested[]): number {
  return 1 + parts.reduce((deepest, { depth }) => Math.max(deepest, depth), 0);
}

function tooDeep(): NotPlain {
  return new NotPlain(
    '',
    `nested more than ${DEEPEST} levels deep`,
    'use an array instead of a chain of objects',
  );
}

export class PlainData {
  /** The text of what is canonical already, and how deep that is nested. */
  private readonly known = new WeakMap<object, Nested>();

  /** @throws NotPlain, TooLong */
  canonical(value: unknown): Canonical {
    return this.visit(value, '', []);
  }

  private visit(value: unknown, path: string, within: readonly object[]): Nested {
    if (typeof value !== 'object' || value === null) return { ...scalar(value, path), depth: 0 };
    const known = this.known.get(value);
    if (known !== undefined) return known;
    if (within.includes(value)) {
      throw new NotPlain(path, 'a part of itself', 'let it hold a name or a number instead of a reference');
    }
    if (within.length > DEEPEST) throw tooDeep();
    const made = Array.isArray(value)
      ? this.array(value, path, [...within, value])
      : this.object(value, path, [...within, value]);
    if (made.text.length > LONGEST_TEXT) throw new TooLong(made.text.length);
    if (within.length + made.depth > DEEPEST) throw tooDeep();
    this.known.set(made.value as object, made);
    return made;
  }

  private array(value: readonly unknown[], path: string, within: readonly object[]): Nested {
    // Not `map`, which passes over holes.
    const items = Array.from(value, (item, index) => this.visit(item, `${path}[${index}]`, within));
    return {
      value: Object.freeze(items.map((item) => item.value)),
      text: `[${items.map((item) => item.text).join(',')}]`,
      depth: depthOver(items),
    };
  }

  /** A field that is undefined is left out, as in JSON. */
  private object(value: object, path: string, within: readonly object[]): Nested {
    assertPlainObject(value, path);
    const entries = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => compareStrings(a, b))
      .map(([key, field]) => [key, this.visit(field, pathTo(path, key), within)] as const);
    // `fromEntries` defines properties, so that not even `__proto__` has a meaning of its own.
    return {
      value: Object.freeze(Object.fromEntries(entries.map(([key, field]) => [key, field.value]))),
      text: `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${field.text}`).join(',')}}`,
      depth: depthOver(entries.map(([, field]) => field)),
    };
  }
}

/** Where two values first differ, as a path with both sides; undefined where they are equal. */
export function firstDifference(
  a: unknown,
  b: unknown,
  path = '',
): { readonly path: string; readonly a: unknown; readonly b: unknown } | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return { path, a, b };
  if (Array.isArray(a) !== Array.isArray(b)) return { path, a, b };
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compareStrings);
  for (const key of keys) {
    const [left, right] = [a, b].map((side) => (side as Readonly<Record<string, unknown>>)[key]);
    const below = firstDifference(left, right, Array.isArray(a) ? `${path}[${key}]` : pathTo(path, key));
    if (below !== undefined) return below;
  }
  return undefined;
}

function scalar(value: unknown, path: string): Canonical {
  switch (typeof value) {
    case 'string':
      // Before a text is made that may be too long for any.
      if (value.length > LONGEST_TEXT) throw new TooLong(value.length);
      return { value, text: JSON.stringify(value) };
    case 'boolean':
      return { value, text: JSON.stringify(value) };
    case 'number':
      if (!Number.isFinite(value)) throw new NotPlain(path, String(value), 'use a finite number, or null');
      return { value: value + 0, text: JSON.stringify(value) };
    case 'undefined':
      return { value, text: 'undefined' };
    case 'object':
      return { value, text: 'null' };
    case 'bigint':
      throw new NotPlain(path, 'a bigint', 'use a number, or a string of digits');
    case 'symbol':
      throw new NotPlain(path, 'a symbol', 'use a string');
    case 'function':
      throw new NotPlain(path, 'a function', 'keep data in state and messages, and code in handlers');
  }
}

function assertPlainObject(value: object, path: string): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || isObjectPrototype(prototype)) {
    const [symbol] = Object.getOwnPropertySymbols(value);
    if (symbol === undefined) return;
    throw new NotPlain(path, `an object with the key ${String(symbol)}`, 'use strings as keys');
  }
  const name = (prototype as { constructor?: { name?: string } }).constructor?.name ?? 'a class';
  throw new NotPlain(
    path,
    `an instance of ${name}`,
    INSTEAD.get(name) ?? 'use a plain object, an array or a string',
  );
}

/** Of this realm or another, such as the one that a scenario file runs in. */
function isObjectPrototype(prototype: unknown): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty');
}

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['Map', 'use a plain object, with the keys as its fields'],
  ['Set', 'use a sorted array, or an object of flags'],
  ['Date', 'use a number; `context.time` is the logical time'],
  ['Promise', 'handlers are synchronous: leave out `async`, and return the state itself'],
]);

function pathTo(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
