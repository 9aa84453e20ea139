import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferTypes } from '../../../../src/model/rules/check/types.js';
import { readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import type { CheckedProgram, Clause } from '../../../../src/model/rules/program.js';
import { generatedProgram } from '../../../generators/dedalus.js';

function schemasOf(text: string): Readonly<Record<string, string>> {
  return columns(readDedalusText(text).checked!);
}

function columns({ relations }: Pick<CheckedProgram, 'relations'>): Readonly<Record<string, string>> {
  return Object.fromEntries([...relations.values()].map((schema) => [schema.name, schema.columns.join(' ')]));
}

describe('types are inferred', () => {
  it('from constants, arithmetic and aggregates', () => {
    const text = `
      p("a", "x", 1)@1;
      q(X, Z + 1, count<Y>, min<Y>, max<Z>, sum<Z>, avg<Z>) :- p(X, Y, Z);`;
    expect(schemasOf(text)).toEqual({
      q: 'string integer integer string integer integer integer',
      p: 'string string integer',
    });
  });

  it('from pre for post, where nothing else says what its columns hold', () => {
    const { r, post } = schemasOf(`
      p("a", 1)@1;
      pre(X, M) :- p(X, M);
      post(X, N) :- r(X, N);
      r(X, N)@next :- r(X, N);`);
    expect({ r, post }).toEqual({ r: 'string integer', post: 'string integer' });
  });

  it('through rules, in either direction and in any order', () => {
    const text = `
      late(X, Y) :- middle(X, Y);
      middle(X, Y) :- early(X, Y), limit(X, Z), Y == Z;
      early("a", N)@next :- early("a", N);
      limit(X, 3) :- middle(X, _);`;
    const integers = { late: 'string integer', middle: 'string integer', early: 'string integer' };
    expect(schemasOf(text)).toEqual({ ...integers, limit: 'string integer' });
  });

  it('locations from the ends of messages, from joins with them, and from crash', () => {
    const text = `
      node("a", "b", "c")@1;
      to(Y, X)@async :- node(X, Y, _);
      dead(X, Z, T) :- node(X, _, Z), crash(X, Z, T);`;
    expect(schemasOf(text)).toEqual({
      node: 'location location location',
      to: 'location location',
      dead: 'location location integer',
      crash: 'location location integer',
    });
  });

  it('as of any column where no message goes to a first column or comes from it', () => {
    const text = `
      link("a", "b")@1;
      log(Y, P)@async :- link(X, Y), payload(X, P);
      payload("a", "m")@1;
      round(1)@1;
      pre(R) :- round(R);
      post(R) :- round(R), fine("done");
      fine("done") :- stored(P, "fresh"), known("payload", P);
      stored(P, "fresh") :- log(_, P);
      known("payload", P) :- log(_, P);`;
    expect(schemasOf(text)).toEqual({
      link: 'location location',
      log: 'location string',
      payload: 'location string',
      round: 'integer',
      pre: 'integer',
      post: 'integer',
      fine: 'string',
      stored: 'string string',
      known: 'string string',
    });
    expect(readDedalusText(text).checked!.locations).toEqual(['a', 'b']);
  });

  it('as strings where nothing says anything', () => {
    expect(schemasOf('p(X, Y) :- q(X, Y), r(X, _);')).toEqual({
      p: 'string string',
      q: 'string string',
      r: 'string string',
    });
  });

  it('relations and locations are listed in order of first appearance', () => {
    const { checked } = readDedalusText('z(X) :- y(X, "c"), x("b"); y("a", "d")@1; x(X)@async :- y(_, X);');
    expect([...checked!.relations.keys()]).toEqual(['z', 'y', 'x']);
    expect(checked!.locations).toEqual(['c', 'b', 'a', 'd']);
  });

  it('whatever the order of the clauses', () => {
    fc.assert(
      fc.property(
        generatedProgram().chain(({ program: { clauses } }) =>
          fc.tuple(
            fc.constant<readonly Clause[]>(clauses),
            fc.shuffledSubarray([...clauses], { minLength: clauses.length }),
          ),
        ),
        ([clauses, shuffled]) => {
          const [one, other] = [clauses, shuffled].map((each) => inferTypes({ clauses: each }));
          expect(other.diagnostics).toEqual([]);
          expect(columns({ relations: other.schemas })).toEqual(columns({ relations: one.schemas }));
        },
      ),
    );
  });
});

describe('conflicts', () => {
  it('are found whatever the order of the clauses, and point at one of the sides', () => {
    const clauses = ['p("a", 1)@1;', 'q(X, Y) :- p(X, Y);', 'r(X, Y) :- q(X, Y);', 's(X) :- r(X, "no");'];
    fc.assert(
      fc.property(fc.shuffledSubarray(clauses, { minLength: clauses.length }), (shuffled) => {
        const { diagnostics } = readDedalusText(shuffled.join('\n'));
        expect(diagnostics.map(({ code }) => code)).toEqual(['DED202']);
        const [{ span, related = [] }] = diagnostics;
        const places = [span!, ...related.map((each) => each.span)];
        const texts = places.map(({ source, start, end }) => source.text.slice(start, end));
        expect(texts).toContain('1');
        expect(texts).toContain('"no"');
      }),
    );
  });
});
