/** What would be enough for every scenario that is violated: the smallest sets of protections, each certified by a check. */
import { protect } from '../../src/runner/protect/protect.js';
import { describeProtections } from '../../src/report/text/protect/describe.js';
import { table } from '../figures.js';
import type { Row } from '../rows.js';

const COLUMNS = [
  { title: 'scenario' },
  { title: 'it is certified if' },
  { title: 'sets', numeric: true },
  { title: 'checks', numeric: true },
];

/** Of one scenario, the sets that are shown. */
const SHOWN = 3;

/** The most sets that are looked for. */
const LIMIT = 30;

/** @param timeout milliseconds for each check */
export async function protectionsTable(rows: readonly Row[], timeout: number): Promise<string> {
  const violated = rows.filter(({ expected }) => expected === 'violated');
  const lines: (readonly string[])[] = [];
  const missed: string[] = [];
  for (const { name, scenario, bounds } of violated) {
    const { protocol, nodes } = scenario;
    const { sets, remaining, undecided, checks } = await protect(protocol, {
      nodes,
      bounds,
      timeout,
      limit: LIMIT,
    });
    const isAll = remaining === 'none' && undecided.length === 0;
    if (sets.length === 0) missed.push(name);
    lines.push([
      name,
      toldOf(
        sets.map(({ protections }) => describeProtections(protections)),
        undecided.length,
      ),
      `${sets.length}${isAll ? '' : ' or more'}`,
      String(checks),
    ]);
  }
  const found = violated.length - missed.length;
  const misses = missed.length === 0 ? '' : ` None for ${missed.join(', ')}.`;
  return `${table(COLUMNS, lines)}\nSets for ${found} of ${violated.length}.${misses}\n`;
}

function toldOf(sets: readonly string[], undecided: number): string {
  if (sets.length === 0) return undecided === 0 ? 'nothing helps: it needs no fault' : 'no verdict';
  const more = sets.length > SHOWN ? [`${sets.length - SHOWN} more`] : [];
  return [...sets.slice(0, SHOWN), ...more].join('; or ');
}
