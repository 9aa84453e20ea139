/** The cells of one node: what each place of its state may hold, and when each of its timers may fire. */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import type { TallyKind } from '../../quantifiers.js';
import type { Scalar } from '../containers.js';
import type { Holding, StatePlace } from '../drafts/source.js';
import { answerText, StateCell, certain, merge, type Possibilities, type Possibility } from './cell.js';
import { inOrder, type CellQuestion, type Member } from './question.js';
import { keysAfter } from '../drafts/object.js';
import type { Write } from './writer.js';

const ABSENT: Holding = { kind: 'absent' };

export function holdingText(holding: Holding): string {
  return holding.kind === 'scalar' ? answerText(holding.value) : `(${holding.kind})`;
}

/** What the cells of a node held at some time. */
export type Remembered = ReadonlyMap<StateCell, Possibilities>;

export class NodeCells {
  private readonly contents = new Map<StatePlace, StateCell>();
  private readonly keys = new Map<StatePlace, StateCell>();
  private readonly lengths = new Map<StatePlace, StateCell>();
  /** Times at which timers fire; undefined where they are not set. */
  readonly timers = new Map<string, StateCell>();
  /** What may have been under the keys of a place. */
  private readonly children = new Map<StatePlace, Set<Scalar>>();

  constructor(private readonly algebra: Algebra) {}

  /** How many cells there are so far. */
  get count(): number {
    const { contents, keys, lengths, timers } = this;
    return contents.size + keys.size + lengths.size + timers.size;
  }

  /** What all cells hold now. */
  remember(): Remembered {
    return new Map(this.all().map((cell) => [cell, cell.possibilities]));
  }

  /** All cells hold what they held, under a condition. */
  restore(remembered: Remembered, condition: Condition): void {
    for (const cell of this.all()) cell.restore(condition, remembered.get(cell) ?? cell.first, this.algebra);
  }

  private all(): readonly StateCell[] {
    const { contents, keys, lengths, timers } = this;
    return [contents, keys, lengths, timers].flatMap((cells) => [...cells.values()]);
  }

  /** What may be answered at a time. */
  answers(question: CellQuestion, time: number): Possibilities {
    switch (question.kind) {
      case 'content':
        return this.contentAt(question.place).possibilities;
      case 'keys':
        return this.keysAt(question.place).possibilities;
      case 'length':
        return this.lengthAt(question.place).possibilities;
      case 'size':
        return this.sizes(question.place);
      case 'candidates':
        return certain(inOrder(this.childrenOf(question.place)));
      case 'members':
        return this.members(question.place);
      case 'count':
        return howMany(this.presences(question), this.algebra);
      case 'some':
        return whetherAny(this.presences(question), this.algebra);
      case 'timer':
        return this.remaining(question.name, time);
    }
  }

  contentAt(place: StatePlace): StateCell {
    return cellAt(this.contents, place, holdingText(ABSENT), ABSENT);
  }

  keysAt(place: StatePlace): StateCell {
    return cellAt(this.keys, place, '[]', []);
  }

  lengthAt(place: StatePlace): StateCell {
    return cellAt(this.lengths, place, '0', 0);
  }

  timer(name: string): StateCell {
    return cellAt(this.timers, name, 'undefined', undefined);
  }

  childrenOf(place: StatePlace): ReadonlySet<Scalar> {
    return this.children.get(place) ?? new Set();
  }

  /** From now on there may be something at a place. */
  know({ parent, key }: StatePlace): void {
    if (parent === undefined) return;
    const children = this.children.get(parent);
    if (children === undefined) this.children.set(parent, new Set([key]));
    else children.add(key);
  }

  private remaining(name: string, time: number): Possibilities {
    const possibilities = [...this.timer(name).possibilities.values()].map(
      ({ value, condition }): readonly [string, Possibility] => {
        // Of a node that has paused it may be overdue.
        const left = value === undefined ? undefined : Math.max(0, (value as number) - time);
        return [answerText(left), { value: left, condition }];
      },
    );
    const merged = new Map<string, Possibility>();
    for (const [text, { value, condition }] of possibilities)
      merge(merged, new Map([[text, { value, condition }]]), this.algebra);
    return merged;
  }

  private sizes(place: StatePlace): Possibilities {
    const presences = inOrder(this.childrenOf(place)).map((key) =>
      this.algebra.not(this.contentAt(place.child(key)).conditionOf(holdingText(ABSENT))),
    );
    return howMany(presences, this.algebra);
  }

  private members(place: StatePlace): Possibilities {
    const members = inOrder(this.childrenOf(place)).flatMap((key) =>
      [...this.contentAt(place.child(key)).possibilities].flatMap(([text, { value }]): readonly Member[] => {
        const holding = value as Holding;
        return holding.kind === 'absent' ? [] : [{ key, holding, text: `${answerText(key)}: ${text}` }];
      }),
    );
    return new Map([[members.map(({ text }) => text).join(), { value: members, condition: TRUE }]]);
  }

  /** By key, the conditions that one of some members is there. */
  private presences({ place, members }: Extract<CellQuestion, { kind: TallyKind }>): readonly Condition[] {
    const present = new Map<Scalar, Condition>();
    for (const { key, holding } of members) {
      const holds = this.contentAt(place.child(key)).conditionOf(holdingText(holding));
      present.set(key, this.algebra.or(present.get(key) ?? FALSE, holds));
    }
    return [...present.values()];
  }
}

