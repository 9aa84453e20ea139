import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fromJson } from '../../src/report/json/findings.js';
import { newFolder } from '../folders.js';
import { HELLO, ldfi, PERSISTENT, type Told } from './harness.js';

/** Each round writes what it checked as a document. */
class Watching {
  private end: () => void = () => undefined;
  private readonly told: Promise<Told>;

  constructor(
    private readonly folder: string,
    words: readonly string[],
  ) {
    // What was changed a moment ago may have changed since it was read.
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
    const interruption = new Promise<void>((resolve) => (this.end = resolve));
    const args = ['check', ...words, '--watch', '--reporter', `json=${this.report}`];
    this.told = ldfi(args, { folder, interruption, terminal: true });
  }

  private get report(): string {
    return join(this.folder, 'report.json');
  }

  /** What the next round came to: a verdict for each scenario. */
  async round(): Promise<readonly string[]> {
    while (!existsSync(this.report)) await wait(20);
    const findings = await fromJson(JSON.parse(readFileSync(this.report, 'utf8')));
    rmSync(this.report);
    const errors = findings.diagnostics.map(({ code }) => code);
    return [...findings.results.map(({ name, verdict }) => `${name} ${verdict.kind}`), ...errors];
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  async ended(): Promise<Told> {
    this.end();
    return this.told;
  }
}

const FACTS = 'friend("a", "b")@1;\n';
const INCLUDING = HELLO.replace(FACTS, 'include "facts.inc.ded";\n');

describe('ldfi check --watch', () => {
  it('checks again what changed, by its includes as well, and nothing else', async () => {
    const folder = newFolder({ 'a.ded': INCLUDING, 'b.ded': PERSISTENT, 'facts.inc.ded': FACTS });
    const watching = new Watching(folder, ['a.ded', 'b.ded']);
    expect(await watching.round()).toEqual(['a.ded violated', 'b.ded certified']);
    watching.write('b.ded', `${PERSISTENT}// changed\n`);
    expect(await watching.round()).toEqual(['b.ded certified']);
    watching.write('facts.inc.ded', `${FACTS}friend("b", "a")@1;\n`);
    expect(await watching.round()).toEqual(['a.ded violated']);
    watching.write('a.ded', 'p(');
    expect((await watching.round()).join()).toMatch(/^DED/);
    watching.write('a.ded', HELLO);
    expect(await watching.round()).toEqual(['a.ded violated']);
    const { code, out, err } = await watching.ended();
    expect(code).toBe(130);
    expect(err).toContain('watching 2 files; Ctrl-C ends\n');
    // A terminal is emptied before each round but the first.
    expect(out.split('\x1b[2J')).toHaveLength(5);
  });

  it('finds what is new in a folder, and what a pattern means', async () => {
    const folder = newFolder({ 'a.ded': HELLO });
    const watching = new Watching(folder, ['.', '-g', 'a|c']);
    expect(await watching.round()).toEqual(['a.ded violated']);
    watching.write('c.ded', PERSISTENT);
    expect(await watching.round()).toEqual(['a.ded violated', 'c.ded certified']);
    watching.write('c.ded', HELLO);
    expect(await watching.round()).toEqual(['c.ded violated']);
    await watching.ended();
  });

  it.each([
    [['--json'], 'for a person'],
    [['--list'], 'for a person'],
    [['--reporter', 'junit'], 'for a person'],
  ])('is refused with %j', async (words, message) => {
    const { err, out, code } = await ldfi(['check', 'a.ded', '--watch', ...words], {
      files: { 'a.ded': HELLO },
    });
    expect(err + out).toContain(message);
    expect(code).toBe(2);
  });
});
