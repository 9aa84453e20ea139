/** Changes of when one rule fires: what is asked besides, what is no longer asked, and what a message is sent because of. */
import { printPremise } from '../print.js';
import type { Atom, Premise, Rule } from '../program.js';
import { positivesOf, termsOf } from '../walk.js';
import type { ProgramChange } from './change.js';
import { carriesOn, type OwnRule } from './own-rules.js';
import { namesOf, notin, wildcard } from './parts.js';
import { premisesFor } from './spoken.js';

/** A rule asks one thing more: that something is at its node which other rules speak of, or that it is not. */
export function askMore(rules: readonly OwnRule[]): readonly ProgramChange[] {
  return rules
    .filter(({ rule }) => !carriesOn(rule))
    .flatMap((own) =>
      premisesFor(own, rules)
        .flatMap((atom) => [notin(atom), ...looserOf(atom).map(notin), atom])
        .map((premise) => asking(own.rule, [premise])),
    );
}

/** The same of any value in one column, where another column still tells what is meant. */
function looserOf({ terms, ...atom }: Atom): readonly Atom[] {
  const told = terms.flatMap((term, place) => (place > 0 && term.kind === 'variable' ? [place] : []));
  if (told.length < 2) return [];
  return told.map((place) => ({ ...atom, terms: terms.with(place, wildcard(atom.span)) }));
}

/** A rule asks one thing less: that something is not there. */
export function askLess(rules: readonly OwnRule[]): readonly ProgramChange[] {
  return rules.flatMap(({ rule }) =>
    rule.body
      .filter((premise) => premise.kind === 'atom' && premise.negated)
      .map((premise) => ({
        idea: { kind: 'do not ask', relation: rule.head.relation, premise: printPremise(premise) },
        replacements: [
          { clause: rule, by: [{ ...rule, body: rule.body.filter((each) => each !== premise) }] },
        ],
      })),
  );
}

/** A message is sent because of something else that tells as much. */
export function sendBecause(rules: readonly OwnRule[]): readonly ProgramChange[] {
  return rules
    .filter(({ rule }) => rule.timing === 'async')
    .flatMap((own) => {
      const others = premisesFor(own, rules);
      return positivesOf(own.rule).flatMap((premise) => {
        const needed = neededOf(own.rule, premise);
        const tells = ({ relation, terms }: Atom): boolean => {
          const names = namesOf(terms);
          return relation !== premise.relation && needed.every((name) => names.has(name));
        };
        return others.filter(tells).map((other) => because(own.rule, premise, other));
      });
    });
}

/** The change by which a rule asks more. */
export function asking(rule: Rule, premises: readonly Premise[]): ProgramChange {
  return {
    idea: { kind: 'ask', relation: rule.head.relation, premises: premises.map(printPremise) },
    replacements: [{ clause: rule, by: [{ ...rule, body: [...rule.body, ...premises] }] }],
  };
}

function because(rule: Rule, premise: Atom, other: Atom): ProgramChange {
  const body = rule.body.map((each) => (each === premise ? other : each));
  const [of, not] = [other, premise].map(printPremise);
  return {
    idea: { kind: 'send because', relation: rule.head.relation, of, not },
    replacements: [{ clause: rule, by: [{ ...rule, body }] }],
  };
}

/** The variables of a premise that the rest of its rule has, too. */
function neededOf({ head, body }: Rule, premise: Atom): readonly string[] {
  const others = body.filter((each) => each !== premise);
  const elsewhere = namesOf([...head.terms, ...others.flatMap(termsOf)]);
  return [...namesOf(premise.terms)].filter((name) => elsewhere.has(name));
}
