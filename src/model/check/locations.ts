/** The names of nodes that a program mentions. */
import { diagnostic } from '../diagnostics.js';
import type { Diagnostic } from '../diagnostics.js';
import type { CheckedProgram, Constant, Program, RelationSchema, Rule, Term } from '../program.js';
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
 * hold locations. After it has found none, every message of the program goes to a node.
 */
export function undeclaredNodes(
  { program, relations }: CheckedProgram,
  nodes: readonly string[],
): readonly Diagnostic[] {
  const declared = new Set(nodes);
  return program.clauses
    .flatMap((clause) => [
      ...columnConstants(clause, relations),
      ...(clause.kind === 'rule' ? comparedConstants(clause, relations) : []),
    ])
    .filter(({ value }) => !declared.has(String(value)))
    .map(({ value, span }) => {
      const near = nearest(String(value), nodes);
      return diagnostic('RUN103', `"${value}" is used as a location, but is no node`, {
        span,
        expected: `one of the nodes ${nodes.join(', ')}`,
        hint:
          near === undefined
            ? 'add it to the nodes'
            : `did you mean "${near}"? Otherwise add it to the nodes`,
      });
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
