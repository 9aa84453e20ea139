/**
 * Plain data in one form: values have equal texts exactly where JavaScript cannot tell them apart, and nothing can
 * be changed any more. A handler therefore cannot tell two equal states apart, nor change one behind the evaluator's
 * back. What it can tell apart is kept, such as the order of keys, fields that are undefined, and -0, or refused.
 */
import { compareStrings } from '../order.js';
import {
  compareElements,
  frozenMap,
  frozenSet,
  hasProperties,
  isPartless,
  containerKind,
} from './containers.js';

export interface Canonical {
  /** Frozen, through and through. */
  readonly value: unknown;
  /** Equal exactly where values are: JSON, but for `undefined` and -0. */
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

/** Objects that stand for others, such as drafts. */
export interface StandIns {
  /** What an object stands for; undefined where it is itself. */
  contents(object: object): object | undefined;
}

interface Nested extends Canonical {
  readonly depth: number;
}

export class PlainData {
  /** The text of what is canonical already, and how deep that is nested. */
  private readonly known = new WeakMap<object, Nested>();
  /** Of what is looked at. */
  private standIns: StandIns | undefined;
  /** What is left as it is, whatever it stands for. */
  private readonly opaque = new WeakSet<object>();
  /** Of each text the first value. */
  private readonly byText = new Map<string, Nested>();
  private readonly keyTexts = new Map<string, string>();
  /** The keys that lead to what is looked at, and the objects that it is within. */
  private readonly path: (string | number)[] = [];
  private readonly within: object[] = [];

  /**
   * @param interns whether equal data is one object: to compare it by `===` is then to compare what it holds, and does not
   * depend on what else was made canonical before. Data that holds what is left as it is cannot be compared by texts.
   */
  constructor(private readonly interns = true) {}

  /** @throws NotPlain, TooLong, and what a proxy throws that is looked at */
  canonical(value: unknown, standIns?: StandIns): Canonical {
    this.standIns = standIns;
    this.path.length = 0;
    this.within.length = 0;
    return this.visit(value);
  }

  /** From now on an object is left as it is, and not looked at. */
  leave(object: object): void {
    this.opaque.add(object);
  }

  private visit(value: unknown): Nested {
    if (typeof value !== 'object' || value === null) return this.scalar(value);
    if (this.opaque.has(value)) return { value, text: '', depth: 0 };
    const known = this.known.get(value);
    if (known !== undefined) return known;
    if (this.within.includes(value)) {
      throw this.notPlain('a part of itself', 'let it hold a name or a number instead of a reference');
    }
    if (this.within.length > DEEPEST) throw tooDeep();
    this.within.push(value);
    const contents = this.standIns?.contents(value) ?? value;
    const made = this.known.get(contents) ?? this.container(contents);
    this.within.pop();
    if (this.within.length + made.depth > DEEPEST) throw tooDeep();
    this.known.set(made.value as object, made);
    return made;
  }

  /** What has a text; what is known by it need not be made again. @param make the value, frozen */
  private interned(text: string, depth: number, make: () => unknown): Nested {
    const known = this.interns ? this.byText.get(text) : undefined;
    if (known !== undefined) return known;
    const made = { value: make(), text, depth };
    if (this.interns) this.byText.set(text, made);
    return made;
  }

