/** Where nothing can be written, it is told, the verdict stands, and the exit code says so. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../src/runner/certificate/read.js';
import { certificateFolders, readCertificateFiles } from '../../src/runner/certificate/store.js';
import { HELLO, PERSISTENT } from '../cli/harness.js';
import { filesIn, run, type Ended } from './program.js';
import { newFolder } from '../folders.js';

const FILES = { 'hello.ded': HELLO, 'persistent.ded': PERSISTENT };
const CHECK = ['check', 'hello.ded', 'persistent.ded'];

/** Every file may grow to so many blocks of 512 or 1,024 bytes, as on a disk that is nearly full. */
const limited = (blocks: number, rest = '') => `trap '' XFSZ; ulimit -f ${blocks}; exec "$@" ${rest}`;

describe('standard output on a full disk', () => {
  it.each([
    ['a report', '', 'exec "$@" > /dev/full'],
    ['lines', '--quiet', 'exec "$@" > /dev/full'],
    ['a document', '--json', 'exec "$@" > /dev/full'],
    ['a document of which a part fits', '--json', limited(1, '> out.json')],
  ])('loses %s, but no verdict', async (_, option, shell) => {
    const { code, out, err } = await run([...CHECK, ...option.split(' ').filter(Boolean)], {
      folder: newFolder(FILES),
      shell,
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error RUN117: standard output cannot be written: E(?:NOSPC|FBIG): /);
    expect(err).toContain('violated      3/2/0     hello.ded  drop a->b@1\n');
    expect(err).toContain('certified     5/3/0     persistent.ded\n');
  });

  it.each(['--help', 'print hello.ded', 'replay hello.ded', 'schema'])(
    'is an error of %s too',
    async (line) => {
      const shell = 'exec "$@" > /dev/full';
      const { code } = await run(line.split(' '), { folder: newFolder(FILES), shell });
      expect(code).toBe(2);
    },
  );

  it('is none where it is only standard error that is full', async () => {
    const { code } = await run(CHECK, { folder: newFolder(FILES), shell: 'exec "$@" 2> /dev/full' });
    expect(code).toBe(1);
  });

  it('takes in the whole of a long document, in pieces or not', async () => {
    const args = ['check', 'persistent.ded', '--eot', '60', '--eff', '40', '--nodes', 'a,b,c,d', '--json'];
    const folder = newFolder(FILES);
    const violated = args.map((word) => (word === 'persistent.ded' ? 'hello.ded' : word));
    const piped = await run(violated, { folder });
    await run(violated, { folder, shell: 'exec "$@" > out.json' });
    const shape = (text: string) => text.replace(/"(elapsed|processor)":[\d.]+/g, '');
    expect(shape(readFileSync(join(folder, 'out.json'), 'utf8'))).toBe(shape(piped.out));
  });
});

/** Ways in which a folder for certificates cannot be had, even by root. */
const UNWRITABLE: [what: string, folder: string, shell?: string][] = [
  ['a file', 'hello.ded'],
  ['below a file', 'hello.ded/out'],
  ['in /proc', '/proc/ldfi/out'],
  ['a link to nowhere', 'nowhere'],
  ['of too long a name', 'x'.repeat(300)],
  ['on a full disk', 'out', limited(0)],
  ['on a disk on which only some of it fits', 'out', limited(1)],
];

describe('certificates in a folder', () => {
  it.each(UNWRITABLE)('that is %s are told of, and the verdict stands', async (...[, out, shell]) => {
    const folder = newFolder(FILES);
    symlinkSync('nothing/there', join(folder, 'nowhere'));
    const before = filesIn(folder);
    const args = [...CHECK, '--certificate', out, '--eot', '9', '--eff', '6'];
    const ended = await run(args, { folder, ...(shell !== undefined && { shell }) });
    expect(ended.code).toBe(2);
    expect(ended.out).toContain('CERTIFIED  persistent.ded');
    expect(ended.err).toContain('error RUN401: ');
    expect(filesIn(folder)).toEqual(before);
  });

  it('are left as they were', async () => {
    const folder = newFolder(FILES);
    const args = ['check', 'persistent.ded', '--certificate', 'out'];
    expect((await run(args, { folder })).code).toBe(0);
    const [place] = certificateFolders(join(folder, 'out'));
    const shell = limited(0);
    const failed = await run([...args, '--proof', '--strategy', 'compiled'], { folder, shell });
    expect(failed.code).toBe(2);
    expect(readTexts(readCertificateFiles(place))).toMatchObject({ certificate: { problems: [] } });
    expect(readdirSync(join(folder, 'out'))).toHaveLength(1);
  });
});

describe('init', () => {
  it.each([
    ['on a full disk', limited(0)],
    ['in /proc', 'cd /proc; exec "$@"'],
  ])('%s says what it could not write, and leaves nothing of it', async (_, shell) => {
    const folder = newFolder();
    const { code, err } = await run(['init'], { folder, shell });
    expect(code).toBe(2);
    expect(err).toMatch(/^error RUN222: scenarios\/first\.ts cannot be written: /);
    expect(filesIn(folder)).toEqual([]);
  });

  it('leaves a manifest that it cannot extend as it was', async () => {
    const manifest = '{ "name": "mine" }\n';
    const folder = newFolder({ 'package.json': manifest, 'scenarios/first.ts': '', 'tsconfig.json': '{}' });
    const { code } = await run(['init'], { folder, shell: limited(0) });
    expect(code).toBe(2);
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(manifest);
  });

  it('takes no place that only seems free', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'scenarios'));
    symlinkSync(join(folder, 'elsewhere.ts'), join(folder, 'scenarios/first.ts'));
    const { code, err } = await run(['init'], { folder });
    expect(code).toBe(2);
    expect(err).toContain('RUN222: scenarios/first.ts');
    expect(existsSync(join(folder, 'elsewhere.ts'))).toBe(false);
  });
});

