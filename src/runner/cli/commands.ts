/** The commands and options that there are, as commander takes words apart and writes the help. */
import { Command } from 'commander';
import { SAT_BACKENDS } from '../../solver/backends.js';
import type { StrategyName } from '../result.js';
import { CHECK_HELP, MAIN_HELP, REPLAY_HELP } from './help.js';

export const STRATEGIES: readonly StrategyName[] = ['compiled', 'alternating', 'random', 'exhaustive'];

/** How many counterexamples `--all` finds where it is given no number. */
export const ALL_LIMIT = 100;

/** Options as commander hands them over: what was typed, or true for a flag without a value. */
export interface RawOptions {
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

/** Told of the command that was typed, with its files and options. */
export interface Commands {
  check(files: readonly string[], raw: RawOptions): void;
  replay(files: readonly string[], raw: RawOptions): void;
  print(files: readonly string[], raw: RawOptions): void;
  schema(): void;
}

/**
 * The parser of the command line. It throws a `CommanderError` for words that it does not know, and after
 * it has shown help.
 */
export function describeCommands(version: string, commands: Commands, show: (text: string) => void): Command {
  const program = new Command('ldfi')
    .description('Finds the smallest sets of faults that break a protocol, or certifies that none can.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: show, writeErr: show, outputError: () => undefined })
    .addHelpText('after', MAIN_HELP);
  describeCheck(program, commands);
  describeReplay(program, commands);
  program
    .command('print <file...>')
    .description('Show programs as they were read, with inferred types and strata.')
    .option('--no-color', 'no colours')
    .action((files: string[], raw: RawOptions) => {
      commands.print(files, raw);
    });
  program
    .command('schema')
    .description('Print the JSON Schema of what --json prints.')
    .action(() => {
      commands.schema();
    });
  return program;
}

function describeCheck(program: Command, commands: Commands): void {
  const command = located(program.command('check <file...>'))
    .description('Check each file within its bounds: a counterexample, or a certificate.')
    .option('--strategy <name>', `${STRATEGIES.join(', ')} (default: compiled)`)
    .option('--solver <name>', SAT_BACKENDS.join(' or '))
    .option('--all [limit]', `find all minimal counterexamples, up to a limit (default: ${ALL_LIMIT})`)
    .option('--max-runs <number>', 'the most executions of a protocol')
    .option('--timeout <time>', 'the time for each check, such as 90s or 2m')
    .option('--seed <number>', 'of the strategy random (default: 0)')
    .option('--no-negative-support', 'let alternating ignore what absent facts may rest on')
    .option('-q, --quiet', 'one line for each check');
  presented(command)
    .addHelpText('after', CHECK_HELP)
    .action((files: string[], raw: RawOptions) => {
      commands.check(files, raw);
    });
}

function describeReplay(program: Command, commands: Commands): void {
  const command = located(program.command('replay <file...>'))
    .description('Run once under given faults, and show the run.')
    .option('--inject <faults>', 'such as "drop a->b@1; crash C@6" (default: no faults)');
  presented(command)
    .addHelpText('after', REPLAY_HELP)
    .action((files: string[], raw: RawOptions) => {
      commands.replay(files, raw);
    });
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
