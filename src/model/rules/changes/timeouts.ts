/**
 * Changes by which a node gives up waiting. A rule that asks that something is not there waits for that; where another rule
 * derives the same relation with other values, that is what can be concluded instead, once the wait has been too long.
 */
import { printHead } from '../print.js';
import type { Atom, Program, Rule, Term } from '../program.js';
import { atomsOf, isAggregating, positivesOf } from '../walk.js';
import type { ProgramChange } from './change.js';
import type { OwnRule } from './own-rules.js';
import {
  atomOf,
  freshRelation,
  freshVariable,
  integerTerm,
  namesOf,
  notin,
  ruleOf,
  variablesOf,
  wildcard,
} from './parts.js';

/** The longest time that is waited, in timesteps. */
const LONGEST = 6;

export function timeOut(program: Program, rules: readonly OwnRule[], eot: number): readonly ProgramChange[] {
  const deductive = rules.filter(({ rule }) => rule.timing === 'deductive' && !isAggregating(rule));
  const longest = Math.min(LONGEST, eot - 2);
  return deductive.flatMap((waiting) =>
    deductive
      .filter(({ rule }) => rule !== waiting.rule && rule.head.relation === waiting.rule.head.relation)
      .filter(({ rule }) => printHead(rule.head) !== printHead(waiting.rule.head))
      .flatMap(({ rule }) =>
        Array.from({ length: Math.max(0, longest) }, (_, index) =>
          givingUp(program, waiting, rule, index + 1),
        ).flat(),
      ),
  );
}

function givingUp(
  program: Program,
  { rule: waiting, location }: OwnRule,
  other: Rule,
  after: number,
): readonly ProgramChange[] {
  const { span } = waiting;
  const here = positivesOf(waiting).filter(({ time }) => time === undefined);
  const known = namesOf(here.flatMap(({ terms }) => terms));
  const missing = atomsOf(waiting).filter(({ negated, time }) => negated && time === undefined);
  const concluded = variablesOf(other.head.terms);
  if (here.length === 0 || missing.length === 0) return [];
  if (!concluded.every(({ name }) => known.has(name))) return [];
  const body = [...here, ...missing.map((atom) => present(atom, known))];
  const others = concluded.filter(({ name }) => name !== location.name);
  const waits = freshRelation(program, `${waiting.head.relation}_waits`);
  const steps = freshVariable(known, 'Steps', span);
  const columns = [location, ...others];
  const waited = (last: Term) => atomOf(waits, [...columns, last], span);
  const goesOn = (last: Term, premises: Rule['body']) =>
    ruleOf(waits, [...columns, last], 'next', premises, span);
  const next: Term = { kind: 'arithmetic', operator: '+', left: steps, right: integerTerm(1, span), span };
  const compare = (operator: '<' | '>=') =>
    ({ kind: 'comparison', operator, left: steps, right: integerTerm(after, span), span }) as const;
  return [
    {
      idea: { kind: 'time out', after, conclude: printHead(other.head) },
      replacements: [
        {
          clause: waiting,
          by: [
            waiting,
            goesOn(integerTerm(1, span), [...body, notin(waited(wildcard(span)))]),
            goesOn(next, [waited(steps), compare('<')]),
            goesOn(steps, [waited(steps), compare('>=')]),
            { ...other, body: [...body, waited(integerTerm(after, span))], span },
          ],
        },
      ],
    },
  ];
}

/** That what a rule waits to be gone is there, whatever it is in columns of which the rule knows nothing else. */
function present({ relation, terms, span }: Atom, known: ReadonlySet<string>): Atom {
  const columns = terms.map((term) =>
    term.kind === 'variable' && !known.has(term.name) ? wildcard(span) : term,
  );
  return atomOf(relation, columns, span);
}
