/** Which kinds of faults random bounds admit together. */
import { FaultSpace } from '../../../src/injector/fault-space.js';
import type { Bounds } from '../../../src/injector/bounds.js';
import { hasInterruptions } from '../../../src/injector/world.js';
import { formatCount, table } from '../table.js';

/** Sets of kinds that have a row of their own. */
const MOST_ROWS = 60;

/** The kinds of the faults within bounds, in a fixed order. */
export function kindsWithin(nodes: readonly string[], bounds: Bounds): string {
  const kinds = new Set(new FaultSpace(nodes, bounds).events.map(({ kind }) => kind));
  const all = [...kinds].map((kind) =>
    kind === 'crash' && hasInterruptions(bounds) ? 'crash within a timestep' : kind,
  );
  return all.length === 0 ? 'none' : all.sort().join(', ');
}

/** How often each set of kinds occurred: a table of those that did most often, and a sentence on all. */
export function reportCombinations(combinations: ReadonlyMap<string, number>, cases: number): string {
  const all = [...combinations].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  const several = all.filter(([kinds]) => kinds.includes(', '));
  const often = several.filter(([, count]) => count >= 5);
  const rows = all
    .slice(0, MOST_ROWS)
    .map(([kinds, count]) => [kinds, formatCount(count), `${((100 * count) / cases).toFixed(1)}%`]);
  return (
    `${table(['kinds of faults within the bounds', 'cases', 'share'], rows)}\n` +
    `${formatCount(all.length)} sets of kinds, of which ${formatCount(several.length)} are of several, ` +
    `and ${formatCount(often.length)} of these in five cases or more.\n`
  );
}
