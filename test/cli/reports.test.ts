import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

const files = { 'hello.ded': HELLO, 'persistent.ded': PERSISTENT };
const folder = mkdtempSync(join(tmpdir(), 'ldfi-reporters-'));
const at = (name: string) => join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function check(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return ldfi(['check', 'hello.ded', 'persistent.ded', ...words], { files, environment });
}

describe('--reporter', () => {
  it('prints one document, and nothing else', async () => {
    const { out, err, code } = await check(['--reporter', 'junit']);
    expect(out).toMatch(/^<\?xml [^]*<testsuites [^]*<\/testsuites>\n$/);
    expect([err, code]).toEqual(['', 1]);
    const json = await check(['--reporter', 'json']);
    expect(json.out.replaceAll(/"(elapsed|processor)":[\d.]+/g, '')).toBe(
      (await check(['--json'])).out.replaceAll(/"(elapsed|processor)":[\d.]+/g, ''),
    );
  });

  it('writes files beside what is printed', async () => {
    const names = ['text', 'json', 'junit', 'sarif', 'markdown', 'html'];
    const words = names.flatMap((name) => ['--reporter', `${name}=${at(`new/report.${name}`)}`]);
    const { out, code } = await check([...words, '-q']);
    expect(out.split('\n').filter((line) => line !== '')).toHaveLength(2);
    expect(code).toBe(1);
    for (const name of names) expect(readFileSync(at(`new/report.${name}`), 'utf8')).toContain('hello.ded');
  });

  it('says what could not be written, and keeps the verdicts', async () => {
    mkdirSync(at('taken'), { recursive: true });
    const { out, err, code } = await check(['--reporter', `junit=${at('taken')}`]);
    expect(out).toContain('VIOLATED  hello.ded');
    expect(err).toContain('RUN140');
    expect(code).toBe(2);
  });

  it('tells GitHub, and adds to the summary of a job', async () => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at('summary.md') };
    const { out } = await check([], environment);
    expect(out).toMatch(/^::error file=hello\.ded,title=.*$/m);
    expect(readFileSync(at('summary.md'), 'utf8')).toMatch(/^## ldfi: 1 violated and 1 certified$/m);
    await check([], environment);
    expect(readFileSync(at('summary.md'), 'utf8').match(/^## /gm)).toHaveLength(2);
  });

  it.each([
    ['a document', ['--json']],
    ['another report', ['--reporter', 'text']],
    ['a report in a file', ['--reporter', `junit=${at('else.xml')}`]],
  ])('tells GitHub nothing where %s was asked for', async (_, words) => {
    const { out } = await check(words, { GITHUB_ACTIONS: 'true' });
    expect(out).not.toContain('::error');
  });

  it.each([
    [['--reporter', 'junitt'], 'did you mean `junit`?'],
    [['--reporter', 'junit='], 'of which all but github may name a file'],
    [['--reporter', 'github=x'], 'of which all but github may name a file'],
    [['--reporter', 'junit', '--reporter', 'sarif'], 'junit and sarif cannot both be printed'],
    [['--reporter', 'junit', '--json'], 'json and junit cannot both be printed'],
    [['--reporter', 'junit', '--reporter', 'github'], 'junit is printed alone'],
    [['--reporter', 'junit', '--list'], '--list is no report of results'],
  ])('refuses %s', async (words, reason) => {
    const { out, err, code } = await check(words);
    expect(out + err).toContain(reason);
    expect(code).toBe(2);
  });
});

describe('replay --as', () => {
  it.each([
    ['mermaid', /^sequenceDiagram\n/],
    ['itf', /^\{\n {2}"#meta"/],
    ['shiviz', /^a \{"a":1\}\n/],
  ])('writes a run as %s', async (form, beginning) => {
    const words = ['replay', 'hello.ded', '--inject', 'drop a->b@1', '--as', form];
    const { out, code } = await ldfi(words, { files });
    expect(out).toMatch(beginning);
    expect(code).toBe(1);
  });

  it('refuses two forms', async () => {
    const { out, code } = await ldfi(['replay', 'hello.ded', '--as', 'itf', '--json'], { files });
    expect(out).toContain('--as and --json are two forms');
    expect(code).toBe(2);
  });
});
