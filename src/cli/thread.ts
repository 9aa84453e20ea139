/** The thread that does the work of the command line: it waits for a request, and tells what comes of it. */
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import type { Diagnostic } from '../index.js';
import {
  type BegunCalls,
  callsBegun,
  describeValue,
  diagnostic,
  displayPath,
  moduleLoader,
  outsideFrames,
  scenarioHost,
} from '../toolkit.js';
import { redirectDescriptors } from './descriptors.js';
import { diagnoseUnread } from './failures.js';
import { perform } from './perform.js';
import { Prints } from './prints.js';
import type { ThreadMessage } from './threads.js';
import type { WorkRequest } from './work.js';

/** Bytes of memory that there should be for each thread; each has a heap of its own, with V8's own limit. */
const MEMORY_EACH = 2 * 2 ** 30;

// While handlers run, that of the process is a trap.
const nextTick = process.nextTick.bind(process);

const port = parentPort;
if (port === null) throw new Error('this is no program of its own');
const tell = (message: ThreadMessage): void => {
  port.postMessage(message);
};

const prints = new Prints(tell);
subscribe(callsBegun.name, (calls) => {
  prints.begin(calls as BegunCalls);
});
for (const stream of [process.stdout, process.stderr]) stream.write = printing;
redirectDescriptors((text) => {
  prints.print(text);
});

const packageFile = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };

const entry = (name: string): string =>
  fileURLToPath(new URL(`../testing/${name}/index.js`, import.meta.url));
let names: readonly string[] = [];
const load = moduleLoader({
  exports: async () => {
    const ldfi = await import('../index.js');
    names = Object.keys(ldfi);
    return ldfi;
  },
  entries: () => ({ 'ldfi/vitest': entry('vitest'), 'ldfi/fast-check': entry('fast-check') }),
});

/** A handler may use its context in a callback, when all is said; then it is worth nothing. No host tells here what may be read. */
process.on('uncaughtException', (error) => {
  tell({ kind: 'uncaught', diagnostic: diagnoseUnread(error) ?? uncaught(error) });
});

// Only the user ends the program, and by a signal.
process.exit = () => {
  throw new Error('`process.exit` would end the checks of everything else');
};

const [request] = (await once(port, 'message')) as [WorkRequest];
await perform(
  request,
  {
    host: scenarioHost(load),
    names: () => names,
    environment: process.env,
    folder: process.cwd(),
    version,
    room: Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / MEMORY_EACH))),
  },
  {
    tell: (event) => {
      prints.hear(event);
      tell(event);
    },
    next: async () => {
      const answer = once(port, 'message');
      tell({ kind: 'free' });
      return ((await answer) as [number | undefined])[0];
    },
  },
);
tell({ kind: 'done' });

/** In place of a stream's own, since standard output is for what the program says. */
function printing(chunk: string | Uint8Array, ...rest: readonly unknown[]): true {
  prints.print(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk));
  const written = rest.at(-1);
  if (typeof written === 'function') nextTick(written);
  return true;
}

function uncaught(error: unknown): Diagnostic {
  const isError = error instanceof Error;
  const at = isError ? outsideFrames(error.stack ?? '').at(0) : undefined;
  return diagnostic('RUN123', `nothing catches ${isError ? String(error) : describeValue(error)}`, {
    notes: at && [{ label: 'at', text: `${displayPath(at.file)}:${at.line}` }],
  });
}
