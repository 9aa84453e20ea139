/**
 * Twice the program is twice the work, of checks and of evaluation: what is counted is what they read of it. A
 * fixpoint in rounds over all rules, or a search through all of them for each, reads the square.
 */
import { describe, expect, it } from 'vitest';
import { concreteWorld } from '../../src/injector/world.js';
import { checkProgram } from '../../src/model/rules/check/check.js';
import { checkHorizon } from '../../src/model/rules/check/horizon.js';
import { undeclaredNodes } from '../../src/model/rules/check/locations.js';
import { PREMISE_LIMIT } from '../../src/model/rules/check/size.js';
import { checkSpecification } from '../../src/model/rules/check/specification.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { Evaluator } from '../../src/model/rules/evaluate/evaluator.js';
import { CLAUSES, LONG_CLAUSES, type Family } from '../generators/growing.js';
import { counted } from './counted.js';

const EOT = 4;

/** How often a program of a size is read, property by property, until its failure-free run has ended. */
function readsOf(family: Family, size: number): number {
  const { tree, reads } = counted(readDedalusText(family(size)).program);
  const { checked } = checkProgram(tree);
  checkHorizon(tree, EOT);
  if (checked === undefined) return reads();
  checkSpecification(checked);
  undeclaredNodes(checked, ['a']);
  const evaluator = new Evaluator(checked, { nodes: ['a'], eot: EOT, goals: ['pre', 'post'] });
  evaluator.run(concreteWorld([]), { onFiring: () => undefined });
  return reads();
}

const SMALL = 100;

/** Four times the size; what sorts takes a little more than four times the work, and what is squared sixteen times. */
const LARGE = 4 * SMALL;
const MOST = 5.5;

describe.each([...Object.entries(CLAUSES), ...Object.entries(LONG_CLAUSES)])(
  'more and more %s',
  (_, family) => {
    it('are read no more often', () => {
      expect(readsOf(family, LARGE) / readsOf(family, SMALL)).toBeLessThan(MOST);
    });
  },
);

describe('a rule', () => {
  it('may have as many premises as can be run', () => {
    for (const premise of ['p(X)', 'X == X', 'notin q(X, 1)', 'q(X, 1 + 1)']) {
      const body = Array.from({ length: PREMISE_LIMIT - 1 }, () => premise).join(', ');
      const text = `p("a")@1; q("a", 2)@1; r(X) :- p(X), ${body}; s(X) :- r(X), s(X), ${body};`;
      const { checked } = readDedalusText(text.replaceAll(`s(X), ${premise}, `, 's(X), '));
      const evaluator = new Evaluator(checked!, { nodes: ['a'], eot: 1 });
      const run = evaluator.run(concreteWorld([]));
      expect(run.factsOf('r', 1)).toHaveLength(1);
    }
  });

  it('is refused at its first premise beyond that', () => {
    const body = Array.from({ length: PREMISE_LIMIT + 1 }, (_, i) => `p(X${i})`).join(', ');
    const { checked, diagnostics } = readDedalusText(`p("a")@1; q(X0) :- ${body};`);
    expect(checked).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: 'DED115', message: `this rule has ${PREMISE_LIMIT + 1} premises` },
    ]);
    const [{ span }] = diagnostics;
    expect(span!.source.text.slice(span!.start, span!.end)).toBe(`p(X${PREMISE_LIMIT})`);
  });
});
