/** What plain data keeps of what it is given, and what it refuses to lose. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT, NotPlain, PlainData, TooLong } from '../../../src/model/handlers/plain.js';

const plain = () => new PlainData();

const leaf = fc.oneof(
  fc.constantFrom(null, undefined, true, false, 0, -0, ''),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
);
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('data'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Whether JavaScript cannot tell two values apart, but by identity. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [left, right] = [Object.keys(a), Object.keys(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.length &&
    left.every((key, index) => key === right[index] && same(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

describe('plain data', () => {
  it('is what it was given, to whoever looks at it', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(same(plain().canonical(value).value, value)).toBe(true);
      }),
    );
  });

  it('has equal texts exactly where nobody could tell it apart', () => {
    fc.assert(
      fc.property(data, data, (a, b) => {
        const { canonical } = { canonical: (value: unknown) => plain().canonical(value).text };
        expect(canonical(a) === canonical(b)).toBe(same(a, b));
      }),
    );
  });

  it.each([
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: undefined }, {}],
    [0, -0],
    [[], {}],
    [[undefined], [null]],
  ])('tells %o from %o', (a, b) => {
    expect(plain().canonical(a).text).not.toBe(plain().canonical(b).text);
  });

  const hidden = Object.defineProperty({}, 'x', { value: 1 });
  class Votes extends Array<string> {}
  it.each<[string, unknown, string]>([
    ['a hole', { votes: [1, , 2] }, '.votes'], // oxlint-disable-line no-sparse-arrays
    ['a property of an array', Object.assign([1], { sum: 1 }), ''],
    ['a symbol of an array', Object.assign([1], { [Symbol('x')]: 1 }), ''],
    ['a hidden property', { at: [hidden] }, '.at[0].x'],
    [
      'a getter',
      {
        get x() {
          throw new Error('it is not called');
        },
      },
      '.x',
    ],
    ['a kind of array', new Votes(), ''],
    ['an object that inherits', Object.create({ type: 'ping' }), ''],
  ])('refuses %s, and says where', (_, value, path) => {
    let refused: unknown;
    try {
      plain().canonical(value);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(NotPlain);
    expect((refused as NotPlain).path).toBe(path);
  });

  const shared = ['x'.repeat(LONGEST_TEXT - 10)];
  it.each<[string, unknown]>([
    ['an array that is long by its length alone', new Array(3e7)],
    ['many copies of one part', new Array(10_000).fill(shared)],
    ['a string', 'x'.repeat(LONGEST_TEXT + 1)],
    ['a string that is long as JSON', '\0'.repeat(LONGEST_TEXT / 2)],
  ])('is not made of what is too long: %s', (_, value) => {
    expect(() => plain().canonical(value)).toThrow(TooLong);
  });
});
