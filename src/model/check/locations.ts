/** The names of nodes that a program mentions. */
import { diagnostic } from '../diagnostics.js';
import type { Diagnostic } from '../diagnostics.js';
import type { CheckedProgram, Constant, Program, RelationSchema, Rule, Term } from '../program.js';
import type { Span } from '../source.js';
import { quote } from '../dedalus/quote.js';
import { groupBy } from './group.js';
import { nearest } from './suggest.js';
import { isPositive, usesOf } from './uses.js';

/** Strings in location columns, in order of first appearance. */
export function locationsOf(
  program: Program,
  schemas: ReadonlyMap<string, RelationSchema>,
): readonly string[] {
  const constants = program.clauses.flatMap((clause) => columnConstants(clause, schemas));
  return [...new Set(constants.map(({ value }) => String(value)))];
}

/**
 * Locations that are not among `nodes`: in columns of facts and rules, and compared with variables that
 * hold locations; one diagnostic a name, at its first place. After it has found none, every message of the program goes to a node.
 */
export function undeclaredNodes(
  { program, relations }: CheckedProgram,
  nodes: readonly string[],
): readonly Diagnostic[] {
  const declared = new Set(nodes);
  const undeclared = program.clauses
    .flatMap((clause) => [
      ...columnConstants(clause, relations),
      ...(clause.kind === 'rule' ? comparedConstants(clause, relations) : []),
    ])
    .filter(({ value }) => !declared.has(String(value)));
  return [...groupBy(undeclared, ({ value }) => String(value))].map(([name, [first, ...others]]) =>
    undeclaredNode(name, first.span, others.length, nodes),
  );
}

function undeclaredNode(name: string, span: Span, others: number, nodes: readonly string[]): Diagnostic {
  const near = nearest(name, nodes);
  const elsewhere = others === 0 ? '' : ` (and in ${others} more place${others === 1 ? '' : 's'})`;
  const meant = near === undefined ? '' : `did you mean ${quote(near)}? Otherwise `;
  return diagnostic('RUN103', `${quote(name)} is used as a location${elsewhere}, but is no node`, {
    span,
    expected: `one of the nodes ${nodes.join(', ')}`,
    hint: `${meant}add it to the nodes`,
  });
}

function columnConstants(
  clause: Program['clauses'][number],
  schemas: ReadonlyMap<string, RelationSchema>,
): readonly Constant[] {
  return usesOf(clause).flatMap(({ relation, terms }) => {
    const columns = schemas.get(relation)!.columns;
    return terms.filter(
      (term, column): term is Constant => term.kind === 'constant' && columns[column] === 'location',
    );
  });
}

function comparedConstants(
  { body }: Rule,
  schemas: ReadonlyMap<string, RelationSchema>,
): readonly Constant[] {
  const locations = new Set(
    body.filter(isPositive).flatMap(({ relation, terms }) => {
      const columns = schemas.get(relation)!.columns;
      return terms.flatMap((term, column) =>
        term.kind === 'variable' && columns[column] === 'location' ? [term.name] : [],
      );
    }),
  );
  const isLocation = (term: Term): boolean => term.kind === 'variable' && locations.has(term.name);
  return body.flatMap((premise) => {
    if (premise.kind !== 'comparison') return [];
    const { left, right } = premise;
    if (isLocation(left) && right.kind === 'constant') return [right];
    return isLocation(right) && left.kind === 'constant' ? [left] : [];
  });
}
