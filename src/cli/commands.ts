/** The commands and options that there are, as commander takes words apart and writes the help. */
import { Command, CommanderError, Option } from 'commander';
import {
  CHECK_HELP,
  EXPLAIN_HELP,
  INIT_HELP,
  MAIN_HELP,
  PROTECT_HELP,
  REPAIR_HELP,
  PROXY_HELP,
  REPLAY_HELP,
  TOLERANCE_HELP,
  TRACE_HELP,
  VERIFY_HELP,
} from './help.js';
import { SAT_BACKENDS } from '../index.js';
import { ALL_PRUNING_RULES, REPORTERS, RUN_FORMS } from '../toolkit.js';
import { EXPLANATION_FORMS } from './invocation.js';
import { SETTING_NAMES, SETTINGS, type SettingName } from './settings.js';

/** Options as commander hands them over: what was typed, or true for a flag without a value. */
export type RawOptions = { readonly [Name in SettingName]?: string | boolean } & {
  readonly nodes?: string;
  /** Each as often as it was typed. */
  readonly grep?: readonly string[];
  readonly with?: readonly string[];
  readonly list?: boolean;
  readonly asExpected?: boolean;
  readonly bail?: boolean;
  readonly certificate?: string;
  readonly proof?: boolean;
  readonly samples?: string;
  readonly inject?: string;
  readonly watch?: string;
  readonly depth?: string;
  readonly as?: string;
  readonly probability?: string;
  /** False where `--no-config` was typed. */
  readonly config?: string | false;
  /** The folder outside of which nothing is read. */
  readonly root?: string;
  readonly typescript?: boolean;
  readonly asp?: boolean;
  readonly strict?: boolean;
  readonly where?: string;
  readonly from?: string;
  readonly listen?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly outcome?: string;
  readonly maxFaults?: string;
  readonly to?: string;
  readonly print?: string;
  readonly html?: string;
  readonly picture?: string;
  readonly json?: boolean;
  readonly log?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly ascii?: boolean;
};

/** Of commands that listen. */
export type RawListenOptions = RawOptions & { readonly allowHost?: string };

/** Of `check`. */
export type RawCheckOptions = RawOptions & {
  /** False where `--no-reduce` was typed. */
  readonly reduce?: boolean;
  readonly resume?: string;
  readonly dryRun?: boolean;
  /** Each as often as it was typed. */
  readonly withoutRule?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly reporter?: readonly string[];
};

/** Told of the command that was typed, with its files and options. */
export interface Commands {
  check(files: readonly string[], raw: RawCheckOptions): void;
  replay(files: readonly string[], raw: RawOptions): void;
  /** @param words of the question */
  explain(file: string, words: readonly string[], raw: RawOptions): void;
  print(files: readonly string[], raw: RawOptions): void;
  tolerance(files: readonly string[], raw: RawOptions): void;
  protect(files: readonly string[], raw: RawOptions): void;
  repair(files: readonly string[], raw: RawOptions): void;
  verify(folder: string, files: readonly string[], raw: RawOptions): void;
  trace(inputs: readonly string[], raw: RawListenOptions): void;
  proxy(raw: RawListenOptions): void;
  init(name: string | undefined, raw: RawOptions): void;
  /** @param document the command whose document is meant, where it is not that of all others */
  schema(document: string | undefined): void;
  codes(names: readonly string[]): void;
  completion(shell: string): void;
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
  describeExplain(program, commands);
  describeTolerance(program, commands);
  describeProtect(program, commands);
  describeRepair(program, commands);
  describePrint(program, commands);
  describeVerify(program, commands);
  describeTrace(program, commands);
  describeProxy(program, commands);
  describeInit(program, commands);
  for (const command of program.commands) for (const option of command.options) takeOnce(option);
  program
    .command('schema [command]')
    .description(
      'Print the JSON Schema of what --json prints; those of `list`, `trace`, `explain`, `tolerance`, `protect` and `repair` are their own.',
    )
    .action((document: string | undefined) => {
      commands.schema(document);
    });
  program
    .command('codes [code...]')
    .description('Say what the codes of diagnostics mean, and what to do; all of them where none is named.')
    .action((names: string[]) => {
      commands.codes(names);
    });
  program
    .command('completion <shell>')
    .description('Print a script by which a shell completes commands and options: bash, zsh or fish.')
    .action((shell: string) => {
      commands.completion(shell);
    });
  return program;
}

