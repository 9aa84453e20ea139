import { describe, expect, it } from 'vitest';
import { EXIT, exitCodeOf, exitCodeOfVerification, moreSevere } from '../../src/cli/exit-codes.js';
import { results } from '../runner/fixtures.js';

describe('exit codes', () => {
  it('follow from the verdict', () => {
    const codes = Object.fromEntries(
      Object.entries(results).map(([name, result]) => [name, exitCodeOf(result)]),
    );
    expect(codes).toEqual({
      violated: 1,
      'violated in several ways': 1,
      'violated without faults': 1,
      certified: 0,
      'certified after a fallback': 0,
      'certified though a property asks only of runs with faults': 0,
      'vacuous always': 3,
      'vacuous without failures': 3,
      'vacuous by a property': 3,
      'vacuous by several properties': 3,
      'vacuous without failures by properties': 3,
      inconclusive: 3,
      'inconclusive and fully covered to a size': 3,
      interrupted: 130,
    });
  });

  it('follow from what became of a certificate', () => {
    const valid = { kind: 'valid', solver: 'minisat', runs: 1, asking: 1, proofSteps: undefined } as const;
    expect(exitCodeOfVerification(valid)).toBe(0);
    expect(exitCodeOfVerification({ kind: 'invalid', problems: [] })).toBe(2);
  });

  it('are of the most severe of several', () => {
    const order = [EXIT.interrupted, EXIT.unable, EXIT.violated, EXIT.undecided, EXIT.certified];
    expect(order).toEqual([130, 2, 1, 3, 0]);
    order.forEach((one, index) => {
      for (const other of order.slice(index)) {
        expect(moreSevere(one, other)).toBe(one);
        expect(moreSevere(other, one)).toBe(one);
      }
    });
  });
});
