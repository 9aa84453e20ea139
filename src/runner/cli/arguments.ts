/**
 * What the user asks for. Commander takes the words apart and writes the help; what the words mean is
 * decided in `options.ts`, so that every complaint is a diagnostic and all are made at once.
 */
import { CommanderError } from 'commander';
import { diagnostic, type Diagnostic } from '../../model/diagnostics.js';
import { SAT_BACKENDS } from '../../solver/backends.js';
import type { BoundsFlags } from './bounds.js';
import type { CheckSettings } from './check-command.js';
import { ALL_LIMIT, describeCommands, STRATEGIES, type Commands, type RawOptions } from './commands.js';
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

/** @param args what was typed after the name of the program */
export function readArguments(args: readonly string[], version: string): Invocation {
  let invocation: Invocation | undefined;
  let text = '';
  const commands: Commands = {
    check: (files, raw) => (invocation = readCheck(files, raw)),
    replay: (files, raw) => (invocation = readReplay(files, raw)),
    print: (files, raw) => (invocation = { kind: 'print', files, session: sessionOf(raw) }),
    schema: () => (invocation = { kind: 'text', text: describeSchema(), misused: false }),
  };
  const program = describeCommands(version, commands, (shown) => (text += shown));
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

function describeSchema(): string {
  return `${JSON.stringify(jsonSchema, undefined, 2)}\n`;
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
