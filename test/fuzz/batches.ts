/**
 * Random cases in batches, each with a seed of its own, so that one that fails is reached again without all that
 * went before.
 */
import fc, { type Arbitrary } from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  MOST_FAILURES,
  type CampaignName,
  type CampaignResult,
  type Failure,
  type Turn,
} from './campaign.js';
import { reportCombinations } from './occurrences/kinds.js';
import { Tally } from './tally.js';

export interface RandomCampaign<Case> {
  readonly campaign: CampaignName;
  readonly cases: Arbitrary<Case>;
  /** Cases in a batch. */
  readonly batch: number;
  /** What may occur in a case. */
  readonly occurring: readonly string[];
  /** Sentences for people on what all cases have in common. */
  readonly notes?: readonly string[];
  /** Fails where a law does not hold. @param index of the case in its batch, from 0 */
  readonly examine: (each: Case, index: number, tally: Tally) => void | Promise<void>;
}

/** Milliseconds that a timer can wait. */
const LONGEST_WAIT = 0x7fffffff;

export async function runBatches<Case>(campaign: RandomCampaign<Case>, turn: Turn): Promise<CampaignResult> {
  const tally = new Tally(campaign.occurring);
  const failures: Failure[] = [];
  for (const seed of seedsFrom(turn.seed)) {
    const left = turn.most - tally.cases;
    if (left <= 0 || Date.now() >= turn.end || failures.length === MOST_FAILURES) break;
    failures.push(...(await runBatch(campaign, seed, Math.min(campaign.batch, left), tally, turn)));
  }
  return {
    campaign: campaign.campaign,
    seed: turn.seed,
    ...tally.count(),
    failures,
    notes: [...notesOn(tally), ...(campaign.notes ?? [])],
  };
}

function notesOn({ combinations, cases }: Tally): readonly string[] {
  return combinations.size === 0 ? [] : [reportCombinations(combinations, cases)];
}

/** The first is the one given, so that the batch of any seed comes first for it. */
export function* seedsFrom(seed: number): Iterable<number> {
  yield seed;
  const generator = xoroshiro128plus(seed);
  for (;;) yield uniformInt(generator, 1, 0x7fffffff);
}

async function runBatch<Case>(
  { cases, examine, occurring }: RandomCampaign<Case>,
  seed: number,
  numRuns: number,
  tally: Tally,
  turn: Turn,
): Promise<readonly Failure[]> {
  let begun = 0;
  let failed = false;
  // What shrinking tries is not counted, and is examined as the case was that failed.
  const uncounted = new Tally(occurring);
  const property = fc.asyncProperty(cases, async (each) => {
    if (!failed) begun++;
    turn.begin({ seed, cases: begun }, () => String(each));
    try {
      await examine(each, begun - 1, failed ? uncounted : tally);
    } catch (error) {
      failed = true;
      throw error;
    }
  });
  const details = await fc.check(property, {
    seed,
    numRuns,
    // oxlint-disable-next-line typescript/no-deprecated -- the plugin instead of it loses the type of the cases
    interruptAfterTimeLimit: Math.min(Math.max(0, turn.end - Date.now()), LONGEST_WAIT),
  });
  // A batch that the end interrupts before its first case fails without a counterexample.
  if (!failed) return [];
  const what = `${String(details.counterexample?.[0])}\n${explain(details.errorInstance)}`;
  return [{ seed, cases: begun, what }];
}

export function explain(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