/** How many of some conditions hold: of those so far, the condition that so many do. */
function howMany(conditions: readonly Condition[], algebra: Algebra): Possibilities {
  let counts: readonly Condition[] = [TRUE];
  for (const condition of conditions) {
    const fails = algebra.not(condition);
    counts = Array.from({ length: counts.length + 1 }, (_, count) =>
      algebra.or(
        algebra.and(counts[count] ?? FALSE, fails),
        count === 0 ? FALSE : algebra.and(counts[count - 1], condition),
      ),
    );
  }
  return new Map(counts.map((condition, count) => [String(count), { value: count, condition }]));
}

/** 1 where any of some conditions holds, or else 0. */
function whetherAny(conditions: readonly Condition[], algebra: Algebra): Possibilities {
  const any = conditions.reduce((some, condition) => algebra.or(some, condition), FALSE);
  return new Map([
    ['0', { value: 0, condition: algebra.not(any) }],
    ['1', { value: 1, condition: any }],
  ]);
}

function isNothing(content: Possibilities): boolean {
  return [...content.values()].every(({ value }) => (value as Holding).kind === 'absent');
}

function cellAt<Key>(cells: Map<Key, StateCell>, key: Key, text: string, value: unknown): StateCell {
  let cell = cells.get(key);
  if (cell === undefined) cells.set(key, (cell = StateCell.holding(text, value)));
  return cell;
}

/** What one event does to a node, on all ways that it may go: all of them find the cells as they were before. */
export class Update {
  private readonly pending = new Map<StateCell, { condition: Condition; readonly by: Possibilities[] }>();

  constructor(
    private readonly cells: NodeCells,
    private readonly algebra: Algebra,
    private readonly time: number,
  ) {}

  /** Writes under a condition that excludes those of all others. */
  under(condition: Condition, writes: readonly Write[]): void {
    const overlay = new Overlay(this.cells, this.algebra, condition, this.time);
    for (const write of writes) overlay.write(write);
    for (const [cell, possibilities] of overlay.written) {
      const known = this.pending.get(cell);
      if (known === undefined) this.pending.set(cell, { condition, by: [possibilities] });
      else {
        known.condition = this.algebra.or(known.condition, condition);
        known.by.push(possibilities);
      }
    }
  }

  commit(): void {
    for (const [cell, { condition, by }] of this.pending) cell.replace(condition, by, this.algebra);
  }
}

/** The cells as one way leaves them. */
class Overlay {
  readonly written = new Map<StateCell, Possibilities>();

  constructor(
    private readonly cells: NodeCells,
    private readonly algebra: Algebra,
    private readonly condition: Condition,
    private readonly time: number,
  ) {}

  write(write: Write): void {
    const { cells } = this;
    switch (write.kind) {
      case 'content':
        this.put(write.place, write.holding);
        return;
      case 'prune':
        for (const key of cells.childrenOf(write.place))
          if (!write.keeps.has(key) && !(typeof key === 'number' && key < write.below))
            this.put(write.place.child(key), ABSENT);
        return;
      case 'keys': {
        const cell = cells.keysAt(write.place);
        const before = write.anew ? certain([]) : this.current(cell);
        const after = new Map<string, Possibility>();
        for (const { value, condition } of before.values()) {
          const keys = keysAfter(value as readonly string[], write.changes);
          const under = write.anew ? this.condition : condition;
          merge(after, new Map([[answerText(keys), { value: keys, condition: under }]]), this.algebra);
        }
        this.written.set(cell, after);
        return;
      }
      case 'length':
        this.written.set(cells.lengthAt(write.place), this.only(String(write.length), write.length));
        return;
      case 'copy':
        this.copy(write.from, write.to);
        return;
      case 'timer': {
        const fires = write.timesteps === undefined ? undefined : this.time + write.timesteps;
        this.written.set(cells.timer(write.name), this.only(String(fires), fires));
      }
    }
  }

  private put(place: StatePlace, holding: Holding): void {
    if (holding.kind !== 'absent') this.cells.know(place);
    this.written.set(this.cells.contentAt(place), this.only(holdingText(holding), holding));
  }

  /** All that was at a place before, at another. */
  private copy(from: StatePlace, to: StatePlace): void {
    const { cells, algebra, condition } = this;
    const content = cells.contentAt(from).under(condition, algebra);
    // What is put into itself is not there yet.
    const copied = isNothing(content) ? new Set<Scalar>() : new Set(cells.childrenOf(from));
    cells.know(to);
    this.written.set(cells.contentAt(to), content);
    this.written.set(cells.keysAt(to), cells.keysAt(from).under(condition, algebra));
    this.written.set(cells.lengthAt(to), cells.lengthAt(from).under(condition, algebra));
    for (const key of cells.childrenOf(to)) if (!copied.has(key)) this.put(to.child(key), ABSENT);
    for (const key of copied) this.copy(from.child(key), to.child(key));
  }

  private current(cell: StateCell): Possibilities {
    return this.written.get(cell) ?? cell.under(this.condition, this.algebra);
  }

  private only(text: string, value: unknown): Possibilities {
    return new Map([[text, { value, condition: this.condition }]]);
  }
}
