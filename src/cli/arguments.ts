/**
 * What the user asks for. Commander takes the words apart and writes the help; what the words mean is
 * decided in `options.ts` and `settings.ts`, so that every complaint is a diagnostic and all are made at once.
 */
import { type Command, CommanderError } from 'commander';
import { codes, type Diagnostic, type DiagnosticCode } from '../index.js';
import {
  ALL_PRUNING_RULES,
  choice,
  diagnostic,
  duration,
  type Fault,
  faultKinds,
  type FaultRates,
  type Form,
  integerForm,
  optionForms,
  REPORTERS,
  suggest,
  RUN_FORMS,
  PredicateError,
  readPredicate,
  type ReceiverOptions,
  type TraceQuery,
  visible,
} from '../toolkit.js';
import {
  describeCommands,
  type Commands,
  type RawCheckOptions,
  type RawListenOptions,
  type RawOptions,
} from './commands.js';
import { completionScript, SHELLS } from './completion.js';
import type { ConfigChoice } from './config.js';
import { OptionReader, typed } from './options.js';
import {
  EXPLANATION_FORMS,
  type ExplainInvocation,
  type SchemaName,
  type CampaignRequest,
  type CertificateRequest,
  type CheckInvocation,
  type Invocation,
  type ProtectInvocation,
  type RepairInvocation,
  REPAIR_FORMS,
  type ReplayInvocation,
  type ReportRequest,
  type Selection,
  type SessionOptions,
  type ToleranceInvocation,
} from './invocation.js';
import { ALL_LIMIT, flagOf, readSettings, type Settings } from './settings.js';