describe('two at once', () => {
  const many = (args: readonly string[], folder: string): Promise<readonly Ended[]> =>
    Promise.all(Array.from({ length: 4 }, () => run(args, { folder })));

  it('write the same certificates', async () => {
    const folder = newFolder(FILES);
    const args = ['check', 'persistent.ded', '--certificate', 'out'];
    for (let round = 0; round < 2; round++)
      for (const { code, err } of await many(args, folder))
        expect({ code, err }).toEqual({ code: 0, err: '' });
    const [place, ...others] = certificateFolders(join(folder, 'out'));
    expect(others).toEqual([]);
    expect(readTexts(readCertificateFiles(place))).toMatchObject({ certificate: { problems: [] } });
    expect(readdirSync(join(folder, 'out'))).toHaveLength(1);
  });

  it('replace the certificates of another version of the protocol', async () => {
    const folder = newFolder({ ...FILES, 'p.ded': PERSISTENT });
    const args = ['check', 'p.ded', '--certificate', 'out'];
    await run(args, { folder });
    const other = newFolder({ 'p.ded': `${PERSISTENT}friend("b", "a")@1;\n` });
    const ended = await Promise.all(
      [folder, other, folder, other].map((from) =>
        run(['check', 'p.ded', '--certificate', join(folder, 'out')], { folder: from }),
      ),
    );
    expect(ended.map(({ code, err }) => ({ code, err }))).toEqual(Array(4).fill({ code: 0, err: '' }));
    const places = certificateFolders(join(folder, 'out'));
    for (const place of places)
      expect(readTexts(readCertificateFiles(place))).toMatchObject({ certificate: { problems: [] } });
    expect(readdirSync(join(folder, 'out'))).toHaveLength(places.length);
  });

  it('make one first scenario of each name', async () => {
    const folder = newFolder({ 'package.json': '{\n  "name": "mine"\n}\n' });
    const ended = await Promise.all(
      ['one', 'one', 'two', 'two'].map((name) => run(['init', name], { folder })),
    );
    expect(ended.map(({ code, err }) => ({ code, err }))).toEqual(Array(4).fill({ code: 0, err: '' }));
    const alone = newFolder({ 'package.json': '{\n  "name": "mine"\n}\n' });
    for (const name of ['one', 'two']) await run(['init', name], { folder: alone });
    expect(filesIn(folder)).toEqual(filesIn(alone));
    for (const path of filesIn(alone))
      expect(readFileSync(join(folder, path), 'utf8')).toBe(readFileSync(join(alone, path), 'utf8'));
  });
});
