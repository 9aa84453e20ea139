/** Everything that is decided for all fault sets at once, against a judge that runs them one by one. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDedalusText } from '../src/model/dedalus/read.js';
import { loadBackend } from '../src/solver/backends.js';
import type { SolverFactory } from '../src/solver/sat.js';
import { generatedProgram } from './generators/dedalus.js';
import { expectConditionsToEqualRuns } from './laws/conditions.js';

describe('over random programs', () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('minisat');
  });

  it('gives every fact a condition that is true of exactly the fault sets under which it holds', () => {
    fc.assert(
      fc.property(generatedProgram(), ({ text, nodes, bounds }) => {
        const { checked, diagnostics } = readDedalusText(text);
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expectConditionsToEqualRuns({ checked: checked!, nodes, bounds }, factory);
      }),
      { numRuns: 300 },
    );
  });
});
