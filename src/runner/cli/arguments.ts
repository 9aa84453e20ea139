/**
 * What the user asks for. Commander takes the words apart and writes the help; what the words mean is
 * decided in `options.ts`, so that every complaint is a diagnostic and all are made at once.
 */
import { Command, CommanderError } from 'commander';
import { diagnostic, type Diagnostic } from '../../model/diagnostics.js';
import { SAT_BACKENDS } from '../../solver/backends.js';
import type { StrategyName } from '../result.js';
import type { BoundsFlags } from './bounds.js';
import type { CheckSettings } from './check-command.js';
import { CHECK_HELP, MAIN_HELP, REPLAY_HELP } from './help.js';
import { jsonSchema } from '../json/schema.js';
import { LONGEST_EOT, OptionReader } from './options.js';
import type { ReplaySettings } from './replay-command.js';
import type { SessionOptions } from './session.js';

export type Invocation =
  | CheckInvocation
  | ReplayInvocation
  | { readonly kind: 'print'; readonly files: readonly string[]; readonly session: SessionOptions }
  /** Help and the like; misused where it is shown because nothing was asked for. */
  | { readonly kind: 'text'; readonly text: string; readonly misused: boolean }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[]; readonly session: SessionOptions };

export interface CheckInvocation {
  readonly kind: 'check';
  readonly files: readonly string[];
  readonly settings: CheckSettings;
  readonly session: SessionOptions;
}

export interface ReplayInvocation {
  readonly kind: 'replay';
  readonly files: readonly string[];
  readonly settings: ReplaySettings;
  readonly session: SessionOptions;
}

const STRATEGIES: readonly StrategyName[] = ['compiled', 'alternating', 'random', 'exhaustive'];

/** How many counterexamples `--all` finds where it is given no number. */
export const ALL_LIMIT = 100;

