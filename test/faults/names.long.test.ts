/** Names mean nothing but themselves: not to the file system, not to JavaScript, not to a terminal. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/runner/check.js';
import { fromJson } from '../../src/report/json/findings.js';
import { quote } from '../../src/model/text/quote.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import { violationsOf } from '../../src/injector/run.js';
import { greeting, IMPORTS } from '../cli/folders.js';
import { HELLO, ldfi, PERSISTENT } from '../cli/harness.js';
import { filesIn, MAIN } from './program.js';
import { newFolder } from '../folders.js';

const ODD = [
  '../../x',
  '/etc/passwd',
  '..',
  '.',
  '.git',
  '-rf',
  'C:\\x',
  'nul',
  'a/b',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  '\u001b[2J\u001b]0;title\u0007',
  'red \u001b[31m',
  '\u202egnp.exe',
  '\u0000',
  '日本',
];

const oddName = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 30 })
  .filter((name) => /^\S(?:.*\S)?$/u.test(name));

/** What would move the cursor, or not show, but for the ends of lines. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('the name of a scenario', () => {
  it('names a folder for its certificate, below the one that was asked for', async () => {
    const names = [...new Set([...ODD, ...fc.sample(oddName, 20)])];
    const scenarios = names.map((name, i) => `export const s${i} = ${greeting({ name, repeated: true })};\n`);
    const folder = newFolder({ 'odd.ts': IMPORTS + scenarios.join('') });
    const { code, out, err } = await ldfi(['check', 'odd.ts', '--certificate', 'certificates'], { folder });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).not.toMatch(HIDDEN);
    const documents = filesIn(folder).filter((path) => path.endsWith('certificate.json'));
    expect(documents).toHaveLength(names.length);
    for (const path of documents) expect(path).toMatch(/^certificates\/\w[\w.-]{0,99}\/certificate\.json$/);
    expect(filesIn(folder).filter((path) => !path.startsWith(`certificates${sep}`))).toEqual(['odd.ts']);
    const verified = await ldfi(['verify-certificate', 'certificates', 'odd.ts'], { folder });
    expect({ code: verified.code, err: verified.err }).toEqual({ code: 0, err: '' });
    expect(verified.out).not.toMatch(HIDDEN);
  });

  it.each(['', '--quiet', '--list', '--verbose'])('is shown, not obeyed: check %s', async (option) => {
    const scenarios = ODD.map((name, i) => `export const s${i} = ${greeting({ name })};\n`);
    const folder = newFolder({ 'odd.ts': IMPORTS + scenarios.join('') });
    const { out, err } = await ldfi(['check', 'odd.ts', ...option.split(' ').filter(Boolean)], { folder });
    expect(err).toBe('');
    expect(out).not.toMatch(HIDDEN);
  });

  it('comes back from JSON as it was', async () => {
    const scenarios = ODD.map((name, i) => `export const s${i} = ${greeting({ name })};\n`);
    const folder = newFolder({ 'odd.ts': IMPORTS + scenarios.join('') });
    const { out } = await ldfi(['check', 'odd.ts', '--json'], { folder });
    const { results } = await fromJson(JSON.parse(out));
    expect(results.map(({ location }) => location?.scenario)).toEqual(ODD);
  });
});

describe('the name of a file', () => {
  it.each(['\u001b[2Jx.ded', 'two\nlines.ded', '\u202eded.x.ded', '__proto__.ded', '-x.ded'])(
    '%j',
    async (name) => {
      const folder = newFolder({ [name]: 'p(X)@1;\n' });
      const { code, out, err } = await ldfi(['check', join('.', name), '--', join('.', name)], { folder });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).not.toMatch(HIDDEN);
    },
  );
});

/** Names that every object of JavaScript has a meaning for. */
const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then'];

describe('the name of a node', () => {
  it.each(['', '--quiet', '--verbose'])('is shown, not obeyed: check %s', async (option) => {
    const text = PERSISTENT.replace('// ldfi: nodes a, b\n', '').replace(
      'friend("a"',
      'friend("\u001b[2J\u202e"',
    );
    const folder = newFolder({ 'p.ded': text });
    const options = ['--eot', '3', '--eff', '2', '--crashes', '1', ...option.split(' ').filter(Boolean)];
    const { code, out, err } = await ldfi(['check', 'p.ded', ...options], { folder });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).not.toMatch(HIDDEN);
  });
});