function describeCheck(program: Command, commands: Commands): void {
  const command = selecting(program.command('check [file...]'))
    .description('Check each scenario within its bounds: a counterexample, or a certificate.')
    .option('--list', 'list the scenarios instead of checking them')
    .option('--as-expected', 'exit 0 where each verdict is the one that its scenario expects')
    .option('--bail', 'end at the first scenario that would not let it exit 0');
  for (const name of SETTING_NAMES) describeSetting(command, name);
  command
    .option('--certificate <folder>', 'write a certificate of each certified verdict into a folder')
    .option('--proof', 'with each certificate, a proof that its formula has no model')
    .option('--dry-run', 'of a running system, only say which calls would be failed, and how')
    .option('--resume <file>', 'of a running system, go on with the runs in a file, and add to it')
    .option(
      '--without-rule <name>',
      `of a running system, leave no run out by a rule (${ALL_PRUNING_RULES.join(', ')}); may be repeated`,
      collect,
    )
    .option('--no-reduce', 'of a running system, run every fault set')
    .option(
      '--allow-host <host>',
      'services may be there, and not on this machine alone; may be repeated',
      collect,
    );
  command.option(
    '--reporter <name[=file]>',
    `${REPORTERS.join(', ')}; with a file beside what is printed; may be repeated`,
    collect,
  );
  presented(configured(command).option('-q, --quiet', 'one line for each check'))
    .addHelpText('after', CHECK_HELP)
    .action((files: string[], raw: RawCheckOptions) => {
      commands.check(files, raw);
    });
}

function describeReplay(program: Command, commands: Commands): void {
  const command = selecting(program.command('replay [file...]'))
    .description('Run once under given faults, and show the run.')
    .option('--inject <faults>', 'such as "drop a->b@1; crash C@6" (default: no faults)', joined('; '));
  command.option('--as <form>', `${RUN_FORMS.join(', ')} (default: text)`);
  command.option(
    '--watch <names>',
    'show nodes, fields or relations beside the picture, such as a,b.term,log',
    joined(','),
  );
  for (const name of SETTING_NAMES) if (SETTINGS[name].replays) describeSetting(command, name);
  presented(configured(command))
    .addHelpText('after', REPLAY_HELP)
    .action((files: string[], raw: RawOptions) => {
      commands.replay(files, raw);
    });
}

function describeExplain(program: Command, commands: Commands): void {
  const command = selecting(program.command('explain <file> [question...]'))
    .description('Say why something is so in a run, or why it is not.')
    .option('--inject <faults>', 'such as "drop a->b@1; crash C@6" (default: no faults)', joined('; '))
    .option('--depth <steps>', 'how many steps are told, one behind another (default: 4)')
    .option('--as <form>', `${EXPLANATION_FORMS.join(', ')} (default: text)`);
  for (const name of SETTING_NAMES) if (SETTINGS[name].replays) describeSetting(command, name);
  presented(configured(command), 'ldfi schema explain')
    .addHelpText('after', EXPLAIN_HELP)
    .action((file: string, words: string[], raw: RawOptions) => {
      commands.explain(file, words, raw);
    });
}

function describeTolerance(program: Command, commands: Commands): void {
  const command = selecting(program.command('tolerance [file...]'))
    .description('How much may fail before a protocol breaks, when it is too late, and what to harden first.')
    .option('--probability <rates>', 'of a fault where one may happen, such as omission=0.01,crash=0.001');
  for (const name of SETTING_NAMES) if (SETTINGS[name].replays) describeSetting(command, name);
  describeSetting(command, 'timeout');
  presented(configured(command), 'ldfi schema tolerance')
    .addHelpText('after', TOLERANCE_HELP)
    .action((files: string[], raw: RawOptions) => {
      commands.tolerance(files, raw);
    });
}

