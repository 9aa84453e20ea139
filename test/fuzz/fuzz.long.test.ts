/** A short run of every campaign, from another seed each time; `npm run fuzz` goes on for longer. */
import { describe, expect, it } from 'vitest';
import { shownOf } from './page.js';
import { CAMPAIGNS, commandFor, type CampaignName } from './campaign.js';
import { faultKinds } from '../../src/injector/faults/kinds.js';
import { campaigns } from './campaigns/campaigns.js';

/** Cases, of which all together take some ten seconds. Growth is timed, and tests are not to depend on time; signals have tests of their own, and clingo is not everywhere. */
const FEW: Readonly<Record<Exclude<CampaignName, 'clingo' | 'growth' | 'signals'>, number>> = {
  mutations: 2,
  hostile: 500,
  certificates: 2,
  handlers: 3,
  operations: 3,
  dedalus: 4,
  'dedalus-kinds': 2,
  'handlers-kinds': 1,
};

const COUNTED = CAMPAIGNS.filter((name) => name !== 'clingo' && name !== 'growth' && name !== 'signals');

describe.each(COUNTED)('the campaign %s', (name) => {
  it('finds no law that does not hold', async () => {
    const seed = Math.floor(Math.random() * 0x7fffffff);
    const { failures, cases } = await campaigns[name]({
      seed,
      most: FEW[name],
      end: Infinity,
      begin: () => undefined,
    });
    expect(failures.map((failure) => `${commandFor(name, failure)}\n${failure.what}`)).toEqual([]);
    expect(cases).toBe(FEW[name]);
  });
});

describe.each(['dedalus-kinds', 'handlers-kinds'])('the page of soundness, of %s', (campaign) => {
  const shown = shownOf(campaign) ?? '';
  const found = (pattern: RegExp) => shown.match(pattern) ?? expect.fail(String(pattern));

  it('tells of a run that found nothing', () => {
    const [, cases, failures] = found(
      new RegExp(`^\\| ${campaign} +\\| +([\\d,]+) (?:\\|[^|\\n]*){5}\\| +(\\d+) `, 'm'),
    );
    expect(Number(cases.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(failures).toBe('0');
  });

  it('tells of every kind alone, and of thirty sets of kinds together', () => {
    const kinds = [...shown.matchAll(/^\| ([a-z, ]+?) +\| +[\d,]+ \| +[\d.]+% \|$/gm)].map(([, row]) => row);
    for (const { kind } of faultKinds) expect(kinds).toContain(kind);
    expect(kinds).toContain('crash within a timestep');
    expect(kinds.filter((row) => row.includes(', ')).length).toBeGreaterThanOrEqual(30);
  });
});

describe('a campaign', () => {
  it('is the same again for the same seed', async () => {
    const run = () => campaigns.dedalus({ seed: 1, most: 3, end: Infinity, begin: () => undefined });
    expect(await run()).toEqual(await run());
  });

  it('begins no case after its end', async () => {
    for (const name of CAMPAIGNS) {
      const { cases } = await campaigns[name]({ seed: 1, most: 100, end: 0, begin: () => undefined });
      expect(cases).toBe(0);
    }
  });
});
