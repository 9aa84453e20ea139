import type { ExampleTrace } from '../../../runner/traces/examples.js';
import type { TraceResult } from '../../../runner/traces/result.js';

/**
 * The page that says what `result` does, as a text. What draws it is large, and is loaded when a page is asked for:
 * most runs do without.
 *
 * @param examples traces that can be opened on it
 */
export async function drawTracePage(result: TraceResult, examples: readonly ExampleTrace[]): Promise<string> {
  const { tracePage } = await import('./page.js');
  return tracePage(result, examples);
}
