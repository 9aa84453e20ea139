/** Changes of how often a message is sent: at every timestep once there is a reason, for ever or until it is acknowledged. */
import type { Clause, Program, Term, Variable } from '../program.js';
import type { ProgramChange } from './change.js';
import type { OwnRule } from './own-rules.js';
import { atomOf, freshRelation, namesOf, notin, ruleOf, variablesOf } from './parts.js';

export function repeat(program: Program, rules: readonly OwnRule[]): readonly ProgramChange[] {
  return rules
    .filter(({ rule }) => rule.timing === 'async')
    .flatMap((own) => {
      const { relation } = own.rule.head;
      return [
        {
          idea: { kind: 'repeat', relation, until: 'it is acknowledged' } as const,
          replacements: [{ clause: own.rule, by: untilAcknowledged(program, own) }],
        },
        {
          idea: { kind: 'repeat', relation, until: 'the end' } as const,
          replacements: [{ clause: own.rule, by: forEver(program, own) }],
        },
      ];
    });
}

/** The sender, then what it sends. */
function columnsOf({ rule, location }: OwnRule): readonly Variable[] {
  const sent = variablesOf(rule.head.terms).filter(({ name }) => name !== location.name);
  return [location, ...sent];
}

/** What is to be sent is remembered, and sent. */
function forEver(program: Program, own: OwnRule): readonly Clause[] {
  const { head, body, span } = own.rule;
  const columns = columnsOf(own);
  const due = freshRelation(program, `${head.relation}_due`);
  const atom = atomOf(due, columns, span);
  return [
    ruleOf(due, columns, 'deductive', body, span),
    ruleOf(due, columns, 'next', [atom], span),
    { ...own.rule, body: [atom] },
  ];
}

/** The same, until whoever gets it has told so. What does not say whom it is from is sent with that. */
function untilAcknowledged(program: Program, own: OwnRule): readonly Clause[] {
  const { head, body, span } = own.rule;
  const columns = columnsOf(own);
  const due = freshRelation(program, `${head.relation}_due`);
  const acknowledged = freshRelation(program, `${head.relation}_acknowledged`);
  const isDue = atomOf(due, columns, span);
  const isAcknowledged = atomOf(acknowledged, columns, span);
  const terms = head.terms as readonly Term[];
  const isSigned = namesOf(terms).has(own.location.name);
  const message = isSigned ? head.relation : freshRelation(program, `${head.relation}_from`);
  const columnsOfMessage = isSigned ? terms : [terms[0], own.location, ...terms.slice(1)];
  const arrived = atomOf(message, columnsOfMessage, span);
  return [
    ruleOf(due, columns, 'deductive', body, span),
    ruleOf(due, columns, 'next', [isDue, notin(isAcknowledged)], span),
    ruleOf(message, columnsOfMessage, 'async', [isDue, notin(isAcknowledged)], span),
    ...(isSigned ? [] : [ruleOf(head.relation, terms, 'deductive', [arrived], span)]),
    ruleOf(acknowledged, columns, 'async', [arrived], span),
    ruleOf(acknowledged, columns, 'next', [isAcknowledged], span),
  ];
}
