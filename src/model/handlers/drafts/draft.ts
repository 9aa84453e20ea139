/** What the drafts of one call have in common, whatever they stand for. */
import type { AnyElementTest, TallyKind, Tallying } from '../../quantifiers.js';
import type { Scalar } from '../containers.js';
import type { StatePlace, StateSource } from './source.js';

/** In place of a value where there is none. */
export const ABSENT = Symbol('absent');

/**
 * What makes a shallow copy of a draft, which reads nothing: a draft of its own of the same place, that begins with what
 * was written by then. Of anything else it is undefined. By a name that is known everywhere, since it is asked for by
 * scenarios that the loader has written anew.
 */
export const COPY = Symbol.for('ldfi.copy');

const NOTHING: ReadonlyMap<unknown, unknown> = new Map();

/** The drafts of one call, as each of them sees the others. */
export interface DraftsOfCall {
  readonly source: StateSource;
  /** @throws where the call has returned */
  assertOpen(): void;
  /** Something is changed. */
  change(): void;
  /** Does what changes nothing, and fails where it tries to. */
  looking<Value>(look: () => Value): Value;
  /** Takes in a copy of one of them. */
  know(copy: Draft): void;
  /** What the source has at a place: a scalar, a draft, or {@link ABSENT}. */
  valueAt(place: StatePlace, within: Draft | undefined, copied?: boolean): unknown;
}

/** Is told what was done to a draft, as if it stood at some place. */
export interface DraftListener {
  put(place: StatePlace, value: unknown): void;
  /** Nothing is under the keys of a place any more, but for some, and for those of an array that are below an index. */
  prune(place: StatePlace, keeps: ReadonlySet<unknown>, below?: number): void;
  keys(place: StatePlace, changes: readonly KeyChange[]): void;
  length(place: StatePlace, length: number): void;
  /** What was made of it is no plain data. */
  refuse(found: string): never;
}

/** What was done to the keys of an object. */
export interface KeyChange {
  readonly key: string;
  readonly to: 'present' | 'absent';
}

/**
 * Stands for one container of the state. It holds what was written into it; all else is the source's, and is read when
 * it is asked for. It is the handler of its own proxy, so that no call makes traps of its own, of which there are as
 * many for a draft that is hardly looked at.
 */
export abstract class Draft {
  /** What the handler is given. */
  abstract readonly proxy: object;
  /** Most drafts are only read, and have none. */
  private writings: Map<unknown, unknown> | undefined;
  /** Of a copy, that of which it is one: what is within is the same in both. */
  private origin: Draft | undefined;
  /** Whether it, or what is within, was changed; of a copy this is not known. */
  modified = false;
  /** A copy that cannot be changed any more. */
  private rigid = false;
  /** What is in the source, and stands for what is within this. */
  private inner: Draft[] | undefined;

  constructor(
    protected readonly drafts: DraftsOfCall,
    readonly place: StatePlace,
    private readonly within: Draft | undefined,
  ) {
    if (within !== undefined) (within.inner ??= []).push(this);
  }

  /** A copy, as it is to be given to the handler. */
  protected readonly derive = (): object => {
    this.drafts.assertOpen();
    const copy = this.another();
    copy.origin = this.origin ?? this;
    copy.modified = true;
    copy.inner = copy.origin.inner ??= [];
    if (this.writings !== undefined) copy.writings = new Map(this.writings);
    this.drafts.know(copy);
    return copy.proxy;
  };

  /** A draft of the same place, of which all is as it is here but for what was written. */
  protected abstract another(): Draft;

  /** Tells what was done to it, and to what is within. */
  tell(told: DraftListener, at: StatePlace): void {
    for (const [key, value] of this.written) told.put(at.child(key as Scalar), value);
    for (const draft of this.inner ?? []) {
      const { key } = draft.place;
      if (draft.modified && !this.written.has(key) && !this.hides(key)) draft.tell(told, at.child(key));
    }
  }

  /** Counts its elements. */
  protected get tallying(): Tallying {
    return (kind, test, oneByOne) => this.drafts.looking(() => this.tally(kind, test) ?? oneByOne());
  }

  /** Undefined where one has to go through the elements. */
  protected tally(kind: TallyKind, test: AnyElementTest): number | undefined {
    const { source, written } = this;
    const fromSource = source.tally(
      this.place,
      kind,
      (value, key) => !written.has(key) && !this.hides(key) && test(this.elementOf(key, value), key),
    );
    if (fromSource === undefined) return undefined;
    const own = [...written].filter(
      ([key, value]) => value !== ABSENT && test(this.elementOf(key, value), key),
    );
    return fromSource + own.length;
  }

  /** What one has of a part who goes through all. */
  protected elementOf(_: unknown, value: unknown): unknown {
    return value;
  }

  // What cannot be done to the state itself: JavaScript then throws.

  defineProperty(target: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
    return !Object.isExtensible(target) && Reflect.defineProperty(target, key, descriptor);
  }

  /** A copy is read for that: JavaScript wants of what cannot be extended that it does not come from elsewhere. */
  preventExtensions(target: object): boolean {
    if (this.origin === undefined) return false;
    for (const key of Reflect.ownKeys(this.proxy))
      Object.defineProperty(target, key, Reflect.getOwnPropertyDescriptor(this.proxy, key)!);
    this.rigid = true;
    return Reflect.preventExtensions(target);
  }

  setPrototypeOf(): boolean {
    return false;
  }

  /** A container as it is now, of values and drafts; what is in the source whole, and not changed, is not copied. */
  contents(): object {
    this.drafts.assertOpen();
    const whole = this.modified ? undefined : this.source.whole(this.place);
    return whole === undefined ? this.copy() : (whole as object);
  }

  protected abstract copy(): object;

  protected get source(): StateSource {
    this.drafts.assertOpen();
    return this.drafts.source;
  }

  /** Whether what the source has under a key is hidden by what was done to the whole. */
  protected abstract hides(key: Scalar): boolean;

  protected read(key: Scalar, copied = false): unknown {
    this.drafts.assertOpen();
    if (this.written.has(key)) return this.written.get(key);
    return this.hides(key) ? ABSENT : this.drafts.valueAt(this.place.child(key), this.origin ?? this, copied);
  }

  protected holds(key: Scalar): boolean {
    this.drafts.assertOpen();
    if (this.written.has(key)) return this.written.get(key) !== ABSENT;
    return !this.hides(key) && this.source.has(this.place.child(key));
  }

  /** By key; {@link ABSENT} where something was taken away. */
  protected get written(): ReadonlyMap<unknown, unknown> {
    return this.writings ?? NOTHING;
  }

  protected write(key: unknown, value: unknown): void {
    this.change();
    (this.writings ??= new Map<unknown, unknown>()).set(key, value);
  }

  /** Forgets what was written under some keys. */
  protected forget(isForgotten: (key: unknown) => boolean): void {
    for (const key of [...this.written.keys()]) if (isForgotten(key)) this.writings?.delete(key);
  }

  protected change(): void {
    this.drafts.assertOpen();
    if (this.rigid) throw new TypeError('Cannot change what cannot be extended');
    this.mark();
    if (this.origin === undefined) this.drafts.change();
  }

  private mark(): void {
    if (this.modified) return;
    this.modified = true;
    this.within?.mark();
  }
}
