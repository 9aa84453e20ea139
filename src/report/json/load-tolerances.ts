import type { Tolerance } from '../../runner/tolerance/tolerance.js';

/**
 * What protocols tolerate, from a JSON document of unknown origin. What reads it is loaded when it is first needed: most runs
 * read none.
 *
 * @throws RangeError that says what is wrong where the document is of another version, or is not valid
 */
export async function loadTolerances(json: unknown): Promise<readonly Tolerance[]> {
  const { tolerancesIn } = await import('./tolerances.js');
  return tolerancesIn(json);
}