/** Options as commander hands them over: what was typed, or true for a flag without a value. */
interface RawOptions {
  readonly nodes?: string;
  readonly eot?: string;
  readonly eff?: string;
  readonly crashes?: string;
  readonly strategy?: string;
  readonly solver?: string;
  readonly all?: string | true;
  readonly maxRuns?: string;
  readonly timeout?: string;
  readonly seed?: string;
  readonly negativeSupport?: boolean;
  readonly inject?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

/** @param args what was typed after the name of the program */
export function readArguments(args: readonly string[], version: string): Invocation {
  let invocation: Invocation | undefined;
  let text = '';
  const program = describeProgram(
    version,
    (found) => (invocation = found),
    (shown) => (text += shown),
  );
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

function describeProgram(
  version: string,
  found: (invocation: Invocation) => void,
  shown: (text: string) => void,
): Command {
  const program = new Command('ldfi')
    .description('Finds the smallest sets of faults that break a protocol, or certifies that none can.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: shown, writeErr: shown, outputError: () => undefined })
    .addHelpText('after', MAIN_HELP);
  presented(located(program.command('check <file...>')))
    .description('Check each file within its bounds: a counterexample, or a certificate.')
    .option('--strategy <name>', `${STRATEGIES.join(', ')} (default: compiled)`)
    .option('--solver <name>', SAT_BACKENDS.join(' or '))
    .option('--all [limit]', `find all minimal counterexamples, up to a limit (default: ${ALL_LIMIT})`)
    .option('--max-runs <number>', 'the most executions of a protocol')
    .option('--timeout <time>', 'the time for each check, such as 90s or 2m')
    .option('--seed <number>', 'of the strategy random (default: 0)')
    .option('--no-negative-support', 'let alternating ignore what absent facts may rest on')
    .option('-q, --quiet', 'one line for each check')
    .addHelpText('after', CHECK_HELP)
    .action((files: string[], raw: RawOptions) => {
      found(readCheck(files, raw));
    });
  presented(located(program.command('replay <file...>')))
    .description('Run once under given faults, and show the run.')
    .option('--inject <faults>', 'such as "drop a->b@1; crash C@6" (default: no faults)')
    .addHelpText('after', REPLAY_HELP)
    .action((files: string[], raw: RawOptions) => {
      found(readReplay(files, raw));
    });
  program
    .command('print <file...>')
    .description('Show programs as they were read, with inferred types and strata.')
    .option('--no-color', 'no colours')
    .action((files: string[], raw: RawOptions) => {
      found({ kind: 'print', files, session: sessionOf(raw) });
    });
  return withSchema(program, found);
}

function withSchema(program: Command, found: (invocation: Invocation) => void): Command {
  program
    .command('schema')
    .description('Print the JSON Schema of what --json prints.')
    .action(() => {
      found({ kind: 'text', text: `${JSON.stringify(jsonSchema, undefined, 2)}\n`, misused: false });
    });
  return program;
}

function located(command: Command): Command {
  return command
    .option('--nodes <names>', 'the nodes, such as a,b,c (default: the header, else those in the program)')
    .option('--eot <time>', 'the last logical timestep')
    .option('--eff <time>', 'omissions are admissible before this time')
    .option('--crashes <number>', 'the most nodes that may crash');
}

function presented(command: Command): Command {
  return command
    .option('--json', 'print one JSON document; `ldfi schema` prints its schema')
    .option('-v, --verbose', 'leave nothing out')
    .option('--no-color', 'no colours');
}

/** `--all` takes the word after it only where that is a number, so that it can stand before a file. */
function separateAll(args: readonly string[]): readonly string[] {
  return args.map((arg, index) =>
    arg === '--all' && !/^\d/.test(args.at(index + 1) ?? '') ? `--all=${ALL_LIMIT}` : arg,
  );
}

function usageError(error: CommanderError): Diagnostic {
  const [message, ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion.join(' ').replace(/^\(?Did you mean (.*)\?\)$/, 'did you mean `$1`?');
  return diagnostic('RUN101', message, { hint: hint === '' ? '`ldfi --help` shows what there is' : hint });
}

function sessionOf({ json, quiet, verbose, color }: RawOptions): SessionOptions {
  return {
    presentation: json === true ? 'json' : quiet === true ? 'line' : 'report',
    verbose: verbose === true,
    colour: color !== false,
  };
}

function readCheck(files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const settings: CheckSettings = {
    nodes: reader.nodes('--nodes', raw.nodes),
    bounds: readBounds(reader, raw),
    strategy: reader.choice('--strategy', raw.strategy, STRATEGIES),
    solver: reader.choice('--solver', raw.solver, SAT_BACKENDS),
    limit: reader.integer('--all', raw.all === true ? `${ALL_LIMIT}` : raw.all, { least: 1 })?.value,
    executions: reader.integer('--max-runs', raw.maxRuns, { least: 1 })?.value,
    timeout: reader.duration('--timeout', raw.timeout),
    seed: reader.integer('--seed', raw.seed, { least: 0 })?.value,
    negativeSupport: raw.negativeSupport !== false,
  };
  return orWrong({ kind: 'check', files, settings, session: sessionOf(raw) }, reader);
}

function readReplay(files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const settings: ReplaySettings = {
    nodes: reader.nodes('--nodes', raw.nodes),
    bounds: readBounds(reader, raw),
    inject: raw.inject ?? '',
  };
  return orWrong({ kind: 'replay', files, settings, session: sessionOf(raw) }, reader);
}

function readBounds(reader: OptionReader, raw: RawOptions): BoundsFlags {
  return {
    eot: reader.integer('--eot', raw.eot, { least: 1, most: LONGEST_EOT, code: 'RUN105' }),
    eff: reader.integer('--eff', raw.eff, { least: 0, code: 'RUN105' }),
    crashes: reader.integer('--crashes', raw.crashes, { least: 0, code: 'RUN105' }),
  };
}

function orWrong(invocation: CheckInvocation | ReplayInvocation, { diagnostics }: OptionReader): Invocation {
  return diagnostics.length === 0 ? invocation : { kind: 'wrong', diagnostics, session: invocation.session };
}