describe('the command that runs a counterexample again', () => {
  it('shows every character, and means the same scenario', async () => {
    const names = ['\u001b[2J', 'it’s "a" $name', "\u0007'", 'C:\\x\u202e'];
    const scenarios = names.map((name, i) => `export const s${i} = ${greeting({ name })};\n`);
    const folder = newFolder({
      'odd.mjs': (IMPORTS + scenarios.join('')).replaceAll(/type<[^>]*>\(\)/g, 'type()'),
    });
    const { out } = await ldfi(['check', 'odd.mjs'], { folder });
    const commands = commandsIn(out);
    expect(commands).toHaveLength(names.length);
    for (const [index, command] of commands.entries()) {
      const { runs } = await runAgain(command, folder);
      expect(runs.map(({ name }) => name)).toEqual([`${names[index]} (odd.mjs)`]);
    }
  });

  const ODD_PAIRS = [
    ['a,b', ' c '],
    ['a->b', 'a;b@1'],
    ['"', '\\'],
    ['two\nlines', '\ud83d'],
    ['$HOME', "it's `a`!"],
    ['drop a', '-n'],
  ] as const;

  it.each(ODD_PAIRS)('means the same nodes in handlers: %j and %j', async (a, b) => {
    const source = greeting({ name: 'odd' })
      .replace("['a', 'b']", JSON.stringify([a, b]))
      .replace("self === 'a'", `self === ${JSON.stringify(a)}`)
      .replaceAll("'b'", JSON.stringify(b))
      .replace(/type<[^>]*>\(\)/, 'type()');
    const folder = newFolder({ 'odd.mjs': `${IMPORTS}export default ${source};\n` });
    const { code, out, err } = await ldfi(['check', 'odd.mjs'], { folder });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const { runs } = await runAgain(commandsIn(out)[0], folder);
    expect(runs[0].run.nodes).toEqual([a, b]);
    expect(runs[0].run.faults).toEqual([{ kind: 'omission', from: a, to: b, time: 1 }]);
    expect(violationsOf(runs[0].run)).toHaveLength(1);
  });

  it.each(ODD_PAIRS)('means the same nodes in rules: %j and %j', async (a, b) => {
    const text = HELLO.replace('// ldfi: nodes a, b\n', '').replace(
      'friend("a", "b")',
      `friend(${quote(a)}, ${quote(b)})`,
    );
    const folder = newFolder({ 'odd.ded': text });
    const { code, out, err } = await ldfi(['check', 'odd.ded', '--eff', '2'], { folder });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const { runs } = await runAgain(commandsIn(out)[0], folder);
    expect(runs[0].run.nodes).toEqual([a, b]);
    expect(runs[0].run.faults).toEqual([{ kind: 'omission', from: a, to: b, time: 1 }]);
    expect(violationsOf(runs[0].run)).toHaveLength(1);
  });
});

/** What reports print below `Replay it`. */
function commandsIn(report: string): readonly string[] {
  return [...report.matchAll(/^Replay it\n((?: .*\\\n)* .*\n)/gm)].map(([, command]) => command);
}

/** As a shell reads the command. */
function runAgain(command: string, folder: string) {
  const line = `npx() { shift; '${process.execPath}' '${MAIN}' "$@" --json; }\n${command.trimEnd()}`;
  const printed = execFileSync('bash', ['-c', `${line} || true`], { cwd: folder, encoding: 'utf8' });
  return fromJson(JSON.parse(printed));
}

describe('what JavaScript calls its own', () => {
  const verdictOn = async (a: string, b: string, relation: string) => {
    const { checked } = readDedalusText(`
      ${relation}("${a}", "${b}")@1;
      hello(B, A)@async :- ${relation}(A, B);
      heard(B, A)@next :- hello(B, A);
      pre(A, B) :- ${relation}(A, B)@1;
      post(A, B) :- ${relation}(A, B)@1, heard(B, A);
    `);
    const bounds = { eot: 3, eff: 2, crashes: 1 };
    const { verdict } = await check(checked!, { name: a, nodes: [a, b], bounds, limit: 10 });
    if (verdict.kind !== 'violated') return verdict;
    return verdict.counterexamples.map(({ faults }) =>
      formatSchedule(faults).replaceAll(a, 'A').replaceAll(b, 'B'),
    );
  };

  it.each(INHERITED)('names nodes and relations as any other word does: %s', async (word) => {
    const expected = await verdictOn('one', 'two', 'friend');
    expect(await verdictOn(word, 'two', word)).toEqual(expected);
    expect(await verdictOn('one', word, 'friend')).toEqual(expected);
  });

  it.each(INHERITED)('names nodes, scenarios, messages and properties of handlers: %s', async (word) => {
    const source = greeting({ name: word })
      .replace("['a', 'b']", `['${word}', 'b']`)
      .replace("self === 'a'", `self === '${word}'`)
      .replace(/type<[^>]*>\(\)/, 'type()')
      .replaceAll("type: 'hello'", `type: '${word}'`)
      .replace('hello:', `['${word}']:`)
      .replace('greeted: { pre', `['${word}']: { pre`);
    const folder = newFolder({ 'odd.mjs': `${IMPORTS}export default ${source};\n` });
    const { code, out, err } = await ldfi(['check', 'odd.mjs', '--quiet'], { folder });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain(`drop ${word}->b@1`);
  });

  it('is not changed by any document', async () => {
    const folder = newFolder({
      'package.json': '{ "__proto__": { "polluted": 1 }, "scripts": { "__proto__": { "polluted": 1 } } }',
      'ldfi.config.mjs': 'export default JSON.parse(\'{ "__proto__": { "files": ["x"], "polluted": 1 } }\');',
    });
    await ldfi(['check'], { folder });
    await ldfi(['init'], { folder });
    const document: unknown = JSON.parse('{ "version": 2, "__proto__": { "polluted": 1 }, "results": [] }');
    await expect(fromJson(document)).rejects.toThrow(RangeError);
    expect({}).not.toHaveProperty('polluted');
  });
});
