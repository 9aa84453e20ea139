/** What drafts show of a state before it is changed: where it is read from, they need not know. */
import type { TallyKind } from '../../quantifiers.js';
import type { ContainerKind, Scalar } from '../containers.js';

/** What is at a place of a state. */
export type Holding =
  | { readonly kind: 'absent' }
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: ContainerKind };

/** A place of a state: that of the whole, or what is under a key of what is at another place. */
export class StatePlace {
  /** Most places are those of scalars, and have none. */
  private children: Map<Scalar, StatePlace> | undefined;

  private constructor(
    readonly parent: StatePlace | undefined,
    /** A string in an object, an index in an array, an element of a set, or a key of a map. */
    readonly key: Scalar,
  ) {}

  static root(): StatePlace {
    return new StatePlace(undefined, undefined);
  }

  /** The same each time. */
  child(key: Scalar): StatePlace {
    const children = (this.children ??= new Map<Scalar, StatePlace>());
    let child = children.get(key);
    if (child === undefined) children.set(key, (child = new StatePlace(this, key)));
    return child;
  }

  /** The keys that lead here from the whole state. */
  get path(): readonly Scalar[] {
    return this.parent === undefined ? [] : [...this.parent.path, this.key];
  }
}

/** A test of a part that has no parts. */
export type PartTest = (value: Scalar, key: Scalar) => boolean;

/** A state that is read by its places. Of what is no container of the right kind nothing is asked. */
export interface StateSource {
  /** @param copied the value is taken over by a copy of what it is in, without being looked at */
  read(place: StatePlace, copied: boolean): Holding;
  /** Whether there is anything at a place. */
  has(place: StatePlace): boolean;
  /** The keys of an object, as JavaScript lists them. */
  keysOf(place: StatePlace): readonly string[];
  /** Of an array. */
  lengthOf(place: StatePlace): number;
  /** Of a set or a map. */
  sizeOf(place: StatePlace): number;
  /** The elements of a set, or the keys of a map, in their order. */
  elementsOf(place: StatePlace): readonly Scalar[];
  /**
   * How many parts of what is at a place pass a test, or whether any does; undefined where one has to go through them. What
   * is asked of elements that may be there is not always asked of one that is.
   */
  tally(place: StatePlace, kind: TallyKind, test: PartTest): number | undefined;
  /** All that is at a place, where that is at hand in one piece. */
  whole(place: StatePlace): unknown;
}
