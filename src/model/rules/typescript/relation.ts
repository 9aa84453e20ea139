/** Relations with named and typed columns, and the atoms, heads and facts that they are written in. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import { CRASH, FAULT, RESTARTED } from '../program.js';
import type { Aggregated } from './aggregates.js';
import { AtomDraft } from './atoms.js';
import { readColumns } from './columns.js';
import type { Schema } from './columns.js';
import type { Operand } from './expressions.js';
import { variables } from './expressions.js';
import { checkName } from './names.js';
import { callerSpan } from '../../diagnostics/place.js';
import { integer, location, string } from './types.js';
import type { Typed, ValuesOf } from './types.js';
import type { WrittenAtom, WrittenClause, WrittenHead } from './written.js';

/**
 * Names and types of columns. Of a message the first is a location, its destination, and so is that of what it is
 * sent from. A variable will do for its type.
 */
export type Columns = Readonly<Record<string, Typed>>;

/** What facts hold: a constant in every column. */
export type ConstantColumns<Of extends Columns> = {
  readonly [Name in keyof Of]: ValuesOf<Of[Name]>;
};

/** A constant or an expression in every column. */
export type AllColumns<Of extends Columns> = {
  readonly [Name in keyof Of]: Of[Name] extends Typed<infer Type, infer Values>
    ? Operand<Type, Values>
    : never;
};

/** What heads derive: all columns, some of which may be aggregates. */
export type HeadColumns<Of extends Columns> = {
  readonly [Name in keyof Of]: Of[Name] extends Typed<infer Type, infer Values>
    ? Operand<Type, Values> | Aggregated<Type, Values>
    : never;
};

/** What premises ask for: a column that is left out may hold anything. */
export type SomeColumns<Of extends Columns> = {
  readonly [Name in keyof Of]?: AllColumns<Of>[Name] | undefined;
};

/** An atom that may be read at a timestep of its own. */
export interface TimelessAtom extends WrittenAtom {
  /** The same atom at an absolute time, from 1, rather than at the rule's own. */
  at(time: number): WrittenAtom;
}

/** An atom without variables: at a time, it is a fact. */
export interface ConstantAtom extends TimelessAtom, WrittenHead {
  at(time: number): WrittenAtom & WrittenClause;
}

/** A relation. Called, it makes an atom, which is a premise and, with all columns, the head of a rule. */
export interface Relation<Of extends Columns = Columns> {
  (columns: ConstantColumns<Of>): ConstantAtom;
  (columns: AllColumns<Of>): TimelessAtom & WrittenHead;
  (columns: HeadColumns<Of>): WrittenHead;
  (columns: SomeColumns<Of>): TimelessAtom;
  readonly schema: Schema;
  /** The rule that keeps whatever is in it: `p(X)@next :- p(X)`. */
  persists(): WrittenClause;
}

/** How a relation is kept. */
export interface RelationOptions {
  /** Whether an outage of a node leaves what `@next` rules carry of it there, as if on disk. Default: false. */
  readonly durable?: boolean;
}

/**
 * Declares a relation.
 *
 * @example
 * const log = relation('log', { node: location(['a', 'b']), message: string });
 */
export function relation<const Of extends Columns>(
  name: string,
  columns: Of,
  { durable = false }: RelationOptions = {},
): Relation<Of> {
  const schema = { ...schemaOf(name, columns), ...(durable && { durable: callerSpan() }) };
  const atom = (given: unknown): AtomDraft => {
    const span = callerSpan();
    return new AtomDraft(schema, readColumns(schema, given, span), span);
  };
  const persists = (): WrittenClause => {
    const all = atom(variables(columns));
    return all.next.when(all);
  };
  return Object.assign(atom, { schema, persists });
}

/** The built-in relation that specifications read: for a crash of `node` at `time`, it holds everywhere and always. */
export const crash = relation(CRASH, { observer: location(), node: location(), time: integer });

/** The built-in relation that holds at a node where it starts again after an outage. */
export const restarted = relation(RESTARTED, { node: location() });

/** The built-in relation that holds at a node where what the author calls `name` happens: within the bound of that name. */
export const fault = relation(FAULT, { node: location(), name: string });

function schemaOf(name: string, columns: Columns): Schema {
  const entries = Object.entries(columns);
  const problems = [
    ...checkName(name, 'relation'),
    ...entries.flatMap(([column]) => checkName(column, 'column')),
    ...(entries.length > 0 ? [] : [noColumns(name)]),
  ];
  return { name, columns: entries, problems };
}

function noColumns(name: string): Diagnostic {
  return diagnostic('DED803', `${name} has no columns`, {
    span: callerSpan(),
    expected: 'at least one, such as `{ node: location() }`',
  });
}