/** @param args what was typed after the name of the program */
export function readArguments(args: readonly string[], version: string): Invocation {
  let invocation: Invocation | undefined;
  let text = '';
  const commands: Commands = {
    check: (files, raw) => (invocation = readCheck(files, raw)),
    replay: (files, raw) => (invocation = readReplay(files, raw)),
    explain: (file, words, raw) => (invocation = readExplain(file, words, raw)),
    tolerance: (files, raw) => (invocation = readTolerance(files, raw)),
    protect: (files, raw) => (invocation = readProtect(files, raw)),
    repair: (files, raw) => (invocation = readRepair(files, raw)),
    print: (files, raw) => (invocation = readPrint(files, raw)),
    verify: (folder, files, raw) => (invocation = readVerify(folder, files, raw)),
    trace: (inputs, raw) => (invocation = readTrace(inputs, raw)),
    proxy: (raw) => (invocation = readProxy(raw)),
    init: (name, raw) => (invocation = { kind: 'init', name, session: sessionOf(raw) }),
    schema: (document) => (invocation = readSchema(document)),
    codes: (names) => (invocation = readCodes(names)),
    completion: (shell) => (invocation = readCompletion(shell, program)),
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

/** By the command that prints such a document. */
const SCHEMA_OF: ReadonlyMap<string, SchemaName> = new Map([
  ['list', 'lists'],
  ['trace', 'traces'],
  ['explain', 'explanations'],
  ['tolerance', 'tolerances'],
  ['protect', 'protections'],
  ['repair', 'repairs'],
]);

/** @param document the command whose document is meant; undefined for that of all others */
function readSchema(document: string | undefined): Invocation {
  if (document === undefined) return { kind: 'schema', document: 'checks' };
  const named = SCHEMA_OF.get(document);
  if (named !== undefined) return { kind: 'schema', document: named };
  const problem = diagnostic('RUN101', `there is no schema \`${visible(document)}\``, {
    expected: '`list`, `trace`, `explain`, `tolerance`, `protect`, `repair`, or nothing',
  });
  return { kind: 'wrong', diagnostics: [problem], session: sessionOf({}) };
}

function readCompletion(name: string, program: Command): Invocation {
  const shell = SHELLS.find((each) => each === name);
  if (shell !== undefined) return { kind: 'text', text: completionScript(program, shell), misused: false };
  const problem = diagnostic('RUN101', `there is no completion for \`${visible(name)}\``, {
    expected: SHELLS.map((each) => `\`${each}\``).join(', '),
  });
  return { kind: 'wrong', diagnostics: [problem], session: sessionOf({}) };
}

function readCodes(names: readonly string[]): Invocation {
  const known = Object.keys(codes) as DiagnosticCode[];
  const asked = names.map((name) => known.find((code) => code === name.toUpperCase()) ?? { unknown: name });
  const problems = asked.flatMap((each) =>
    typeof each === 'string'
      ? []
      : diagnostic('RUN101', `there is no code \`${visible(each.unknown)}\``, {
          hint: suggest(each.unknown.toUpperCase(), known) ?? '`ldfi codes` lists all that there are',
        }),
  );
  if (problems.length > 0) return { kind: 'wrong', diagnostics: problems, session: sessionOf({}) };
  return { kind: 'codes', codes: asked.filter((each) => typeof each === 'string') };
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

function sessionOf({ json, quiet, verbose, color, ascii, asExpected, log }: RawOptions): SessionOptions {
  return {
    presentation: json === true ? 'document' : quiet === true ? 'line' : 'report',
    verbose: verbose === true,
    colour: color !== false,
    ascii: ascii === true,
    asExpected: asExpected === true,
    log: log === 'json',
  };
}

/** With the reports that were asked for, of which at most one may be printed alone. */
function reportingSession(raw: RawCheckOptions, reader: OptionReader): SessionOptions {
  const session = sessionOf(raw);
  if (raw.reporter === undefined) return session;
  const typedReports = raw.reporter.flatMap(
    (text) => reader.read(REPORT, typed('--reporter', text))?.value ?? [],
  );
  const reports = typedReports.filter(({ reporter, file }) => file !== undefined || reporter === 'github');
  const printed = typedReports.filter((report) => !reports.includes(report)).map(({ reporter }) => reporter);
  const alone = [...new Set([...(raw.json === true ? ['json' as const] : []), ...printed])];
  if (alone.length > 1)
    reader.report('RUN101', `${alone.join(' and ')} cannot both be printed`, {
      hint: `write one of them to a file: --reporter ${alone[1]}=<file>`,
    });
  const [form] = alone;
  if (form === undefined || form === 'text' || form === 'github') return { ...session, reports };
  if (reports.some(({ file }) => file === undefined))
    reader.report('RUN101', `${form} is printed alone, and github writes beside it`, {
      hint: `write it to a file: --reporter ${form}=<file>`,
    });
  return { ...session, presentation: 'document', form, reports };
}

const REPORT: Form<ReportRequest> = {
  read: (text) => {
    const [, name, file] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
    const reporter = REPORTERS.find((each) => each === name);
    const isOdd =
      reporter === undefined || text.endsWith('=') || (reporter === 'github' && file !== undefined);
    return isOdd ? undefined : { reporter, file };
  },
  expected: `${REPORTERS.join(', ')}, of which all but github may name a file: \`junit=report.xml\``,
  types: ['string'],
  names: REPORTERS,
};

function readCheck(files: readonly string[], raw: RawCheckOptions): Invocation {
  const reader = new OptionReader();
  const list = raw.list === true;
  if (list && raw.reporter !== undefined)
    reader.report('RUN101', '--list is no report of results', { hint: 'leave out --reporter, or --list' });
  const invocation: CheckInvocation = {
    kind: 'check',
    list,
    bail: raw.bail === true,
    ...selectionOf(files, raw, reader),
    nodes: reader.nodes('--nodes', raw.nodes),
    settings: typedSettings(raw, reader),
    certificates: certificatesOf(raw, reader),
    campaign: campaignOf(raw, reader),
    session: { ...reportingSession(raw, reader), ...(list && { document: 'lists' }) },
  };
  return orWrong(invocation, reader);
}

function campaignOf(
  { reduce, withoutRule = [], resume, dryRun, allowHost = [] }: RawCheckOptions,
  reader: OptionReader,
): CampaignRequest {
  const without = withoutRule.map((text) => reader.read(RULE, typed('--without-rule', text))?.value);
  const kept = reduce === false ? [] : ALL_PRUNING_RULES.filter((rule) => !without.includes(rule));
  return {
    rules: kept.length === ALL_PRUNING_RULES.length ? undefined : kept,
    resume,
    dryRun: dryRun === true,
    allowedHosts: allowHost,
  };
}

const RULE = choice(ALL_PRUNING_RULES);

function certificatesOf(
  { certificate, proof }: RawOptions,
  reader: OptionReader,
): CertificateRequest | undefined {
  if (certificate !== undefined) return { folder: certificate, proof: proof === true };
  if (proof === true)
    reader.report('RUN101', '--proof is part of a certificate', { hint: 'add --certificate <folder>' });
  return undefined;
}

function readVerify(folder: string, files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const samples = reader.read(optionForms.amount, typed('--samples', raw.samples));
  const { seed, solver, timeout } = typedSettings(raw, reader);
  const options = {
    ...(samples !== undefined && { samples: samples.value }),
    ...(seed !== undefined && { seed: seed.value }),
    ...(solver !== undefined && { solver: solver.value }),
    ...(timeout !== undefined && { timeout: timeout.value }),
  };
  const { root, with: parts } = raw;
  const session = sessionOf(raw);
  return orWrong({ kind: 'verify', folder, files, with: parts, options, root, session }, reader);
}

function readReplay(files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const watch = (raw.watch ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const invocation: ReplayInvocation = {
    kind: 'replay',
    ...selectionOf(files, raw, reader),
    nodes: reader.nodes('--nodes', raw.nodes),
    settings: typedSettings(raw, reader),
    inject: raw.inject ?? '',
    watch,
    session: { ...sessionOf(raw), watch, runForm: readForm(RUN_FORMS, raw, reader) },
  };
  return orWrong(invocation, reader);
}

const DEPTH = integerForm({ least: 1, most: 100 });
const DEFAULT_DEPTH = 4;

/** How a result is written that is printed; as text where nothing is said. */
function readForm<Name extends string>(
  forms: readonly (Name | 'text')[],
  { as, json }: RawOptions,
  reader: OptionReader,
): Name | 'text' {
  if (as !== undefined && json === true)
    reader.report('RUN101', '--as and --json are two forms', { expected: 'one of them' });
  return reader.read(choice(forms), typed('--as', as))?.value ?? 'text';
}

function readExplain(file: string, words: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const invocation: ExplainInvocation = {
    kind: 'explain',
    ...selectionOf([file], raw, reader),
    nodes: reader.nodes('--nodes', raw.nodes),
    settings: typedSettings(raw, reader),
    question: words.length === 0 ? 'why' : words.join(' '),
    inject: raw.inject,
    depth: reader.read(DEPTH, typed('--depth', raw.depth))?.value ?? DEFAULT_DEPTH,
    form: readForm(EXPLANATION_FORMS, raw, reader),
    session: { ...sessionOf(raw), document: 'explanations' },
  };
  return orWrong(invocation, reader);
}

function readTolerance(files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const invocation: ToleranceInvocation = {
    kind: 'tolerance',
    ...selectionOf(files, raw, reader),
    nodes: reader.nodes('--nodes', raw.nodes),
    settings: typedSettings(raw, reader),
    rates: reader.read(RATES, typed('--probability', raw.probability))?.value,
    session: { ...sessionOf(raw), document: 'tolerances' },
  };
  return orWrong(invocation, reader);
}

function readProtect(files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const invocation: ProtectInvocation = {
    kind: 'protect',
    ...selectionOf(files, raw, reader),
    nodes: reader.nodes('--nodes', raw.nodes),
    settings: typedSettings(raw, reader),
    limit: reader.read(optionForms.amount, typed('--limit', raw.limit))?.value,
    session: { ...sessionOf(raw), document: 'protections' },
  };
  return orWrong(invocation, reader);
}

function readRepair(files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const invocation: RepairInvocation = {
    kind: 'repair',
    ...selectionOf(files, raw, reader),
    nodes: reader.nodes('--nodes', raw.nodes),
    settings: typedSettings(raw, reader),
    limit: reader.read(optionForms.amount, typed('--limit', raw.limit))?.value ?? DEFAULT_REPAIRS,
    form: readForm(REPAIR_FORMS, raw, reader),
    session: { ...sessionOf(raw), document: 'repairs' },
  };
  return orWrong(invocation, reader);
}

const DEFAULT_REPAIRS = 3;

/** Of what goes on for some timesteps and ends, a rate would not say for how long. */
const RATED = faultKinds.filter((kind) => kind.faults === undefined).map(({ kind }) => kind);

const RATES: Form<FaultRates> = {
  read: (text) => {
    const rates = new Map<Fault['kind'], number>();
    for (const part of text.split(',')) {
      const [name, rate, ...others] = part.split('=').map((word) => word.trim());
      const kind = RATED.find((each) => each === name);
      const isRate = /^(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?$/i.test(rate ?? '') && Number(rate) <= 1;
      if (kind === undefined || !isRate || others.length > 0 || rates.has(kind)) return undefined;
      rates.set(kind, Number(rate));
    }
    return rates;
  },
  expected: `a probability for each kind (${RATED.join(', ')}), such as \`omission=0.01,crash=0.001\``,
  types: ['string'],
};

function readPrint(files: readonly string[], raw: RawOptions): Invocation {
  const reader = new OptionReader();
  const selection = selectionOf(files, raw, reader);
  if (raw.typescript === true && raw.asp === true)
    reader.report('RUN101', '--typescript and --asp are two languages', { expected: 'one of them' });
  const language = raw.typescript === true ? 'typescript' : raw.asp === true ? 'asp' : 'dedalus';
  const settings = typedSettings(raw, reader);
  return orWrong({ kind: 'print', language, ...selection, settings, session: sessionOf(raw) }, reader);
}

const DEFAULT_SINCE = 3_600_000;
const DEFAULT_LIMIT = 1000;

function readQuery(raw: RawOptions, reader: OptionReader): TraceQuery | undefined {
  const { from, service, operation } = raw;
  const since = reader.read(duration, typed('--since', raw.since))?.value ?? DEFAULT_SINCE;
  const limit = reader.read(optionForms.amount, typed('--limit', raw.limit))?.value ?? DEFAULT_LIMIT;
  if (from === undefined) {
    const asked = [service, operation, raw.since, raw.limit].some((value) => value !== undefined);
    if (asked)
      reader.report('RUN101', '--service, --operation, --since and --limit ask a server', {
        hint: 'add --from <address>, or choose requests by --where',
      });
    return undefined;
  }
  const address = reader.read(ADDRESS, typed('--from', from))?.value;
  return address === undefined ? undefined : { address, service, operation, since: Math.ceil(since), limit };
}

function readListen(
  { listen, allowHost }: RawListenOptions,
  reader: OptionReader,
): ReceiverOptions | undefined {
  const port = reader.read(PORT, typed('--listen', listen))?.value;
  if (listen === undefined && allowHost !== undefined)
    reader.report('RUN101', '--allow-host is about --listen', { hint: 'add --listen <port>' });
  return port === undefined ? undefined : { host: allowHost ?? LOOPBACK, port };
}

const PORT = integerForm({ least: 0, most: 65_535 });

/** Nobody else can send to it. */
const LOOPBACK = '127.0.0.1';

const ADDRESS: Form<string> = {
  read: (text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined),
  expected: 'an address such as `http://localhost:9411`',
  types: ['string'],
};

const MAX_FAULTS = integerForm({ least: 1, most: 10 });
const DEFAULT_MAX_FAULTS = 2;

function checkPredicate(flag: string, text: string | undefined, reader: OptionReader): void {
  if (text === undefined) return;
  try {
    readPredicate(text);
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error;
    const span = { source: { name: flag, text }, start: error.at, end: Math.min(error.at + 1, text.length) };
    reader.report('RUN505', `${flag} is no predicate: ${error.message}`, {
      span,
      hint: 'such as `latency > 500ms and not call ~ "ads"`',
    });
  }
}

function readTrace(inputs: readonly string[], raw: RawListenOptions): Invocation {
  const reader = new OptionReader();
  if (inputs.length === 0 && raw.from === undefined && raw.listen === undefined)
    reader.report('RUN101', 'no traces are named', {
      expected:
        'files, folders or addresses, `-` for standard input, `--from <address>`, or `--listen <port>`',
      hint: '`ldfi trace --help` shows examples',
    });
  const { where, outcome, html, picture } = raw;
  checkPredicate('--where', where, reader);
  checkPredicate('--outcome', outcome, reader);
  const maxFaults =
    reader.read(MAX_FAULTS, typed('--max-faults', raw.maxFaults))?.value ?? DEFAULT_MAX_FAULTS;
  const strict = raw.strict === true;
  const session: SessionOptions = { ...sessionOf(raw), document: 'traces' };
  if (picture !== undefined && raw.json === true)
    reader.report('RUN101', '--picture draws for a person, and --json prints for programs', {
      hint: 'leave one of them out',
    });
  const query = readQuery(raw, reader);
  return orWrong(
    {
      kind: 'trace',
      inputs,
      query,
      listen: readListen(raw, reader),
      strict,
      where,
      outcome,
      maxFaults,
      html,
      picture,
      session,
    },
    reader,
  );
}

function readProxy(raw: RawListenOptions): Invocation {
  const reader = new OptionReader();
  const to = reader.read(ADDRESS, typed('--to', raw.to))?.value;
  const print = reader.read(RULES, typed('--print', raw.print))?.value;
  if (print === 'haproxy' && raw.to === undefined)
    reader.report('RUN101', 'rules are for the calls to one address', { hint: 'add --to <address>' });
  const port = reader.read(PORT, typed('--listen', raw.listen))?.value ?? DEFAULT_PROXY_PORT;
  return orWrong(
    {
      kind: 'proxy',
      host: raw.allowHost ?? LOOPBACK,
      port,
      target: to === undefined ? undefined : new URL(to),
      service: raw.service,
      print,
      session: sessionOf(raw),
    },
    reader,
  );
}

const DEFAULT_PROXY_PORT = 8080;

const RULES: Form<'haproxy' | 'lua'> = {
  read: (text) => (text === 'haproxy' || text === 'lua' ? text : undefined),
  expected: '`haproxy` or `lua`',
  types: ['string'],
};

function selectionOf(
  files: readonly string[],
  { grep, config, root, with: parts }: RawOptions,
  reader: OptionReader,
): Selection {
  const choice: ConfigChoice =
    config === false
      ? { kind: 'none' }
      : config === undefined
        ? { kind: 'default' }
        : { kind: 'file', file: config };
  return {
    files,
    with: parts,
    patterns: (grep ?? []).flatMap((text) => reader.pattern('--grep', text) ?? []),
    config: choice,
    root,
  };
}

function typedSettings(raw: RawOptions, reader: OptionReader): Settings {
  return readSettings((name, form) => {
    const text = raw[name];
    return reader.read(form, typed(flagOf(name), text === undefined ? undefined : String(text)));
  });
}

function orWrong(
  invocation: Exclude<Invocation, { readonly kind: 'init' | 'text' | 'schema' | 'codes' | 'wrong' }>,
  { diagnostics }: OptionReader,
): Invocation {
  return diagnostics.length === 0 ? invocation : { kind: 'wrong', diagnostics, session: invocation.session };
}
