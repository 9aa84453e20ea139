/** What reports may leave out is what a violation does not rest on: over random protocols, and random faults. */
import { subjectFor } from './laws/lineage.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../src/model/rules/dedalus/read.js';
import type { Protocol } from '../src/model/protocol.js';
import { generatedProgram } from './generators/dedalus.js';
import { handlerExamples, mutantsOf } from './generators/handlers/examples.js';
import { generatedHandlers } from './generators/handlers/handlers.js';
import { admissibleFaultSets } from './judge/fault-sets.js';
import type { Bounds } from '../src/injector/bounds.js';
import type { FaultSet } from '../src/injector/faults.js';
import { expectRestToBeOfNoAccount } from './laws/past.js';

/** Fault sets that are tried, of each protocol. */
const FAULT_SETS = 15;

// Shrinking a failure takes as long again.
describe('what is not in the past of a violation', { timeout: 600_000 }, () => {
  it('of rules, may be lost', () => {
    let taken = 0;
    const law = fc.property(generatedProgram(), picks, ({ text, nodes, bounds }, picked) => {
      taken += takeAll({ protocol: readDedalusText(text).checked!, nodes, bounds }, picked, leavesAsOne);
    });
    fc.assert(law, { numRuns: 10 });
    // Random programs can leave nothing to be taken; of so many, some do.
    fc.assert(law, { numRuns: 50, seed: 8 });
    expect(taken).toBeGreaterThan(0);
  });

  it('of handlers, may be lost', () => {
    let taken = 0;
    fc.assert(
      fc.property(generatedHandlers(), picks, (generated, picked) => {
        taken += takeAll(generated, picked);
      }),
      { numRuns: 10 },
    );
    for (const { generated } of handlerExamples)
      for (const variant of mutantsOf(generated)) taken += takeAll(variant, [true]);
    expect(taken).toBeGreaterThan(10);
  });
});

const picks = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });

interface Setting {
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** Of rules, lineage does not tell what the messages of a node that crashes within a timestep have to do with each other. */
function leavesAsOne(faults: FaultSet): boolean {
  return faults.every((fault) => fault.kind !== 'crash' || fault.after === undefined);
}

function takeAll(
  { protocol, nodes, bounds }: Setting,
  picked: readonly boolean[],
  isTried: (faults: FaultSet) => boolean = () => true,
): number {
  const subject = subjectFor({ protocol, nodes, bounds });
  let taken = 0;
  let tried = 0;
  for (const faults of admissibleFaultSets(nodes, bounds)) {
    if (!isTried(faults)) continue;
    if (tried++ === FAULT_SETS) break;
    taken += expectRestToBeOfNoAccount((set) => subject.replay(set), faults, picked);
  }
  return taken;
}
