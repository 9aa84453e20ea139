/** Scripts for shells, run by those shells where they are installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ldfi } from './harness.js';

const folder = mkdtempSync(join(tmpdir(), 'ldfi-completion-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const isThere = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What a shell prints that runs the script, and then a command. */
async function told(shell: string, command: (script: string) => string): Promise<readonly string[]> {
  const script = join(folder, `completion.${shell}`);
  writeFileSync(script, (await ldfi(['completion', shell])).out);
  const { stdout, stderr } = spawnSync(shell, ['-c', command(script)], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split(/\s+/).filter((word) => word !== '');
}

describe.skipIf(!isThere('bash'))('bash', () => {
  const complete = (...words: readonly string[]) =>
    told('bash', (script) => {
      const typed = words.map((word) => `'${word}'`).join(' ');
      return `source ${script}; COMP_WORDS=(ldfi ${typed}); COMP_CWORD=${words.length}; _ldfi; echo "\${COMPREPLY[@]}"`;
    });

  it('completes commands', async () => {
    expect(await complete('repl')).toEqual(['replay']);
    expect(await complete('')).toEqual(expect.arrayContaining(['check', 'trace', 'completion']));
  });

  it('completes the options of each command, and leaves files to the shell', async () => {
    expect(await complete('check', '--st')).toEqual(['--strategy']);
    expect(await complete('replay', 'x.ded', '--inj')).toEqual(['--inject']);
    expect(await complete('check', '--inj')).toEqual([]);
    expect(await complete('check', 'x')).toEqual([]);
  });
});

describe.skipIf(!isThere('fish'))('fish', () => {
  const complete = (line: string) =>
    told('fish', (script) => `source ${script}; complete -C '${line}' | string split -f1 \\t`);

  it('completes commands and options', async () => {
    expect(await complete('ldfi repl')).toEqual(['replay']);
    expect(await complete('ldfi check --strat')).toEqual(['--strategy']);
    expect(await complete('ldfi replay --strat')).toEqual([]);
  });
});

describe.skipIf(!isThere('zsh'))('zsh', () => {
  it('can read what it is given', async () => {
    expect(
      await told(
        'zsh',
        (script) => `autoload -Uz compinit; compinit -u -D; source ${script}; whence -w _ldfi`,
      ),
    ).toEqual(['_ldfi:', 'function']);
  });
});

it('says which shells there are', async () => {
  const { err, code } = await ldfi(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(err).toContain('there is no completion for `tcsh`');
  expect(err).toContain('`bash`, `zsh`, `fish`');
});
