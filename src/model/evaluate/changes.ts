/** What the rounds of a recursive stratum add or widen: each starts from the rows that the one before it changed. */
import type { RelationStore } from './plan.js';
import type { RowId } from './tuples.js';

type RowsByRelation = Map<RelationStore, Set<RowId>>;

export class Changes {
  private last: RowsByRelation = new Map();
  private current: RowsByRelation = new Map();
  private readonly all: RowsByRelation = new Map();

  add(relation: RelationStore, row: RowId): void {
    put(this.current, relation, row);
    put(this.all, relation, row);
  }

  /** Whether any round so far changed a row. */
  has(relation: RelationStore, row: RowId): boolean {
    return this.all.get(relation)?.has(row) ?? false;
  }

  /** Begins the next round; false where the last one changed nothing. */
  turn(): boolean {
    this.last = this.current;
    this.current = new Map();
    return this.last.size > 0;
  }

  /** The rows that the last round changed. */
  rows(relation: RelationStore): readonly RowId[] {
    return [...(this.last.get(relation) ?? [])];
  }
}

function put(rows: RowsByRelation, relation: RelationStore, row: RowId): void {
  const known = rows.get(relation);
  if (known === undefined) rows.set(relation, new Set([row]));
  else known.add(row);
}
