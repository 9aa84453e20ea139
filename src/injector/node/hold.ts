/** Holds back what an emitter says until somebody else has been told. */
import type { EventEmitter } from 'node:events';

/**
 * The first event that `tell` has something to wait for, and all after it, are emitted once that is over, in order.
 *
 * @param tell undefined for an event that may pass
 */
export function holdUntil(
  emitter: EventEmitter,
  tell: (event: string | symbol, argument: unknown) => Promise<void> | undefined,
): void {
  const held: (readonly [event: string | symbol, ...rest: unknown[]])[] = [];
  const emit = emitter.emit.bind(emitter);
  const hold: EventEmitter['emit'] = (...event) => {
    held.push(event);
    // What is held will be heard, if anybody listens.
    return emitter.listenerCount(event[0]) > 0;
  };
  emitter.emit = (...event) => {
    const waiting = tell(event[0], event[1]);
    if (waiting === undefined) return emit(...event);
    emitter.emit = hold;
    const release = () => {
      emitter.emit = emit;
      for (const each of held) emit(...each);
    };
    // What a listener throws is to be an exception that nobody caught, and not a rejection.
    void waiting.then(() => {
      process.nextTick(release);
    });
    return hold(...event);
  };
}
