/**
 * Ends synchronous work from outside. A check computes for seconds without returning to the event loop, so
 * that neither a timer nor a SIGINT listener of its own process would ever run. Node can end such work all
 * the same: a script run by `vm` is watched by a second thread, which stops the engine at the next loop edge
 * or call, inside WebAssembly too. Worker threads were rejected: what is known so far would have to be
 * copied to the main thread at every step, and results copied back.
 */
import { types } from 'node:util';
import vm from 'node:vm';

export type Guarded<Value> =
  | { readonly kind: 'finished'; readonly value: Value }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'interrupted' };

export interface GuardLimits {
  /** Milliseconds of wall-clock time, at least 1; undefined for no limit. */
  readonly timeoutMs: number | undefined;
  /** Whether the user may interrupt; default true. Where not, whoever guards from further out hears of it. */
  readonly interruptible?: boolean;
}

/** The longest time that the watchdog can count. */
const LONGEST = 2 ** 31 - 1;

/**
 * Runs `work` until it returns, the time is over, or the user interrupts. Work that is ended stops where it
 * is: no `catch` or `finally` of it runs, so whatever it was changing must be thrown away. SIGINT listeners
 * of the process are not called meanwhile. What `work` throws passes through.
 */
export function runGuarded<Value>(
  work: () => Value,
  { timeoutMs, interruptible = true }: GuardLimits,
): Guarded<Value> {
  const timeout =
    timeoutMs === undefined ? {} : { timeout: Math.min(Math.max(1, Math.ceil(timeoutMs)), LONGEST) };
  try {
    const value = vm.runInNewContext(
      'work()',
      { work },
      { ...timeout, breakOnSigint: interruptible },
    ) as Value;
    return { kind: 'finished', value };
  } catch (error) {
    // Not `instanceof Error`: these errors belong to the context of the script.
    switch (types.isNativeError(error) && 'code' in error ? error.code : undefined) {
      case 'ERR_SCRIPT_EXECUTION_TIMEOUT':
        return { kind: 'timeout' };
      case 'ERR_SCRIPT_EXECUTION_INTERRUPTED':
        return { kind: 'interrupted' };
      default:
        throw error;
    }
  }
}
