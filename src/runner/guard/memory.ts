/**
 * Ends work before it uses up the memory. V8 ends the whole process when its heap is full, or in the command line the
 * thread, and the system does when the machine is, verdicts and all, with no error that could be caught; so work looks
 * now and then how much is left.
 */
import { totalmem } from 'node:os';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import vm from 'node:vm';
import { monotonicNow } from './clock.js';
import { Undecided } from './undecided.js';

/** What work may hold on to, in bytes. */
export interface MemoryLimits {
  /** Of the heap, which holds objects and text. */
  readonly heap: number;
  /** Of the memory beside it, which holds columns of tuples, diagrams and circuits. */
  readonly tables: number;
}

/** Of what the heap has for objects that last; the rest is for the garbage of one step, and for the report. */
const SHARE_OF_HEAP = 0.65;

/** Bytes of the heap's limit in which objects are only made. */
const NURSERY = 48 * 2 ** 20;

/** Of all memory. */
const SHARE_OF_MACHINE = 0.5;

/** Of a limit, what may be allocated before garbage is collected again. */
const STEP = 0.1;

/** Milliseconds between two looks. */
const INTERVAL = 5;

export class MemoryGuard {
  private thresholds: MemoryLimits;
  private nextLook = 0;

  /** @param limits by default, those of the process */
  constructor(private readonly limits: MemoryLimits = limitsOfProcess()) {
    this.thresholds = limits;
  }

  /** To be called often; costs next to nothing. @throws Undecided when too much is in use */
  readonly look = (): void => {
    const now = monotonicNow();
    if (now < this.nextLook) return;
    this.nextLook = now + INTERVAL;
    if (!exceeds(memoryInUse(), this.thresholds)) return;
    collectGarbage();
    const { limits } = this;
    const used = memoryInUse();
    if (exceeds(used, limits)) throw new Undecided(`the memory budget of ${describe(limits)} ended`);
    this.thresholds = {
      heap: Math.max(limits.heap, used.heap + STEP * limits.heap),
      tables: Math.max(limits.tables, used.tables + STEP * limits.tables),
    };
  };
}

function limitsOfProcess(): MemoryLimits {
  const constrained = process.constrainedMemory();
  const machine = Math.min(totalmem(), constrained > 0 ? constrained : Infinity);
  const lasting = getHeapStatistics().heap_size_limit - NURSERY;
  return { heap: lasting * SHARE_OF_HEAP, tables: machine * SHARE_OF_MACHINE };
}

function memoryInUse(): MemoryLimits {
  const { used_heap_size: heap, external_memory: tables } = getHeapStatistics();
  return { heap, tables };
}

function exceeds(used: MemoryLimits, limits: MemoryLimits): boolean {
  return used.heap > limits.heap || used.tables > limits.tables;
}

function describe({ heap, tables }: MemoryLimits): string {
  const [inHeap, inTables] = [heap, tables].map((bytes) => Math.round(bytes / 2 ** 20));
  return `${inHeap} MB, and ${inTables} MB for tables,`;
}

/** At once, since what is in use is known only afterwards; the second time for tables that the first one gave up. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  collect();
  collect();
}
