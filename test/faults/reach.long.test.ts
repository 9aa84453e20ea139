/** What a program of Dedalus can make ldfi read: what lies around it, and nothing else of the machine. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileSystemHost } from '../../src/runner/files/file-system.js';
import { ldfi, PERSISTENT, type Told } from '../cli/harness.js';
import { run } from './program.js';
import { newFolder, write } from '../folders.js';

const SECRET = 'secret("swordfish")@1\n';
const INCLUDING = (path: string) => `${PERSISTENT}include "${path}";\n`;

async function check(folder: string, words: string): Promise<Told> {
  return ldfi(['check', ...words.split(' '), '--quiet'], { folder });
}

function expectRefused({ code, out, err }: Told, refusal = 'DED606') {
  expect({ code, out }, err).toEqual({ code: 2, out: '' });
  expect(err).toContain(`error ${refusal}: `);
  expect(err).not.toContain('swordfish');
}

describe('by default, what may be included', () => {
  it('is what lies in the working folder', async () => {
    const folder = newFolder({ 'sub/p.ded': INCLUDING('../shared/x.ded'), 'shared/x.ded': 'x("a")@1;\n' });
    expect(await check(folder, 'sub/p.ded')).toMatchObject({ code: 0, err: '' });
  });

  it('is what lies beside a file that is named', async () => {
    const folder = newFolder();
    const other = newFolder({ 'p.ded': INCLUDING('x.ded'), 'x.ded': 'x("a")@1;\n' });
    expect(await check(folder, join(other, 'p.ded'))).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    ['the working folder', (repository: string) => [join(repository, 'protocols'), 'p.ded']],
    ['the file', (repository: string) => [newFolder(), join(repository, 'protocols/p.ded')]],
  ])('is what lies in the repository of %s', async (_, at) => {
    const files = { 'protocols/p.ded': INCLUDING('../shared/x.ded'), 'shared/x.ded': 'x("a")@1;\n' };
    const repository = newFolder({ ...files, '.git/HEAD': 'ref: refs/heads/main\n' });
    const [folder, file] = at(repository);
    expect(await check(folder, file)).toMatchObject({ code: 0, err: '' });
    const bare = newFolder(files);
    const [bareFolder, bareFile] = at(bare);
    expectRefused(await check(bareFolder, bareFile));
  });

  it('is what a link that is named leads to, but not what lies there beside it', async () => {
    const folder = newFolder({ 'x.ded': 'x("a")@1;\n' });
    const other = newFolder({ 'p.ded': INCLUDING('x.ded'), 'x.ded': SECRET });
    symlinkSync(join(other, 'p.ded'), join(folder, 'p.ded'));
    expect(await check(folder, 'p.ded')).toMatchObject({ code: 0, err: '' });
  });
});

describe('what lies elsewhere is not read', () => {
  const outside = newFolder({ 'secret.ded': SECRET });
  const secret = join(outside, 'secret.ded');

  it.each([
    ['an absolute path', secret],
    ['a path upwards', `../${outside.split('/').at(-1)!}/secret.ded`],
    ['a link', 'link.ded'],
    ['a folder that is a link', 'linked/secret.ded'],
    ['a chain of links', 'chain.ded'],
    ['what is not there', join(outside, 'nothing.ded')],
    ['a device', '/dev/zero'],
  ])('by %s', async (_, path) => {
    const folder = newFolder({ 'p.ded': INCLUDING(path) });
    symlinkSync(secret, join(folder, 'link.ded'));
    symlinkSync(outside, join(folder, 'linked'));
    symlinkSync('link.ded', join(folder, 'chain.ded'));
    expectRefused(await check(folder, 'p.ded'));
  });

  it('by a scenario in a folder that is a link, nor by a configuration that is one', async () => {
    const folder = newFolder({ 'scenarios/p.ded': PERSISTENT });
    symlinkSync(secret, join(folder, 'scenarios/link.ded'));
    const { code, out, err } = await check(folder, 'scenarios');
    expect(code).toBe(2);
    expect(out).toContain('certified');
    expect(err).toContain('DED606: "scenarios/link.ded" lies outside');
    const configured = newFolder({ 'p.ded': PERSISTENT });
    const config = newFolder({ 'ldfi.config.js': `globalThis.ran = true; export default {};\n` });
    symlinkSync(join(config, 'ldfi.config.js'), join(configured, 'ldfi.config.js'));
    expectRefused(await check(configured, 'p.ded'));
    expect(globalThis).not.toHaveProperty('ran');
  });

  it('by a certificate', async () => {
    const folder = newFolder({ 'p.ded': PERSISTENT });
    await ldfi(['check', 'p.ded', '--certificate', 'out'], { folder });
    const { err } = await ldfi(['verify-certificate', 'out'], { folder });
    expect(err).toBe('');
    const [place] = execFileSync('find', [folder, '-name', 'certificate.json'], { encoding: 'utf8' }).split(
      '\n',
    );
    writeFileSync(place, readFileSync(place, 'utf8').replace('"p.ded"', JSON.stringify(secret)));
    expectRefused(await ldfi(['verify-certificate', 'out'], { folder }));
  });
});

describe('--root', () => {
  const files = { 'protocols/p.ded': INCLUDING('../shared/x.ded'), 'shared/x.ded': 'x("a")@1;\n' };

  it('widens what may be included', async () => {
    const all = newFolder(files);
    const folder = join(all, 'protocols');
    expectRefused(await check(folder, 'p.ded'));
    expect(await check(folder, 'p.ded --root ..')).toMatchObject({ code: 0, err: '' });
    expect(await check(folder, `p.ded --root ${all}`)).toMatchObject({ code: 0, err: '' });
  });

  it('narrows it, for what is named too', async () => {
    const folder = newFolder({
      ...files,
      '.git/HEAD': '',
      'q.ded': PERSISTENT,
      'q.mjs': 'globalThis.ran = 1;',
    });
    expectRefused(await check(folder, 'protocols/p.ded --root protocols'));
    expectRefused(await check(folder, 'q.ded --root protocols'));
    expectRefused(await check(folder, 'q.mjs --root protocols'));
    expect(globalThis).not.toHaveProperty('ran');
  });

  it.each(['nothing', 'q.ded', 'link'])('is an error if it is no folder: %s', async (root) => {
    const folder = newFolder({ 'q.ded': PERSISTENT });
    symlinkSync('nothing', join(folder, 'link'));
    expectRefused(await check(folder, `q.ded --root ${root}`), 'RUN214');
    expectRefused(await ldfi(['verify-certificate', 'q', '--root', root], { folder }), 'RUN214');
  });

  it('counts by where it leads, if it is a link', async () => {
    const folder = newFolder(files);
    symlinkSync(folder, join(folder, 'protocols/all'));
    expect(await check(join(folder, 'protocols'), 'p.ded --root all')).toMatchObject({ code: 0, err: '' });
  });
});

describe('what is no file of text is refused at once, by the program as built', () => {
  const folder = newFolder({ 'big.ded': '', 'folder/x.ded': '' });
  execFileSync('mkfifo', [join(folder, 'pipe.ded'), join(folder, 'pipe.mjs')]);
  truncateSync(join(folder, 'big.ded'), 2 ** 33);

  it.each([
    ['pipe.ded', 'it is a pipe, and no file'],
    ['folder', 'it is a folder'],
    ['big.ded', 'it is longer than 8 MiB'],
    ['/dev/zero', 'it is a device, and no file'],
    ['/dev/full', 'it is a device, and no file'],
    ['/dev/stdin', 'it is a '],
    ['/proc/self/mem', 'cannot be read: '],
  ])('%s', async (path, reason) => {
    write(folder, 'p.ded', INCLUDING(path));
    const included = await run(['check', 'p.ded', '--root', '/'], { folder });
    expect({ code: included.code, out: included.out }).toEqual({ code: 2, out: '' });
    expect(included.err).toContain(`p.ded:10:9: error DED603: "${path}" cannot be read: `);
    expect(included.err).toContain(reason);
  });

  it('where it is named, or lies in a folder, too', async () => {
    const named = await run(['check', 'pipe.ded', 'big.ded', 'pipe.mjs'], { folder });
    expect(named.code).toBe(2);
    expect(named.err.match(/error DED603/g)).toHaveLength(3);
    write(folder, 'p.ded', PERSISTENT);
    const found = await run(['check', '.', '--list'], { folder });
    expect(found).toMatchObject({ code: 0, err: '' });
    expect(found.out).toMatch(/^p.ded$/m);
  });

  it('but a file that has no length until it is read is read', () => {
    expect(fileSystemHost.read('/proc/self/status')).toMatchObject({ kind: 'text' });
  });
});

describe('includes end', () => {
  it('where links lead in circles', async () => {
    const folder = newFolder({ 'x.ded': `x("a")@1;\n// ${'-'.repeat(2 ** 20)}\n` });
    mkdirSync(join(folder, 'd'));
    symlinkSync('..', join(folder, 'd/up'));
    const paths = Array.from({ length: 30 }, (_, depth) => `${'d/up/'.repeat(depth)}x.ded`);
    write(folder, 'p.ded', paths.map(INCLUDING).join(''));
    const { code, err } = await check(folder, 'p.ded');
    expect(code).toBe(2);
    expect(err.match(/error DED607: /g)).toHaveLength(1);
  });

  it('where files include each other, however they are named', async () => {
    const folder = newFolder({ 'p.ded': INCLUDING('d/q.ded'), 'd/q.ded': 'include "../link.ded";\n' });
    symlinkSync('p.ded', join(folder, 'link.ded'));
    const { code, err } = await check(folder, 'p.ded');
    expect(code).toBe(2);
    expect(err).toContain('error DED604: cycle of includes: p.ded -> d/q.ded -> link.ded');
  });
});
