/** What a campaign of fuzzing is given, and what comes of it. */

/** How far a campaign may go. It is the same campaign again for the same seed, as far as it comes. */
export interface Turn {
  readonly seed: number;
  /** The most cases. */
  readonly most: number;
  /** `Date.now()` at which no case is begun any more. */
  readonly end: number;
  /** Told before each case, so that one that never ends, or that takes the process with it, can be shown. */
  readonly begin: (place: Place, shown: () => string) => void;
}

/** Where a campaign is. */
export interface Place {
  /** Of the batch. */
  readonly seed: number;
  /** How many cases from the seed on lead there, this one included. */
  readonly cases: number;
}

export interface Failure extends Place {
  /** The law that does not hold, and the shrunk case for which it does not. */
  readonly what: string;
}

export interface CampaignResult {
  readonly campaign: CampaignName;
  readonly seed: number;
  readonly cases: number;
  /** What the judge said of them, by name, in the order of {@link VERDICTS}. */
  readonly verdicts: Readonly<Record<JudgedName, number>>;
  /** Comparisons made: of verdicts, of runs, of answers. */
  readonly checks: number;
  readonly failures: readonly Failure[];
  /** In how many cases each of what the campaign claims to exercise occurred, in a fixed order. */
  readonly occurrences: readonly Occurrence[];
  /** Sentences for people. */
  readonly notes: readonly string[];
}

export interface Occurrence {
  readonly what: string;
  readonly cases: number;
}

export const CAMPAIGNS = [
  'mutations',
  'hostile',
  'certificates',
  'growth',
  'handlers',
  'operations',
  'dedalus',
  'dedalus-kinds',
  'handlers-kinds',
  'clingo',
  'signals',
] as const;
export type CampaignName = (typeof CAMPAIGNS)[number];

/** Those that need a program beside them: one that was built, or one that was installed. */
const EQUIPPED: readonly CampaignName[] = ['clingo', 'signals'];

/** Those that are run where none is named: of random cases, for as long as there is time. */
export const RANDOM: readonly CampaignName[] = CAMPAIGNS.filter((name) => !EQUIPPED.includes(name));

/** `faultless`: violated with no fault at all, so that faults decide nothing. */
export const VERDICTS = ['violated', 'faultless', 'certified', 'vacuous'] as const;
export type JudgedName = (typeof VERDICTS)[number];

/** A campaign. */
export type Campaign = (turn: Turn) => Promise<CampaignResult>;

/** Campaigns end after so many failures: what comes then is most likely the same. */
export const MOST_FAILURES = 3;

/** How a failing case is had again. */
export function commandFor(campaign: CampaignName, { seed, cases }: Place): string {
  return `npm run fuzz -- --only ${campaign} --seed ${seed} --programs ${cases}`;
}
