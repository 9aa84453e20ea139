/** What a call leaves of the state, as writes to its cells. */
import { containerKind, isPartless, type Scalar } from '../containers.js';
import { ABSENT, type Draft, type KeyChange, type DraftListener } from '../drafts/draft.js';
import type { Holding, StatePlace } from '../drafts/source.js';
import { NotPlain, type PlainData } from '../plain.js';

export type Write =
  | { readonly kind: 'content'; readonly place: StatePlace; readonly holding: Holding }
  /** Nothing is under the keys of a place any more, but for some, and for those of an array that are below an index. */
  | {
      readonly kind: 'prune';
      readonly place: StatePlace;
      readonly keeps: ReadonlySet<unknown>;
      readonly below: number;
    }
  /** The keys of an object; `anew`: there were none before. */
  | {
      readonly kind: 'keys';
      readonly place: StatePlace;
      readonly anew: boolean;
      readonly changes: readonly KeyChange[];
    }
  | { readonly kind: 'length'; readonly place: StatePlace; readonly length: number }
  /** What was at a place is at another as well. */
  | { readonly kind: 'copy'; readonly from: StatePlace; readonly to: StatePlace }
  | { readonly kind: 'timer'; readonly name: string; readonly timesteps: number | undefined };

/** All that can be told apart of writes. */
export function writesText(writes: readonly Write[]): string {
  const where = ({ path }: StatePlace): unknown => path.map((key) => [typeof key, key]);
  return JSON.stringify(
    writes.map((write) => {
      if (write.kind === 'timer') return write;
      if (write.kind === 'copy') return ['copy', where(write.from), where(write.to)];
      const place = where(write.place);
      if (write.kind === 'prune') return [write.kind, place, [...write.keeps], write.below];
      return [{ ...write, place: undefined }, place];
    }),
  );
}

export class Writer implements DraftListener {
  readonly writes: Write[] = [];
  private readonly within: Draft[] = [];

  /**
   * @param draftOf the draft that a value stands for
   * @param shapes leaves drafts as they are
   */
  constructor(
    private readonly draftOf: (value: object) => Draft | undefined,
    private readonly shapes: PlainData,
  ) {}

  /** @throws NotPlain, TooLong */
  put(place: StatePlace, value: unknown): void {
    // Of a set or a map that was written to it may be anything.
    if (!isPartless(place.key)) this.refuse('a set or a map that holds an object');
    this.shapes.canonical(place.key);
    if (value === ABSENT) this.writes.push({ kind: 'content', place, holding: { kind: 'absent' } });
    else this.putPlain(place, this.shapes.canonical(value).value);
  }

  refuse(found: string): never {
    throw new NotPlain('', found, '');
  }

  private putPlain(place: StatePlace, value: unknown): void {
    if (isPartless(value)) this.writes.push({ kind: 'content', place, holding: { kind: 'scalar', value } });
    else this.putContainer(place, value);
  }

  private putContainer(place: StatePlace, value: object): void {
    const draft = this.draftOf(value);
    if (draft === undefined) {
      this.putNew(place, value);
      return;
    }
    if (this.within.includes(draft)) this.refuse('a part of itself');
    if (draft.place !== place) this.writes.push({ kind: 'copy', from: draft.place, to: place });
    this.within.push(draft);
    if (draft.modified) draft.tell(this, place);
    this.within.pop();
  }

  private putNew(place: StatePlace, value: object): void {
    const kind = containerKind(value);
    const parts = partsOf(value);
    this.writes.push({ kind: 'content', place, holding: { kind } });
    this.prune(place, new Set(parts.map(([key]) => key)));
    if (kind === 'object') {
      const changes = parts.map(([key]) => ({ key: key as string, to: 'present' as const }));
      this.writes.push({ kind: 'keys', place, anew: true, changes });
    }
    if (kind === 'array') this.length(place, (value as readonly unknown[]).length);
    for (const [key, part] of parts) this.putPlain(place.child(key), part);
  }

  prune(place: StatePlace, keeps: ReadonlySet<unknown>, below = 0): void {
    this.writes.push({ kind: 'prune', place, keeps, below });
  }

  keys(place: StatePlace, changes: readonly KeyChange[]): void {
    if (changes.length > 0) this.writes.push({ kind: 'keys', place, anew: false, changes });
  }

  length(place: StatePlace, length: number): void {
    this.writes.push({ kind: 'length', place, length });
  }
}

function partsOf(value: object): readonly (readonly [key: Scalar, part: unknown])[] {
  switch (containerKind(value)) {
    case 'array':
      return [...(value as readonly unknown[]).entries()];
    case 'object':
      return Object.entries(value);
    case 'set':
      return [...(value as ReadonlySet<Scalar>)].map((element) => [element, true]);
    case 'map':
      return [...(value as ReadonlyMap<Scalar, unknown>)];
  }
}
