/** Lets the answer of a call over `http.request` break off half-way. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { BrokenBody, resetError } from './failures.js';

/**
 * Keeps what comes from whoever reads the answer; it is passed on, as far as it is to be, when both the body has come
 * and the answer was handed over. To be called before that.
 */
export function breakOff(request: ClientRequest, response: IncomingMessage): void {
  const body = new BrokenBody();
  const push = response.push.bind(response);
  let isComplete = false;
  let isHandedOver = false;
  const passOn = () => {
    if (isComplete && isHandedOver) passHalf(response, push, body.half());
  };
  response.push = (chunk: Uint8Array | null) => {
    if (isComplete) return false;
    isComplete = chunk === null || body.add(chunk);
    if (isComplete) setImmediate(passOn);
    return true;
  };
  request.once('response', () => {
    isHandedOver = true;
    setImmediate(passOn);
  });
}

function passHalf(response: IncomingMessage, push: IncomingMessage['push'], half: Buffer): void {
  response.complete = false;
  if (half.length === 0) {
    cut(response);
    return;
  }
  const read = response.read.bind(response);
  response.read = (size) => {
    const chunk: unknown = read(size);
    if (response.readableLength === 0) setImmediate(cut, response);
    return chunk;
  };
  push(half);
}

/** As a connection that is lost does it. */
function cut(response: IncomingMessage): void {
  if (response.destroyed) return;
  if (response.socket.destroyed) response.destroy(resetError('aborted'));
  else response.socket.destroy();
}
