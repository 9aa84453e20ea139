/**
 * Drafts of sets and maps. They are gone through in the order of their elements or keys, whatever was put in first. What
 * is taken away meanwhile does not come, and what is added, or added again, comes after the others in turn, as JavaScript
 * has it.
 */
import { TALLY } from '../../quantifiers.js';
import { compareElements, isPartless } from '../containers.js';
import { ABSENT, COPY, Draft, type DraftListener } from './draft.js';
import type { StatePlace } from './source.js';

type Method = (...parameters: never[]) => unknown;

/** What is under an element of a set. */
const PRESENT = true;

abstract class CollectionDraft extends Draft {
  protected cleared = false;
  private clearings = 0;
  /** How often each was taken away by itself; of most drafts nothing is. */
  private removals: Map<unknown, number> | undefined;
  /** Those that do not read a snapshot. */
  protected abstract readonly methods: Readonly<Record<PropertyKey, Method>>;

  get(target: object, key: PropertyKey): unknown {
    if (key === 'size') return this.size();
    if (Object.hasOwn(this.methods, key)) return this.methods[key as string];
    if (key === TALLY) return this.tallying;
    if (key === COPY) return this.derive;
    const inherited: unknown = Reflect.get(target, key, target);
    if (typeof inherited !== 'function' || key === 'constructor') return inherited;
    return (...parameters: unknown[]): unknown => Reflect.apply(inherited, this.copy(), parameters);
  }

  set(): boolean {
    return false;
  }

  deleteProperty(): boolean {
    return false;
  }

  override tell(told: DraftListener, at: StatePlace): void {
    if (this.cleared) told.prune(at, new Set(this.written.keys()));
    super.tell(told, at);
  }

  protected hides(): boolean {
    return this.cleared;
  }

  /** Whether it was there. */
  protected readonly delete = (key: unknown): boolean => {
    const had = this.includes(key);
    if (had) {
      this.write(key, ABSENT);
      const before = this.removals?.get(key) ?? 0;
      (this.removals ??= new Map<unknown, number>()).set(key, before + 1);
    }
    return had;
  };

  protected readonly clear = (): void => {
    this.cleared = true;
    this.clearings++;
    this.forget(() => true);
    this.change();
  };

  protected readonly includes = (key: unknown): boolean =>
    this.written.has(key) ? this.written.get(key) !== ABSENT : isPartless(key) && this.holds(key);

  /** Elements or keys, in their order. */
  protected elements(): readonly unknown[] {
    const before = this.cleared ? [] : this.source.elementsOf(this.place);
    const elements = new Set<unknown>(before);
    for (const [key, value] of this.written) {
      if (value === ABSENT) elements.delete(key);
      else elements.add(key);
    }
    return [...elements].sort(compareElements);
  }

  /** Adds an element, or sets what is under a key: what was taken away comes after all others. */
  protected put(key: unknown, value: unknown): object {
    if (this.written.get(key) === ABSENT) this.forget((other) => other === key);
    this.write(key, value);
    return this.proxy;
  }

  /**
   * From what there is now on. All that is read is read at once, so that what is done meanwhile needs no answer of the source.
   */
  protected *through(keys: readonly unknown[]): Generator<unknown, undefined> {
    const seen = new Map<unknown, number>();
    for (let ahead = this.asTheyAre(keys); ahead.length > 0; ahead = this.addedTo(seen)) {
      for (const [key, absences] of ahead) {
        if (this.isGone(key) || this.absences(key) !== absences) continue;
        seen.set(key, absences);
        yield key;
      }
    }
  }

  private asTheyAre(keys: readonly unknown[]): readonly (readonly [key: unknown, absences: number])[] {
    return keys.map((key) => [key, this.absences(key)]);
  }

  /** Of a key that was there. */
  private isGone(key: unknown): boolean {
    return this.written.has(key) ? this.written.get(key) === ABSENT : this.cleared;
  }

  /** How often it was taken away, so that the same key is told from one that was added again. */
  private absences(key: unknown): number {
    return this.clearings + (this.removals?.get(key) ?? 0);
  }

  private addedTo(
    seen: ReadonlyMap<unknown, number>,
  ): readonly (readonly [key: unknown, absences: number])[] {
    const present = [...this.written].filter(([, value]) => value !== ABSENT).map(([key]) => key);
    return this.asTheyAre(present).filter(([key, absences]) => seen.get(key) !== absences);
  }

  private size(): number {
    let size = this.cleared ? 0 : this.source.sizeOf(this.place);
    for (const [key, value] of this.written) {
      if (value !== ABSENT) size++;
      if (!this.cleared && isPartless(key) && this.source.has(this.place.child(key))) size--;
    }
    return size;
  }
}

export class SetDraft extends CollectionDraft {
  readonly proxy: object = new Proxy(new Set(), this);

  protected readonly methods = {
    has: this.includes,
    add: (element: unknown): object => this.put(element, PRESENT),
    delete: this.delete,
    clear: this.clear,
    forEach: (visit: (element: unknown, again: unknown, set: object) => void, self?: unknown): void => {
      for (const element of this.through(this.elements())) visit.call(self, element, element, this.proxy);
    },
    keys: () => this.through(this.elements()),
    values: () => this.through(this.elements()),
    entries: () => made(this.through(this.elements()), (element) => [element, element]),
    [Symbol.iterator]: () => this.through(this.elements()),
  };

  protected override elementOf(key: unknown): unknown {
    return key;
  }

  protected another(): SetDraft {
    const copy = new SetDraft(this.drafts, this.place, undefined);
    copy.cleared = this.cleared;
    return copy;
  }

  protected copy(): Set<unknown> {
    return new Set(this.elements());
  }
}

export class MapDraft extends CollectionDraft {
  readonly proxy: object = new Proxy(new Map(), this);

  protected readonly methods = {
    has: this.includes,
    get: (key: unknown): unknown => {
      const value = this.valueUnder(key);
      return value === ABSENT ? undefined : value;
    },
    set: (key: unknown, value: unknown): object => this.put(key, value),
    delete: this.delete,
    clear: this.clear,
    forEach: (visit: (value: unknown, key: unknown, map: object) => void, self?: unknown): void => {
      for (const [key, value] of this.throughEntries()) visit.call(self, value, key, this.proxy);
    },
    keys: () => this.through(this.elements()),
    values: () => made(this.throughEntries(), ([, value]) => value),
    entries: () => this.throughEntries(),
    [Symbol.iterator]: () => this.throughEntries(),
  };

  protected another(): MapDraft {
    const copy = new MapDraft(this.drafts, this.place, undefined);
    copy.cleared = this.cleared;
    return copy;
  }

  protected copy(): Map<unknown, unknown> {
    return new Map(this.entries());
  }

  private throughEntries(): Iterable<readonly [unknown, unknown]> {
    const begun = new Map(this.entries());
    return made(this.through([...begun.keys()]), (key) => [
      key,
      this.written.has(key) ? this.written.get(key) : begun.get(key),
    ]);
  }

  private entries(): readonly (readonly [unknown, unknown])[] {
    return this.elements().map((key) => [key, this.valueUnder(key)] as const);
  }

  private valueUnder(key: unknown): unknown {
    return this.written.has(key) ? this.written.get(key) : isPartless(key) ? this.read(key) : ABSENT;
  }
}

function* made<From, To>(all: Iterable<From>, make: (one: From) => To): Generator<To, undefined> {
  for (const one of all) yield make(one);
}
