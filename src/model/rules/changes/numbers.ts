/** Changes of how many there have to be: of what is counted, and of any number that something has to reach. */
import { printTerm } from '../print.js';
import type {
  Aggregate,
  Clause,
  Comparison,
  ComparisonOperator,
  Head,
  Premise,
  Program,
  Rule,
  Term,
} from '../program.js';
import { atomsOf, factsOf, positivesOf } from '../walk.js';
import type { ProgramChange } from './change.js';
import { carriesOn, type OwnRule } from './own-rules.js';
import { atomOf, freshVariable, integerTerm } from './parts.js';
import { asking } from './premises.js';
import { boundBy } from './spoken.js';

/** A rule waits until so many are there of what another rule counts: a majority of the nodes, or more, up to all. */
export function waitForMany(rules: readonly OwnRule[], nodes: number): readonly ProgramChange[] {
  return rules
    .filter(({ rule }) => !carriesOn(rule))
    .flatMap((own) =>
      rules.flatMap((other) =>
        countsOf(own, other.rule.head, nodes).map((premises) => asking(own.rule, premises)),
      ),
    );
}

function countsOf(
  { rule, location }: OwnRule,
  { relation, terms }: Head,
  nodes: number,
): readonly (readonly Premise[])[] {
  const { span } = rule;
  const known = boundBy(rule);
  const isAskable = (term: Term | Aggregate) =>
    isCount(term) || (term.kind === 'variable' && (term.name === location.name || known.has(term.name)));
  const isRead = atomsOf(rule).some((atom) => atom.relation === relation);
  if (isRead || !terms.some(isCount) || !terms.slice(1).every(isAskable)) return [];
  const number = freshVariable(known, 'Number', span);
  const columns = terms.map((term, place) =>
    place === 0 ? location : isCount(term) ? number : (term as Term),
  );
  const majority = Math.floor(nodes / 2) + 1;
  const atom = atomOf(relation, columns, span);
  return Array.from({ length: nodes - majority + 1 }, (_, more) => {
    const least = integerTerm(majority + more, span);
    return [atom, { kind: 'comparison', operator: '>=', left: number, right: least, span }];
  });
}

function isCount(term: Term | Aggregate): boolean {
  return term.kind === 'aggregate' && term.function === 'count';
}

/** By how much numbers are greater. */
const STEPS = [1, 2];

/** A number that something has to reach is greater: that of a comparison, or of the facts that it compares with. */
export function waitForMore(program: Program, rules: readonly OwnRule[]): readonly ProgramChange[] {
  return rules.flatMap(({ rule }) =>
    rule.body
      .filter((premise) => premise.kind === 'comparison')
      .flatMap((comparison) => STEPS.flatMap((step) => raised(program, rule, comparison, step))),
  );
}

/** Which side of a comparison has to be reached by the other. */
const REACHED: Readonly<Partial<Record<ComparisonOperator, 'left' | 'right'>>> = {
  '>=': 'right',
  '>': 'right',
  '<=': 'left',
  '<': 'left',
};

function raised(
  program: Program,
  rule: Rule,
  comparison: Comparison,
  step: number,
): readonly ProgramChange[] {
  const side = REACHED[comparison.operator];
  if (side === undefined) return [];
  const least = comparison[side];
  const of = printTerm(comparison[side === 'left' ? 'right' : 'left']);
  if (least.kind === 'variable') return raisedFacts(program, rule, { name: least.name, of }, step);
  if (least.kind !== 'constant' || typeof least.value !== 'number') return [];
  const more = { ...comparison, [side]: { ...least, value: least.value + step } };
  const body = rule.body.map((premise) => (premise === comparison ? more : premise));
  return [
    {
      idea: { kind: 'wait for more', of, least: least.value + step, before: least.value },
      replacements: [{ clause: rule, by: [{ ...rule, body }] }],
    },
  ];
}

/** The facts that give a variable its number are changed, where it is the same one in all of them. */
function raisedFacts(
  program: Program,
  rule: Rule,
  { name, of }: { readonly name: string; readonly of: string },
  step: number,
): readonly ProgramChange[] {
  return positivesOf(rule).flatMap(({ relation, terms }) => {
    const place = terms.findIndex((term) => term.kind === 'variable' && term.name === name);
    if (place === -1) return [];
    const facts = factsOf(program).filter((fact) => fact.relation === relation);
    const [before, ...others] = new Set(facts.map((fact) => fact.terms[place].value));
    if (typeof before !== 'number' || others.length > 0) return [];
    const replacements = facts.map((fact) => {
      const value = before + step;
      const more: Clause = { ...fact, terms: fact.terms.with(place, { ...fact.terms[place], value }) };
      return { clause: fact, by: [more] };
    });
    return [{ idea: { kind: 'wait for more', of, least: before + step, before } as const, replacements }];
  });
}
