import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.js';
import type { Invocation } from '../../src/cli/invocation.js';
import { ALL_LIMIT, type Settings } from '../../src/cli/settings.js';

function read(line: string): Invocation {
  return readArguments(line === '' ? [] : line.split(' '), '1.2.3');
}

function check(line: string) {
  const invocation = read(line);
  if (invocation.kind !== 'check') throw new Error(`read as ${JSON.stringify(invocation)}`);
  return invocation;
}

/** Without the places where they were typed. */
function valuesOf(settings: Settings): object {
  return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
}

function complaints(line: string): readonly string[] {
  const invocation = read(line);
  if (invocation.kind !== 'wrong') throw new Error(`read as ${invocation.kind}`);
  return invocation.diagnostics.map(({ code, message, span, hint }) => {
    const at = span === undefined ? '' : ` at ${span.source.text.slice(span.start, span.end)}`;
    return `${code} ${message}${at}${hint === undefined ? '' : `; ${hint}`}`;
  });
}

describe('the words of check', () => {
  it('need only files', () => {
    expect(check('check a.ded b.ded')).toMatchObject({
      files: ['a.ded', 'b.ded'],
      nodes: undefined,
      settings: {},
      patterns: [],
      list: false,
      config: { kind: 'default' },
      session: { presentation: 'report', verbose: false, colour: true },
    });
  });

  it.each([
    ['--eot 6', { eot: 6 }],
    ['--eff 0', { eff: 0 }],
    ['--crashes 1', { crashes: 1 }],
    ['--strategy alternating', { strategy: 'alternating' }],
    ['--solver minisat', { solver: 'minisat' }],
    ['--lineage tracked', { lineage: 'tracked' }],
    ['--all', { all: ALL_LIMIT }],
    ['--all 7', { all: 7 }],
    ['--all=7', { all: 7 }],
    ['--max-runs 50', { maxRuns: 50 }],
    ['--timeout 90', { timeout: 90_000 }],
    ['--timeout 1.5s', { timeout: 1500 }],
    ['--timeout 500ms', { timeout: 500 }],
    ['--timeout 2m', { timeout: 120_000 }],
    ['--timeout 1h', { timeout: 3_600_000 }],
    ['--seed 0', { seed: 0 }],
    ['--negative-support', { negativeSupport: true }],
    ['--no-negative-support', { negativeSupport: false }],
  ])('take %s', (words, settings) => {
    expect(valuesOf(check(`check a.ded ${words}`).settings)).toEqual(settings);
    expect(valuesOf(check(`check ${words} -- a.ded`).settings)).toEqual(settings);
  });

  it.each([
    ['--nodes a,b,C', { nodes: ['a', 'b', 'C'] }],
    ['--grep ^re', { patterns: [{ value: /^re/u }] }],
    ['-g ^re --grep b$', { patterns: [{ value: /^re/u }, { value: /b$/u }] }],
    ['--nodes a,b --nodes C', { nodes: ['a', 'b', 'C'] }],
    ['--list', { list: true }],
    ['--config other.ts', { config: { kind: 'file', file: 'other.ts' } }],
    ['--no-config', { config: { kind: 'none' } }],
  ])('take %s for what to look at', (words, selection) => {
    expect(check(`check a.ded ${words}`)).toMatchObject(selection);
  });

  it.each([
    ['--json', { presentation: 'document' }],
    ['--quiet', { presentation: 'line' }],
    ['-q', { presentation: 'line' }],
    ['--json -q', { presentation: 'document' }],
    ['--verbose', { verbose: true }],
    ['-v', { verbose: true }],
    ['--no-color', { colour: false }],
    ['--color', { colour: true }],
  ])('take %s for how to tell it', (words, session) => {
    expect(check(`check a.ded ${words}`).session).toMatchObject(session);
  });

  it('leave a file that follows --all to the files', () => {
    expect(check('check --all 2pc.ded')).toMatchObject({
      files: ['2pc.ded'],
      settings: { all: { value: ALL_LIMIT } },
    });
  });

  it.each([
    ['--eot 0', 'RUN105 --eot cannot be `0` at 0'],
    ['--eot abc', 'RUN105 --eot cannot be `abc` at abc'],
    ['--eot 1e3', 'RUN105 --eot cannot be `1e3` at 1e3'],
    ['--eot 2.5', 'RUN105 --eot cannot be `2.5` at 2.5'],
    ['--eot=-1', 'RUN105 --eot cannot be `-1` at -1'],
    ['--eot 99999999', 'RUN105 --eot cannot be `99999999` at 99999999'],
    ['--eff 99999999999999999999', 'RUN105 --eff cannot be `99999999999999999999` at 99999999999999999999'],
    ['--crashes x', 'RUN105 --crashes cannot be `x` at x'],
    ['--nodes a,,b', 'RUN102 a node has no name at '],
    ['--nodes=', 'RUN102 a node has no name at '],
    ['--nodes a,b,a', 'RUN102 node a is given twice at a'],
    ['--strategy compild', 'RUN101 --strategy cannot be `compild` at compild; did you mean `compiled`?'],
    ['--solver z3', 'RUN101 --solver cannot be `z3` at z3'],
    ['--all 0', 'RUN101 --all cannot be `0` at 0'],
    ['--max-runs 0', 'RUN101 --max-runs cannot be `0` at 0'],
    ['--timeout 0', 'RUN101 --timeout cannot be `0` at 0'],
    ['--timeout soon', 'RUN101 --timeout cannot be `soon` at soon'],
    ['--seed -', 'RUN101 --seed cannot be `-` at -'],
    ['--lineage tracd', 'RUN101 --lineage cannot be `tracd` at tracd; did you mean `tracked`?'],
    ['--list --reporter junit', 'RUN101 --list is no report of results; leave out --reporter, or --list'],
    ['--eot 6 --eot 7', 'RUN101 --eot is given twice; `ldfi --help` shows what there is'],
    ['--all --all=3', 'RUN101 --all is given twice; `ldfi --help` shows what there is'],
    ['--config a.ts --config b.ts', 'RUN101 --config is given twice; `ldfi --help` shows what there is'],
    ['--colour', "RUN101 unknown option '--colour'; did you mean `--color`?"],
    ['--eots 6', "RUN101 unknown option '--eots'; did you mean `--eot`?"],
    ['--timeout', "RUN101 option '--timeout <time>' argument missing; `ldfi --help` shows what there is"],
  ])('do not take %s', (words, complaint) => {
    expect(complaints(`check a.ded ${words}`)).toEqual([complaint]);
  });

  it('are all looked at before any is complained of', () => {
    expect(complaints('check a.ded --eot x --eff y --nodes a,a')).toHaveLength(3);
  });

  it('may name no file, where a configuration does', () => {
    expect(check('check')).toMatchObject({ files: [] });
  });
});

