/** What is told of runs is whole and plain: over random protocols, and random faults. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../src/injector/bounds.js';
import { readDedalusText } from '../src/model/rules/dedalus/read.js';
import { toJson } from '../src/report/json/findings.js';
import { jsonSchema } from '../src/report/json/json-schema.js';
import { replayProtocol } from '../src/runner/replay.js';
import type { RunResult } from '../src/runner/result.js';
import type { Protocol } from '../src/model/protocol.js';
import { generatedProgram } from './generators/dedalus.js';
import { handlerExamples } from './generators/handlers/examples.js';
import { generatedHandlers } from './generators/handlers/handlers.js';
import { admissibleFaultSets } from './judge/fault-sets.js';
import { expectRunToBeWhole, expectToComeBack, type Met } from './laws/runs.js';

/** Fault sets that are tried, of each protocol. */
const FAULT_SETS = 5;

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchema);

// Shrinking a failure takes as long again.
describe('a run', { timeout: 600_000 }, () => {
  it('of rules is whole, and comes back from a document', async () => {
    const met = { receipts: 0, timers: 0, changes: 0 };
    await fc.assert(
      fc.asyncProperty(generatedProgram(), async ({ text, nodes, bounds }) => {
        await expectRuns({ protocol: readDedalusText(text).checked!, nodes, bounds }, met);
      }),
      { numRuns: 12 },
    );
    expect(met.receipts).toBeGreaterThan(0);
  });

  it('of handlers is whole, and comes back from a document', async () => {
    const met = { receipts: 0, timers: 0, changes: 0 };
    await fc.assert(
      fc.asyncProperty(generatedHandlers(), async (generated) => {
        await expectRuns(generated, met);
      }),
      { numRuns: 12 },
    );
    for (const { generated } of handlerExamples) await expectRuns(generated, met);
    for (const count of Object.values(met)) expect(count).toBeGreaterThan(0);
  });
});

interface Setting {
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

async function expectRuns({ protocol, nodes, bounds }: Setting, met: Met): Promise<void> {
  let tried = 0;
  for (const faults of admissibleFaultSets(nodes, bounds)) {
    if (tried++ === FAULT_SETS) break;
    const result: RunResult = {
      name: 'random',
      bounds,
      ...replayProtocol(protocol, { nodes, bounds }, faults),
    };
    expectRunToBeWhole(result.run, met);
    const document = toJson({ results: [], runs: [result], verifications: [], diagnostics: [] });
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    await expectToComeBack(result);
  }
}
