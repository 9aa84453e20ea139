/** What a client of gRPC gets in place of a call where that is to fail: nobody is asked, or somebody later. */
import type * as Grpc from '@grpc/grpc-js';

/** A call as a channel makes it. */
export type ChannelCall = ReturnType<Grpc.Channel['createCall']>;

export type GrpcListener = Parameters<ChannelCall['start']>[1];

export type GrpcStatus = Parameters<GrpcListener['onReceiveStatus']>[0];

/** The longest that a timer of Node waits, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

export class StandInCall implements ChannelCall {
  /** Undefined as long as nobody is asked. */
  private callee: ChannelCall | undefined;
  private readonly waiting: ((callee: ChannelCall) => void)[] = [];
  private listener: GrpcListener | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isOver = false;

  /**
   * @param deadline milliseconds since 1970 until which the caller waits; not finite where it does for ever
   * @param otherSide what the callee does in place of its own, once the call is begun
   */
  constructor(
    private readonly grpc: typeof Grpc,
    private readonly deadline: number,
    private readonly otherSide: (call: StandInCall) => void,
  ) {}

  start(metadata: Grpc.Metadata, listener: GrpcListener): void {
    this.listener = listener;
    this.ask((callee) => {
      callee.start(metadata, listener);
    });
    const left = this.deadline - Date.now();
    if (Number.isFinite(left))
      this.timer = setTimeout(
        () => {
          this.answer('DEADLINE_EXCEEDED', 'Deadline exceeded');
        },
        Math.min(Math.max(left, 0), LONGEST),
      );
    // Whoever makes a call is done with that before it is answered.
    setImmediate(() => {
      this.otherSide(this);
    });
  }

  /** Ends it with a status, by its name. What was not asked by then never is. */
  answer(name: string, details: string): void {
    const { status } = this.grpc;
    const code = Object.entries(status).find(([each]) => each === name)?.[1];
    this.end(typeof code === 'number' ? code : status.UNKNOWN, details);
  }

  private end(code: Grpc.status, details: string): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    this.listener?.onReceiveStatus({ code, details, metadata: new this.grpc.Metadata() });
  }

  /** From now on this is a real call. */
  passTo(make: () => ChannelCall): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    this.callee = make();
    for (const each of this.waiting) each(this.callee);
  }

  private ask(what: (callee: ChannelCall) => void): void {
    if (this.callee === undefined) this.waiting.push(what);
    else what(this.callee);
  }

  cancelWithStatus(code: Grpc.status, details: string): void {
    if (this.callee === undefined) this.end(code, details);
    else this.callee.cancelWithStatus(code, details);
  }

  sendMessageWithContext(...words: Parameters<ChannelCall['sendMessageWithContext']>): void {
    this.ask((callee) => {
      callee.sendMessageWithContext(...words);
    });
  }

  startRead(): void {
    this.ask((callee) => {
      callee.startRead();
    });
  }

  halfClose(): void {
    this.ask((callee) => {
      callee.halfClose();
    });
  }

  setCredentials(...words: Parameters<ChannelCall['setCredentials']>): void {
    this.ask((callee) => {
      callee.setCredentials(...words);
    });
  }

  getPeer(): string {
    return this.callee?.getPeer() ?? 'unknown';
  }

  getCallNumber(): number {
    return this.callee?.getCallNumber() ?? 0;
  }

  getAuthContext(): ReturnType<ChannelCall['getAuthContext']> {
    return this.callee?.getAuthContext() ?? null;
  }
}
