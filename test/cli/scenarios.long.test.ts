/** Scenarios of TypeScript on the command line. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { JsonDocument } from '../../src/report/json/schema/document.js';
import { expectGolden, withoutTimes } from '../golden.js';
import { IMPORTS, greeting, ONE, told, TWO } from './folders.js';
import { newFolder } from '../folders.js';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

/** Verdict and name of each check. */
async function verdicts(line: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { out } = await told(`${line} --json`, files);
  const { results } = JSON.parse(out) as JsonDocument;
  return results.map(({ name, verdict }) => `${verdict.kind} ${name}`);
}

describe('ldfi check', () => {
  it('tells what it finds out about every scenario of a file, in the order of the file', async () => {
    const { code, out, err } = await told('check two.ts', { 'two.ts': TWO });
    expect(code).toBe(1);
    expect(err).toBe('');
    await expectGolden(withoutTimes(out), 'cli/two scenarios of a module');
  });

  it.each(['ts', 'mts'])('reads .%s', async (extension) => {
    expect(await verdicts(`check x.${extension}`, { [`x.${extension}`]: ONE })).toEqual([
      `violated greeting (x.${extension})`,
    ]);
  });

  it.each([
    ['js', `import { defineScenario, type } from 'ldfi';\nexport default `],
    ['mjs', `import { defineScenario, type } from 'ldfi';\nexport default `],
    ['js', `const { defineScenario, type } = require('ldfi');\nmodule.exports = `],
    ['js', `const { defineScenario, type } = require('ldfi');\nexports.greeting = `],
  ])('reads .%s that begins with %j', async (extension, start) => {
    const text = start + greeting().replace("type<{ type: 'hello' }>()", 'type()');
    expect(await verdicts(`check x.${extension}`, { [`x.${extension}`]: text })).toEqual([
      `violated greeting (x.${extension})`,
    ]);
  });

  it('finds scenarios in arrays, once however often they are exported', async () => {
    const text = `${IMPORTS}export const a = ${greeting({ name: 'a' })};
const b = ${greeting({ name: 'b' })};
export const all = [a, b];
export default a;\n`;
    expect(await verdicts('check x.ts', { 'x.ts': text })).toEqual([
      'violated a (x.ts)',
      'violated b (x.ts)',
    ]);
  });

  it('shares what scenarios import', async () => {
    const files = {
      'shared.ts': 'export const bounds = { eot: 4, eff: 2, crashes: 0 };\n',
      'x.ts': `import { bounds } from './shared.js';\n${ONE.replace(/bounds: \{.*\}/, 'bounds')}`,
    };
    expect(await verdicts('check x.ts', files)).toEqual(['violated greeting (x.ts)']);
  });

  it('imports by the `paths` of the nearest tsconfig.json, whatever else it says', async () => {
    const scenario = (module: string) =>
      `import { bounds } from '${module}';\n${ONE.replace(/bounds: \{.*\}/, 'bounds')}`;
    const files = {
      'base.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
      'tsconfig.json': '{\n  // Comments are allowed.\n  "extends": "./base.json",\n}\n',
      'lib/bounds.ts': 'export const bounds = { eot: 4, eff: 2, crashes: 0 };\n',
      'first/x.ts': scenario('@/bounds.js'),
      'second/tsconfig.json':
        '{ "compilerOptions": { "paths": { "~bounds": ["../lib/bounds.ts"], "ldfi": ["./none.ts"] } } }',
      'second/x.ts': scenario('~bounds'),
      'third/tsconfig.json': '{ "extends": "not-installed/tsconfig.json" }',
      'third/x.ts': scenario('../lib/bounds.js'),
    };
    expect(await verdicts('check first/x.ts second/x.ts third/x.ts', files)).toEqual([
      'violated greeting (first/x.ts)',
      'violated greeting (second/x.ts)',
      'violated greeting (third/x.ts)',
    ]);
  });

  it('looks for scenarios below folders, in a fixed order', async () => {
    const never = 'throw new Error("I am not to be run");\n';
    const scenario = `import { defineScenario } from 'ldfi';\n${never}`;
    const files = {
      'd/b.ts': ONE.replace('greeting', 'of b'),
      'd/a.ded': HELLO,
      'd/below/c.ts': ONE.replace('greeting', 'of c'),
      // None of these is a scenario of the folder.
      'd/part.ded': 'p("a")@1;\n',
      'd/tool.ts': 'throw new Error("I am not to be run");\n',
      'd/helper.ts': `// import { defineScenario } from 'ldfi';\n${never}`,
      'd/types-only.ts': `import type { Scenario } from 'ldfi';\n${never}`,
      'd/server.ts': `import './b.js';\nconst help = "import 'ldfi'";\n${never}`,
      'd/b.test.ts': scenario,
      'd/b.spec.ts': scenario,
      'd/types.d.ts': scenario,
      'd/ldfi.config.ts': scenario,
      'd/node_modules/x/index.ts': scenario,
      'd/.hidden/x.ts': scenario,
      'd/notes.txt': scenario,
    };
    expect(await verdicts('check d', files)).toEqual([
      'violated d/a.ded',
      'violated of b (d/b.ts)',
      'violated of c (d/below/c.ts)',
    ]);
  });

  it('tells of a module of a folder that imports ldfi and cannot be parsed', async () => {
    const { code, err } = await told('check d', { 'd/x.ts': `import 'ldfi';\nconst = 1;\n` });
    expect(code).toBe(2);
    expect(err).toContain('RUN201: d/x.ts cannot be loaded');
  });

  it.each([
    ['x.tsx', '"x.tsx" is no scenario by its name', '`.ts` file'],
    ['x.jsx', '"x.jsx" is no scenario by its name', '`.ts` file'],
    ['x.json', '"x.json" is no scenario by its name', ''],
    ['x.dedalus', '"x.dedalus" is no scenario by its name', '(.ded)'],
    ['README', '"README" is no scenario by its name', '(.mjs'],
    ['-', 'standard input is not read', '(.ded)'],
  ])('refuses %s in one sentence', async (file, sentence, more) => {
    const { code, out, err } = await told(`check ${file}`, file === '-' ? {} : { [file]: ONE });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.match(/error/g)).toHaveLength(1);
    expect(err).toContain(`RUN215: ${sentence}`);
    expect(err).toContain(more.replace('(.mjs', '.mjs'));
  });

  it.each([
    ['--no-modules', {}, {}],
    ['', { LDFI_MODULES: 'false' }, {}],
    ['', {}, { 'ldfi.config.ts': 'export default { modules: false };\n' }],
  ])('runs no module where it is not to: %j %j %j', async (option, environment, config) => {
    const files = { 'd/a.ded': HELLO, 'd/b.ts': ONE, ...config };
    for (const command of ['check', 'replay', 'print']) {
      const { err, out } = await told(`${command} d ${option}`, files, { environment });
      expect(err).toBe('');
      expect(out).not.toContain('greeting');
      const named = await told(`${command} d/b.ts ${option}`, files, { environment });
      expect({ code: named.code, out: named.out }).toEqual({ code: 2, out: '' });
      expect(named.err).toContain('RUN216: "d/b.ts" is a module, and modules are not to be run');
    }
    const { err } = await told(`check e ${option}`, { 'e/b.ts': ONE, ...config }, { environment });
    expect(err).toContain('hint: its modules were passed over, as `--no-modules` asks');
  });

  it('finds a file once that is named and lies in a folder that is named', async () => {
    expect(await verdicts('check x.ts d ./d/x.ts x.ts', { 'x.ts': ONE, 'd/x.ts': ONE })).toEqual([
      'violated greeting (x.ts)',
      'violated greeting (d/x.ts)',
    ]);
  });

  it('overrides nodes and bounds, and then expects nothing', async () => {
    const files = { 'x.ts': `${IMPORTS}export default ${greeting({ expect: 'violated' })};\n` };
    const of = async (words: string) => {
      const { out } = await told(`check x.ts --json ${words}`, files);
      const [{ nodes, bounds, expected }] = (JSON.parse(out) as JsonDocument).results;
      return { nodes, bounds, expected };
    };
    const own = { nodes: ['a', 'b'], bounds: { eot: 4, eff: 2, crashes: 0 }, expected: 'violated' };
    expect(await of('')).toEqual(own);
    expect(await of('--nodes b,a')).toEqual({ ...own, nodes: ['b', 'a'] });
    expect(await of('--nodes a,b,c')).toEqual({ ...own, nodes: ['a', 'b', 'c'], expected: null });
    expect(await of('--eff 3')).toEqual({ ...own, bounds: { ...own.bounds, eff: 3 }, expected: null });
  });

  it.each([
    ['check two.ts', 1],
    ['check two.ts --as-expected', 0],
    ['check two.ts --as-expected --eff 0', 0],
    ['check two.ts --as-expected --eff 0 -g once --crashes 1', 1],
    ['check wrong.ts --as-expected', 1],
    ['check wrong.ts', 0],
  ])('exits, by %s, with %i', async (line, code) => {
    const wrong = `${IMPORTS}export default ${greeting({ expect: 'violated', repeated: true })};\n`;
    expect((await told(`${line} -q`, { 'two.ts': TWO, 'wrong.ts': wrong })).code).toBe(code);
  });

  it('marks what failed by --as-expected, and says so at the end', async () => {
    const files = { 'two.ts': TWO, 'one.ts': ONE };
    const lines = await told('check two.ts one.ts --as-expected -q', files);
    expect(lines.out.match(/\(failed: .*\)/g)).toEqual(['(failed: expected certified)']);
    expect(lines.err).toBe('Failed: 1 of 3 checks: greeting (one.ts) 4/2/0\n');
    const { out } = await told('check two.ts one.ts --as-expected', files);
    expect(out).toContain('greeting (one.ts)\n  failed: it expects no verdict, and so has to be certified\n');
    expect(out).toMatch(/\nFailed: 1 of 3 checks: greeting \(one\.ts\) 4\/2\/0\n$/);
    const wrong = { 'x.ts': `${IMPORTS}export default ${greeting({ expect: 'certified' })};\n` };
    expect((await told('check x.ts --as-expected', wrong)).out).toContain(
      '\n  failed: the scenario expects certified\n',
    );
    expect((await told('check two.ts --as-expected', files)).out).toMatch(/\nAs expected: 2 checks\n$/);
    expect((await told('check two.ts --as-expected -q', files)).err).toBe('');
    expect((await told('check one.ts -q', files)).out).not.toContain('failed');
  });

  it('looks at what any of several patterns matches, each of which has to match something', async () => {
    const names = ['one', 'two', 'three'].map((name) => greeting({ name }));
    const files = { 'x.ts': `${IMPORTS}export default [${names.join(', ')}];\n` };
    expect(await verdicts('check x.ts -g one -g ^th', files)).toEqual([
      'violated one (x.ts)',
      'violated three (x.ts)',
    ]);
    const { code, err } = await told('check x.ts -q -g one -g four', files);
    expect(code).toBe(2);
    expect(err).toContain('RUN206: no scenario has a name that matches four');
  });

  it('joins the faults of several --inject', async () => {
    const folder = newFolder({ 'two.ts': TWO });
    const both = ['--inject', 'drop a->b@1', '--inject', 'crash b@3'];
    const replayed = await ldfi(['replay', 'two.ts', '-g', 'once', '--crashes', '1', ...both], { folder });
    expect(replayed.out).toContain('Under 2 faults');
  });

  it('names the node that stands twice', async () => {
    const { err } = await told('check x.ts', { 'x.ts': ONE.replace("['a', 'b']", "['a', 'b', 'a']") });
    expect(err).toContain('RUN203: `nodes` of scenario greeting names "a" twice');
  });
});

