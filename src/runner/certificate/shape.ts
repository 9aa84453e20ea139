/**
 * JSON of unknown origin, read into data of a known shape. Only the fields that are asked for are looked at, each
 * as the object's own, and what is read is made anew, so that a field named `__proto__` does nothing.
 */

/** Something is not of the shape that was asked for. */
export class Misshapen extends Error {
  override readonly name = 'Misshapen';

  /**
   * @param path of the value, such as `bounds.eot`; empty for the whole
   * @param expected what it should be
   */
  constructor(
    readonly path: string,
    readonly expected: string,
  ) {
    super(`${path === '' ? 'the document' : path} is not ${expected}`);
  }
}

/** @throws Misshapen */
export type Shape<Value> = (value: unknown, path: string) => Value;

export const textShape: Shape<string> = (value, path) => {
  if (typeof value !== 'string') throw new Misshapen(path, 'a string');
  return value;
};

export const flagShape: Shape<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new Misshapen(path, 'true or false');
  return value;
};

export function integerShape(least: number, most = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value, path) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
      return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new Misshapen(path, `an integer ${range}`);
  };
}

export function matching(pattern: RegExp, expected: string): Shape<string> {
  return (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new Misshapen(path, expected);
    return value;
  };
}

export function oneOfShape<const Value extends string | number>(...values: readonly Value[]): Shape<Value> {
  return (value, path) => {
    const found = values.find((each) => each === value);
    if (found === undefined)
      throw new Misshapen(path, values.map((each) => JSON.stringify(each)).join(' or '));
    return found;
  };
}

export function orNull<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (value, path) => (value === null ? null : shape(value, path));
}

export function list<Value>(shape: Shape<Value>): Shape<readonly Value[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new Misshapen(path, 'a list');
    return value.map((each: unknown, index) => shape(each, `${path}[${index}]`));
  };
}

/** An object that has these fields and no others. */
export function record<Value extends object>(fields: {
  readonly [Name in keyof Value]: Shape<Value[Name]>;
}): Shape<Value> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  const names = new Set(shapes.map(([name]) => name));
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Misshapen(path, 'an object');
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    const unknown = Object.keys(value).find((name) => !names.has(name));
    if (unknown !== undefined) throw new Misshapen(at(unknown), 'a known field');
    const read = shapes.map(([name, shape]) => {
      if (!Object.hasOwn(value, name)) throw new Misshapen(at(name), 'there');
      return [name, shape((value as Readonly<Record<string, unknown>>)[name], at(name))] as const;
    });
    // Every field of Value was read by its shape.
    return Object.fromEntries(read) as Value;
  };
}
