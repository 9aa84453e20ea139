/** Servers of `@grpc/grpc-js`: what is done for requests of a campaign knows of it, and they are told of. */
import type * as Grpc from '@grpc/grpc-js';
import { AnswerDigest } from '../answer-digest.js';
import { GRPC_UNKNOWN } from '../failures.js';
import type { Injector } from '../injector.js';
import { callsMade, endScope, type RequestScope } from '../request-scope.js';
import { now, type Ending } from '../told-spans.js';
import { grpcEnding, grpcSaid, methodOf } from './grpc-call.js';
import { replaceMethod } from './replace-method.js';

/** What all kinds of handlers have in common: those that answer once do so by the second word. */
type Handler = (call: ServerCall, answer?: Answer) => unknown;
type Answer = Grpc.sendUnaryData<unknown>;
type Serialize = (value: unknown) => Buffer;

interface ServerCall extends Pick<NodeJS.EventEmitter, 'once'> {
  readonly metadata: Grpc.Metadata;
  /** Where what is answered is a stream. */
  write?: (...words: unknown[]) => boolean;
  end?: (...words: unknown[]) => unknown;
}

/** What is not of a campaign is handled as it would be. */
export function injectIntoGrpcServers({ Server }: typeof Grpc, injector: Injector): void {
  replaceMethod(
    Server.prototype,
    'register',
    (register) =>
      function (this: Grpc.Server, path, handler, serialize, ...rest) {
        const handle = handler as unknown as Handler;
        const injecting: Handler = (call, answer) => {
          const scope = injector.receive((name) => call.metadata.get(name).join(',') || undefined);
          if (scope === undefined) return handle(call, answer);
          const watch = new RequestWatch(path, scope, serialize as Serialize, injector);
          if (answer === undefined) watch.stream(call);
          call.once('cancelled', () => void watch.tell({ error: 'aborted' }));
          return injector.within(scope, () => handle(call, answer && watch.once(answer)));
        };
        return Reflect.apply(register, this, [path, injecting, serialize, ...rest]) as boolean;
      },
  );
}

/** Tells of a request before its answer ends. */
class RequestWatch {
  private readonly start = now();
  private readonly digest = new AnswerDigest();
  private told: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly scope: RequestScope,
    private readonly serialize: Serialize,
    private readonly injector: Injector,
  ) {}

  tell(ending: Ending): Promise<void> {
    const { path, scope, injector } = this;
    const request = {
      service: injector.settings.service,
      kind: 'server',
      operation: methodOf(path),
      said: grpcSaid(path),
      start: this.start,
      calls: callsMade(scope),
    } as const;
    return (this.told ??= injector.tell(scope, request, ending).finally(() => {
      endScope(scope);
      injector.finish(scope);
    }));
  }

  private answered(code: number): Promise<void> {
    return this.tell({ ...grpcEnding(code), answer: this.digest.of(code) });
  }

  /** Of an answer that is one message. */
  once(answer: Answer): Answer {
    return (error, value, ...rest) => {
      if (value !== undefined && value !== null) this.digest.add(this.serialize(value));
      void this.answered(error ? codeOf(error) : 0).then(() => {
        answer(error, value, ...rest);
      });
    };
  }

  /** Of an answer that is a stream. */
  stream(call: ServerCall): void {
    const write = call.write?.bind(call);
    const end = call.end?.bind(call);
    call.write = (...words) => {
      this.digest.add(this.serialize(words[0]));
      return write?.(...words) ?? false;
    };
    call.end = (...words) => {
      void this.answered(0).then(() => end?.(...words));
      return call;
    };
    call.once('error', (error: unknown) => void this.answered(codeOf(error)));
  }
}

/** What is thrown without a status has this one, to whoever gets it. */
function codeOf(error: unknown): number {
  const code = error instanceof Object && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : GRPC_UNKNOWN;
}
