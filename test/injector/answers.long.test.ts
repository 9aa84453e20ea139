/** Conditions on fault sets, answered by diagram, by solver, and by trying every fault set. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultDiagram } from '../../src/injector/fault-diagram.js';
import { FaultSolver } from '../../src/injector/fault-solver.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import type { Crash, FaultSet, Omission } from '../../src/injector/faults.js';
import { parseSchedule } from '../../src/injector/schedule.js';
import type { Bounds } from '../../src/injector/bounds.js';
import { Conditions } from '../../src/lineage/conditions.js';
import { noSamples } from '../../src/lineage/samples.js';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import { admissibleFaultSets, isSmaller } from '../judge/fault-sets.js';
import { backends } from '../solver/brute-force.js';
import { keyOf, room, type Room } from './sets.js';

/** A disjunction of conjunctions of events, some negated: any condition can be written so. */
type Clauses = readonly (readonly { readonly event: number; readonly negated: boolean }[])[];

const clauses: fc.Arbitrary<Clauses> = fc.array(
  fc.array(fc.record({ event: fc.nat(1_000), negated: fc.boolean() }), { maxLength: 4 }),
  { maxLength: 4 },
);

interface Posed {
  readonly space: FaultSpace;
  readonly conditions: Conditions;
  readonly admissible: Condition;
}

function pose({ nodes, bounds }: Room): Posed {
  const space = new FaultSpace(nodes, bounds);
  const conditions = new Conditions({
    circuitLimit: 100_000,
    diagramLimit: 100_000,
    samples: noSamples,
    satisfiable: () => true,
  });
  const admissible = space.admissible(conditions);
  conditions.admit(admissible);
  return { space, conditions, admissible };
}

function conditionOf({ space, conditions }: Posed, of: Clauses): Condition {
  return of.reduce((any, conjuncts) => {
    const all = conjuncts.reduce((condition, { event, negated }) => {
      if (space.events.length === 0) return condition;
      const input = conditions.input(event % space.events.length);
      return conditions.and(condition, negated ? conditions.not(input) : input);
    }, TRUE);
    return conditions.or(any, all);
  }, FALSE);
}

function holds({ space }: Posed, of: Clauses, faults: FaultSet): boolean {
  const inputs = new Set(space.inputsOf(faults));
  return of.some((conjuncts) =>
    conjuncts.every(
      ({ event, negated }) =>
        space.events.length === 0 || inputs.has(event % space.events.length) !== negated,
    ),
  );
}

function diagramOf({ space, conditions }: Posed, condition: Condition): FaultDiagram {
  return new FaultDiagram(space, conditions.diagram!, conditions.admissibleEdge(condition)!);
}

function solverOf(
  { space, conditions, admissible }: Posed,
  condition: Condition,
  backend: (typeof backends)[number],
): FaultSolver {
  const solver = new FaultSolver(space, conditions.circuit, backend.factory.create(), space.events.keys());
  solver.require(admissible);
  solver.require(condition);
  return solver;
}

describe('the fault sets that satisfy a condition', () => {
  it('are counted, and their minimal ones found least first, by diagram as by solver', () => {
    fc.assert(
      fc.property(room, clauses, fc.integer({ min: 1, max: 8 }), (within, of, limit) => {
        const posed = pose(within);
        const { space } = posed;
        const condition = conditionOf(posed, of);
        const satisfying = [...admissibleFaultSets(within.nodes, within.bounds)]
          .filter((faults) => holds(posed, of, faults))
          .sort((a, b) => space.compare(a, b));
        const minimal = satisfying.filter((faults) => !satisfying.some((other) => isSmaller(other, faults)));
        const remaining = minimal.length > limit ? 'some' : 'none';

        const diagram = diagramOf(posed, condition);
        expect(diagram.isFalse).toBe(satisfying.length === 0);
        expect(diagram.count()).toBe(BigInt(satisfying.length));
        expect(diagram.minimal(limit)).toEqual({ found: minimal.slice(0, limit), remaining });

        for (const backend of backends) {
          const solver = solverOf(posed, condition, backend);
          expect(solver.decide([])).toBe(satisfying.length === 0 ? 'unsatisfiable' : 'satisfiable');
          if (satisfying.length > 0) expect(satisfying.map(keyOf)).toContain(keyOf(solver.example()));
          const least = solver.least();
          if (least.kind === 'found')
            expect(least).toEqual({ kind: 'found', faults: minimal[0], optimality: 'least' });
          else expect([least.kind, satisfying.length]).toEqual(['none', 0]);
          const all = solver.minimal(limit);
          expect(all.remaining).toBe(remaining);
          expect(all.found.map(({ faults }) => faults)).toEqual(minimal.slice(0, limit));
          solver.dispose();
        }
      }),
      { numRuns: 35 },
    );
  });

  it('are told on the way, and one that is shrunk is minimal within the first', () => {
    fc.assert(
      fc.property(room, clauses, fc.nat(10_000), (within, of, pick) => {
        const posed = pose(within);
        const satisfying = [...admissibleFaultSets(within.nodes, within.bounds)].filter((faults) =>
          holds(posed, of, faults),
        );
        if (satisfying.length === 0) return;
        const solver = solverOf(posed, conditionOf(posed, of), backends[0]);
        const told: FaultSet[] = [];
        const given = satisfying[pick % satisfying.length];
        const { faults, optimality } = solver.shrink(given, { onFound: (each) => told.push(each) });
        expect(optimality).toBe('minimal');
        expect(posed.space.isWithin(faults, given)).toBe(true);
        expect(satisfying.filter((other) => isSmaller(other, faults))).toEqual([]);
        expect(satisfying.map(keyOf)).toEqual(expect.arrayContaining(told.map(keyOf)));
        solver.excludeGreater(faults);
        expect(solver.decide([])).toBe(
          satisfying.every((other) => posed.space.isWithin(faults, other)) ? 'unsatisfiable' : 'satisfiable',
        );
        solver.dispose();
      }),
    );
  });
});