  private container(value: object): Nested {
    if (Array.isArray(value)) return this.array(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (isPlainPrototype(prototype)) return this.object(value);
    if (!isCollectionPrototype(prototype)) throw this.instanceOf(value);
    if (hasProperties(value)) throw this.notPlain('a set or a map with other properties', 'use an object');
    return containerKind(value) === 'set'
      ? this.set(value as ReadonlySet<unknown>)
      : this.map(value as ReadonlyMap<unknown, unknown>);
  }

  private set(value: ReadonlySet<unknown>): Nested {
    const parts = new Parts();
    const elements = [...value.values()].sort(compareElements);
    for (const element of elements) parts.add(this.element(element, 'a set that holds an object').text, 0);
    return this.interned(`Set[${parts.text}]`, 1, () => frozenSet(elements));
  }

  private map(value: ReadonlyMap<unknown, unknown>): Nested {
    const parts = new Parts();
    const entries: (readonly [unknown, unknown])[] = [];
    for (const key of [...value.keys()].sort(compareElements)) {
      const { text } = this.element(key, 'a map with an object as a key');
      this.path.push(String(key));
      const made = this.visit(value.get(key));
      this.path.pop();
      parts.add(`${text}:${made.text}`, made.depth);
      entries.push([key, made.value]);
    }
    return this.interned(`Map[${parts.text}]`, 1 + parts.deepest, () => frozenMap(entries));
  }

  /** An element of a set, or a key of a map: what is compared by what it is, and not by which it is. */
  private element(element: unknown, otherwise: string): Nested {
    if (!isPartless(element)) throw this.notPlain(otherwise, 'use a string or a number that names it');
    return this.scalar(element);
  }

  private array(value: readonly unknown[]): Nested {
    // Its length alone may be more than can be looked at.
    assertLength(2 * value.length);
    if (!Array.isArray(Object.getPrototypeOf(value))) throw this.instanceOf(value);
    const keys = Reflect.ownKeys(value);
    if (keys.length <= value.length) throw this.notPlain('an array with holes', 'fill them with null');
    if (keys.length > value.length + 1)
      throw this.notPlain('an array with other properties', 'use an object');
    const parts = new Parts();
    const items: unknown[] = [];
    for (let index = 0; index < value.length; index++) {
      const item = this.field(value, index);
      parts.add(item.text, item.depth);
      items.push(item.value);
    }
    return this.interned(`[${parts.text}]`, 1 + parts.deepest, () => Object.freeze(items));
  }

  private object(value: object): Nested {
    const parts = new Parts();
    const keys = this.keysOf(value);
    const values: unknown[] = [];
    for (const key of keys) {
      const field = this.field(value, key);
      parts.add(`${this.keyText(key)}:${field.text}`, field.depth);
      values.push(field.value);
    }
    return this.interned(`{${parts.text}}`, 1 + parts.deepest, () =>
      // `fromEntries` defines properties, so that not even `__proto__` has a meaning of its own.
      Object.freeze(Object.fromEntries(keys.map((key, index) => [key, values[index]]))),
    );
  }

  private keyText(key: string): string {
    let text = this.keyTexts.get(key);
    if (text === undefined) this.keyTexts.set(key, (text = JSON.stringify(key)));
    return text;
  }

  private keysOf(value: object): readonly string[] {
    const keys = Reflect.ownKeys(value);
    const symbol = keys.find((key) => typeof key === 'symbol');
    if (symbol !== undefined)
      throw this.notPlain(`an object with the key ${String(symbol)}`, 'use strings as keys');
    return keys as string[];
  }

  private field(value: object, key: string | number): Nested {
    this.path.push(key);
    const field = Object.getOwnPropertyDescriptor(value, key)!;
    if (!('value' in field)) throw this.notPlain('a getter', 'give its value');
    if (field.enumerable !== true)
      throw this.notPlain('a hidden property', 'let it be a field like any other');
    const made = this.visit(field.value);
    this.path.pop();
    return made;
  }

  private scalar(value: unknown): Nested {
    return { value, text: this.textOf(value), depth: 0 };
  }

  private textOf(value: unknown): string {
    switch (typeof value) {
      case 'string': {
        // Before a text is made that may be too long for any.
        assertLength(value.length);
        const text = JSON.stringify(value);
        assertLength(text.length);
        return text;
      }
      case 'boolean':
        return value ? 'true' : 'false';
      case 'number':
        if (!Number.isFinite(value)) throw this.notPlain(String(value), 'use a finite number, or null');
        return Object.is(value, -0) ? '-0' : JSON.stringify(value);
      case 'undefined':
        return 'undefined';
      case 'object':
        return 'null';
      case 'bigint':
        throw this.notPlain('a bigint', 'use a number, or a string of digits');
      case 'symbol':
        throw this.notPlain('a symbol', 'use a string');
      case 'function':
        throw this.notPlain('a function', 'keep data in state and messages, and code in handlers');
    }
  }

  private instanceOf(value: object): NotPlain {
    const { constructor } = value as { constructor?: { name?: unknown } };
    if (constructor === Object)
      return this.notPlain('an object that inherits', 'let it have its fields itself');
    const name = typeof constructor?.name === 'string' ? constructor.name : 'a class';
    const instead = INSTEAD.get(name) ?? 'use a plain object, an array or a string';
    return this.notPlain(`an instance of ${name}`, instead);
  }

  private notPlain(found: string, hint: string): NotPlain {
    return new NotPlain(this.path.reduce(pathTo, ''), found, hint);
  }
}

/** The texts of parts, separated, which are not joined where they would be too long. */
class Parts {
  text = '';
  deepest = 0;

