/** Random syntax trees that the grammar can express, well-typed or not, and trees without their places. */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type {
  Aggregate,
  Atom,
  Clause,
  Comparison,
  Constant,
  Fact,
  Program,
  Rule,
  Term,
  Value,
  Variable,
} from '../../../../src/model/rules/program.js';
import type { SourceSpan } from '../../../../src/model/diagnostics/source.js';

const span: SourceSpan = { source: { name: 'generated', text: '' }, start: 0, end: 0 };

/** Words of the language among them, since those may be names as well. */
const name = fc.oneof(
  fc.constantFrom(
    'X',
    'Y',
    'p',
    'include',
    'notin',
    'next',
    'async',
    'count',
    'not',
    '__',
    '_x',
    'a.b?',
    'Ab_9.',
  ),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.?]{0,5}$/),
);

const value: Arbitrary<Value> = fc
  .oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.maxSafeInteger(),
    fc.constantFrom(
      '',
      'a',
      '"',
      '\\',
      '\n\t\r',
      '// no comment',
      '\u202e\u0000\u001b',
      '\ud800',
      '日本',
      'é👍',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  )
  .map((each) => (each === 0 ? 0 : each));

const constant: Arbitrary<Constant> = value.map((each) => ({ kind: 'constant', value: each, span }));

const variable: Arbitrary<Variable> = name.map((each) => ({ kind: 'variable', name: each, span }));

export const term: Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    variable,
    fc.constant<Term>({ kind: 'wildcard', span }),
    constant,
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('+', '-', '*', '/'),
      left: tie('term'),
      right: tie('term'),
      span: fc.constant(span),
    }),
  ),
})).term;

const aggregate: Arbitrary<Aggregate> = fc.record({
  kind: fc.constant('aggregate' as const),
  function: fc.constantFrom('count', 'min', 'max', 'sum', 'avg'),
  variable,
  span: fc.constant(span),
});

const time = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }));

const atom: Arbitrary<Atom> = fc.record({
  kind: fc.constant('atom' as const),
  relation: name,
  terms: fc.array(term, { minLength: 1, maxLength: 3 }),
  negated: fc.boolean(),
  time: fc.option(time, { nil: undefined }),
  span: fc.constant(span),
});

const comparison: Arbitrary<Comparison> = fc.record({
  kind: fc.constant('comparison' as const),
  operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>='),
  left: term,
  right: term,
  span: fc.constant(span),
});

const fact: Arbitrary<Fact> = fc.record({
  kind: fc.constant('fact' as const),
  relation: name,
  terms: fc.array(constant, { minLength: 1, maxLength: 3 }),
  time,
  span: fc.constant(span),
});

const rule: Arbitrary<Rule> = fc.record({
  kind: fc.constant('rule' as const),
  head: fc.record({
    relation: name,
    terms: fc.array(fc.oneof(term, aggregate), { minLength: 1, maxLength: 3 }),
    span: fc.constant(span),
  }),
  timing: fc.constantFrom('deductive', 'next', 'async'),
  body: fc.array(fc.oneof(atom, comparison), { minLength: 1, maxLength: 4 }),
  span: fc.constant(span),
});

const clause: Arbitrary<Clause> = fc.oneof(fact, rule);

export const program: Arbitrary<Program> = fc.record({ clauses: fc.array(clause, { maxLength: 6 }) });

/** The same tree with nothing said about places, so that trees from different texts can be compared. */
export function withoutSpans(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutSpans);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, part]) => (key === 'span' ? [] : [[key, withoutSpans(part)]])),
  );
}