describe('the worked examples of the literature', () => {
  function schedules(sets: readonly FaultSet[]): ReadonlySet<string> {
    return new Set(sets.map(keyOf));
  }

  function faultSets(texts: readonly string[], nodes: readonly string[], bounds: Bounds) {
    return texts.map((text) => {
      const read = parseSchedule(text, { nodes, bounds });
      if (read.kind === 'malformed') throw new Error(`malformed: ${text}`);
      return read.faults;
    });
  }

  /** The minimal fault sets, by every way there is. */
  function minimal(posed: Posed, condition: Condition): ReadonlySet<string> {
    const byDiagram = schedules(diagramOf(posed, condition).minimal(100).found);
    for (const backend of backends) {
      const solver = solverOf(posed, condition, backend);
      expect(schedules(solver.minimal(100).found.map(({ faults }) => faults))).toEqual(byDiagram);
      solver.dispose();
    }
    return byDiagram;
  }

  it('cut four supports of two by two each in exactly two ways', () => {
    const nodes = ['a', 'b', 'c'];
    const bounds = { eot: 4, eff: 3, crashes: 0 };
    const posed = pose({ nodes, bounds });
    const { conditions, space } = posed;
    const lost = (from: string, to: string, time: number) =>
      conditions.input(space.inputOf({ kind: 'omission', from, to, time } satisfies Omission)!);
    const replicas = [lost('a', 'c', 1), lost('b', 'c', 1)];
    const broadcasts = [lost('a', 'b', 1), lost('a', 'b', 2)];
    const condition = replicas
      .flatMap((replica) => broadcasts.map((broadcast) => conditions.or(replica, broadcast)))
      .reduce((all, cut) => conditions.and(all, cut));
    expect(minimal(posed, condition)).toEqual(
      schedules(faultSets(['drop a->c@1; drop b->c@1', 'drop a->b@1; drop a->b@2'], nodes, bounds)),
    );
  });

  it.each([
    [
      { eot: 4, eff: 3, crashes: 1 },
      ['drop a->c@2; drop b->c@1', 'crash a@2; drop b->c@1', 'drop a->c@2; crash b@1'],
    ],
    [{ eot: 4, eff: 0, crashes: 2 }, ['crash a@2; crash b@1']],
    [{ eot: 4, eff: 0, crashes: 1 }, []],
  ])('remove two messages within %j', (bounds, expected) => {
    const nodes = ['a', 'b', 'c'];
    const posed = pose({ nodes, bounds });
    const { conditions, space } = posed;
    const condition = (event: Omission | Crash) => {
      const input = space.inputOf(event);
      return input === undefined ? FALSE : conditions.input(input);
    };
    const removed = (from: string, time: number) =>
      conditions.or(
        condition({ kind: 'omission', from, to: 'c', time }),
        condition({ kind: 'crash', node: from, time }),
      );
    const both = conditions.and(removed('a', 2), removed('b', 1));
    expect(minimal(posed, both)).toEqual(schedules(faultSets(expected, nodes, bounds)));
  });
});

describe('limits', () => {
  const within = { nodes: ['a', 'b', 'c'], bounds: { eot: 5, eff: 4, crashes: 1 } };

  it('end the search of a diagram with what was found', () => {
    const posed = pose(within);
    const { conditions, space } = posed;
    const any = [...space.events.keys()].reduce(
      (condition, input) => conditions.or(condition, conditions.input(input)),
      FALSE,
    );
    const { found, remaining } = diagramOf(posed, any).minimal(3);
    expect(found).toHaveLength(3);
    expect(remaining).toBe('some');
  });

  it('refuse what was said not to be reached', () => {
    const { space, conditions } = pose(within);
    const solver = new FaultSolver(space, conditions.circuit, backends[0].factory.create(), [0, 1]);
    solver.require(conditions.input(1));
    expect(() => {
      solver.require(conditions.input(2));
    }).toThrow(RangeError);
    expect(solver.event({ kind: 'omission', from: 'a', to: 'b', time: 4 })).toBeUndefined();
    solver.dispose();
  });
});
