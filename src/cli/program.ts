/** The command line, given the process that it runs in. */
import { readFileSync } from 'node:fs';
import { supportsColor, supportsColorStderr } from 'chalk';
import isUnicodeSupported from 'is-unicode-supported';
import type { Worker } from 'node:worker_threads';
import { shellOf } from '../toolkit.js';
import { namesOtherCharset } from './ascii.js';
import { runCli } from './cli.js';
import type { Screen } from './io.js';
import { Output } from './output.js';
import { Threads } from './threads.js';

const { stdout, stderr, env } = process;

/** What was there before the command line was read. */
export interface Beginning {
  /** The folder of the package. */
  readonly home: URL;
  /** The program of a thread, and a thread that runs it already. */
  readonly threadFile: URL;
  readonly thread: Worker;
  /** Fulfilled at the first interruption, and at the second. */
  readonly interruption: Promise<unknown>;
  readonly impatience: Promise<unknown>;
}

/** Runs the command that was typed, to the end of the process. */
export async function runProgram(beginning: Beginning): Promise<never> {
  const { home, threadFile, thread, interruption, impatience } = beginning;
  const threads = new Threads(threadFile, thread);
  const { version } = JSON.parse(readFileSync(new URL('package.json', home), 'utf8')) as {
    readonly version: string;
  };
  const code = await runCli(process.argv.slice(2), version, {
    out: screen(stdout, supportsColor),
    err: screen(stderr, supportsColorStderr),
    shell: shellOf(process.platform),
    environment: env,
    start: threads.start,
    settle: threads.settle,
    interruption,
    impatience,
  });
  await Promise.all([stdout, stderr].map((stream) => new Promise((said) => stream.write('', said))));
  process.exit(code);
}

function screen(stream: NodeJS.WriteStream & { readonly fd: number }, support: typeof supportsColor): Screen {
  const refused = (env.NO_COLOR ?? '') !== '';
  const output = new Output(stream);
  return {
    write: output.write,
    lost: () => output.failure,
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : 80,
    // Who reads what goes elsewhere is not known.
    showsAsciiAlone: stream.isTTY && (!isUnicodeSupported() || namesOtherCharset(env)),
    colourLevel: refused || support === false ? 0 : support.level,
  };
}
