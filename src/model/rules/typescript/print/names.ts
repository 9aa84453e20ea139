/**
 * What things are called in TypeScript. Dedalus names neither columns nor types, and lets one name stand for a
 * relation, and for variables of several types; so columns are named by the variables that mostly stand in them,
 * and each other name goes to the first that asks for it.
 */
import { atomsOf, isPositive, leavesOf, rulesOf, usesOf } from '../../walk.js';
import type { CheckedProgram, ColumnType, RelationSchema, Rule } from '../../program.js';
import { builtInRelations } from '../../check/built-in.js';
import { CRASH, FAULT, RESTARTED } from '../../program.js';
import { RESERVED } from './reserved.js';

/** A relation with its names. What is built in is among them. */
export interface NamedRelation {
  readonly name: string;
  readonly identifier: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

export interface NamedVariable {
  readonly name: string;
  readonly type: ColumnType;
  readonly identifier: string;
}

export interface Names {
  /** In order of first appearance. */
  readonly variables: readonly NamedVariable[];
  /** By name. */
  readonly relations: ReadonlyMap<string, NamedRelation>;
  readonly locations: LocationType;
}

/** The type of locations: the nodes, unless other words stand where nodes do. */
export type LocationType = 'location(nodes)' | 'location()';

export function nameAll(checked: CheckedProgram, nodes: readonly string[]): Names {
  const taken = new Set(RESERVED);
  const variables = nameVariables(checked, taken);
  const relations = [...checked.relations.values()].map((schema) => nameRelation(schema, checked, taken));
  const areNodes = checked.locations.every((name) => nodes.includes(name));
  return {
    variables,
    relations: new Map(relations.map((each) => [each.name, each])),
    locations: areNodes ? 'location(nodes)' : 'location()',
  };
}

/** The variables of a rule with the types of the columns that bind them. */
export function variableTypes(
  rule: Rule,
  relations: ReadonlyMap<string, RelationSchema>,
): ReadonlyMap<string, ColumnType> {
  const types = new Map<string, ColumnType>();
  for (const { relation, terms } of atomsOf(rule).filter(isPositive)) {
    const { columns } = relations.get(relation)!;
    for (const [index, term] of terms.entries())
      if (term.kind === 'variable') types.set(term.name, columns[index]);
  }
  return types;
}

function nameVariables({ program, relations }: CheckedProgram, taken: Set<string>): readonly NamedVariable[] {
  const named = new Map<string, NamedVariable>();
  for (const rule of rulesOf(program)) {
    const types = variableTypes(rule, relations);
    for (const name of namesIn(rule)) {
      const type = types.get(name)!;
      const key = `${type} ${name}`;
      if (!named.has(key))
        named.set(key, { name, type, identifier: take(identifierOf(name), `_${type}`, taken) });
    }
  }
  return [...named.values()];
}

/** What ldfi calls the columns of relations that hold by themselves. */
const BUILT_IN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  [CRASH]: ['observer', 'node', 'time'],
  [FAULT]: ['node', 'name'],
  [RESTARTED]: ['node'],
};

/** In the order of the text. */
function namesIn(rule: Rule): readonly string[] {
  const leaves = usesOf(rule).flatMap(({ terms }) => terms.flatMap(leavesOf));
  return leaves.flatMap((leaf) => (leaf.kind === 'variable' ? [leaf.name] : []));
}

function nameRelation(schema: RelationSchema, checked: CheckedProgram, taken: Set<string>): NamedRelation {
  const { name, columns } = schema;
  if (builtInRelations(checked.program).has(name)) {
    const known = BUILT_IN_COLUMNS[name];
    return {
      name,
      identifier: name,
      columns: known.map((column, index) => ({ name: column, type: columns[index] })),
    };
  }
  const names = nameColumns(schema, checked);
  return {
    name,
    identifier: take(identifierOf(name), '_relation', taken),
    columns: columns.map((type, index) => ({ name: names[index], type })),
  };
}

function nameColumns({ name, columns }: RelationSchema, { program }: CheckedProgram): readonly string[] {
  const uses = program.clauses.flatMap(usesOf).filter(({ relation }) => relation === name);
  const taken = new Set<string>();
  return columns.map((_, index) => {
    const counts = new Map<string, number>();
    for (const { terms } of uses) {
      const term = terms[index];
      if (term.kind === 'variable') counts.set(term.name, (counts.get(term.name) ?? 0) + 1);
    }
    // The sort is stable: of those that occur as often, the first to appear.
    const byCount = [...counts].sort(([, one], [, other]) => other - one);
    const free = byCount.map(([each]) => each).find((each) => !taken.has(each) && each !== '__proto__');
    return take(free ?? (index === 0 ? 'node' : `column${index + 1}`), '_', taken);
  });
}

function identifierOf(name: string): string {
  return name.replace(/[.?]/g, '_');
}

function take(wanted: string, suffix: string, taken: Set<string>): string {
  let name = wanted;
  while (taken.has(name)) name += suffix;
  taken.add(name);
  return name;
}
