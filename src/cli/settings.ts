/**
 * The options that may also stand in the environment and in `ldfi.config.ts`. This table is the only place that
 * lists them: the command line's options, their help, the names in the environment, the keys of a configuration
 * and what may be given for each follow from it.
 *
 * `--max-runs 50` is `LDFI_MAX_RUNS=50` and `maxRuns: 50`.
 */
import { SAT_BACKENDS } from '../index.js';
import {
  BOUND_NAMES,
  type BoundName,
  boundWord,
  type ConfigValues,
  duration,
  type Form,
  integerForm,
  limit,
  LONGEST_EOT,
  NAMED_BOUNDS,
  namedFaults,
  optionForms,
  STRATEGIES,
} from '../toolkit.js';
import type { Given } from './options.js';

/** How many counterexamples `--all` finds where it is given no number. */
export const ALL_LIMIT = 100;

interface Setting<Value> {
  /** As commander takes it. */
  readonly flag: string;
  readonly help: string;
  /** Of one that is on unless it is turned off: what the help says of turning it off. */
  readonly off?: string;
  /** Whether it may be typed in several parts, each of which adds to the others. */
  readonly isList: boolean;
  /** Whether `replay` takes it too. */
  readonly replays: boolean;
  /** Whether running systems heed it too. */
  readonly drives: boolean;
  readonly form: Form<Value>;
}

function setting<Value>(
  flag: string,
  form: Form<Value>,
  help: string,
  {
    replays = false,
    drives = false,
    off,
    isList = false,
  }: {
    readonly replays?: boolean;
    readonly drives?: boolean;
    readonly off?: string;
    readonly isList?: boolean;
  } = {},
): Setting<Value> {
  return { flag, help, replays, drives, form, isList, ...(off !== undefined && { off }) };
}

const bound = (least: number, most?: number) =>
  integerForm({ least, ...(most !== undefined && { most }), code: 'RUN105' });
const drives = true;

/** Of every bound that has a name. */
function namedBounds(): Readonly<Record<BoundName, Setting<number>>> {
  const settings = BOUND_NAMES.map((name) => {
    const { least, help } = NAMED_BOUNDS[name];
    return [name, setting(`--${boundWord(name)} <number>`, bound(least), help, { replays })] as const;
  });
  return Object.fromEntries(settings) as Record<BoundName, Setting<number>>;
}

const replays = true;

export const SETTINGS = {
  eot: setting('--eot <time>', bound(1, LONGEST_EOT), 'the last logical timestep', { replays }),
  eff: setting('--eff <time>', bound(0), 'omissions are admissible before this time', { replays }),
  crashes: setting('--crashes <number>', bound(0), 'the most nodes that may crash', { replays }),
  ...namedBounds(),
  named: setting(
    '--named <name=number>',
    namedFaults,
    'the most of each fault by its name, such as unsynced=1,skew=2 (default: none)',
    { replays },
  ),
  reliable: setting(
    '--reliable <names>',
    optionForms.reliable,
    'nodes and links that do not fail, such as db,a->b',
    { replays, isList: true },
  ),
  strategy: setting(
    '--strategy <name>',
    optionForms.strategy,
    `${STRATEGIES.join(', ')} (default: compiled)`,
  ),
  solver: setting('--solver <name>', optionForms.solver, SAT_BACKENDS.join(' or ')),
  lineage: setting(
    '--lineage <name>',
    optionForms.lineage,
    'of alternating on handlers: causal or tracked (default: causal)',
  ),
  all: setting(
    '--all [limit]',
    limit(ALL_LIMIT),
    `find all minimal counterexamples, up to a limit (default: ${ALL_LIMIT})`,
  ),
  maxRuns: setting(
    '--max-runs <number>',
    optionForms.amount,
    'the most executions of a protocol, or runs of a system',
    { drives },
  ),
  timeout: setting(
    '--timeout <time>',
    duration,
    'the wall-clock time for each check, such as 90s or 2m (default: none; of handlers 60s)',
    { drives },
  ),
  jobs: setting(
    '--jobs <number>',
    optionForms.amount,
    'how many threads check scenarios, or share runs of rules (default: one for each core); or runs of a system at once (default: 1)',
    { drives },
  ),
  seed: setting(
    '--seed <number>',
    optionForms.seed,
    'of the strategy random, and of the choice of tests of a system',
    { drives },
  ),
  negativeSupport: setting(
    '--negative-support',
    optionForms.negativeSupport,
    'of handlers, let alternating heed that what was lost may arrive',
    {
      off: 'of handlers, let alternating take what was lost to stay lost',
    },
  ),
  modules: setting('--modules', optionForms.modules, 'run modules', {
    replays,
    drives,
    off: 'run no modules: look at programs of Dedalus alone',
  }),
} satisfies { readonly [Name in keyof Required<ConfigValues>]: Setting<unknown> };

export type SettingName = keyof typeof SETTINGS;

type ValueOf<Name extends SettingName> =
  (typeof SETTINGS)[Name]['form'] extends Form<infer Value> ? Value : never;

/** What one place gives, or several together; what they do not give is absent. */
export type Settings = { readonly [Name in SettingName]?: Given<ValueOf<Name>> };

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** `--max-runs` */
export function flagOf(name: SettingName): string {
  return SETTINGS[name].flag.split(' ')[0];
}

/** `LDFI_MAX_RUNS` */
export function variableOf(name: SettingName): string {
  return `LDFI_${flagOf(name).slice(2).replaceAll('-', '_').toUpperCase()}`;
}

/** Reads each setting that a place gives. */
export function readSettings(
  read: <Value>(name: SettingName, form: Form<Value>) => Given<Value> | undefined,
): Settings {
  const given = SETTING_NAMES.map((name) => [name, read<unknown>(name, SETTINGS[name].form)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
