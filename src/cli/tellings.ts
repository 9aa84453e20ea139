/**
 * What is told of items by threads that work side by side, passed on in the order of the items: of the first that is
 * not over at once, of those after it when it is. So nobody sees how many threads there were.
 */
import type { WorkEvent } from './work.js';

/** An event of an item whose turn has not come, and when it was heard, on the clock of `performance`. */
interface Kept {
  readonly event: WorkEvent;
  readonly heard: number;
}

interface Waiting {
  readonly kept: Kept[];
  isOver: boolean;
}

export class Tellings {
  /** The item that is told of; all before it are told. */
  private turn = 0;
  private readonly waiting = new Map<number, Waiting>();

  /**
   * @param tell what events are passed on to
   * @param onTold called when all is told of the next item; what is dropped then is not told any more
   */
  constructor(
    private readonly tell: (event: WorkEvent, heard: number) => void,
    private readonly onTold: () => void,
  ) {}

  /** How many items are told of, from the first on. */
  get told(): number {
    return this.turn;
  }

  /** Of an item that is over, what it left running may still tell. */
  add(item: number, event: WorkEvent): void {
    const heard = performance.now();
    if (item <= this.turn) this.tell(event, heard);
    else keep(this.of(item).kept, { event, heard });
  }

  /** Nothing more is to be expected of an item. */
  close(item: number): void {
    if (item < this.turn) return;
    this.of(item).isOver = true;
    while (this.waiting.get(this.turn)?.isOver === true) {
      this.waiting.delete(this.turn);
      this.turn++;
      this.onTold();
      this.passOn();
    }
  }

  /** Forgets what has not been told. */
  drop(): void {
    this.waiting.clear();
  }

  private passOn(): void {
    const kept = this.waiting.get(this.turn)?.kept.splice(0) ?? [];
    for (const { event, heard } of kept) this.tell(event, heard);
  }

  private of(item: number): Waiting {
    const waiting = this.waiting.get(item) ?? { kept: [], isOver: false };
    this.waiting.set(item, waiting);
    return waiting;
  }
}

/** Of progress the last of each phase is enough. */
function keep(kept: Kept[], next: Kept): void {
  const last = kept.at(-1)?.event;
  const { event } = next;
  if (
    event.kind === 'progressed' &&
    last?.kind === 'progressed' &&
    last.progress.phase === event.progress.phase
  )
    kept.pop();
  kept.push(next);
}
