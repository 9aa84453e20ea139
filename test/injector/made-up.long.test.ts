/** Whatever kinds of faults there are: everything that is built of kinds, against all fault sets run one by one. */
import { effectsWithin } from '../../src/injector/world.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { countFaultSets, countFaultSetsBySize } from '../../src/injector/counts.js';
import { faultSetsOfSize } from '../../src/injector/enumerate.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { isViolated } from '../../src/injector/run.js';
import { faultSetsWithin } from '../../src/injector/smaller.js';
import { Circuit } from '../../src/lineage/circuit.js';
import { booleans } from '../../src/model/algebra.js';
import type { Protocol } from '../../src/model/protocol.js';
import { check } from '../../src/runner/check.js';
import { protocolKind } from '../../src/runner/kinds/kinds.js';
// That handlers are known.
import '../../src/runner/scenario/define.js';
import { SolverPool } from '../../src/solver/pool.js';
import { generatedProgram } from '../generators/dedalus.js';
import { generatedHandlers } from '../generators/handlers/handlers.js';
import { checkedProgram } from '../model/rules/evaluate/runs.js';
import { narrowed } from './made-up.js';
import type { CheckedSetting } from '../laws/verdicts.js';

vi.mock(import('../../src/injector/faults/kinds.js'), async (original) => {
  const { napKind, detourKind } = await import('./made-up.js');
  const { faultKinds } = await original();
  const [omission, ...others] = faultKinds;
  const madeUp = [
    detourKind('late', { instead: true, longest: 2 }),
    detourKind('twice', { instead: false, longest: 1 }),
    napKind(2),
  ];
  // Of the others, properties may ask for any.
  return { faultKinds: [omission, ...(madeUp as unknown as typeof faultKinds), ...others] };
});

/** The most fault sets that are run for one protocol. */
const FEW = 600;

const ways = [
  { strategy: 'compiled' },
  { strategy: 'compiled', budgets: { diagramNodes: 0 } },
  { strategy: 'compiled', budgets: { diagramNodes: 0 }, solver: 'minisat' },
  { strategy: 'alternating' },
  { strategy: 'exhaustive' },
  { strategy: 'random', budgets: { executions: 2_000 } },
] as const;

const pool = new SolverPool();

function allFaultSets(space: FaultSpace): readonly FaultSet[] {
  const sizes = Array.from({ length: space.largest + 1 }, (_, size) => size);
  return sizes.flatMap((size) => [...faultSetsOfSize(space, size)]);
}

/** Fewer inputs are true of it, and it is no more faults. */
function isSmaller(space: FaultSpace, a: FaultSet, b: FaultSet): boolean {
  const inputs = new Set(space.inputsOf(b));
  const own = space.inputsOf(a);
  return own.length < inputs.size && a.length <= b.length && own.every((input) => inputs.has(input));
}

function textsOf(faultSets: readonly FaultSet[]): readonly string[] {
  return faultSets.map((faults) => JSON.stringify(faults)).sort();
}

function minimalOf(space: FaultSpace, faultSets: readonly FaultSet[]): readonly FaultSet[] {
  return faultSets.filter((faults) => !faultSets.some((other) => isSmaller(space, other, faults)));
}

const scopes = [
  { nodes: ['a'], bounds: { eot: 6, eff: 0, crashes: 0 } },
  { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 1 } },
  { nodes: ['b', 'a', 'c'], bounds: { eot: 3, eff: 0, crashes: 1 } },
];

describe.each(scopes)('of the fault sets within $bounds on $nodes', ({ nodes, bounds }) => {
  const space = new FaultSpace(nodes, bounds);
  const all = allFaultSets(space);

  it('those are admissible that make the condition true, and as many are counted', () => {
    const circuit = new Circuit();
    const and = (a: number, b: number) => circuit.and(a, b);
    const algebra = {
      ...booleans,
      and,
      or: (a: number, b: number) => circuit.or(a, b),
      not: (a: number) => a ^ 1,
    };
    const condition = space.admissible({ ...algebra, input: (number) => circuit.input(number) });
    const given = new Set(all.map((faults) => space.inputsOf(faults).join()));
    expect(given.size).toBe(all.length);
    for (const faults of all) expect(space.faultsOf(space.inputsOf(faults))).toEqual(faults);
    if (space.events.length <= 12) {
      for (let bits = 0; bits < 2 ** space.events.length; bits++) {
        const isTrue = circuit.evaluate(condition, (input) => ((bits >> input) & 1) === 1);
        const inputs = [...space.events.keys()].filter((input) => (bits >> input) & 1);
        expect(isTrue).toBe(given.has(inputs.join()));
      }
    }
    expect(countFaultSets(nodes.length, bounds)).toBe(BigInt(all.length));
    const bySize = Array.from({ length: space.largest + 1 }, (_, size) =>
      BigInt(all.filter((faults) => faults.length === size).length),
    );
    expect(countFaultSetsBySize(nodes.length, bounds, space.largest)).toEqual(bySize);
  });

  it('those within one are the smaller ones, which come earlier', () => {
    const every = Math.ceil(all.length / 40);
    for (const faults of all.filter((_, index) => index % every === 0)) {
      const within = all.filter((other) => other === faults || isSmaller(space, other, faults));
      expect(textsOf([...faultSetsWithin(space, faults)])).toEqual(textsOf(within));
      expect(within.every((other) => other === faults || space.compare(other, faults) < 0)).toBe(true);
    }
  });
});

describe('every strategy finds what running every fault set finds', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    await pool.factory('minisat');
  });

  it('of rules', async () => {
    await fc.assert(
      fc.asyncProperty(generatedProgram(), ({ text, nodes, bounds }) =>
        expectEveryWayToAgree({ protocol: checkedProgram(text), nodes, bounds }),
      ),
      { numRuns: 6 },
    );
  });

  it('of handlers', async () => {
    await fc.assert(fc.asyncProperty(generatedHandlers(), expectEveryWayToAgree), { numRuns: 6 });
  });
});

async function expectEveryWayToAgree({ protocol, nodes, bounds: wide }: CheckedSetting): Promise<void> {
  const bounds = narrowed(wide);
  fc.pre(countFaultSets(nodes.length, bounds) <= FEW);
  const space = new FaultSpace(nodes, bounds);
  const violating = violatingOf(protocol, space);
  const minimal = minimalOf(space, violating);
  for (const way of ways) {
    const result = await check(protocol, {
      name: JSON.stringify(way),
      nodes,
      bounds,
      pool,
      limit: 10_000,
      ...way,
    });
    const { verdict, name } = result;
    if (verdict.kind !== 'violated') {
      if (way.strategy !== 'random') expect(violating, name).toEqual([]);
      continue;
    }
    if (verdict.violating !== undefined) expect(verdict.violating, name).toBe(BigInt(violating.length));
    const found = verdict.counterexamples.map(({ faults }) => faults);
    if (way.strategy === 'random') expect(textsOf(minimal), name).toContain(JSON.stringify(found[0]));
    else expect(textsOf(found), name).toEqual(textsOf(minimal));
    if (way.strategy !== 'random')
      expect(found, name).toEqual([...found].sort((a, b) => space.compare(a, b)));
  }
}

function violatingOf(protocol: Protocol, space: FaultSpace): readonly FaultSet[] {
  const { nodes, bounds } = space;
  const subject = protocolKind(protocol).subject(protocol, {
    nodes,
    eot: bounds.eot,
    ...effectsWithin(bounds),
    lineage: 'causal',
    checkpoint: () => undefined,
  });
  return allFaultSets(space).filter((faults) => isViolated(subject.outcome(faults)));
}
