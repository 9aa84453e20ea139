import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold } from '../../../../src/model/rules/check/fold.js';
import type { Term } from '../../../../src/model/rules/program.js';
import { term } from '../dedalus/trees.js';

type Exact = bigint | 'open' | 'string' | 'undefined';

/** By arithmetic that has no bound, so that every result out of range is seen. */
function exact(term: Term): Exact {
  if (term.kind === 'constant') return typeof term.value === 'number' ? BigInt(term.value) : 'string';
  if (term.kind !== 'arithmetic') return 'open';
  const [left, right] = [exact(term.left), exact(term.right)];
  if (left === 'undefined' || right === 'undefined') return 'undefined';
  if (term.operator === '/' && right === 0n) return 'undefined';
  if (left === 'open' || right === 'open') return 'open';
  if (left === 'string' || right === 'string') return 'undefined';
  const value =
    term.operator === '+'
      ? left + right
      : term.operator === '-'
        ? left - right
        : term.operator === '*'
          ? left * right
          : left / right;
  return value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER ? 'undefined' : value;
}

it('folding is exact arithmetic, or says that there is no exact result', () => {
  fc.assert(
    fc.property(term, (term) => {
      const folded = fold(term);
      const value = exact(term);
      switch (folded.kind) {
        case 'open':
          expect(value).toBe('open');
          return;
        case 'problem':
          expect(value).toBe('undefined');
          return;
        case 'constant':
          if (typeof folded.value === 'string') expect(value).toBe('string');
          else expect(BigInt(folded.value)).toBe(value);
          expect(Object.is(folded.value, -0)).toBe(false);
      }
    }),
    { numRuns: 3000 },
  );
});