function describeProtect(program: Command, commands: Commands): void {
  const command = selecting(program.command('protect [file...]'))
    .description('The smallest sets of messages, nodes and channels that must not fail for a certificate.')
    .option('--limit <sets>', 'the most sets to find (default: 10)');
  for (const name of SETTING_NAMES) if (SETTINGS[name].replays) describeSetting(command, name);
  describeSetting(command, 'timeout');
  presented(configured(command), 'ldfi schema protect')
    .addHelpText('after', PROTECT_HELP)
    .action((files: string[], raw: RawOptions) => {
      commands.protect(files, raw);
    });
}

function describeRepair(program: Command, commands: Commands): void {
  const command = selecting(program.command('repair [file...]'))
    .description('Changes of the rules of a protocol with which a check certifies it, as patches.')
    .option('--limit <repairs>', 'the most repairs to find (default: 3)')
    .option('--as <form>', 'text, or patch for the cheapest repair alone (default: text)');
  for (const name of SETTING_NAMES) if (SETTINGS[name].replays) describeSetting(command, name);
  describeSetting(command, 'timeout');
  presented(configured(command), 'ldfi schema repair')
    .addHelpText('after', REPAIR_HELP)
    .action((files: string[], raw: RawOptions) => {
      commands.repair(files, raw);
    });
}

function describePrint(program: Command, commands: Commands): void {
  const command = program
    .command('print [file...]')
    .description('Show programs of rules as Dedalus, with inferred types and strata.')
    .option('--typescript', 'show them as scenarios in TypeScript instead')
    .option('--asp', 'show them as answer-set programs for clingo, with the faults as choices')
    .option(GREP, GREP_HELP, collect);
  describeSetting(command, 'modules');
  configured(together(command))
    .option('--color', 'colours, even where no terminal is')
    .option('--no-color', 'no colours')
    .action((files: string[], raw: RawOptions) => {
      commands.print(files, raw);
    });
}

function describeVerify(program: Command, commands: Commands): void {
  const command = program
    .command('verify-certificate <folder> [file...]')
    .description('Verify what `check --certificate` wrote: one certificate, or all that a folder holds.')
    .option('--samples <number>', 'the most fault sets to run the scenario under (default: 200)')
    .option('--seed <number>', 'of the choice of fault sets (default: 0)')
    .option('--solver <name>', `${SAT_BACKENDS.join(' or ')} (default: the one that did not decide)`);
  describeSetting(command, 'timeout');
  presented(together(command).option('--root <folder>', 'read scenarios in this folder alone'))
    .addHelpText('after', VERIFY_HELP)
    .action((folder: string, files: string[], raw: RawOptions) => {
      commands.verify(folder, files, raw);
    });
}

function describeTrace(program: Command, commands: Commands): void {
  const command = program
    .command('trace [input...]')
    .description('Read traces of a running system: what it survived, and what to let fail next.')
    .option('--from <address>', 'ask a server of Zipkin or Jaeger, such as http://localhost:9411')
    .option('--listen <port>', 'receive traces of OpenTelemetry over HTTP, until Ctrl-C; most send to 4318')
    .option('--allow-host <address>', 'listen at this address, and not on this machine alone')
    .option('--service <name>', 'of what a server is asked for (default: all)')
    .option('--operation <name>', 'of what a server is asked for (default: all)')
    .option('--since <time>', 'how far back a server is asked (default: 1h)')
    .option('--limit <number>', 'the most traces to ask a server for, of each service (default: 1000)')
    .option('--max-faults <number>', 'the most calls to let fail together (default: 2)')
    .option('--where <predicate>', "look at these requests alone, such as 'latency > 500ms'")
    .option('--outcome <predicate>', 'which outcomes are good (default: those whose root span did not fail)')
    .option('--strict', 'conclude nothing where a trace has a flaw')
    .option('--html <file>', 'write a page as well, which any browser shows')
    .option('--picture <trace>', 'draw the calls of a trace, by its id or the beginning of that');
  presented(command, 'ldfi schema trace')
    .addHelpText('after', TRACE_HELP)
    .action((inputs: string[], raw: RawListenOptions) => {
      commands.trace(inputs, raw);
    });
}

