/** Work in threads of its own. */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { WorkEnding, Supervisor, Work, WorkEvent, WorkRequest } from './work.js';

/** What a thread tells: an event, that it can go on with another item, or that it is done. */
export type ThreadMessage = WorkEvent | { readonly kind: 'free' } | { readonly kind: 'done' };

/** Milliseconds for what a module has left running, such as a timer, once all is said. */
const GRACE = 1000;

/** A thread that waits for a request. What is printed in it past all care is kept from the standard output. */
export function newThread(file: URL): Worker {
  return new Worker(file, { stdout: true, stderr: true });
}

export class Threads {
  private readonly gone: Promise<void>[] = [];

  /**
   * @param file the program of a thread
   * @param first a thread that was started before there was anything to do
   */
  constructor(
    private readonly file: URL,
    private first: Worker | undefined,
  ) {}

  readonly start = (request: WorkRequest, { tell, next }: Supervisor): Work => {
    const worker = this.first ?? newThread(this.file);
    this.first = undefined;
    worker.postMessage(request);
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        tell({ kind: 'printed', source: undefined, text });
      });
    const ended = new Promise<WorkEnding>((resolve) => {
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'done') resolve(message);
        else if (message.kind === 'free') worker.postMessage(next());
        else tell(message);
      });
      worker.on('error', (error) => {
        resolve({ kind: 'lost', reason: reasonOf(error) });
      });
      worker.on('exit', () => {
        resolve({ kind: 'lost', reason: 'something in it ended the thread that ran it' });
      });
    });
    this.gone.push(
      new Promise((resolve) =>
        worker.on('exit', () => {
          resolve();
        }),
      ),
    );
    return {
      ended,
      stop: async () => {
        await worker.terminate();
      },
    };
  };

  /** Waits, within reason, until nothing runs any more. */
  readonly settle = async (): Promise<void> => {
    await Promise.race([Promise.all(this.gone), setTimeout(GRACE, undefined, { ref: false })]);
  };
}

/** Why a thread ended by an error. */
function reasonOf(error: Error): string {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return 'it takes more memory than there is';
  return `something in it ended the thread that ran it: ${error.message}`;
}