describe('ldfi check --list', () => {
  it('tells the scenarios, their bounds and expectations', async () => {
    const bare = PERSISTENT.replace(/^\/\/ ldfi: bounds.*\n/m, '');
    const several = HELLO.replace('// ldfi: bounds', '// ldfi: bounds 4/2/1\n// ldfi: bounds');
    const files = { 'two.ts': TWO, 'one.ts': ONE, 'bare.ded': bare, 'several.ded': several };
    const { code, out } = await told('check --list two.ts one.ts several.ded bare.ded', files);
    expect(code).toBe(0);
    await expectGolden(out, 'cli/a list of scenarios');
    expect((await told('check --list two.ts bare.ded -g once', files)).out).toBe(
      'two.ts\n  once  4/2/0  expected violated\n',
    );
  });

  it('tells what is wrong, too', async () => {
    const files = { 'two.ts': TWO, 'bad.ts': `${ONE}throw new Error('bad');\n` };
    const { code, out, err } = await told('check --list bad.ts two.ts', files);
    expect(code).toBe(2);
    expect(out).toContain('once');
    expect(err).toContain('bad.ts:18:1: error RUN201: bad.ts cannot be loaded: Error: bad');
  });
});

describe('ldfi check --grep', () => {
  it.each([
    ['once', ['violated once (two.ts)']],
    ['^again', ['certified again (and again) (two.ts)']],
    ['n', ['violated once (two.ts)', 'certified again (and again) (two.ts)']],
    [String.raw`\.ded$`, ['violated hello.ded']],
  ])('%s selects by name', async (pattern, expected) => {
    const files = { 'two.ts': TWO, 'hello.ded': HELLO };
    expect(await verdicts(`check two.ts hello.ded -g ${pattern}`, files)).toEqual(expected);
  });

  it('keeps silent about what is wrong with others', async () => {
    const text = `${TWO}export const bad = ${greeting({ name: 'bad', expect: 'certifid' })};\n`;
    expect((await told('check x.ts -g once', { 'x.ts': text })).err).toBe('');
    expect((await told('check x.ts -g bad', { 'x.ts': text })).err).toContain('RUN203');
  });
});