  add(text: string, depth: number): void {
    assertLength(this.text.length + text.length);
    this.text += this.text === '' ? text : `,${text}`;
    if (depth > this.deepest) this.deepest = depth;
  }
}

function assertLength(length: number): void {
  if (length > LONGEST_TEXT) throw new TooLong(length);
}

function tooDeep(): NotPlain {
  return new NotPlain(
    '',
    `nested more than ${DEEPEST} levels deep`,
    'use an array instead of a chain of objects',
  );
}

/**
 * Canonical data as a tree, in which no two places share an object: what compares parts of a state by `===` tells places
 * apart, as of drafts.
 */
export function unshared(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  switch (containerKind(value)) {
    case 'array':
      return Object.freeze((value as readonly unknown[]).map(unshared));
    case 'object':
      return Object.freeze(
        Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unshared(part)])),
      );
    case 'set':
      return frozenSet([...(value as ReadonlySet<unknown>)]);
    case 'map':
      return frozenMap(
        [...(value as ReadonlyMap<unknown, unknown>)].map(([key, part]) => [key, unshared(part)]),
      );
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
  const [kind, other] = [containerKind(a), containerKind(b)];
  if (kind !== other) return { path, a, b };
  if (kind === 'set' || kind === 'map') return firstDifference(partsOf(a), partsOf(b), path);
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compareStrings);
  for (const key of keys) {
    const [left, right] = [a, b].map((side) => (side as Readonly<Record<string, unknown>>)[key]);
    const below = firstDifference(left, right, pathTo(path, Array.isArray(a) ? Number(key) : key));
    if (below !== undefined) return below;
  }
  const [left, right] = [Object.keys(a), Object.keys(b)];
  if (left.join() === right.join()) return undefined;
  return { path: `${path}, the keys`, a: left, b: right };
}

/** The elements of a set, or the entries of a map. */
function partsOf(collection: object): readonly unknown[] {
  return [...(collection as Iterable<unknown>)];
}

function isPlainPrototype(prototype: unknown): boolean {
  return prototype === null || isObjectPrototype(prototype);
}

/** Of this realm or another, such as the one that a scenario file runs in. */
function isObjectPrototype(prototype: unknown): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty');
}

/** Of this realm or another, as of objects; of a set or a map itself, and not of a class that extends them. */
function isCollectionPrototype(prototype: unknown): boolean {
  const above: unknown = Object.getPrototypeOf(prototype);
  if (above === null || !isPlainPrototype(above)) return false;
  return ['[object Set]', '[object Map]'].includes(Object.prototype.toString.call(prototype));
}

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['Date', 'use a number; `context.time` is the logical time'],
  ['Promise', 'handlers are synchronous: leave out `async`, and return the state itself'],
]);

function pathTo(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
