/**
 * The drafts that one call of a handler is given in place of the state. They are written into as if they were the state,
 * which stays as it was: one call stands for every run in which its input occurs (after Immer, by Weststrate, whose
 * drafts stand for a value that is there; these may stand for one of which no more is known than what was read).
 */
import { ArrayDraft } from './array.js';
import { MapDraft, SetDraft } from './collection.js';
import { ABSENT, type Draft, type DraftsOfCall } from './draft.js';
import { ObjectDraft } from './object.js';
import { StatePlace, type StateSource } from './source.js';
import type { ContainerKind } from '../containers.js';
import type { StandIns } from '../plain.js';

export class Drafts implements DraftsOfCall, StandIns {
  /** Whether any of them was changed. */
  changed = false;
  private open = true;
  private frozen = false;
  /** How many of such things are under way. */
  private looks = 0;
  private readonly made = new Map<StatePlace, Draft>();
  private readonly byProxy = new Map<object, Draft>();

  /**
   * @param tooLate the error of using one when the call has returned
   * @param onDraft told of each draft that is made
   */
  constructor(
    readonly source: StateSource,
    private readonly tooLate: () => Error = () => new Error('the drafts are closed'),
    private readonly onDraft?: (draft: Draft) => void,
  ) {}

  /** The state, as the handler is given it. */
  state(place = StatePlace.root()): unknown {
    return this.valueAt(place, undefined);
  }

  /** The draft that a value is. */
  draftOf(value: object): Draft | undefined {
    return this.byProxy.get(value);
  }

  /** What a draft among them stands for. */
  contents(value: object): object | undefined {
    return this.byProxy.get(value)?.contents();
  }

  /** From now on none of them can be changed. */
  freeze(): void {
    this.frozen = true;
  }

  /** From now on none of them can be used. */
  close(): void {
    this.open = false;
  }

  assertOpen(): void {
    if (!this.open) throw this.tooLate();
  }

  looking<Value>(look: () => Value): Value {
    this.looks++;
    try {
      return look();
    } finally {
      this.looks--;
    }
  }

  /** Whether something is done that changes nothing. */
  get isLooking(): boolean {
    return this.looks > 0;
  }

  change(): void {
    if (this.isLooking) throw new TypeError('Cannot change the state while its elements are counted');
    if (this.frozen) throw new TypeError('Cannot change what was observed');
    this.changed = true;
  }

  know(copy: Draft): void {
    this.byProxy.set(copy.proxy, copy);
    this.onDraft?.(copy);
  }

  valueAt(place: StatePlace, within: Draft | undefined, copied = false): unknown {
    const head = this.source.read(place, copied);
    switch (head.kind) {
      case 'absent':
        return ABSENT;
      case 'scalar':
        return head.value;
      case 'object':
      case 'array':
      case 'set':
      case 'map':
        return this.draftAt(place, head.kind, within).proxy;
    }
  }

  private draftAt(place: StatePlace, kind: ContainerKind, within: Draft | undefined): Draft {
    let draft = this.made.get(place);
    if (draft === undefined) {
      draft = this.newDraft(place, kind, within);
      this.made.set(place, draft);
      this.know(draft);
    }
    return draft;
  }

  private newDraft(place: StatePlace, kind: ContainerKind, within: Draft | undefined): Draft {
    switch (kind) {
      case 'object':
        return new ObjectDraft(this, place, within);
      case 'array':
        return new ArrayDraft(this, place, within);
      case 'set':
        return new SetDraft(this, place, within);
      case 'map':
        return new MapDraft(this, place, within);
    }
  }
}
