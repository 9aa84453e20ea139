/** Options that several commands take, as commander takes them and writes their help. */
import { type Command, CommanderError, Option } from 'commander';
import { SETTING_NAMES, SETTINGS, type SettingName } from '../settings.js';

export function describeSetting(command: Command, name: SettingName): void {
  const { isList, ...setting } = SETTINGS[name];
  const { flag, help, off }: { readonly flag: string; readonly help: string; readonly off?: string } =
    setting;
  const option = new Option(flag, help);
  if (isList) option.argParser(joined(','));
  if (off === undefined) {
    command.addOption(option);
    return;
  }
  command.addOption(option.hideHelp());
  command.option(flag.replace(/^--/, '--no-'), off);
}

/** Those that decide what a single run does, or which faults there may be. */
export function describeRunSettings(command: Command): void {
  for (const name of SETTING_NAMES) if (SETTINGS[name].replays) describeSetting(command, name);
}

/** Of an option that is typed twice neither is to be passed over. */
export function takeOnce(option: Option): void {
  if (option.parseArg !== undefined || !(option.required || option.optional)) return;
  option.argParser((value, previous: unknown) => {
    if (typeof previous === 'string')
      throw new CommanderError(1, 'ldfi.repeated', `error: ${option.long} is given twice`);
    return value;
  });
}

export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** More of what an option lists. */
export function joined(separator: string) {
  return (value: string, previous?: string): string =>
    previous === undefined ? value : previous + separator + value;
}

/** Which of the scenarios found, and their nodes. */
export function selecting(command: Command): Command {
  return grepping(together(command)).option(
    '--nodes <names>',
    'the nodes, such as a,b,c (default: the scenario’s own)',
    joined(','),
  );
}

export function grepping(command: Command): Command {
  return command.option(
    '-g, --grep <pattern>',
    'only scenarios whose name matches a regular expression, or one of several',
    collect,
  );
}

/** What is read as one program. */
export function together(command: Command): Command {
  return command.option(
    '--with <file>',
    'read a file as part of each program of Dedalus; may be repeated',
    collect,
  );
}

export function configured(command: Command): Command {
  return command
    .option('--config <file>', 'defaults to read instead of those in ldfi.config.ts')
    .option('--no-config', 'no defaults from a file')
    .option('--root <folder>', 'read files in this folder alone');
}

/** @param schema the command that prints the schema of the document */
export function presented(command: Command, schema = 'ldfi schema'): Command {
  return coloured(
    command
      .option('--json', `print one JSON document; \`${schema}\` prints its schema`)
      .addOption(
        new Option('--log <form>', 'write events to standard error, as lines of `json`').choices(['json']),
      )
      .option('-v, --verbose', 'leave nothing out')
      .option('--ascii', 'draw with ASCII alone (default: where the terminal shows nothing else)'),
  );
}

export function coloured(command: Command): Command {
  return command.option('--color', 'colours, even where no terminal is').option('--no-color', 'no colours');
}
