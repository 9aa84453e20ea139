/**
 * The command `npm run fuzz`: campaigns one after the other, each in a process of its own, and a table of what came
 * of them. It exits with 1 where a law does not hold, and then prints the case and the command that has it again.
 */
import type { CampaignName, CampaignResult } from './campaign.js';
import { readOptions } from './options.js';
import { reportFailures, reportOccurrences, reportPosition, reportResults } from './report.js';
import { writeToSoundness } from './page.js';
import { formatCount } from './table.js';
import { supervise } from './supervise.js';

/** How the time is shared out. Time that a campaign leaves over goes to those after it. */
const SHARES: Readonly<Record<CampaignName, number>> = {
  mutations: 2,
  hostile: 2,
  certificates: 2,
  growth: 1,
  handlers: 3,
  operations: 2,
  dedalus: 3,
  'dedalus-kinds': 2,
  'handlers-kinds': 2,
  clingo: 1,
  signals: 1,
};

const MINUTE = 60_000;

const { minutes, seed, campaigns, most, write } = readOptions(
  process.argv.slice(2),
  Math.floor(Math.random() * 0x7fffffff),
);
const end = Date.now() + minutes * MINUTE;
const print = (text: string) => process.stdout.write(text);

const results: CampaignResult[] = [];
for (const [index, campaign] of campaigns.entries()) {
  const until = endOf(index);
  print(`${campaign} from seed ${seed}, ${limits(until)} …\n`);
  const result = await supervise({ campaign, seed, most: asJson(most), end: asJson(until) }, (position) => {
    print(reportPosition(position));
  });
  results.push(result);
  print(reportFailures(result));
}
print(`\n${reportResults(results)}\n${results.map(reportOccurrences).join('\n')}`);
if (write) for (const result of results) writeToSoundness(result);
process.exitCode = results.some(({ failures }) => failures.length > 0) ? 1 : 0;

function endOf(index: number): number {
  const shares = campaigns.slice(index).map((campaign) => SHARES[campaign]);
  const share = shares[0] / shares.reduce((sum, each) => sum + each, 0);
  return Date.now() + share * (end - Date.now());
}

/** Where a campaign ends. */
function limits(until: number): string {
  const cases = most === Infinity ? [] : [`${formatCount(most)} cases`];
  const minutes = until === Infinity ? [] : [`${((until - Date.now()) / MINUTE).toFixed(1)} minutes`];
  return `for ${[...cases, ...minutes].join(' or ')}`;
}

/** JSON has no infinity. */
function asJson(number: number): number {
  return Math.min(number, Number.MAX_SAFE_INTEGER);
}
