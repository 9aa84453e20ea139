import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dataText,
  fromJsonData,
  sorted,
  toJsonData,
  type Data,
  type JsonData,
} from '../../src/model/data.js';

const name = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.constantFrom('$', '$undefined', '$$undefined', '__proto__', '1', '02', 'toString'),
);

const { data } = fc.letrec<{ data: Data }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(undefined, null, true, 0, -0, 1.5, '', '$'),
    fc.string({ maxLength: 3 }),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(name, tie('data'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

function throughText(json: JsonData): JsonData {
  return JSON.parse(JSON.stringify(json)) as JsonData;
}

describe('data', () => {
  it('comes back from JSON', () => {
    fc.assert(
      fc.property(data, (value) => {
        const given = sorted(value);
        expect(fromJsonData(throughText(toJsonData(given)))).toStrictEqual(given);
      }),
    );
  });

  it('has the text of other data only where it is the same but for the order of keys', () => {
    fc.assert(
      fc.property(data, data, (a, b) => {
        const [left, right] = [sorted(a), sorted(b)];
        expect(dataText(left) === dataText(right)).toBe(isEqual(left, right));
        expect(dataText(sorted(reversed(a)))).toBe(dataText(left));
      }),
    );
  });

  it('tells what JSON has no word for by a key of its own', () => {
    expect(toJsonData({ $cost: 1, leader: undefined })).toEqual({
      $$cost: 1,
      leader: { $undefined: true },
    });
  });
});

function isEqual(a: Data, b: Data): boolean {
  try {
    expect(a).toStrictEqual(b);
    return true;
  } catch {
    return false;
  }
}

/** The same with the keys of objects the other way round. */
function reversed(value: Data): Data {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Data[]).map(reversed);
  const entries = Object.entries<Data>(value as { readonly [key: string]: Data });
  return Object.fromEntries(entries.reverse().map(([key, each]) => [key, reversed(each)]));
}