describe('the command that replays a counterexample', () => {
  it.each(['once', 'again (and again)', 'a.b|c', '$HOME `x` "y" \'z\'', 'é – ü'])(
    'means the scenario %j alone',
    async (name) => {
      const files = {
        'x y.ts': `${IMPORTS}export const one = ${greeting({ name })};
export const other = ${greeting({ name: `${name}.` })};\n`,
      };
      const folder = newFolder(files);
      const { out } = await ldfi(['check', 'x y.ts'], { folder });
      const [command] = /npx ldfi replay (?:.*\\\n)*.*/.exec(out)!;
      const { code, out: replayed } = await ldfi(wordsOf(command).slice(1), { folder });
      expect(code).toBe(1);
      expect(replayed).toContain(`VIOLATED  ${name} (x y.ts), one run`);
      expect(replayed.match(/one run/g)).toHaveLength(1);
    },
  );

  it('names no scenario where the file has one', async () => {
    const { out } = await told('check x.ts', { 'x.ts': ONE });
    expect(out).toContain('npx ldfi replay x.ts --nodes a,b');
  });
});

/** As a shell takes a command apart. */
function wordsOf(command: string): readonly string[] {
  const printed = execFileSync('sh', ['-c', String.raw`npx() { printf '%s\0' "$@"; }` + `\n${command}`]);
  return printed.toString().split('\0').slice(0, -1);
}

