/** The conditions of all facts of every scenario, against the judge, under all fault sets or, of many, some. */
import { readdirSync } from 'node:fs';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { beforeAll, describe, it } from 'vitest';
import { formatBounds } from '../../src/injector/bounds.js';
import { countFaultSets } from '../../src/injector/counts.js';
import { randomFaultSet } from '../../src/injector/enumerate.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { readDedalus } from '../../src/model/rules/dedalus/read.js';
import { fileSystemHost } from '../../src/runner/files/file-system.js';
import { loadBackend } from '../../src/solver/backends.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { expectConditionsToEqualRuns, type Setting } from '../laws/conditions.js';

const FOLDER = 'scenarios/dedalus';

/** Fault sets that are tried of a scenario. */
const TRIED = 12;

const rows = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ded'))
  .flatMap((file) => {
    const { checked, header } = readDedalus([`${FOLDER}/${file}`], fileSystemHost);
    const nodes = header.nodes!.map(({ name }) => name);
    return header.checks.map(({ bounds }) => ({
      name: `${file} ${formatBounds(bounds)}`,
      setting: { checked: checked!, nodes, bounds },
    }));
  });

describe('the condition of every fact is true of exactly the fault sets under which it holds', () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('cadical');
  });

  it.each(rows)('in $name', ({ setting }) => {
    expectConditionsToEqualRuns(setting, factory, faultSetsOf(setting));
  });
});

function faultSetsOf({ nodes, bounds }: Setting): Iterable<FaultSet> {
  if (countFaultSets(nodes.length, bounds) <= BigInt(TRIED)) return admissibleFaultSets(nodes, bounds);
  const space = new FaultSpace(nodes, bounds);
  const generator = xoroshiro128plus(1);
  return Array.from({ length: TRIED }, () => thinned(randomFaultSet(space, () => uniformFloat64(generator))));

  /** Where every second message is lost, little happens that could differ. */
  function thinned(faults: FaultSet): FaultSet {
    const kept = uniformFloat64(generator) ** 3;
    return faults.filter(({ kind }) => kind === 'crash' || uniformFloat64(generator) < kept);
  }
}
