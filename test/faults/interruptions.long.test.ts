/**
 * Signals at any moment. SIGINT is answered by what was found so far; SIGTERM ends the process as the system does
 * it, at once. Either way, a file is whole or not there, and what is left of one shows that it is none.
 *
 * `LDFI_INTERRUPTIONS` sets how many moments are tried for each signal and command.
 */
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromJson } from '../../src/report/json/findings.js';
import { readTexts } from '../../src/runner/certificate/read.js';
import { certificateFolders, readCertificateFiles } from '../../src/runner/certificate/store.js';
import { PERSISTENT } from '../cli/harness.js';
import { ended, filesIn, start, type Ended } from './program.js';
import { newFolder } from '../folders.js';

const MOMENTS = Number(process.env.LDFI_INTERRUPTIONS ?? 8);

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** Work that goes on for as long as anyone waits. */
const LONG = ['--strategy', 'exhaustive', '--max-runs', '1000000000', '--eot', '19', '--eff', '18'];

const LEFTOVER = /^\..*\.[0-9a-f]{8}\.(?:tmp|old)$/;

interface Interrupted extends Ended {
  readonly folder: string;
}

/** Sends a signal so many milliseconds after the start. */
async function interrupted(
  args: readonly string[],
  signal: NodeJS.Signals,
  moment: number,
  shell?: string,
): Promise<Interrupted> {
  const folder = newFolder({ 'p.ded': PERSISTENT, 'q.ded': PERSISTENT });
  const child = start(args, { folder, ...(shell !== undefined && { shell }) });
  const timer = setTimeout(() => child.kill(signal), moment);
  const end = await ended(child);
  clearTimeout(timer);
  return { ...end, folder };
}

/** Mostly one waits for the moment. */
const AT_ONCE = 4;

/** At moments before, while and after the program works. */
async function atAnyMoment(law: (moment: number) => Promise<void>): Promise<void> {
  const moments = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: AT_ONCE, maxLength: AT_ONCE });
  const laws = fc.asyncProperty(moments, async (some) => {
    await Promise.all(some.map(law));
  });
  await fc.assert(laws, { numRuns: Math.ceil(MOMENTS / AT_ONCE), endOnFailure: true });
}

function isLeftover(path: string): boolean {
  return path.split('/').some((name) => LEFTOVER.test(name));
}

describe.each(SIGNALS)('%s', (signal, code) => {
  it.each(['1', '2'])(
    'ends a check, and leaves whole what was printed before, with %s threads',
    async (jobs) => {
      await atAnyMoment(async (moment) => {
        const args = ['check', 'p.ded', 'q.ded', ...LONG, '--jobs', jobs];
        const { code: exit, out, err } = await interrupted(args, signal, moment);
        expect(exit, err).toBe(code);
        expect(err).toBe('');
        // Each check that begins with its verdict ends with its cost.
        expect(out.match(/^(?:CERTIFIED|VIOLATED|INCONCLUSIVE) /gm)).toEqual(
          out.match(/^ {2}cost /gm)?.map(() => 'INCONCLUSIVE ') ?? null,
        );
      });
    },
  );

  it('leaves certificates that are whole, and nothing else that has their names', async () => {
    await atAnyMoment(async (moment) => {
      const args = ['check', 'p.ded', 'q.ded', '--certificate', 'out', '--proof'];
      const { folder, code: exit, err } = await interrupted(args, signal, moment);
      expect([0, code], err).toContain(exit);
      const out = join(folder, 'out');
      const places = existsSync(out) ? certificateFolders(out) : [];
      for (const place of places)
        expect(readTexts(readCertificateFiles(place))).toMatchObject({ certificate: { problems: [] } });
      if (exit === 0) expect(places).toHaveLength(2);
      const others = filesIn(folder).filter(
        (path) => !places.some((place) => path.startsWith(`out/${basename(place)}/`)),
      );
      expect(others.filter((path) => !isLeftover(path))).toEqual(['p.ded', 'q.ded']);
    });
  });

  it('leaves what init wrote whole, so that it can go on', async () => {
    const whole = newFolder();
    await ended(start(['init'], { folder: whole }));
    const expected = new Map(filesIn(whole).map((path) => [path, readFileSync(join(whole, path), 'utf8')]));
    const named = (text: string, folder: string) =>
      text.replace(`"${basename(whole)}"`.toLowerCase(), `"${basename(folder)}"`.toLowerCase());
    await atAnyMoment(async (moment) => {
      const { folder, code: exit, err } = await interrupted(['init'], signal, moment / 3);
      expect([0, code], err).toContain(exit);
      const there = filesIn(folder).filter((path) => !['p.ded', 'q.ded'].includes(path) && !isLeftover(path));
      for (const path of there)
        expect(readFileSync(join(folder, path), 'utf8')).toBe(named(expected.get(path)!, folder));
      const again = await ended(start(['init'], { folder }));
      expect(again).toMatchObject({ code: 0, err: '' });
      expect(filesIn(folder)).toEqual(expect.arrayContaining([...expected.keys()]));
    });
  });

  it('leaves a document of JSON that is whole, or none', async () => {
    await atAnyMoment(async (moment) => {
      const args = ['check', 'p.ded', 'q.ded', ...LONG, '--json'];
      const { folder, code: exit } = await interrupted(args, signal, moment, 'exec "$@" > out.json');
      expect(exit).toBe(code);
      const text = existsSync(join(folder, 'out.json')) ? readFileSync(join(folder, 'out.json'), 'utf8') : '';
      if (text === '') return;
      const { results } = await fromJson(JSON.parse(text));
      expect(results.length).toBeLessThanOrEqual(2);
    });
  });
});
