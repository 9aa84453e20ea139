/** What repairs every scenario that is violated: changes of its rules, or around its handlers, each certified by a check. */
import type { Repair } from '../../src/runner/repair/repair.js';
import { repair } from '../../src/runner/repair/repair.js';
import { describeChange, describeCost } from '../../src/report/text/repair/describe.js';
import { table } from '../figures.js';
import type { Row } from '../rows.js';

const COLUMNS = [
  { title: 'scenario' },
  { title: 'the cheapest repair' },
  { title: 'it costs' },
  { title: 'changes tried', numeric: true },
];

/** @param timeout milliseconds for each check */
export async function repairsTable(rows: readonly Row[], timeout: number): Promise<string> {
  const violated = rows.filter(({ expected }) => expected === 'violated');
  const lines: (readonly string[])[] = [];
  const missed: string[] = [];
  for (const { name, scenario, bounds } of violated) {
    const { protocol, nodes } = scenario;
    const result = await repair(protocol, { nodes, bounds, timeout, limit: 1 });
    const [first] = result.repairs as readonly (Repair | undefined)[];
    if (first === undefined) missed.push(name);
    lines.push([
      name,
      first === undefined ? 'none' : describeChange(first.change),
      first === undefined ? '' : describeCost(first.cost),
      String(result.changes),
    ]);
  }
  const found = violated.length - missed.length;
  const misses = missed.length === 0 ? '' : ` None for ${missed.join(', ')}.`;
  return `${table(COLUMNS, lines)}\nRepairs for ${found} of ${violated.length}.${misses}\n`;
}
