/** What the command tells the process that it starts for a campaign. */
import type { CampaignName } from './campaign.js';

/** The variable of the environment that an order is in, as JSON. */
export const ORDER = 'FUZZ_ORDER';

export interface Order {
  readonly campaign: CampaignName;
  readonly seed: number;
  readonly most: number;
  /** `Date.now()` at the end. */
  readonly end: number;
  /** Where the process says what it is at. */
  readonly positionFile: string;
  /** Where the result is to be written. */
  readonly resultFile: string;
}
