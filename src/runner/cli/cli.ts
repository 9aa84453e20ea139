/** The command line as a function from words to an exit code. */
import { diagnostic } from '../../model/diagnostics.js';
import { readArguments, type Invocation } from './arguments.js';
import { checkScenarios } from './check-command.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { initialise } from './init-command.js';
import type { CliIo } from './io.js';
import { printScenarios } from './print-command.js';
import { replayScenarios } from './replay-command.js';
import { Session } from './session.js';
import { verifyCertificates } from './verify-command.js';

/**
 * Ends when the work is done or the user interrupts it; in the latter case work may still be under way, and
 * the process is to be ended.
 *
 * @param args what was typed after the name of the program
 * @param version that of the package
 */
export async function runCli(args: readonly string[], version: string, io: CliIo): Promise<ExitCode> {
  const invocation = readArguments(args, version);
  if (invocation.kind === 'text') {
    (invocation.misused ? io.err : io.out).write(invocation.text);
    return invocation.misused || io.out.lost?.() !== undefined ? EXIT.unable : EXIT.certified;
  }
  const session = new Session(io, invocation.session, version);
  const interrupted = io.interruption.then(() => {
    session.interrupt();
  });
  try {
    await Promise.race([perform(invocation, session), interrupted]);
  } catch (error) {
    confess(error, session);
  }
  session.finish();
  const lost = io.out.lost?.();
  if (lost !== undefined) session.tellLost(lost);
  return session.exitCode;
}

async function perform(
  invocation: Exclude<Invocation, { readonly kind: 'text' }>,
  session: Session,
): Promise<void> {
  switch (invocation.kind) {
    case 'check':
      return checkScenarios(invocation, session);
    case 'replay':
      return replayScenarios(invocation, session);
    case 'print':
      return printScenarios(invocation, session);
    case 'verify':
      return verifyCertificates(invocation, session);
    case 'init':
      initialise(invocation.name, session.version, session);
      return;
    case 'wrong':
      session.diagnose(invocation.diagnostics);
  }
}

/** What only a bug in ldfi can cause, told to the one who cannot help it. */
function confess(error: unknown, session: Session): void {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const hint =
    'please report it, with the command line, the files and the version' +
    (session.options.verbose ? '' : '; --verbose shows the stack, which belongs in the report');
  session.diagnose([diagnostic('RUN199', `this is a bug in ldfi, not in your protocol: ${what}`, { hint })]);
  if (session.options.verbose && error instanceof Error) session.io.err.write(`${error.stack ?? ''}\n`);
}
