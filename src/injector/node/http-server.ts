/** Requests of a campaign as they come in to a server of HTTP: what is done for them knows of it, and they are told. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { AnswerDigest } from './answer-digest.js';
import { httpOperation } from './contract.js';
import { answeredRequest, requestSaid } from './http-call.js';
import type { Injector } from './injector.js';
import { callsMade, endScope, type RequestScope } from './request-scope.js';
import { now, type Ending } from './told-spans.js';
import { watchAnswer } from './watch-answer.js';

type Emit = Server['emit'];

/** Events of a server that hand over a request, with its answer to be. */
const REQUESTS: readonly (string | symbol)[] = ['request', 'checkContinue', 'checkExpectation'];

/** In place of how a server hands over what comes. */
export function injectingEmit(original: Emit, injector: Injector): Emit {
  return function emit(this: Server, ...event: [string | symbol, ...unknown[]]): boolean {
    const handOver = () => Reflect.apply(original, this, event) as boolean;
    if (!REQUESTS.includes(event[0])) return handOver();
    const [, request, response] = event as [string, IncomingMessage, ServerResponse];
    const scope = injector.receive((name) => headerOf(request, name));
    if (scope === undefined) return handOver();
    watch(request, response, scope, injector);
    return injector.within(scope, handOver);
  } as Emit;
}

/** What a header of a request says. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** Tells of a request when it is answered, or when nobody waits for the answer any more. */
function watch(
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
  injector: Injector,
): void {
  const { method = 'GET', url = '/' } = request;
  const path = url.replace(/\?.*$/s, '');
  const start = now();
  const digest = new AnswerDigest();
  let told: Promise<void> | undefined;
  const tell = (ending: Ending): Promise<void> => {
    const what = {
      service: injector.settings.service,
      kind: 'server',
      operation: httpOperation(method, path),
      said: requestSaid(method, path),
      start,
      calls: callsMade(scope),
    } as const;
    return (told ??= injector.tell(scope, what, ending));
  };
  watchAnswer(response, {
    written: (chunk) => {
      digest.add(chunk);
    },
    ending: () => {
      const { statusCode } = response;
      return tell({ ...answeredRequest(statusCode), answer: digest.of(statusCode) });
    },
  });
  response.once('close', () => {
    endScope(scope);
    injector.finish(scope);
    if (!response.writableFinished) void tell({ error: 'aborted' });
  });
}
