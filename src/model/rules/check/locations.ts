/** The names of nodes that a program mentions. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { CheckedProgram, Constant, Program, RelationSchema, Rule, Term, Value } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { quote } from '../../text/quote.js';
import { groupBy } from '../../group.js';
import { messageEnds } from './message-ends.js';
import { nearest } from '../../text/suggest.js';
import { isPositive, usesOf } from '../walk.js';

/**
 * Strings in location columns, in order of first appearance. Where no message is sent, so that nothing tells nodes
 * from other strings, those in first columns: a program is most often begun with what its nodes have.
 */
export function locationsOf(
  program: Program,
  schemas: ReadonlyMap<string, RelationSchema>,
): readonly string[] {
  const isSilent = messageEnds(program).length === 0;
  const constants = program.clauses.flatMap((clause) => [
    ...columnConstants(clause, schemas),
    ...(isSilent ? firstColumnConstants(clause) : []),
  ]);
  return [...new Set(constants.map(({ value }) => String(value)))];
}

/**
 * Names that are not among `nodes`, one diagnostic a name, at its first place: errors where the program itself
 * says that a message goes to them or comes from them, and warnings where nodes stand and the name of one is near.
 * Of other names only a run can tell whether a message ever goes there; then it is an `EvaluationError`.
 */
export function undeclaredNodes(
  { program, relations }: CheckedProgram,
  nodes: readonly string[],
): readonly Diagnostic[] {
  const ends = undeclared(messageEndConstants(program), nodes);
  const others = undeclared(
    program.clauses.flatMap((clause) => [
      ...columnConstants(clause, relations),
      ...(clause.kind === 'rule' ? comparedConstants(clause, relations) : []),
    ]),
    nodes,
  );
  return [
    ...[...ends].map(([name, places]) => undeclaredNode(name, places, nodes)),
    ...[...others].flatMap(([name, places]) => (ends.has(name) ? [] : nearNode(name, places, nodes))),
  ];
}

/** Of nodes that were asked for, those that the program never names: no message goes to them or comes from them. */
export function unreachedNodes(
  { locations }: CheckedProgram,
  nodes: readonly string[],
): readonly Diagnostic[] {
  const named = new Set(locations);
  const unreached = nodes.filter((node) => !named.has(node));
  if (unreached.length === 0) return [];
  const them = unreached.length === 1 ? 'it' : 'them';
  return [
    diagnostic('RUN119', `nothing in the program reaches ${unreached.map(quote).join(', ')}`, {
      hint: `add ${them} to the facts that say who knows whom, or leave ${them} out`,
    }),
  ];
}

/** A message goes to, or comes from, what is no node. */
export interface MissingNode {
  readonly kind: 'missing node';
  readonly relation: string;
  readonly end: 'destination' | 'sender';
  readonly value: Value;
  readonly nodes: readonly string[];
  /** Where the program first writes the value. */
  readonly written: SourceSpan | undefined;
}

/** What is said of a run in which a message goes to what is no node, or comes from it. */
export function missingNode(problem: MissingNode, span: SourceSpan, time: number): Diagnostic {
  const { relation, end, value, nodes, written } = problem;
  const name = String(value);
  const way = end === 'destination' ? 'goes to' : 'comes from';
  return diagnostic('RUN103', `at time ${time}, ${relation} ${way} ${quote(name)}, which is no node`, {
    span,
    related: written && [{ message: `${quote(name)} is written here`, span: written }],
    expected: oneOf(nodes),
    hint: meant(name, nodes),
  });
}

function undeclared(
  constants: readonly Constant[],
  nodes: readonly string[],
): ReadonlyMap<string, readonly Constant[]> {
  const declared = new Set(nodes);
  return groupBy(
    constants.filter(({ value }) => !declared.has(String(value))),
    ({ value }) => String(value),
  );
}

function undeclaredNode(
  name: string,
  [{ span }, ...others]: readonly Constant[],
  nodes: readonly string[],
): Diagnostic {
  return diagnostic('RUN103', `${quote(name)} is used as a location${elsewhere(others)}, but is no node`, {
    span,
    expected: oneOf(nodes),
    hint: meant(name, nodes),
  });
}

/** Where no node's name is near, the program most likely means what it says. */
function nearNode(
  name: string,
  [{ span }, ...others]: readonly Constant[],
  nodes: readonly string[],
): readonly Diagnostic[] {
  const near = nearest(name, nodes);
  if (near === undefined) return [];
  const message = `${quote(name)} stands where nodes do${elsewhere(others)}, but is no node`;
  return [diagnostic('RUN118', message, { span, hint: `did you mean ${quote(near)}?` })];
}

function elsewhere(others: readonly Constant[]): string {
  const { length } = others;
  return length === 0 ? '' : ` (and in ${length} more place${length === 1 ? '' : 's'})`;
}

function oneOf(nodes: readonly string[]): string {
  return `one of the nodes ${nodes.join(', ')}`;
}

function meant(name: string, nodes: readonly string[]): string {
  const near = nearest(name, nodes);
  return near === undefined
    ? 'add it to the nodes'
    : `did you mean ${quote(near)}? Otherwise add it to the nodes`;
}

function messageEndConstants(program: Program): readonly Constant[] {
  return messageEnds(program).flatMap(({ atom }) => {
    const [first] = atom.terms;
    return first.kind === 'constant' ? [first] : [];
  });
}

function firstColumnConstants(clause: Program['clauses'][number]): readonly Constant[] {
  return usesOf(clause).flatMap(({ terms: [first] }) =>
    first.kind === 'constant' && typeof first.value === 'string' ? [first] : [],
  );
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
