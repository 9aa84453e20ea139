/** Strata and their errors, against reachability computed the plain way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStratification } from '../../../../src/model/rules/check/stratification.js';
import { readDedalusText } from '../../../../src/model/rules/dedalus/read.js';

/** `p<from>` reads `p<to>`. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly manner: 'positive' | 'notin' | 'aggregate';
  readonly time: number | undefined;
  readonly timing: '' | '@next' | '@async';
}

const RELATIONS = 5;
const TIMES = [1, 2, 3];
const relation = fc.nat(RELATIONS - 1);

const edges = fc.array(
  fc.record<Edge>({
    from: relation,
    to: relation,
    manner: fc.constantFrom('positive', 'positive', 'notin', 'aggregate'),
    time: fc.constantFrom(undefined, undefined, 2, 3),
    timing: fc.constantFrom('', '', '', '@next', '@async'),
  }),
  { maxLength: 9 },
);

/** Rules one a line, so that the line of a diagnostic says which edge it is about. */
function textOf(edges: readonly Edge[]): string {
  const rules = edges.map(({ from, to, manner, time, timing }) => {
    const head = `p${from}(X, ${manner === 'aggregate' ? 'max<N>' : 'N'})${timing}`;
    const premise = `${manner === 'notin' ? 'notin ' : ''}p${to}(X, N)${time === undefined ? '' : `@${time}`}`;
    return `${head} :- e(X, N), ${premise};`;
  });
  return [...rules, 'e("a", 1)@1;'].join('\n');
}

function within(edges: readonly Edge[], time: number): readonly Edge[] {
  return edges.filter((edge) => edge.timing === '' && (edge.time === undefined || edge.time === time));
}

/** `reaches[i][j]`: p<i> depends on p<j> through one rule or more (Warshall). */
function closure(edges: readonly Edge[]): readonly (readonly boolean[])[] {
  const all = Array.from({ length: RELATIONS }, (_, index) => index);
  const reaches = all.map((i) => all.map((j) => edges.some(({ from, to }) => from === i && to === j)));
  for (const k of all)
    for (const i of all) for (const j of all) reaches[i][j] ||= reaches[i][k] && reaches[k][j];
  return reaches;
}

function badEdges(edges: readonly Edge[], time: number): readonly Edge[] {
  const current = within(edges, time);
  const reaches = closure(current);
  return current.filter(
    ({ from, to, manner }) => manner !== 'positive' && (from === to || reaches[to][from]),
  );
}

describe('stratification', () => {
  it('is refused exactly where some time has a cycle that is not monotone', () => {
    fc.assert(
      fc.property(edges, (edges) => {
        const refused = checkStratification(readDedalusText(textOf(edges)).program).length > 0;
        expect(refused).toBe(TIMES.some((time) => badEdges(edges, time).length > 0));
      }),
      { numRuns: 500 },
    );
  });

  it('errors show every dependency that closes such a cycle', () => {
    fc.assert(
      fc.property(edges, (edges) => {
        const diagnostics = checkStratification(readDedalusText(textOf(edges)).program);
        const spans = diagnostics.flatMap(({ span, related = [] }) => [
          span!,
          ...related.map((each) => each.span),
        ]);
        const lines = new Set(
          spans.map(({ source, start }) => source.text.slice(0, start).split('\n').length - 1),
        );
        for (const bad of TIMES.flatMap((time) => badEdges(edges, time)))
          expect(lines).toContain(edges.indexOf(bad));
      }),
      { numRuns: 500 },
    );
  });

  it('errors show cycles that are there', () => {
    fc.assert(
      fc.property(edges, (edges) => {
        for (const { message } of checkStratification(readDedalusText(textOf(edges)).program)) {
          const [, when, chain] = /(?: at time (\d+))?: (.*)$/.exec(message)!;
          const steps = chain.split(' -> ');
          const current = within(edges, when === undefined ? 0 : Number(when));
          const manners = steps.slice(1).map((step, index) => {
            const [from, to] = [steps[index], step].map((each) => Number(/p(\d)$/.exec(each)![1]));
            const manner = /^notin/.test(step) ? 'notin' : /^agg/.test(step) ? 'aggregate' : 'positive';
            expect(current).toContainEqual(expect.objectContaining({ from, to, manner }));
            return manner;
          });
          expect(manners[0]).not.toBe('positive');
          expect(/p(\d)$/.exec(steps[0])![1]).toBe(/p(\d)$/.exec(steps.at(-1)!)![1]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('strata', () => {
  const stratified = edges.filter((each) => TIMES.every((time) => badEdges(each, time).length === 0));

  it('hold each relation that deductive rules derive, once, after what it depends on', () => {
    fc.assert(
      fc.property(stratified, fc.constantFrom(...TIMES, 4), (edges, time) => {
        const { checked } = readDedalusText(textOf(edges));
        const strata = checked!.strataAt(time);
        const deductive = edges.filter(({ timing }) => timing === '');
        const heads = deductive.map(({ from }) => `p${from}`);
        expect(strata.flatMap(({ relations }) => relations).toSorted()).toEqual(
          [...new Set(heads)].toSorted(),
        );
        const stratumOf = (index: number): number =>
          strata.findIndex(({ relations }) => relations.includes(`p${index}`));
        const reaches = closure(within(edges, time));
        for (const { from, to, manner } of within(edges, time)) {
          if (!heads.includes(`p${to}`)) continue;
          if (manner === 'positive') expect(stratumOf(to)).toBeLessThanOrEqual(stratumOf(from));
          else expect(stratumOf(to)).toBeLessThan(stratumOf(from));
          expect(stratumOf(to) === stratumOf(from)).toBe(from === to || reaches[to][from]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('say which are recursive, and have their rules in program order', () => {
    fc.assert(
      fc.property(stratified, fc.constantFrom(...TIMES), (edges, time) => {
        const { checked } = readDedalusText(textOf(edges));
        const reaches = closure(within(edges, time));
        const order = checked!.program.clauses;
        for (const { relations, recursive, rules } of checked!.strataAt(time)) {
          const indices = relations.map((name) => Number(name.slice(1)));
          expect(recursive).toBe(indices.some((index) => reaches[index][index]));
          expect(rules).toEqual(
            order.filter(
              (clause) =>
                clause.kind === 'rule' &&
                clause.timing === 'deductive' &&
                relations.includes(clause.head.relation),
            ),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are computed once a time that matters', () => {
    const { checked } = readDedalusText('p(X) :- e(X)@2; e("a")@1; e(X) :- p(X)@7;');
    expect(checked!.strataAt(3)).toBe(checked!.strataAt(100));
    expect(checked!.strataAt(2)).toBe(checked!.strataAt(2));
    expect(checked!.strataAt(2)).not.toBe(checked!.strataAt(3));
  });
});
