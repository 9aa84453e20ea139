/** What the rounds of a recursive stratum add or widen: each starts from the rows that the one before it changed. */
import type { RelationStore } from './plan.js';
import type { RowId } from './tuples.js';

type CountsByRelation = Map<RelationStore, Map<RowId, number>>;

export class Changes {
  private last: CountsByRelation = new Map();
  private current: CountsByRelation = new Map();
  private readonly all: CountsByRelation = new Map();

  add(relation: RelationStore, row: RowId): void {
    count(this.current, relation, row);
    count(this.all, relation, row);
  }

  /** How often a row changed, in all rounds so far. */
  of(relation: RelationStore, row: RowId): number {
    return this.all.get(relation)?.get(row) ?? 0;
  }

  /** Begins the next round; false where the last one changed nothing. */
  turn(): boolean {
    this.last = this.current;
    this.current = new Map();
    return this.last.size > 0;
  }

  /** The rows that the last round changed. */
  rows(relation: RelationStore): readonly RowId[] {
    return [...(this.last.get(relation)?.keys() ?? [])];
  }
}

function count(counts: CountsByRelation, relation: RelationStore, row: RowId): void {
  let rows = counts.get(relation);
  if (rows === undefined) counts.set(relation, (rows = new Map<RowId, number>()));
  rows.set(row, (rows.get(row) ?? 0) + 1);
}
