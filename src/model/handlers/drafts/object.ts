/** A draft of an object. */
import { TALLY } from '../../quantifiers.js';
import { ABSENT, COPY, Draft, type KeyChange, type DraftListener } from './draft.js';
import type { StatePlace } from './source.js';

export class ObjectDraft extends Draft {
  /** Most drafts are only read, and have none. */
  private changes: KeyChange[] | undefined;
  /** A spread asks for the descriptor of a field, and then for its value, without looking at it. */
  private described: PropertyKey | undefined;

  readonly proxy = new Proxy<Record<string, unknown>>({}, this);

  get(target: object, key: PropertyKey): unknown {
    if (key === TALLY) return this.tallying;
    if (key === COPY) return this.derive;
    const copied = this.described === key;
    const value = this.at(key, copied);
    return value === ABSENT ? (Reflect.get(target, key) as unknown) : value;
  }

  has(target: object, key: PropertyKey): boolean {
    return (typeof key === 'string' && this.holds(key)) || Reflect.has(target, key);
  }

  ownKeys(): string[] {
    return [...this.keys()];
  }

  getOwnPropertyDescriptor(target: object, key: PropertyKey): PropertyDescriptor | undefined {
    if (!Object.isExtensible(target)) return Reflect.getOwnPropertyDescriptor(target, key);
    const value = this.at(key, true);
    this.described = key;
    return value === ABSENT ? undefined : { value, writable: true, enumerable: true, configurable: true };
  }

  set(_: object, key: PropertyKey, value: unknown): boolean {
    return typeof key === 'string' && this.put(key, value, 'present');
  }

  deleteProperty(_: object, key: PropertyKey): boolean {
    return typeof key === 'string' && this.put(key, ABSENT, 'absent');
  }

  override tell(told: DraftListener, at: StatePlace): void {
    told.keys(at, this.changes ?? []);
    super.tell(told, at);
  }

  protected another(): ObjectDraft {
    const copy = new ObjectDraft(this.drafts, this.place, undefined);
    if (this.changes !== undefined) copy.changes = [...this.changes];
    return copy;
  }

  protected hides(): boolean {
    return false;
  }

  protected copy(): object {
    return Object.fromEntries(this.keys().map((key) => [key, this.read(key, true)]));
  }

  private at(key: PropertyKey, copied: boolean): unknown {
    this.described = undefined;
    return typeof key === 'string' ? this.read(key, copied) : ABSENT;
  }

  private put(key: string, value: unknown, to: KeyChange['to']): true {
    this.write(key, value);
    (this.changes ??= []).push({ key, to });
    return true;
  }

  private keys(): readonly string[] {
    return keysAfter(this.source.keysOf(this.place), this.changes ?? []);
  }
}

/** The keys of an object after some changes, as JavaScript lists them: indices first. */
export function keysAfter(keys: readonly string[], changes: readonly KeyChange[]): readonly string[] {
  if (changes.length === 0) return keys;
  const order = new Set(keys);
  for (const { key, to } of changes) {
    if (to === 'present') order.add(key);
    else order.delete(key);
  }
  return Object.keys(Object.fromEntries([...order].map((key) => [key, true])));
}
