/** The README's figures, but for times, are those of a check. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { check, fileSystemHost, loadScenario } from '../../src/index.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const page = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');
const strategies = page.slice(page.indexOf('<!-- bench: strategies -->'), page.indexOf('## Scaling'));

interface Row {
  readonly row: string;
  readonly file: string;
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly figures: readonly string[];
}

const rows = [...readme.matchAll(/^\| (\S+) (\d+)\/(\d+)\/(\d+) +\|(.*)\|$/gm)].map((match): Row => {
  const [, name, eot, eff, crashes, cells] = match;
  const bounds = { eot: Number(eot), eff: Number(eff), crashes: Number(crashes) };
  const figures = cells.split('|').map((cell) => cell.trim());
  return { row: `${name} ${eot}/${eff}/${crashes}`, file: `scenarios/dedalus/${name}.ded`, bounds, figures };
});

/** As the table writes counts: in full while they are short. */
function formatted(count: bigint, longest: bigint): string {
  if (count < longest) return count.toLocaleString('en-US');
  return Number(count).toExponential(2).replace('e+', 'e');
}

it('there are as many rows as published', () => {
  expect(rows.length).toBe(12);
});

it.each(rows)('$row', async ({ file, bounds, figures }) => {
  const { scenario } = loadScenario(file, undefined, fileSystemHost);
  const { name, nodes, protocol } = scenario!;
  const { verdict, evidence } = await check(protocol, { name, nodes, bounds });
  const alternating = await check(protocol, { name, nodes, bounds, strategy: 'alternating' });
  const { faultSets, estimate, executions } = evidence;
  expect(figures.slice(0, 5)).toEqual([
    verdict.kind,
    formatted(faultSets, 10_000n),
    formatted(estimate, 1_000n),
    String(executions),
    String(alternating.evidence.executions),
  ]);
});

it.each(rows)('$row has the means and counts that the bench wrote', ({ row, figures }) => {
  const [, , , compiled, alternating, random, exhaustive] = figures;
  const line = strategies.split('\n').find((each) => each.startsWith(`| ${row} `));
  const cells = line?.split('|').map((cell) => cell.trim());
  expect(cells?.slice(4, 6)).toEqual([compiled, alternating]);
  expect([cells?.[7], cells?.[9]]).toEqual([random, exhaustive]);
});
