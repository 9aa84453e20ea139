#!/usr/bin/env node
/** The program `ldfi`: the command line, given the process it runs in. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { supportsColor, supportsColorStderr } from 'chalk';
import * as ldfi from '../index.js';
import { formatDiagnostic } from '../model/format-diagnostic.js';
import { runCli } from './cli/cli.js';
import { EXIT } from './cli/exit-codes.js';
import { diagnoseFailure } from './cli/failures.js';
import { scenarioHost } from './cli/host.js';
import type { Screen } from './cli/io.js';
import { Output } from './cli/output.js';
import { moduleLoader } from './scenario/modules.js';

const { stdout, stderr, env } = process;

function screen(stream: NodeJS.WriteStream & { readonly fd: number }, support: typeof supportsColor): Screen {
  const refused = (env.NO_COLOR ?? '') !== '';
  const output = new Output(stream);
  return {
    write: output.write,
    lost: () => output.failure,
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : 80,
    colourLevel: refused || support === false ? 0 : support.level,
  };
}

/** A handler may use its context in a callback, when all is said; then it is worth nothing. */
process.on('uncaughtException', (error) => {
  const diagnosed = diagnoseFailure(error);
  stderr.write(`${diagnosed === undefined ? (error.stack ?? String(error)) : formatDiagnostic(diagnosed)}\n`);
  process.exit(EXIT.unable);
});

const interruption = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
});

const packageFile = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };

const entry = (name: string): string => fileURLToPath(new URL(`../${name}/index.js`, import.meta.url));
const load = moduleLoader({
  exports: ldfi,
  entries: { 'ldfi/vitest': entry('vitest'), 'ldfi/fast-check': entry('fast-check') },
});

const code = await runCli(process.argv.slice(2), version, {
  out: screen(stdout, supportsColor),
  err: screen(stderr, supportsColorStderr),
  host: scenarioHost(load),
  names: Object.keys(ldfi),
  environment: env,
  shell: process.platform === 'win32' ? 'windows' : 'posix',
  folder: process.cwd(),
  interruption,
});

// Interrupted work may still be waiting to go on.
if (code === EXIT.interrupted) process.exit(code);
process.exitCode = code;

/** Milliseconds for what a module has left running, such as a timer, once all is said. */
const GRACE = 1000;

await Promise.all([stdout, stderr].map((stream) => new Promise((said) => stream.write('', said))));
setTimeout(() => process.exit(), GRACE).unref();
