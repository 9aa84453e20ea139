/** Every counterexample that a page of tolerance speaks of can be gone through on it, once. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Scene } from '../../../../src/report/html/checks/scene.js';
import { HELLO, ldfi, PERSISTENT } from '../../../cli/harness.js';

const folder = mkdtempSync(join(tmpdir(), 'ldfi-tolerance-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = { 'hello.ded': HELLO, 'persistent.ded': PERSISTENT };

interface ToldRow {
  readonly broken: { readonly eff: number; readonly faults: string } | null;
}

interface ToldScenario {
  readonly rows: readonly ToldRow[];
  readonly widest: number;
  readonly bounds: { readonly eot: number };
  readonly analysis: { readonly faults: string | null };
  readonly outside:
    | readonly { readonly bounds: { readonly eot: number }; readonly faults: string | null }[]
    | null;
}

/** The document and the page of the same command. */
async function told(words: readonly string[]) {
  const path = join(folder, 'page.html');
  const { out, err, code } = await ldfi(['tolerance', ...words, '--json', '--html', path], { files });
  expect([err, code]).toEqual(['', 0]);
  const { tolerances } = JSON.parse(out) as { readonly tolerances: readonly ToldScenario[] };
  return { tolerances, page: readFileSync(path, 'utf8') };
}

/** With the last timestep, and as they are written. */
function violating({ rows, bounds, analysis, outside }: ToldScenario): ReadonlySet<string> {
  return new Set([
    ...rows.flatMap(({ broken }) => (broken === null ? [] : [`${bounds.eot} ${broken.faults}`])),
    ...(analysis.faults === null ? [] : [`${bounds.eot} ${analysis.faults}`]),
    ...(outside ?? []).flatMap((each) => (each.faults === null ? [] : [`${each.bounds.eot} ${each.faults}`])),
  ]);
}

function scenesOf(page: string): readonly Scene[] {
  return [...page.matchAll(/<script type="application\/json" id="scene-\d+">([^]*?)<\/script>/g)].map(
    ([, text]) => JSON.parse(text) as Scene,
  );
}

describe('the page of ldfi tolerance', () => {
  it.each([
    [['hello.ded', '--crashes', '1']],
    [['persistent.ded']],
    [['hello.ded', 'persistent.ded', '--eot', '4']],
  ])('has the counterexamples of %j', async (words) => {
    const { tolerances, page } = await told(words);
    const scenes = scenesOf(page);
    const wanted = tolerances.flatMap((each) => [...violating(each)]);
    expect(wanted.length).toBeGreaterThan(0);
    expect(scenes.map(({ eot, faults }) => `${eot} ${faults.map(({ text }) => text).join('; ')}`)).toEqual(
      wanted,
    );
    for (const { runs } of scenes) {
      expect(runs[0].properties.some(({ kind }) => kind === 'violated')).toBe(true);
      expect(runs[0].lineage).not.toBeNull();
    }
  });

  it('leads from each edge to its counterexample, and marks every pair of bounds', async () => {
    const { tolerances, page } = await told(['hello.ded', 'persistent.ded', '--eot', '4']);
    const links = new Set([...page.matchAll(/href="#([^"]*-case-\d+)"/g)].map(([, id]) => id));
    const ids = [...page.matchAll(/ id="([^"]*-case-\d+)"/g)].map(([, id]) => id);
    expect(links).toEqual(new Set(ids));
    const cells = tolerances.reduce((sum, { rows, widest }) => sum + rows.length * widest, 0);
    expect(page.match(/<td class="(?:good|bad|caution)/g)).toHaveLength(cells);
    const edges = tolerances.flatMap(({ rows }) => rows.filter(({ broken }) => broken !== null));
    expect(page.match(/<td class="bad edge">/g)).toHaveLength(edges.length);
  });

  it('is told of, and when it is not written', async () => {
    const path = join(folder, 'page.html');
    expect((await ldfi(['tolerance', 'hello.ded', '--html', path], { files })).out).toMatch(
      /\nPage {2}.*page\.html\n$/,
    );
    const { err, code } = await ldfi(['tolerance', 'hello.ded', '--html', folder], { files });
    expect(err).toContain('RUN509');
    expect(code).toBe(2);
  });
});
