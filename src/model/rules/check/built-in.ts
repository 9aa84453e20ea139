/** Relations that hold by themselves. */
import { CRASH, RESTARTED, type ColumnType, type Program } from '../program.js';
import { usesOf } from '../walk.js';

const CRASH_COLUMNS: readonly ColumnType[] = ['location', 'location', 'integer'];
const RESTARTED_COLUMNS: readonly ColumnType[] = ['location'];

/** Those that a program may read, with the types of their columns. A program may have a `restarted` of its own. */
export function builtInRelations(program: Program): ReadonlyMap<string, readonly ColumnType[]> {
  const uses = program.clauses.flatMap(usesOf).filter(({ relation }) => relation === RESTARTED);
  const isOwn = uses.some(
    ({ role, terms }) => role !== 'premise' || terms.length !== RESTARTED_COLUMNS.length,
  );
  return new Map([[CRASH, CRASH_COLUMNS], ...(isOwn ? [] : [[RESTARTED, RESTARTED_COLUMNS] as const])]);
}
