/** Relations that hold by themselves. */
import { CRASH, FAULT, RESTARTED, type ColumnType, type Program } from '../program.js';
import { usesOf } from '../walk.js';

const CRASH_COLUMNS: readonly ColumnType[] = ['location', 'location', 'integer'];

/** Those of which a program may have one of its own: that it derives, or that has other columns. */
const UNLESS_OWN: readonly (readonly [relation: string, columns: readonly ColumnType[]])[] = [
  [RESTARTED, ['location']],
  [FAULT, ['location', 'string']],
];

/** Those that a program may read, with the types of their columns. */
export function builtInRelations(program: Program): ReadonlyMap<string, readonly ColumnType[]> {
  const uses = program.clauses.flatMap(usesOf);
  const isOwn = (name: string, columns: number) =>
    uses.some(
      ({ relation, role, terms }) => relation === name && (role !== 'premise' || terms.length !== columns),
    );
  return new Map([
    [CRASH, CRASH_COLUMNS],
    ...UNLESS_OWN.filter(([name, columns]) => !isOwn(name, columns.length)),
  ]);
}
