/** What draws is not needed otherwise. */
import type { Outline } from './outline.js';

/** The picture of an explanation, as SVG. */
export async function drawExplanation(outlines: readonly Outline[]): Promise<string> {
  const { explanationAsSvg } = await import('./svg.js');
  return explanationAsSvg(outlines);
}
