/**
 * `crash` is for specifications. Nothing may derive it; and a protocol whose messages depend on it detects
 * failures by looking at the test, which no implementation can.
 */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import { CRASH } from '../program.js';
import type { Program, Rule } from '../program.js';
import { groupBy } from '../../group.js';
import { atomsOf, rulesOf, usesOf } from '../walk.js';

export function checkCrash(program: Program): readonly Diagnostic[] {
  return [...derivations(program), ...messagesThatDependOnIt(rulesOf(program))];
}

function derivations(program: Program): readonly Diagnostic[] {
  return program.clauses
    .flatMap(usesOf)
    .filter(({ relation, role }) => relation === CRASH && role !== 'premise')
    .map(({ span }) =>
      diagnostic('DED203', '`crash` is built in and cannot be derived', {
        span,
        hint: 'it holds for the crashes of the run; name your own relation otherwise',
      }),
    );
}

function messagesThatDependOnIt(rules: readonly Rule[]): readonly Diagnostic[] {
  const feeding = relationsFeedingMessages(rules);
  return rules
    .filter((rule) => rule.timing === 'async' || feeding.has(rule.head.relation))
    .flatMap((rule) =>
      atomsOf(rule)
        .filter(({ relation }) => relation === CRASH)
        .map(({ span }) =>
          diagnostic('DED205', messageFor(rule), {
            span,
            hint: 'no node can know of a crash as it happens; use a timeout, and read `crash` in `pre` and `post`',
          }),
        ),
    );
}

function messageFor({ timing, head: { relation } }: Rule): string {
  return timing === 'async'
    ? `the message ${relation} depends on \`crash\``
    : `messages depend on \`crash\`, through ${relation}`;
}

/** Relations from which a message is derived, through any number of rules. */
function relationsFeedingMessages(rules: readonly Rule[]): ReadonlySet<string> {
  const byHead = groupBy(rules, ({ head }) => head.relation);
  const pending = rules.filter(({ timing }) => timing === 'async');
  const feeding = new Set<string>();
  for (let rule = pending.pop(); rule !== undefined; rule = pending.pop()) {
    for (const { relation } of atomsOf(rule)) {
      if (feeding.has(relation)) continue;
      feeding.add(relation);
      for (const deeper of byHead.get(relation) ?? []) pending.push(deeper);
    }
  }
  return feeding;
}
