import type { Campaign } from '../campaign.js';
export const fuzzHostile: Campaign = (turn) =>
  Promise.resolve({
    campaign: 'hostile',
    seed: turn.seed,
    cases: 0,
    checks: 0,
    verdicts: { violated: 0, faultless: 0, certified: 0, vacuous: 0 },
    failures: [],
    occurrences: [],
    notes: [],
  });
