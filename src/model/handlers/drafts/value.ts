/** A state that is one value, as the source of drafts; whoever wants to know is told what is read of it. */
import { containerKind, type ContainerKind, type Scalar } from '../containers.js';
import { pathOf, type Path } from '../reads.js';
import { ABSENT } from './draft.js';
import type { Holding, StatePlace, StateSource } from './source.js';

export interface Readings {
  /** The paths of what is looked at; that of a container stands for its shape. */
  readonly reads: Set<Path>;
  /** Whether to take over a value unseen is to read it. */
  readonly copies: boolean;
}

const NOTHING_THERE: Holding = { kind: 'absent' };

const CONTAINERS: Readonly<Record<ContainerKind, Holding>> = {
  object: { kind: 'object' },
  array: { kind: 'array' },
  set: { kind: 'set' },
  map: { kind: 'map' },
};

export class ValueOfState implements StateSource {
  /** @param root the first keys of every path */
  constructor(
    private readonly state: unknown,
    private readonly root: readonly string[] = [],
    private readonly readings?: Readings,
  ) {}

  read(place: StatePlace, copied: boolean): Holding {
    const value = this.find(place);
    if (value === ABSENT) {
      this.noteWhether(place);
      return NOTHING_THERE;
    }
    if (typeof value === 'object' && value !== null) return CONTAINERS[containerKind(value)];
    if (!copied || this.readings?.copies === true) this.note(place);
    return { kind: 'scalar', value: value as Scalar };
  }

  has(place: StatePlace): boolean {
    this.noteWhether(place);
    return this.find(place) !== ABSENT;
  }

  /** To copy an object is not to look at its shape, and nothing tells the two apart. */
  keysOf(place: StatePlace): readonly string[] {
    return Object.keys(this.find(place) as object);
  }

  lengthOf(place: StatePlace): number {
    this.note(place);
    return (this.find(place) as readonly unknown[]).length;
  }

  sizeOf(place: StatePlace): number {
    this.note(place);
    return this.collectionAt(place).size;
  }

  elementsOf(place: StatePlace): readonly Scalar[] {
    this.note(place);
    return [...this.collectionAt(place).keys()];
  }

  /** A loop reads what it goes through, and no more. */
  tally(): undefined {
    return undefined;
  }

  whole(place: StatePlace): unknown {
    return this.find(place);
  }

  private collectionAt(place: StatePlace): ReadonlySet<Scalar> | ReadonlyMap<Scalar, unknown> {
    return this.find(place) as ReadonlySet<Scalar> | ReadonlyMap<Scalar, unknown>;
  }

  /** What is at a place, or {@link ABSENT}. */
  private find({ parent, key }: StatePlace): unknown {
    if (parent === undefined) return this.state;
    const within = this.find(parent) as object;
    switch (containerKind(within)) {
      case 'set':
        return (within as ReadonlySet<Scalar>).has(key) || ABSENT;
      case 'map': {
        const map = within as ReadonlyMap<Scalar, unknown>;
        return map.has(key) ? map.get(key) : ABSENT;
      }
      case 'object':
      case 'array': {
        const name = String(key);
        return Object.hasOwn(within, name) ? (within as Record<string, unknown>)[name] : ABSENT;
      }
    }
  }

  /** Whether an object has a field is a matter of its shape; whether a set has an element is one of that alone. */
  private noteWhether(place: StatePlace): void {
    if (this.readings === undefined) return;
    const within = place.parent && this.find(place.parent);
    const isCollection = within !== undefined && ['set', 'map'].includes(containerKind(within as object));
    this.note(isCollection ? place : place.parent);
  }

  private note(place: StatePlace | undefined): void {
    if (place !== undefined) this.readings?.reads.add(pathOf([...this.root, ...place.path.map(String)]));
  }
}
