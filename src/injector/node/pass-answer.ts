/** Hands the answer of a call on through a proxy: all of it, or what is left where it is to break off. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AnswerDigest } from './answer-digest.js';
import { BrokenBody } from './failures.js';
import { answeredCall } from './http-call.js';
import type { OutgoingCall } from './injector.js';

/** The call is told of before the answer ends. */
export async function passAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  call: OutgoingCall<'http'>,
): Promise<void> {
  const { statusCode: status = 502, statusMessage, rawHeaders } = answer;
  try {
    response.writeHead(status, statusMessage, rawHeaders);
    if (call.fault?.kind === 'broken-body') await passHalf(answer, response, call);
    else await pipeline(answer, digesting(call, status), response);
  } catch {
    // Whoever gets it sees that it is not whole.
    await call.ended({ ...answeredCall(status), error: 'aborted' });
    response.destroy();
  }
}

/** Keeps the last chunk back until the call is told of: whoever knows the length waits for no more. */
function digesting(call: OutgoingCall<'http'>, status: number): Transform {
  const digest = new AnswerDigest();
  let last: Uint8Array | undefined;
  return new Transform({
    transform: (chunk: Uint8Array, _, done) => {
      digest.add(chunk);
      const before = last;
      last = chunk;
      done(null, before);
    },
    flush: (done) => {
      void call.ended({ ...answeredCall(status), answer: digest.of(status) }).then(() => {
        done(null, last);
      });
    },
  });
}

async function passHalf(
  answer: IncomingMessage,
  response: ServerResponse,
  call: OutgoingCall<'http'>,
): Promise<void> {
  const body = new BrokenBody();
  for await (const chunk of answer as AsyncIterable<Uint8Array>) if (body.add(chunk)) break;
  await call.ended(answeredCall(answer.statusCode));
  // What was written is to be on its way before the connection is lost.
  response.write(body.half(), () => response.destroy());
}
