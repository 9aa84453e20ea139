/** `ldfi check`, as it is typed. */
import { ALL_PRUNING_RULES, choice, REPORTERS } from '../../toolkit.js';
import { CHECK_HELP } from '../help.js';
import type { CampaignRequest, CertificateRequest, CheckInvocation, Invocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import { SETTING_NAMES } from '../settings.js';
import type { DescribedCommand } from './command.js';
import { collect, configured, describeSetting, presented, selecting } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, scenariosOf } from './read.js';
import { type RawReports, reportingSession } from './reports.js';

interface RawCheckOptions extends RawOptions, RawReports {
  readonly list?: boolean;
  readonly bail?: boolean;
  readonly save?: boolean;
  readonly watch?: boolean;
  readonly typecheck?: boolean;
  readonly certificate?: string;
  readonly proof?: boolean;
  /** False where `--no-reduce` was typed. */
  readonly reduce?: boolean;
  readonly resume?: string;
  readonly dryRun?: boolean;
  /** Each as often as it was typed. */
  readonly withoutRule?: readonly string[];
  readonly allowHost?: readonly string[];
}

export const describeCheck: DescribedCommand = (program, ask) => {
  const command = selecting(program.command('check [file...]'))
    .description('Check each scenario within its bounds: a counterexample, or a certificate.')
    .option('--list', 'list the scenarios instead of checking them')
    .option('--as-expected', 'exit 0 where each verdict is the one that its scenario expects')
    .option('--bail', 'end at the first scenario that would not let it exit 0')
    .option('--watch', 'check again what changes, until Ctrl-C')
    .option('--typecheck', 'check the types of modules, by the TypeScript that is installed beside them')
    .option(
      '--save',
      'keep each minimal counterexample in ldfi-regressions/, to be replayed by later checks',
    );
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
    )
    .option(
      '--reporter <name[=file]>',
      `${REPORTERS.join(', ')}; with a file beside what is printed; may be repeated`,
      collect,
    );
  presented(configured(command).option('-q, --quiet', 'one line for each check'))
    .addHelpText('after', CHECK_HELP)
    .action((files: string[], raw: RawCheckOptions) => {
      ask(readCheck(files, raw));
    });
};

function readCheck(files: readonly string[], raw: RawCheckOptions): Invocation {
  const reader = new OptionReader();
  const list = raw.list === true;
  if (list && raw.reporter !== undefined)
    reader.report('RUN101', '--list is no report of results', { hint: 'leave out --reporter, or --list' });
  if (list && raw.typecheck === true)
    reader.report('RUN101', '--list checks nothing, and no types', {
      hint: 'leave out --typecheck, or --list',
    });
  const session = reportingSession(raw, reader);
  if (raw.watch === true && (list || session.presentation === 'document'))
    reader.report('RUN101', '--watch is for a person, who reads one check after another', {
      hint: list ? 'leave out --list' : 'write the report to a file: --reporter <name>=<file>',
    });
  const invocation: CheckInvocation = {
    kind: 'check',
    list,
    bail: raw.bail === true,
    save: raw.save === true,
    watch: raw.watch === true,
    typecheck: raw.typecheck === true,
    ...scenariosOf(files, raw, reader),
    certificates: certificatesOf(raw, reader),
    campaign: campaignOf(raw, reader),
    session: { ...session, ...(list && { document: 'lists' }) },
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
  { certificate, proof }: RawCheckOptions,
  reader: OptionReader,
): CertificateRequest | undefined {
  if (certificate !== undefined) return { folder: certificate, proof: proof === true };
  if (proof === true)
    reader.report('RUN101', '--proof is part of a certificate', { hint: 'add --certificate <folder>' });
  return undefined;
}
