/** Data as JSON may hold it, damaged: other values, other names, and names that objects already have. */
import fc, { type Arbitrary } from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

interface Edit {
  readonly kind: 'put' | 'drop' | 'rename' | 'add' | 'wrap';
  readonly place: number;
  readonly name: string;
  readonly value: Json;
}

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'length',
  '',
];

const scalar: Arbitrary<Json> = fc.constantFrom<Json>(
  ...[null, true, false, '', 'x', '0', '-1', '1e9', '9'.repeat(400), 'a\u0000b', '\ud800', '__proto__'],
  ...[0, -0, -1, 1, 2, 1.5, 1e9, 2 ** 31, 2 ** 53, 2 ** 53 - 1, 1e308, -1e308, Number.MIN_VALUE],
);

const value: Arbitrary<Json> = fc.oneof(
  { arbitrary: scalar, weight: 6 },
  { arbitrary: fc.constantFrom<Json>([], {}, [[]], [null], [1, 'a'], { polluted: true }), weight: 2 },
  { arbitrary: fc.constantFrom(...NAMES).map((name) => own({}, name, { polluted: true })), weight: 1 },
);

const edit = (names: readonly string[]): Arbitrary<Edit> =>
  fc.record({
    kind: fc.constantFrom('put', 'put', 'put', 'drop', 'rename', 'add', 'wrap'),
    place: fc.nat(0xffff),
    name: fc.constantFrom(...NAMES, ...names),
    value,
  });

/** @param names of fields that mean something, which may turn up anywhere */
export function damagedJson(bases: readonly Json[], names: readonly string[]): Arbitrary<Json> {
  return fc
    .tuple(fc.constantFrom(...bases), fc.array(edit(names), { minLength: 1, maxLength: 4 }))
    .map(([base, edits]) => edits.reduce(apply, base));
}

/** At one of the places within, counted through. */
function apply(json: Json, { place, ...edit }: Edit): Json {
  return at(json, place % sizeOf(json), edit);
}

function at(json: Json, place: number, edit: Omit<Edit, 'place'>): Json {
  if (place === 0) return change(json, edit);
  if (Array.isArray(json)) {
    const items = json as readonly Json[];
    let left = place - 1;
    for (const [index, item] of items.entries()) {
      const size = sizeOf(item);
      if (left < size) {
        const drops = left === 0 && edit.kind === 'drop';
        return drops ? items.toSpliced(index, 1) : items.with(index, at(item, left, edit));
      }
      left -= size;
    }
    return items;
  }
  return inObject(json as Readonly<Record<string, Json>>, place - 1, edit);
}

function inObject(json: Readonly<Record<string, Json>>, place: number, edit: Omit<Edit, 'place'>): Json {
  let left = place;
  const result = {};
  for (const [name, item] of Object.entries(json)) {
    const size = sizeOf(item);
    const isHere = left >= 0 && left < size;
    if (!isHere) own(result, name, item);
    else if (left > 0 || edit.kind === 'put' || edit.kind === 'wrap') own(result, name, at(item, left, edit));
    else if (edit.kind === 'rename') own(result, edit.name, item);
    else if (edit.kind === 'add') own(own(result, name, item), edit.name, edit.value);
    left -= size;
  }
  return result;
}

function change(json: Json, { kind, value: put }: Omit<Edit, 'place'>): Json {
  return kind === 'wrap' ? [json] : put;
}

/** Values within, this one included. */
function sizeOf(json: Json): number {
  if (typeof json !== 'object' || json === null) return 1;
  const parts: readonly Json[] = Array.isArray(json) ? (json as readonly Json[]) : Object.values(json);
  return parts.reduce((size: number, part) => size + sizeOf(part), 1);
}

/** A property of the object itself whatever its name, as `JSON.parse` makes them. */
function own(object: Record<string, Json>, name: string, json: Json): Record<string, Json> {
  return Object.defineProperty(object, name, {
    value: json,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
