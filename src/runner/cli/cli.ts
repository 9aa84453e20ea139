/** The command line as a function from words to an exit code. */
import { readArguments, type Invocation } from './arguments.js';
import { checkFiles } from './check-command.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { CliIo } from './io.js';
import { printFiles } from './print-command.js';
import { replayFiles } from './replay-command.js';
import { Session } from './session.js';

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
    io.out.write(invocation.text);
    return EXIT.certified;
  }
  const session = new Session(io, invocation.session);
  const interrupted = io.interruption.then(() => {
    session.interrupt();
  });
  try {
    await Promise.race([perform(invocation, session), interrupted]);
  } catch (error) {
    session.confess(confession(error, invocation.session.verbose));
  }
  session.finish();
  return session.exitCode;
}

async function perform(
  invocation: Exclude<Invocation, { readonly kind: 'text' }>,
  session: Session,
): Promise<void> {
  switch (invocation.kind) {
    case 'check':
      return checkFiles(invocation.files, invocation.settings, session);
    case 'replay':
      replayFiles(invocation.files, invocation.settings, session);
      return;
    case 'print':
      printFiles(invocation.files, session);
      return;
    case 'wrong':
      session.diagnose(invocation.diagnostics);
  }
}

/** What only a bug in ldfi can cause, told to the one who cannot help it. */
function confession(error: unknown, verbose: boolean): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [what] = stack.split('\n');
  return [
    `ldfi: this is a bug in ldfi, not in your protocol: ${what}`,
    'Please report it with the command line, the files and the version (ldfi --version).',
    ...(verbose ? [stack] : ['Run it with --verbose for the stack, which belongs in the report.']),
    '',
  ].join('\n');
}
