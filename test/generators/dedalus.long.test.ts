/** Random programs are well-formed, small, varied, and shrink to what matters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBounds } from '../../src/injector/bounds.js';
import { checkSpecification } from '../../src/model/rules/check/specification.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import type { Rule } from '../../src/model/rules/program.js';
import { prepareJudge } from '../judge/dedalus.js';
import { admissibleFaultSets, countFaultSets } from '../judge/fault-sets.js';
import { judgeVerdict } from '../judge/verdict.js';
import { generatedProgram } from './dedalus.js';
import type { GeneratedProgram } from './dedalus.js';

/** The tree without positions, and with nothing that is undefined. */
function withoutSpans(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

function rulesOf({ program }: GeneratedProgram): readonly Rule[] {
  return program.clauses.filter((clause) => clause.kind === 'rule');
}

describe('every program', () => {
  it('is read without error, with a specification, as the tree that was meant', () => {
    fc.assert(
      fc.property(generatedProgram(), ({ text, program }) => {
        const { checked, diagnostics } = readDedalusText(text);
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(checkSpecification(checked!).filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(withoutSpans(checked!.program)).toEqual(withoutSpans(program));
      }),
      { numRuns: 120 },
    );
  });

  it('has bounds that fit, and few enough fault sets to try them all', () => {
    fc.assert(
      fc.property(generatedProgram(), ({ nodes, bounds }) => {
        expect(bounds.eff).toBeLessThan(bounds.eot);
        expect(bounds.crashes).toBeLessThanOrEqual(nodes.length);
        expect(countFaultSets(nodes.length, bounds)).toBeLessThanOrEqual(1_300n);
      }),
    );
  });

  it('runs to its end under any fault set', () => {
    fc.assert(
      fc.property(generatedProgram(), fc.nat(), ({ program, nodes, bounds }, pick) => {
        const run = prepareJudge(program, { nodes, eot: bounds.eot });
        const faultSets = [...admissibleFaultSets(nodes, bounds)];
        run(faultSets[pick % faultSets.length]);
      }),
      { numRuns: 120 },
    );
  });
});

describe('many programs', () => {
  // A sample can lack anything; this one, of a fixed seed, must not.
  const sample = fc.sample(generatedProgram(), { numRuns: 400, seed: 1 });

  function classOf({ program, nodes, bounds }: GeneratedProgram): string {
    const { verdict, minimal } = judgeVerdict(program, nodes, bounds);
    return verdict === 'violated' && minimal[0].length === 0 ? 'violated without faults' : verdict;
  }

  it('get each verdict often', () => {
    const classes = sample.slice(0, 60).map(classOf);
    for (const name of ['violated', 'violated without faults', 'certified', 'vacuous']) {
      expect(classes.filter((of) => of === name).length, name).toBeGreaterThanOrEqual(classes.length / 15);
    }
  });

  const features: readonly (readonly [name: string, has: (rule: Rule, text: string) => boolean])[] = [
    ['a message', ({ timing }) => timing === 'async'],
    ['count', (_, text) => text.includes('count<')],
    ['sum', (_, text) => text.includes('sum<')],
    ['min', (_, text) => text.includes('min<')],
    ['max', (_, text) => text.includes('max<')],
    ['avg', (_, text) => text.includes('avg<')],
    ['an aggregate that is sent', ({ timing }, text) => timing === 'async' && text.includes('<')],
    ['an absolute time', (_, text) => /[^n] \w+\([^()]*\)@\d/.test(text)],
    ['an absolute time in notin', (_, text) => /notin \w+\([^()]*\)@\d/.test(text)],
    ['a wildcard', (_, text) => /(:-|,) \w+\([^()]*_[^()]*\)/.test(text)],
    ['a wildcard in notin', (_, text) => /notin \w+\([^()]*_[^()]*\)/.test(text)],
    ['arithmetic', (_, text) => / [-+*/] /.test(text)],
    ['a comparison', ({ body }) => body.some(({ kind }) => kind === 'comparison')],
    ['crash', (_, text) => text.includes(', crash(')],
    ['a fault by name', (_, text) => text.includes(', fault(')],
    ['notin fault', (_, text) => text.includes('notin fault(')],
    ['notin crash', (_, text) => text.includes('notin crash(')],
    [
      'recursion within a timestep',
      ({ timing, head }, text) =>
        timing === 'deductive' && new RegExp(`(:-|,) ${head.relation}\\([^()]*\\)[,;]`).test(text),
    ],
    ['a head elsewhere', ({ timing }, text) => timing === 'deductive' && /^\w+\(Y.*:- \w+\(X/.test(text)],
    ['a message to oneself', (_, text) => /^\w+\(X.*@async :- \w+\(X/.test(text)],
  ];

  it.each(features)('have %s', (_, has) => {
    const found = sample.filter((generated) => {
      const lines = generated.text.split('\n').filter((line) => line.includes(':-'));
      return rulesOf(generated).some((rule, index) => has(rule, lines[index]));
    });
    expect(found.length).toBeGreaterThanOrEqual(3);
  });
});

describe('a failing program', () => {
  function shrunk(fails: (generated: GeneratedProgram) => boolean): GeneratedProgram {
    const { counterexample } = fc.check(
      fc.property(generatedProgram(), (generated) => !fails(generated)),
      { seed: 1, numRuns: 1_000 },
    );
    return counterexample![0];
  }

  it('shrinks to two rules beside pre and post where it must aggregate', () => {
    const { text } = shrunk((generated) =>
      rulesOf(generated).some(({ head }) => head.terms.some(({ kind }) => kind === 'aggregate')),
    );
    expect(text.split('\n').filter((line) => line.includes(':-')).length).toBeLessThanOrEqual(4);
  });

  it('shrinks to few clauses where faults break it', () => {
    const { program } = shrunk(({ program, nodes, bounds }) => {
      const { minimal } = judgeVerdict(program, nodes, bounds);
      return minimal.length > 0 && minimal[0].length > 0;
    });
    expect(program.clauses.filter(({ kind }) => kind === 'rule').length).toBeLessThanOrEqual(7);
  });

  it('prints as a program with the header that runs it', () => {
    const [generated] = fc.sample(generatedProgram(), { numRuns: 1, seed: 1 });
    const { header } = readDedalusText(String(generated));
    expect(header.nodes!.map(({ name }) => name)).toEqual(generated.nodes);
    expect(header.checks.map(({ bounds }) => formatBounds(bounds))).toEqual([formatBounds(generated.bounds)]);
  });
});
