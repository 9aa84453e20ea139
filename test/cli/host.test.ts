import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileSystemHost } from '../../src/runner/files/file-system.js';

const folder = mkdtempSync(join(tmpdir(), 'ldfi-host-'));
const at = (name: string): string => join(folder, name);
writeFileSync(at('text.ded'), 'p("é")@1;\n');
writeFileSync(at('latin.ded'), Uint8Array.from([0x70, 0xe9]));
writeFileSync(at('nul.ded'), Uint8Array.from([0x70, 0]));
symlinkSync(at('text.ded'), at('link.ded'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('files on the file system', () => {
  it('are read as text, with one identity by whatever name', () => {
    const text = fileSystemHost.read(at('text.ded'));
    expect(text).toMatchObject({ kind: 'text', text: 'p("é")@1;\n' });
    expect(fileSystemHost.read(at('link.ded'))).toEqual(text);
  });

  it.each([
    ['nope.ded', { kind: 'missing' }],
    ['text.ded/nope.ded', { kind: 'missing' }],
    ['latin.ded', { kind: 'binary' }],
    ['nul.ded', { kind: 'binary' }],
    ['.', { kind: 'unreadable', reason: 'it is a folder' }],
    ['x'.repeat(5000), { kind: 'unreadable' }],
    ['\0', { kind: 'unreadable' }],
  ])('that are no text are told apart: %s', (name, expected) => {
    expect(fileSystemHost.read(name === '\0' ? name : at(name))).toMatchObject(expected);
  });

  it('are resolved from the folder of the file that includes them', () => {
    expect(fileSystemHost.resolve('a/b.ded', 'c.ded')).toBe(join('a', 'c.ded'));
    expect(fileSystemHost.resolve('a/b.ded', '../c.ded')).toBe('c.ded');
    expect(fileSystemHost.resolve('a/b.ded', '/c.ded')).toBe('/c.ded');
  });
});
