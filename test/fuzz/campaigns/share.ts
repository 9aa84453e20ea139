/** Comparing everything that happens in every run costs as much as all the rest, so that some cases must do. */

/** How the share is called among what occurs. */
export const EVERY_FACT = 'everything compared, of every node at every time under every fault set';

/** One case in so many. */
const SHARE = 4;

/** @param index of the case in its batch */
export function isExamined(index: number): boolean {
  return index % SHARE === 0;
}
