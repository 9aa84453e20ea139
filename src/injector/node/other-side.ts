/** What the other side of a connection does where a call is to fail, in place of the callee. */
import type { Duplex } from 'node:stream';
import type { FaultOf } from './contract.js';
import { madeAnswer, refusedError, type MadeAnswer } from './failures.js';
import { portOf } from './settings.js';
import type { OtherSide } from './stand-in-socket.js';

/** What a connection that is none brings about by itself. */
export type StandInFault = Exclude<FaultOf<'http'>, { readonly kind: 'latency' | 'broken-body' }>;

export function otherSideOf(fault: StandInFault, url: URL): OtherSide {
  switch (fault.kind) {
    case 'refused':
      return (socket) => {
        socket.destroy(refusedError(url.hostname, portOf(url)));
      };
    case 'timeout':
      return () => undefined;
    case 'status':
    case 'grpc':
      return (socket) => {
        socket.answer(writeAnswer(madeAnswer(fault)!));
      };
  }
}

/** @param connect makes the connection that there would have been */
export function laterSide(milliseconds: number, connect: () => Duplex): OtherSide {
  return (socket) => {
    const later = setTimeout(() => {
      socket.passTo(connect());
    }, milliseconds);
    socket.once('close', () => {
      clearTimeout(later);
    });
  };
}

/** As it goes over the wire. */
function writeAnswer({ status, headers, body }: MadeAnswer): string {
  const fields = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ldfi`, ...lines, '', body].join('\r\n');
}
