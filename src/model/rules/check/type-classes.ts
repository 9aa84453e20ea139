/** Classes of things that are of one type: union-find (path halving), with where each type was learned. */
import type { RelatedPlace } from '../../diagnostics/diagnostics.js';
import type { ColumnType } from '../program.js';

/** A handle; two that were unified have the same type. */
export type TypeClass = number;

interface Knowledge {
  readonly type: ColumnType;
  /** Where that is said; absent where it holds of the language itself. */
  readonly evidence: RelatedPlace | undefined;
  /** When that was learned; of two places that say the same, the earlier is kept. */
  readonly since: number;
}

export class TypeClasses {
  private readonly parents: number[] = [];
  private readonly known: (Knowledge | undefined)[] = [];

  add(type?: ColumnType, evidence?: RelatedPlace): TypeClass {
    this.known.push(type === undefined ? undefined : { type, evidence, since: this.known.length });
    return this.parents.push(this.parents.length) - 1;
  }

  typeOf(member: TypeClass): ColumnType | undefined {
    return this.known[this.root(member)]?.type;
  }

  evidenceOf(member: TypeClass): RelatedPlace | undefined {
    return this.known[this.root(member)]?.evidence;
  }

  /** False, with nothing changed, where one is of integers and the other is not. */
  unify(a: TypeClass, b: TypeClass): boolean {
    const [one, other] = [this.root(a), this.root(b)];
    if (one === other) return true;
    const merged = merge(this.known[one], this.known[other]);
    if (merged === 'conflict') return false;
    this.parents[one] = other;
    this.known[other] = merged;
    return true;
  }

  private root(member: TypeClass): number {
    let at = member;
    while (this.parents[at] !== at) {
      this.parents[at] = this.parents[this.parents[at]];
      at = this.parents[at];
    }
    return at;
  }
}

/** A location outranks a string, being one. */
function merge(one: Knowledge | undefined, other: Knowledge | undefined): Knowledge | undefined | 'conflict' {
  if (one === undefined || other === undefined) return one ?? other;
  if ((one.type === 'integer') !== (other.type === 'integer')) return 'conflict';
  if (one.type === other.type) return one.since < other.since ? one : other;
  return one.type === 'location' ? one : other;
}
