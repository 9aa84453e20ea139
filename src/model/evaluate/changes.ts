/** What one round of a recursive stratum added or widened: the rows that the next round starts from. */
import type { RelationStore } from './plan.js';
import type { RowId } from './tuples.js';

export class Changes {
  private readonly byRelation = new Map<RelationStore, Set<RowId>>();

  get any(): boolean {
    return this.byRelation.size > 0;
  }

  add(relation: RelationStore, row: RowId): void {
    let rows = this.byRelation.get(relation);
    if (rows === undefined) this.byRelation.set(relation, (rows = new Set()));
    rows.add(row);
  }

  rows(relation: RelationStore): readonly RowId[] {
    return [...(this.byRelation.get(relation) ?? [])];
  }
}
