/** What the page of scenarios tells of each: the bug, the fewest faults, and the repair. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatSchedule, parseSchedule } from '../../src/injector/schedule.js';
import { checkScenario } from '../../src/runner/check-scenario.js';
import type { Scenario } from '../../src/runner/scenario/define.js';

const page = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');

/** By the title of their column; a bar within code is escaped. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')))
  .map(([, story, file, bug, faults, repair]) => ({
    story,
    file: file.slice(1, -1),
    bug,
    faults: faults.slice(1, -1),
    repair,
  }));

it('there are stories, each told once', () => {
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map(({ story }) => story)).size).toBe(rows.length);
});

describe.each(rows)('$story', ({ file, bug, faults, repair }) => {
  const named = async (name: string): Promise<Scenario> => {
    const url = new URL(`../../scenarios/${file}`, import.meta.url);
    const exported = Object.values((await import(url.href)) as Readonly<Record<string, Scenario>>);
    const found = exported.find((scenario) => scenario.name === name);
    if (found === undefined) throw new Error(`${file} has no scenario ${name}`);
    return found;
  };

  it('is violated by these faults, and by no fewer', async () => {
    const { verdict } = await checkScenario(await named(bug));
    if (verdict.kind !== 'violated') expect.fail(verdict.kind);
    const [{ faults: found, minimality }] = verdict.counterexamples;
    expect(formatSchedule(found)).toBe(faults);
    expect(minimality).toBe('minimum');
  });

  it('is certified with its repair, within bounds that admit these faults', async () => {
    const scenario = await named(repair);
    const { verdict } = await checkScenario(scenario);
    expect(verdict.kind).toBe('certified');
    const { nodes, bounds } = scenario;
    expect(parseSchedule(faults, { nodes, bounds })).toMatchObject({ kind: 'faults' });
  });
});
