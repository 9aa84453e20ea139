/** Protocols as they were when a check began, whose authors' code runs among traps. Rules are no code, and need none. */
import type { Protocol } from '../../model/protocol.js';
import { Traps } from './traps.js';

export interface WatchedProtocol {
  /** To be run in place of the protocol. */
  readonly protocol: Protocol;
  /** Around all work that runs it, from outside of what may end that. */
  readonly during: <Value>(work: () => Value) => Value;
}

export function watched(protocol: Protocol): WatchedProtocol {
  if (protocol.kind === 'rules') {
    const own = { ...protocol, relations: new Map(protocol.relations) };
    return { protocol: own, during: (work) => work() };
  }
  const traps = new Traps();
  return { protocol: traps.watch(protocol), during: (work) => traps.during(work) };
}
