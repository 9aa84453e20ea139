/**
 * Tells each call of a handler or a property when it begins, to whoever has to know what the code that runs belongs
 * to. Where nobody subscribes it costs nothing.
 */
import { channel } from 'node:diagnostics_channel';
import type { HandlerCall } from '../../model/handlers/errors.js';

/** The calls of one protocol, of which one may be under way. */
export interface BegunCalls {
  readonly underWay: { readonly call: HandlerCall } | undefined;
}

/** Its messages are {@link BegunCalls}. */
export const callsBegun = channel('ldfi.calls-begun');