function describeProxy(program: Command, commands: Commands): void {
  program
    .command('proxy')
    .description('Stand before what a service calls, and fail the calls that its requests name.')
    .option('--listen <port>', 'where the calls come in (default: 8080)')
    .option('--to <address>', 'where they go (default: where each says itself, as by HTTP_PROXY)')
    .option('--service <name>', 'what makes the calls (default: $OTEL_SERVICE_NAME)')
    .option('--allow-host <address>', 'listen at this address, and not on this machine alone')
    .option('--print <rules>', 'print `haproxy`, rules that do the same, or `lua`, the script they need')
    .option('--color', 'colours, even where no terminal is')
    .option('--no-color', 'no colours')
    .addHelpText('after', PROXY_HELP)
    .action((raw: RawListenOptions) => {
      commands.proxy(raw);
    });
}

function describeInit(program: Command, commands: Commands): void {
  program
    .command('init [name]')
    .description('Write a first scenario with its repair, and what is needed to check it.')
    .option('--color', 'colours, even where no terminal is')
    .option('--no-color', 'no colours')
    .addHelpText('after', INIT_HELP)
    .action((name: string | undefined, raw: RawOptions) => {
      commands.init(name, raw);
    });
}

function describeSetting(command: Command, name: SettingName): void {
  const { flag, help, off }: { readonly flag: string; readonly help: string; readonly off?: string } =
    SETTINGS[name];
  const option = new Option(flag, help);
  if (off === undefined) {
    command.addOption(option);
    return;
  }
  command.addOption(option.hideHelp());
  command.option(flag.replace(/^--/, '--no-'), off);
}

/** Of an option that is typed twice neither is to be passed over. */
function takeOnce(option: Option): void {
  if (option.parseArg !== undefined || !(option.required || option.optional)) return;
  option.argParser((value, previous: unknown) => {
    if (typeof previous === 'string')
      throw new CommanderError(1, 'ldfi.repeated', `error: ${option.long} is given twice`);
    return value;
  });
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** More of what an option lists. */
function joined(separator: string) {
  return (value: string, previous?: string): string =>
    previous === undefined ? value : previous + separator + value;
}

const ASCII_HELP = 'draw with ASCII alone (default: where the terminal shows nothing else)';

const GREP = '-g, --grep <pattern>';
const GREP_HELP = 'only scenarios whose name matches a regular expression, or one of several';

function selecting(command: Command): Command {
  return together(command)
    .option(GREP, GREP_HELP, collect)
    .option('--nodes <names>', 'the nodes, such as a,b,c (default: the scenario’s own)', joined(','));
}

function together(command: Command): Command {
  return command.option(
    '--with <file>',
    'read a file as part of each program of Dedalus; may be repeated',
    collect,
  );
}

function configured(command: Command): Command {
  return command
    .option('--config <file>', 'defaults to read instead of those in ldfi.config.ts')
    .option('--no-config', 'no defaults from a file')
    .option('--root <folder>', 'read files in this folder alone');
}

function presented(command: Command, schema = 'ldfi schema'): Command {
  return command
    .option('--json', `print one JSON document; \`${schema}\` prints its schema`)
    .addOption(
      new Option('--log <form>', 'write events to standard error, as lines of `json`').choices(['json']),
    )
    .option('-v, --verbose', 'leave nothing out')
    .option('--ascii', ASCII_HELP)
    .option('--color', 'colours, even where no terminal is')
    .option('--no-color', 'no colours');
}
