/**
 * Clients of `@grpc/grpc-js`, with the faults of a campaign. What a channel makes is wrapped: all kinds of calls, unary
 * and streaming, go through it, below whatever interceptors a service has.
 */
import type * as Grpc from '@grpc/grpc-js';
import type { FaultOf } from '../contract.js';
import { refusedError } from '../failures.js';
import type { Injector, OutgoingCall } from '../injector.js';
import { grpcCall, grpcEnding } from './grpc-call.js';
import { replaceMethod } from './replace-method.js';
import { StandInCall, type ChannelCall, type GrpcListener, type GrpcStatus } from './grpc-stand-in.js';

/** What it does where a call has nothing to do with a campaign, is what the package does. */
export function injectIntoGrpcClients(grpc: typeof Grpc, injector: Injector): void {
  replaceMethod(
    grpc.Channel.prototype,
    'createCall',
    (createCall) =>
      function (this: Grpc.Channel, ...words) {
        const make = () => Reflect.apply(createCall, this, words);
        const [path, deadline] = words;
        const call = injector.begin(() => grpcCall(path, this.getTarget()));
        if (call === undefined) return make();
        const { fault } = call;
        const isAsked = fault === undefined || fault.kind === 'broken-body';
        const standIn = () =>
          new StandInCall(grpc, Number(deadline), (other) => {
            answerInPlace(other, fault!, this.getTarget(), make);
          });
        return new InjectedCall(grpc, isAsked ? make() : standIn(), call, injector);
      },
  );
}

/** What becomes of a call in place of what would have. */
function answerInPlace(
  other: StandInCall,
  fault: FaultOf<'rpc'>,
  target: string,
  make: () => ChannelCall,
): void {
  switch (fault.kind) {
    case 'refused':
      other.answer('UNAVAILABLE', refusalOf(target));
      return;
    case 'grpc':
      other.answer(fault.status, `ldfi: ${fault.status} in place of an answer`);
      return;
    case 'latency':
      setTimeout(() => {
        other.passTo(make);
      }, fault.milliseconds);
      return;
    case 'timeout':
    case 'broken-body':
      return;
  }
}

/** As the package says that nobody listens. */
function refusalOf(target: string): string {
  const { host, port } = grpcCall('', target);
  return `No connection established. Last error: ${String(refusedError(host, port))}`;
}

/** Carries on what a call has to, and tells how it ended before its caller sees that. */
class InjectedCall implements ChannelCall {
  private isOver = false;

  constructor(
    private readonly grpc: typeof Grpc,
    private readonly asked: ChannelCall,
    private readonly call: OutgoingCall<'rpc'>,
    private readonly injector: Injector,
  ) {}

  start(given: Grpc.Metadata, listener: GrpcListener): void {
    // What was given may serve for other calls as well.
    const metadata = given.clone();
    for (const [name, value] of Object.entries(this.call.headers)) metadata.set(name, value);
    if (this.call.fault?.kind === 'timeout') void this.call.ended({ error: 'timeout' });
    const { injector } = this;
    // What comes, comes over a connection that other requests use as well.
    const end = injector.bound((status: GrpcStatus) => {
      listener.onReceiveStatus(status);
    });
    const isBroken = this.call.fault?.kind === 'broken-body';
    this.asked.start(metadata, {
      onReceiveMetadata: injector.bound((received) => {
        listener.onReceiveMetadata(received);
      }),
      onReceiveMessage: injector.bound((message) => {
        if (isBroken) this.breakOff(end);
        else listener.onReceiveMessage(message);
      }),
      onReceiveStatus: (status) => {
        if (isBroken) this.breakOff(end);
        else this.end(status, end);
      },
    });
  }

  /** As the package says that a connection was lost. */
  private breakOff(end: (status: GrpcStatus) => void): void {
    const { Metadata, status } = this.grpc;
    const dropped = { code: status.UNAVAILABLE, details: 'Connection dropped', metadata: new Metadata() };
    this.end(dropped, end);
    this.asked.cancelWithStatus(dropped.code, dropped.details);
  }

  private end(status: GrpcStatus, end: (status: GrpcStatus) => void): void {
    if (this.isOver) return;
    this.isOver = true;
    // What a listener throws is to be an exception that nobody caught, and not a rejection.
    void this.call.ended(grpcEnding(status.code)).then(() => {
      process.nextTick(end, status);
    });
  }

  cancelWithStatus(...words: Parameters<ChannelCall['cancelWithStatus']>): void {
    this.asked.cancelWithStatus(...words);
  }

  sendMessageWithContext(...words: Parameters<ChannelCall['sendMessageWithContext']>): void {
    this.asked.sendMessageWithContext(...words);
  }

  startRead(): void {
    this.asked.startRead();
  }

  halfClose(): void {
    this.asked.halfClose();
  }

  setCredentials(...words: Parameters<ChannelCall['setCredentials']>): void {
    this.asked.setCredentials(...words);
  }

  getPeer(): string {
    return this.asked.getPeer();
  }

  getCallNumber(): number {
    return this.asked.getCallNumber();
  }

  getAuthContext(): ReturnType<ChannelCall['getAuthContext']> {
    return this.asked.getAuthContext();
  }
}
