/**
 * Ends synchronous work when its time is over. A check computes for seconds without returning to the event loop,
 * so that no timer of its own thread would ever run. Node can end such work all the same: a script run by `vm` is
 * watched by a second thread, which stops the engine at the next loop edge or call, inside WebAssembly too. Signals
 * are left to the process: `vm` can wait for them as well, but takes their listeners away meanwhile, and loses what
 * arrives while it does. The command line hears them in a thread that computes nothing.
 */
import { types } from 'node:util';
import vm from 'node:vm';

export type Guarded<Value> =
  | { readonly kind: 'finished'; readonly value: Value }
  | { readonly kind: 'timeout' };

export interface GuardLimits {
  /** Milliseconds of wall-clock time, at least 1; undefined for no limit. */
  readonly timeoutMs: number | undefined;
}

/** The longest time that the watchdog can count. */
const LONGEST = 2 ** 31 - 1;

/** Under which the script finds its work: it runs in this very context, as to make another takes a millisecond. */
const WORK = Symbol.for('ldfi.guarded-work');
const script = new vm.Script(`globalThis[Symbol.for('${WORK.description}')]()`);

/**
 * Runs `work` until it returns, or the time is over. Work that is ended stops where it is: no `catch` or `finally`
 * of it runs, so whatever it was changing must be thrown away. What `work` throws passes through.
 */
export function runGuarded<Value>(work: () => Value, { timeoutMs }: GuardLimits): Guarded<Value> {
  if (timeoutMs === undefined) return { kind: 'finished', value: work() };
  const timeout = Math.min(Math.max(1, Math.ceil(timeoutMs)), LONGEST);
  const place = globalThis as { [WORK]?: (() => unknown) | undefined };
  // Work may guard a part of itself.
  const around = place[WORK];
  place[WORK] = work;
  try {
    return { kind: 'finished', value: script.runInThisContext({ timeout }) as Value };
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return { kind: 'timeout' };
    throw error;
  } finally {
    place[WORK] = around;
  }
}
