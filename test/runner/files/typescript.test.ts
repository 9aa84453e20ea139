import { describe, expect, it } from 'vitest';
import { typeProblems } from '../../../src/runner/files/typescript.js';

describe('what a compiler prints', () => {
  it('is errors with their places, codes and details', () => {
    const printed = `s (1).ts(12,5): error TS2322: Type '{ a: number; }' is not assignable to type 'B'.
  Property 'b' is missing in type '{ a: number; }'.
../lib.ts(1,1): error TS1005: ';' expected.\r
error TS5083: Cannot read file 'none.json'.
Found 3 errors.
`;
    expect(typeProblems(printed)).toEqual([
      {
        file: 's (1).ts',
        line: 12,
        column: 5,
        code: 'TS2322',
        message: "Type '{ a: number; }' is not assignable to type 'B'.",
        details: ["Property 'b' is missing in type '{ a: number; }'."],
      },
      { file: '../lib.ts', line: 1, column: 1, code: 'TS1005', message: "';' expected.", details: [] },
      {
        file: undefined,
        line: 1,
        column: 1,
        code: 'TS5083',
        message: "Cannot read file 'none.json'.",
        details: [],
      },
    ]);
  });
});
