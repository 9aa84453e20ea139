#!/usr/bin/env node
/** The program `ldfi`: the command line, given the process it runs in. */
import { readFileSync } from 'node:fs';
import { supportsColor, supportsColorStderr } from 'chalk';
import { runCli } from './cli/cli.js';
import { EXIT } from './cli/exit-codes.js';
import { fileSystemHost } from './cli/host.js';
import type { Screen } from './cli/io.js';

const { stdout, stderr, env } = process;

/** A reader that closes a pipe, as `head` does, has seen enough; that is no failure. */
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

function screen(stream: NodeJS.WriteStream, support: typeof supportsColor): Screen {
  const refused = (env.NO_COLOR ?? '') !== '';
  return {
    write: (text) => stream.write(text),
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : 80,
    colourLevel: refused || support === false ? 0 : support.level,
  };
}

const interruption = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
});

const packageFile = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };

const code = await runCli(process.argv.slice(2), version, {
  out: screen(stdout, supportsColor),
  err: screen(stderr, supportsColorStderr),
  host: fileSystemHost,
  interruption,
});

// Interrupted work may still be waiting to go on.
if (code === EXIT.interrupted) process.exit(code);
process.exitCode = code;
