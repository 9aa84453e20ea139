/**
 * How values and JSON turn into each other, said once: from one description follow both directions. Only what the two
 * do not have alike is said at all, and the compiler asks for all of that.
 */
import { positionOf, type Source, type SourceSpan } from '../../model/diagnostics/source.js';
import type { JsonPlace } from './schema/document.js';

/** `decode` is the inverse of `encode`. */
export interface Codec<Value, Json> {
  readonly encode: (value: Value, sources: SourceTable) => Json;
  readonly decode: (json: Json, sources: SourceTable) => Value;
  /** Of a field that may be left out: it is left out of both. */
  readonly isOptional?: true;
}

/** The sources of a document, numbered in the order in which places in them are met. */
export class SourceTable {
  private readonly known: Source[];

  constructor(known: readonly Source[] = []) {
    this.known = [...known];
  }

  get all(): readonly Pick<Source, 'name' | 'text'>[] {
    return this.known.map(({ name, text }) => ({ name, text }));
  }

  numberOf(source: Source): number {
    const number = this.known.indexOf(source);
    return number === -1 ? this.known.push(source) - 1 : number;
  }

  at(number: number): Source {
    return this.known[number];
  }
}

/** What is alike. */
export function same<Value>(): Codec<Value, Value> {
  return { encode: (value) => value, decode: (json) => json };
}

/** A whole number of any size. */
export const wholeNumber: Codec<bigint, string> = {
  encode: (value) => value.toString(),
  decode: (json) => BigInt(json),
};

/** Where diagnostics point to. */
export const placeCodec: Codec<SourceSpan, JsonPlace> = {
  encode: ({ source, start, end }, sources) => ({
    source: sources.numberOf(source),
    ...positionOf(source, start),
    start,
    end,
  }),
  decode: ({ source, start, end }, sources) => ({ source: sources.at(source), start, end }),
};

/** What is absent is null. */
export function nullable<Value, Json>({
  encode,
  decode,
}: Codec<Value, Json>): Codec<Value | undefined, Json | null> {
  return {
    encode: (value, sources) => (value === undefined ? null : encode(value, sources)),
    decode: (json, sources) => (json === null ? undefined : decode(json, sources)),
  };
}

/** What may be left out. */
export function omittable<Value, Json>({
  encode,
  decode,
}: Codec<Value, Json>): Codec<Value | undefined, Json | undefined> {
  return {
    encode: (value, sources) => (value === undefined ? undefined : encode(value, sources)),
    decode: (json, sources) => (json === undefined ? undefined : decode(json, sources)),
    isOptional: true,
  };
}

export function listOf<Value, Json>({
  encode,
  decode,
}: Codec<Value, Json>): Codec<readonly Value[], readonly Json[]> {
  return {
    encode: (values, sources) => values.map((value) => encode(value, sources)),
    decode: (json, sources) => json.map((each) => decode(each, sources)),
  };
}

/** A codec for each field that the two have not alike. */
type Changes<Value extends object, Json extends object> = {
  readonly [
    Name in keyof Value & keyof Json as [Value[Name], Json[Name]] extends [Json[Name], Value[Name]]
      ? never
      : Name
  ]: Codec<Value[Name], Json[Name]>;
};

/** What the JSON says that follows from the rest; nothing where it says no more. */
type Derived<Value extends object, Json extends object> = [Exclude<keyof Json, keyof Value>] extends [never]
  ? []
  : [{ readonly [Name in Exclude<keyof Json, keyof Value>]: (value: Value) => Json[Name] }];

/** An object whose fields have the same names in both. */
export function fields<Value extends object, Json extends object>(
  changes: Changes<Value, Json>,
  ...[derived]: Derived<Value, Json>
): Codec<Value, Json> {
  // The compiler knows of each field that there is a codec for it, but not of fields by any name.
  const changed = Object.entries(changes as unknown as Readonly<Record<string, Codec<never, never>>>);
  const added = Object.entries<(value: Value) => unknown>(derived ?? {});
  const names = new Set(added.map(([name]) => name));
  const mapped = (object: object, through: (codec: Codec<never, never>, field: never) => unknown) =>
    changed
      .filter(([name, { isOptional }]) => name in object || isOptional !== true)
      .map(([name, codec]) => [name, through(codec, (object as Readonly<Record<string, never>>)[name])]);
  return {
    encode: (value, sources) =>
      Object.fromEntries([
        ...Object.entries(value),
        ...added.map(([name, of]) => [name, of(value)]),
        ...mapped(value, ({ encode }, field) => encode(field, sources)),
      ]) as Json,
    decode: (json, sources) =>
      Object.fromEntries([
        ...Object.entries(json).filter(([name]) => !names.has(name)),
        ...mapped(json, ({ decode }, field) => decode(field, sources)),
      ]) as Value,
  };
}

/** One of several, told apart by a field. */
export function variant<
  Tag extends string,
  Value extends Readonly<Record<Tag, string>>,
  Json extends Readonly<Record<Tag, string>>,
>(
  tag: Tag,
  cases: {
    readonly [Kind in Value[Tag] & Json[Tag]]: Codec<
      Extract<Value, Readonly<Record<Tag, Kind>>>,
      Extract<Json, Readonly<Record<Tag, Kind>>>
    >;
  },
): Codec<Value, Json> {
  const codecOf = (kind: string) => (cases as unknown as Readonly<Record<string, Codec<Value, Json>>>)[kind];
  return {
    encode: (value, sources) => codecOf(value[tag]).encode(value, sources),
    decode: (json, sources) => codecOf(json[tag]).decode(json, sources),
  };
}
