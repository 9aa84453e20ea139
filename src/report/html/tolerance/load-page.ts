import type { StudiedTolerance } from './cases.js';

/**
 * The page that says what protocols tolerate, as a text. What draws it is large, and is loaded when a page is asked for:
 * most runs do without.
 */
export async function drawTolerancePage(
  studied: readonly StudiedTolerance[],
  version: string,
): Promise<string> {
  const { tolerancePage } = await import('./page.js');
  return tolerancePage(studied, version);
}
