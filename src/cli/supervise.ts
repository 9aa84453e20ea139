/**
 * Sees to it that work is done, by as many threads as there is work for, and that it ends: when it is done, when the
 * user asks for it, and when one failure is enough. Work that is lost costs the one item that it was lost in: another
 * thread goes on behind it.
 */
import { diagnostic, plural, visible } from '../toolkit.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { Shift, type Listener } from './shift.js';
import type { Teller } from './teller.js';
import { Tellings } from './tellings.js';
import type { FoundItems, LostModule, Task, WorkEvent } from './work.js';

export async function supervise(task: Task, teller: Teller, io: CliIo): Promise<void> {
  await new Supervision(task, teller, io).run();
}

class Supervision {
  private readonly tellings: Tellings;
  private lost: readonly LostModule[] = [];
  private found: FoundItems | undefined;
  /** How many items were given to threads, from the first on. */
  private given = 0;
  /** Beside the first thread, which finds out what there is to do, those that help it. */
  private readonly helpers: Promise<void>[] = [];
  /** Threads so far. */
  private threads = 0;
  /** Which of them printed a text, of what nobody knows who printed it. */
  private readonly printers = new Map<string, number>();
  private wasInterrupted = false;
  private bailed = false;
  private readonly enough = newSignal();
  private readonly allTold = newSignal();

  constructor(
    private readonly task: Task,
    private readonly teller: Teller,
    private readonly io: CliIo,
  ) {
    this.tellings = new Tellings(teller.tell, () => {
      this.look();
    });
  }

  async run(): Promise<void> {
    await this.work(this.enough.given);
    await Promise.all(this.helpers);
    if (this.bailed) this.tellWhatIsLeft();
    else if (!this.wasInterrupted) this.complainOfForgotten();
  }

  /** Threads, one after another, until nothing is left to be done. */
  private async work(needless: Promise<unknown>): Promise<void> {
    const { task, io } = this;
    for (;;) {
      const isFirst = this.found === undefined;
      const request = { task, lost: this.lost, found: this.found, rerun: undefined };
      const end = await new Shift({
        request,
        io,
        needless,
        listener: this.listener(isFirst, this.threads++),
      }).run();
      if (end.kind === 'over' || this.bailed) return;
      if (end.module === undefined) continue;
      // What is to be done was found out with it, and is another thing without it.
      if (!isFirst) return;
      this.lost = [...this.lost, end.module];
    }
  }

  /**
   * @param isFirst whether what was found out before there were items is told; others find out the same
   * @param thread its number
   */
  private listener(isFirst: boolean, thread: number): Listener {
    return {
      hear: (event, item) => {
        if (this.bailed || (event.kind === 'printed' && this.isRepeated(event, thread))) return;
        if (event.kind === 'found') this.start(event.items);
        if (item !== undefined) this.tellings.add(item, event);
        else if (isFirst) this.teller.tell(event);
      },
      next: () => {
        const name = this.bailed ? undefined : this.found?.names.at(this.given);
        return name === undefined ? undefined : { index: this.given++, name };
      },
      close: (item) => {
        if (!this.bailed) this.tellings.close(item);
      },
      interrupt: () => {
        this.wasInterrupted = true;
        this.teller.interrupt();
      },
    };
  }

  /** A module runs in each thread, and so does a timer that it leaves running: the first to print a text is told. */
  private isRepeated({ source, text }: WorkEvent & { kind: 'printed' }, thread: number): boolean {
    if (source !== undefined) return false;
    const printer = this.printers.get(text) ?? thread;
    this.printers.set(text, printer);
    return printer !== thread;
  }

  /** Now that it is known how much there is to do. */
  private start(items: FoundItems): void {
    if (this.found !== undefined) return;
    this.found = items;
    this.look();
    if (this.bailed) return;
    const needless = Promise.race([this.enough.given, this.allTold.given]);
    const threads = Math.min(items.jobs, items.names.length);
    for (let thread = 1; thread < threads; thread++) this.helpers.push(this.work(needless));
  }

  /** Whether there is anything left to be waited for, when something is told. */
  private look(): void {
    const bails = this.task.kind === 'check' && this.task.bail && !this.wasInterrupted;
    if (bails && this.teller.exitCode !== EXIT.certified) this.bail();
    else if (this.tellings.told === this.found?.names.length) this.allTold.give();
  }

  private bail(): void {
    this.bailed = true;
    this.tellings.drop();
    this.enough.give();
  }

  private get left(): readonly string[] {
    return this.found?.names.slice(this.tellings.told) ?? [];
  }

  private tellWhatIsLeft(): void {
    const { left } = this;
    if (left.length === 0) return;
    const message = `${plural(left.length, 'scenario')} ${left.length === 1 ? 'was' : 'were'} not checked, since \`--bail\` ends at the first failure`;
    const notes = [{ label: 'not checked', text: left.map(visible).join(', ') }];
    this.teller.diagnose([diagnostic('RUN124', message, { notes })]);
  }

  /** Of items that no thread came to, such as what a file that changed meanwhile does not hold any more. */
  private complainOfForgotten(): void {
    const forgotten = this.found?.names.slice(this.given) ?? [];
    this.teller.diagnose(
      forgotten.map((name) => diagnostic('RUN121', `${visible(name)}: it was not found once more`)),
    );
  }
}

interface Signal {
  readonly given: Promise<void>;
  readonly give: () => void;
}

function newSignal(): Signal {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
