/** A draft of an array. Its methods are those of arrays, which read and write elements and the length. */
import { TALLY, type AnyElementTest, type TallyKind } from '../../quantifiers.js';
import { ABSENT, COPY, Draft, type DraftListener } from './draft.js';
import type { StatePlace } from './source.js';

export class ArrayDraft extends Draft {
  /** Where it is not that of the source any more. */
  private length: number | undefined;
  /** What the source has from here on was cut off. */
  private end = Infinity;

  readonly proxy = new Proxy<unknown[]>([], this);

  get(target: unknown[], key: PropertyKey): unknown {
    if (key === 'length') return this.currentLength();
    if (key === TALLY) return this.tallying;
    if (key === COPY) return this.derive;
    const value = this.element(key);
    return value === ABSENT ? (Reflect.get(target, key) as unknown) : value;
  }

  has(target: unknown[], key: PropertyKey): boolean {
    const index = indexOf(key);
    return index === undefined ? Reflect.has(target, key) : this.holds(index);
  }

  ownKeys(): string[] {
    return [...this.indices().map(String), 'length'];
  }

  getOwnPropertyDescriptor(target: unknown[], key: PropertyKey): PropertyDescriptor | undefined {
    if (!Object.isExtensible(target)) return Reflect.getOwnPropertyDescriptor(target, key);
    if (key === 'length') return { value: this.currentLength(), writable: true };
    const value = this.element(key);
    return value === ABSENT ? undefined : { value, writable: true, enumerable: true, configurable: true };
  }

  set(_: unknown[], key: PropertyKey, value: unknown): boolean {
    return this.put(key, value);
  }

  deleteProperty(_: unknown[], key: PropertyKey): boolean {
    return indexOf(key) !== undefined && this.put(key, ABSENT);
  }

  override tell(told: DraftListener, at: StatePlace): void {
    if (this.end < Infinity) told.prune(at, new Set(this.written.keys()), this.end);
    if (this.length !== undefined || this.written.size > 0) {
      if (this.hasHoles()) told.refuse('an array with holes');
      told.length(at, this.currentLength());
    }
    super.tell(told, at);
  }

  /** What the source has of an array is there without a gap. */
  private hasHoles(): boolean {
    const length = this.currentLength();
    const kept = Math.min(this.end, this.source.lengthOf(this.place));
    const taken = [...this.written].some(([index, value]) => value === ABSENT && (index as number) < length);
    return taken || Array.from({ length }).some((_, index) => index >= kept && !this.written.has(index));
  }

  /** Of one that was changed, whose gaps count as elements too, it is not worth telling which are the source's. */
  protected override tally(kind: TallyKind, test: AnyElementTest): number | undefined {
    return this.modified ? undefined : super.tally(kind, test);
  }

  protected another(): ArrayDraft {
    const copy = new ArrayDraft(this.drafts, this.place, undefined);
    copy.length = this.length;
    copy.end = this.end;
    return copy;
  }

  protected hides(index: number): boolean {
    return index >= this.end;
  }

  protected copy(): object {
    const items: unknown[] = new Array(this.currentLength());
    for (const index of this.indices()) items[index] = this.read(index);
    return items;
  }

  private element(key: PropertyKey): unknown {
    const index = indexOf(key);
    return index === undefined ? ABSENT : this.read(index);
  }

  private indices(): readonly number[] {
    return Array.from({ length: this.currentLength() }, (_, index) => index).filter((index) =>
      this.holds(index),
    );
  }

  private currentLength(): number {
    return (this.length ??= this.source.lengthOf(this.place));
  }

  private put(key: PropertyKey, value: unknown): boolean {
    if (key === 'length') return this.resize(value as number);
    const index = indexOf(key);
    if (index === undefined) return false;
    if (value !== ABSENT) this.length = Math.max(this.currentLength(), index + 1);
    this.write(index, value);
    return true;
  }

  private resize(length: number): boolean {
    if (indexOf(String(length)) === undefined) throw new RangeError('Invalid array length');
    this.forget((index) => (index as number) >= length);
    if (length < this.currentLength()) this.end = Math.min(this.end, length);
    this.length = length;
    this.change();
    return true;
  }
}

/** Undefined where a key is no index. */
function indexOf(key: PropertyKey): number | undefined {
  if (typeof key !== 'string') return undefined;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < 2 ** 32 - 1 && String(index) === key
    ? index
    : undefined;
}