describe('ldfi replay', () => {
  it('runs a scenario of handlers', async () => {
    const line = 'replay two.ts -g once --inject';
    const folder = newFolder({ 'two.ts': TWO });
    const violated = await ldfi([...line.split(' '), 'drop a->b@1'], { folder });
    expect(violated.code).toBe(1);
    expect(violated.out).toContain('b was not greeted');
    expect((await ldfi(['replay', 'two.ts'], { folder })).code).toBe(0);
  });
});

const RULES = `import { dedalus, defineScenario } from 'ldfi';

const rules = dedalus\`
  friend("a", "b")@1;
  hello(B, A)@async :- friend(A, B);
  pre(A, B) :- friend(A, B)@1;
  post(A, B) :- pre(A, B), hello(B, A)@2;
\`;

export default defineScenario({
  name: 'hello by rules',
  nodes: ['a', 'b'],
  bounds: { eot: 3, eff: 2, crashes: 0 },
  expect: 'violated',
  rules,
});
`;

describe('scenarios by rules', () => {
  it('are checked', async () => {
    const { out, err } = await told('check x.ts -q', { 'x.ts': RULES });
    expect(err).toBe('');
    expect(out).toBe('violated      3/2/0     hello by rules (x.ts)  drop a->b@1\n');
  });

  it('are printed as Dedalus, and as TypeScript', async () => {
    const { out, code } = await told('print x.ts', { 'x.ts': RULES });
    expect(code).toBe(0);
    await expectGolden(out, 'cli/a program of TypeScript printed');
    const printed = await told('print --typescript x.ts', { 'x.ts': RULES });
    expect((await told('print y.ts', { 'y.ts': printed.out })).out).toBe(out.replace('(x.ts)', '(y.ts)'));
  });

  it.each([
    ['post(A, B)', 'post(A)', 'DED702'],
    ['"b")@1', '"c")@1', 'RUN103'],
    ['hello(B, A)@2', 'helo(B, A)@2', 'DED204'],
    ['pre(A, B) :-', 'pre(A, C) :-', 'DED301'],
    ['hello(B, A)@2', 'hello(B, A)@9', 'DED705'],
  ])('with %s that is %s are told of by their lines', async (right, wrong, code) => {
    const { err } = await told('check x.ts', { 'x.ts': RULES.replace(right, wrong) });
    expect(err).toMatch(new RegExp(String.raw`^x\.ts:\d+:\d+: (?:error|warning) ${code}: `));
  });

  it('cannot be printed where they are handlers', async () => {
    const { err, code } = await told('print x.ts', { 'x.ts': ONE });
    expect(code).toBe(2);
    expect(err).toContain('RUN209: greeting (x.ts) is written as handlers');
  });

  it('turn from Dedalus into TypeScript with the same verdicts', async () => {
    const { out } = await told('print --typescript hello.ded', { 'hello.ded': HELLO });
    expect(await verdicts('check hello.ts', { 'hello.ts': out })).toEqual(['violated hello (hello.ts)']);
  });
});
