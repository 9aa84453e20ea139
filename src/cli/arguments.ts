/**
 * What the user asks for. Commander takes the words apart and writes the help; what the words mean is
 * decided in `arguments/`, by a file for each command, so that every complaint is a diagnostic and all are made at once.
 */
import { Command, CommanderError } from 'commander';
import type { Diagnostic } from '../index.js';
import { diagnostic } from '../toolkit.js';
import { describeCheck } from './arguments/check.js';
import { describeCodes } from './arguments/codes.js';
import type { DescribedCommand } from './arguments/command.js';
import { describeCompletion } from './arguments/completion.js';
import { takeOnce } from './arguments/describe.js';
import { describeExplain } from './arguments/explain.js';
import { describeInit } from './arguments/init.js';
import { describePrint } from './arguments/print.js';
import { describeProtect } from './arguments/protect.js';
import { describeProxy } from './arguments/proxy.js';
import { sessionOf } from './arguments/read.js';
import { describeRepair } from './arguments/repair.js';
import { describeReplay } from './arguments/replay.js';
import { describeSchema } from './arguments/schema.js';
import { describeShow } from './arguments/show.js';
import { describeTestFrom } from './arguments/test-from.js';
import { describeTolerance } from './arguments/tolerance.js';
import { describeTrace } from './arguments/trace.js';
import { describeVerify } from './arguments/verify.js';
import { MAIN_HELP } from './help.js';
import type { Invocation } from './invocation.js';
import { ALL_LIMIT } from './settings.js';

/** In the order in which help lists them. */
const COMMANDS: readonly DescribedCommand[] = [
  describeCheck,
  describeReplay,
  describeExplain,
  describeTolerance,
  describeProtect,
  describeRepair,
  describeTestFrom,
  describeShow,
  describePrint,
  describeVerify,
  describeTrace,
  describeProxy,
  describeInit,
  describeSchema,
  describeCodes,
  describeCompletion,
];

/** @param args what was typed after the name of the program */
export function readArguments(args: readonly string[], version: string): Invocation {
  let invocation: Invocation | undefined;
  let text = '';
  const program = new Command('ldfi')
    .description('Finds the smallest sets of faults that break a protocol, or certifies that none can.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (shown) => (text += shown),
      writeErr: (shown) => (text += shown),
      outputError: () => undefined,
    })
    .addHelpText('after', MAIN_HELP);
  for (const describe of COMMANDS) describe(program, (asked) => (invocation = asked));
  for (const command of program.commands) for (const option of command.options) takeOnce(option);
  try {
    program.parse(separateAll(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text, misused: false };
    if (error.code === 'commander.help') return { kind: 'text', text, misused: true };
    const session = sessionOf({ json: args.includes('--json'), color: !args.includes('--no-color') });
    return { kind: 'wrong', diagnostics: [usageError(error)], session };
  }
  return invocation ?? { kind: 'text', text: program.helpInformation(), misused: true };
}

/** `--all` takes the word after it only where that is a number, so that it can stand before a file. */
function separateAll(args: readonly string[]): readonly string[] {
  return args.map((arg, index) =>
    arg === '--all' && !/^\d+$/.test(args.at(index + 1) ?? '') ? `--all=${ALL_LIMIT}` : arg,
  );
}

function usageError(error: CommanderError): Diagnostic {
  const [message, ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion.join(' ').replace(/^\(?Did you mean (.*)\?\)$/, 'did you mean `$1`?');
  return diagnostic('RUN101', message, { hint: hint === '' ? '`ldfi --help` shows what there is' : hint });
}
