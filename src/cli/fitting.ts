/** Options that say something of protocols alone, or of running systems alone. */
import type { Diagnostic } from '../index.js';
import { diagnostic, type FoundScenario } from '../toolkit.js';
import type { CampaignRequest, CheckInvocation } from './invocation.js';
import { flagOf, SETTING_NAMES, SETTINGS } from './settings.js';

/** Those that were typed, and say nothing of anything that is checked. */
export function unfitOptions(
  invocation: Pick<CheckInvocation, 'settings' | 'nodes' | 'certificates' | 'save' | 'campaign'>,
  found: readonly FoundScenario[],
): readonly Diagnostic[] {
  if (found.length === 0) return [];
  const systems = found.filter(({ system }) => system !== undefined).length;
  const unfit = (flag: string, text: string) => diagnostic('RUN101', `${flag} is ${text}`);
  if (systems === 0)
    return campaignFlags(invocation.campaign).map((flag) =>
      unfit(flag, 'for running systems, and none is checked'),
    );
  if (systems === found.length)
    return protocolFlags(invocation).map((flag) =>
      unfit(flag, 'for protocols, and only running systems are checked'),
    );
  return [];
}

function campaignFlags({ rules, resume, dryRun, allowedHosts }: CampaignRequest): readonly string[] {
  const given = {
    '--no-reduce': rules?.length === 0,
    '--without-rule': rules !== undefined && rules.length > 0,
    '--resume': resume !== undefined,
    '--dry-run': dryRun,
    '--allow-host': allowedHosts.length > 0,
  };
  return namesOf(given);
}

function protocolFlags({
  settings,
  nodes,
  certificates,
  save,
}: Pick<CheckInvocation, 'settings' | 'nodes' | 'certificates' | 'save'>): readonly string[] {
  return [
    ...SETTING_NAMES.filter((name) => settings[name] !== undefined && !SETTINGS[name].drives).map(flagOf),
    ...namesOf({
      '--nodes': nodes !== undefined,
      '--certificate': certificates !== undefined,
      '--save': save,
    }),
  ];
}

function namesOf(given: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(given).flatMap(([flag, isGiven]) => (isGiven ? [flag] : []));
}
