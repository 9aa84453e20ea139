/** What may happen, against what does under every fault set. */
import { effectsWithin } from '../../src/injector/world.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { MAYBE, possibilities, TooManyPossibilities } from '../../src/lineage/possible.js';
import { FALSE, TRUE } from '../../src/model/algebra.js';
import { EvaluationError } from '../../src/model/rules/evaluate/errors.js';
import { Evaluator } from '../../src/model/rules/evaluate/evaluator.js';
import { CRASH } from '../../src/model/rules/program.js';
import { generatedProgram } from '../generators/dedalus.js';
import { prepareJudge } from '../judge/dedalus.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { checkedProgram } from '../model/rules/evaluate/runs.js';

const CONDITIONS = [FALSE, TRUE, MAYBE] as const;

/** What a condition may turn out to be. */
function values(condition: number): readonly number[] {
  return condition === MAYBE ? [FALSE, TRUE] : [condition];
}

function among(condition: number, outcomes: readonly number[]): boolean {
  return outcomes.every((outcome) => values(condition).includes(outcome));
}

function isOfCrash(fact: string): boolean {
  return fact.startsWith(`["${CRASH}"`);
}

describe('possibilities', () => {
  const algebra = possibilities(Infinity);

  it('take in whatever the operands turn out to be', () => {
    for (const a of CONDITIONS) {
      expect(
        among(
          algebra.not(a),
          values(a).map((value) => 1 - value),
        ),
      ).toBe(true);
      for (const b of CONDITIONS) {
        const pairs = values(a).flatMap((left) => values(b).map((right) => [left, right] as const));
        expect(
          among(
            algebra.and(a, b),
            pairs.map(([left, right]) => left & right),
          ),
        ).toBe(true);
        expect(
          among(
            algebra.or(a, b),
            pairs.map(([left, right]) => left | right),
          ),
        ).toBe(true);
      }
    }
  });

  it('are certain of constants', () => {
    for (const a of CONDITIONS) {
      expect([algebra.and(a, FALSE), algebra.and(a, TRUE)]).toEqual([FALSE, a]);
      expect([algebra.or(a, FALSE), algebra.or(a, TRUE)]).toEqual([a, TRUE]);
      expect(algebra.isFalse(a)).toBe(a === FALSE);
    }
  });

  it('imply each other only so that nothing more can be derived', () => {
    for (const a of CONDITIONS) {
      for (const b of CONDITIONS) expect(algebra.implies(a, b)).toBe(algebra.or(a, b) === b);
    }
  });

  it('end at their limit', () => {
    const limited = possibilities(2);
    expect([limited.and(TRUE, TRUE), limited.and(MAYBE, TRUE)]).toEqual([TRUE, MAYBE]);
    expect(() => limited.and(TRUE, TRUE)).toThrow(TooManyPossibilities);
  });
});

describe('a run over possibilities', { timeout: 120_000 }, () => {
  it('has every fact that holds in some admissible run, and is certain only of what all agree on', () => {
    fc.assert(
      fc.property(generatedProgram(), ({ text, nodes, bounds }) => {
        const checked = checkedProgram(text);
        const evaluator = new Evaluator(checked, {
          nodes,
          eot: bounds.eot,
          ...effectsWithin(bounds),
        });
        const algebra = { ...possibilities(200_000), input: () => MAYBE };
        const evaluate = () => evaluator.run(new FaultSpace(nodes, bounds).world(algebra));
        let possible: ReturnType<typeof evaluate>;
        try {
          possible = evaluate();
        } catch (error) {
          // Two facts that never go together may divide by zero here, and sums over what may be have a limit.
          if (error instanceof EvaluationError || error instanceof TooManyPossibilities) return;
          throw error;
        }
        const times = Array.from({ length: bounds.eot }, (_, i) => i + 1);
        const names = [...checked.relations.keys()].filter((name) => name !== CRASH);
        const told = times.map((time) => {
          const facts = names.flatMap((name) =>
            possible
              .factsOf(name, time)
              .map(({ tuple, condition }) => [JSON.stringify([name, ...tuple]), condition] as const),
          );
          return new Map(facts);
        });
        const judge = prepareJudge(checked.program, { nodes, eot: bounds.eot });
        for (const faults of admissibleFaultSets(nodes, bounds)) {
          const judged = judge(faults);
          const wrong = times.flatMap((time) => {
            const held = judged.facts(time);
            const conditions = told[time - 1];
            const unforeseen = [...held].filter((fact) => !isOfCrash(fact) && !conditions.has(fact));
            const missing = [...conditions].filter(
              ([fact, condition]) => condition === TRUE && !held.has(fact),
            );
            return [...unforeseen, ...missing.map(([fact]) => fact)];
          });
          expect(wrong, JSON.stringify(faults)).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });
});
