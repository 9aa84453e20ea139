/** What is printed of campaigns: tables in the form that the documentation takes them in. */
import { commandFor, VERDICTS, type CampaignResult } from './campaign.js';
import type { Position } from './position.js';
import { formatCount, table } from './table.js';

const HEADINGS = ['campaign', 'cases', ...VERDICTS, 'checks', 'failures', 'seed'];

/** Characters of a case that a line has room for. */
const MOST_SHOWN = 70;

/** Where a campaign is, in a line. */
export function reportPosition({ begun, shown }: Position): string {
  const [line] = shown.trimStart().split('\n');
  return `  ${formatCount(begun)} cases begun, now ${JSON.stringify(line.slice(0, MOST_SHOWN))}\n`;
}

/** A row for each campaign. */
export function reportResults(results: readonly CampaignResult[]): string {
  const rows = results.map(({ campaign, cases, verdicts, checks, failures, seed }) => [
    campaign,
    ...[cases, ...VERDICTS.map((name) => verdicts[name]), checks, failures.length].map(formatCount),
    String(seed),
  ]);
  return table(HEADINGS, rows);
}

/** How often each thing occurred that a campaign claims to exercise. */
export function reportOccurrences({ campaign, cases, occurrences, notes }: CampaignResult): string {
  const rows = occurrences.map(({ what, cases: count }) => [
    what,
    formatCount(count),
    `${((100 * count) / Math.max(1, cases)).toFixed(1)}%`,
  ]);
  const counted = rows.length === 0 ? '' : table([campaign, 'cases', 'share'], rows);
  return [counted, ...notes].filter((part) => part !== '').join('\n');
}

export function reportFailures({ campaign, failures }: CampaignResult): string {
  return failures
    .map((failure) => `FAILED  ${commandFor(campaign, failure)}\n\n${indent(failure.what)}\n`)
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
