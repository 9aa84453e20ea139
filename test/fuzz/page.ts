/** Puts what a campaign printed into the page of soundness, so that no figure there is one that a command did not print. */
import { readFileSync } from 'node:fs';
import { writeToPlace } from '../../bench/page.js';
import { commandFor, type CampaignResult } from './campaign.js';
import { reportOccurrences, reportResults } from './report.js';

const PAGE = 'docs/soundness.md';

/** How a campaign's place in the page is called. */
function placeOf(campaign: string): string {
  return `fuzz: ${campaign}`;
}

/** What the page shows of a campaign; undefined where it has no place for it. */
export function shownOf(campaign: string): string | undefined {
  const place = new RegExp(`<!-- ${placeOf(campaign)} -->\\n([^]*?)<!-- end -->`);
  return place.exec(readFileSync(PAGE, 'utf8'))?.[1];
}

/** Nothing, where the page has no place for the campaign. */
export function writeToSoundness(result: CampaignResult): void {
  if (shownOf(result.campaign) === undefined) return;
  const command = `\`${commandFor(result.campaign, result)}\` printed:\n`;
  const parts = [command, reportResults([result]), reportOccurrences(result)];
  writeToPlace(PAGE, placeOf(result.campaign), `${parts.join('\n').trimEnd()}\n`);
}