describe('the words of replay, print and the rest', () => {
  it('take faults', () => {
    const invocation = readArguments(['replay', 'a.ded', '--inject', 'drop a->b@1', '--eot', '6'], '1.2.3');
    expect(invocation).toMatchObject({
      kind: 'replay',
      files: ['a.ded'],
      inject: 'drop a->b@1',
      settings: { eot: { value: 6 } },
    });
    expect(read('replay a.ded')).toMatchObject({ kind: 'replay', inject: '' });
  });

  it('take files to print', () => {
    expect(read('print a.ded b.ded')).toMatchObject({ kind: 'print', files: ['a.ded', 'b.ded'] });
  });

  it('take a name for a first scenario, or none', () => {
    expect(read('init')).toMatchObject({ kind: 'init', name: undefined });
    expect(read('init retry')).toMatchObject({ kind: 'init', name: 'retry' });
  });

  it('know the version', () => {
    expect(read('--version')).toEqual({ kind: 'text', text: '1.2.3\n', misused: false });
  });

  it.each(['--help', 'help', 'check --help', 'replay --help', 'print --help', 'init --help'])(
    'help with %s',
    (line) => {
      expect(read(line)).toMatchObject({ kind: 'text', misused: false });
    },
  );

  it('help where nothing was asked for', () => {
    expect(read('')).toMatchObject({ kind: 'text', misused: true });
  });

  it('suggest a command', () => {
    expect(complaints('chekc a.ded')).toEqual(["RUN101 unknown command 'chekc'; did you mean `check`?"]);
  });

  it('keep to JSON for complaints where JSON was asked for', () => {
    expect(read('check a.ded --json --eots 1')).toMatchObject({ session: { presentation: 'document' } });
  });
});
