/** Every mistake in a scenario's shape, and in how scenarios are asked for, is told by its place and with its fix. */
import { describe, expect, it } from 'vitest';
import { codes } from '../../src/model/diagnostics/codes.js';
import { expectGolden } from '../golden.js';
import { greeting, IMPORTS, ONE, told, TWO } from './folders.js';
import { newFolder } from '../folders.js';
import { HELLO, ldfi } from './harness.js';

/** Replaces a part of a scenario that is right, and tells how what is then said begins. */
interface Mistake {
  readonly right: string | RegExp;
  readonly wrong: string;
  readonly at: string;
  /** What carets are under. */
  readonly marked: string;
  readonly says: readonly string[];
}

const mistakes: readonly Mistake[] = [
  {
    right: 'name: "greeting"',
    wrong: 'name: ""',
    at: '4:3: error RUN203',
    marked: 'name',
    says: ['`name` of scenario', 'is ""', 'a name on one line'],
  },
  {
    right: 'name: "greeting",\n',
    wrong: '',
    at: '3:1: error RUN203',
    marked: 'export default defineScenario({',
    says: ['`name` of the scenario is missing'],
  },
  {
    right: "nodes: ['a', 'b']",
    wrong: "nodes: ['a', 'a']",
    at: '5:3: error RUN203',
    marked: 'nodes',
    says: ['`nodes` of scenario greeting names "a" twice', "such as ['a', 'b']"],
  },
  {
    right: "nodes: ['a', 'b']",
    wrong: 'nodes: []',
    at: '5:3: error RUN203',
    marked: 'nodes',
    says: ['an empty array'],
  },
  {
    right: 'nodes:',
    wrong: 'node:',
    at: '5:3: error RUN204',
    marked: 'node',
    says: ['scenario greeting has no field `node`', 'did you mean `nodes`?'],
  },
  {
    right: /bounds: .*/,
    wrong: '',
    at: '3:1: error RUN203',
    marked: 'export default defineScenario({',
    says: ['`bounds` of scenario greeting is missing', 'an object with eot, eff and crashes'],
  },
  {
    right: /bounds: .*/,
    wrong: "bounds: '4/2/0',",
    at: '6:3: error RUN203',
    marked: 'bounds',
    says: ['is "4/2/0"', 'an object with eot, eff and crashes'],
  },
  {
    right: 'eff: 2',
    wrong: 'eff: 2.5',
    at: '6:21: error RUN203',
    marked: 'eff',
    says: ['`bounds.eff` of scenario greeting is 2.5', 'an integer from 0'],
  },
  {
    right: 'crashes: 0',
    wrong: 'crash: 0',
    at: '6:29: error RUN204',
    marked: 'crash',
    says: ['has no field `bounds.crash`', 'did you mean `crashes`?'],
  },
  {
    right: 'crashes: 0',
    wrong: "crashes: 0, reliable: ['a']",
    at: '6:41: error RUN203',
    marked: 'reliable',
    says: ['`bounds.reliable` of scenario greeting is an array', "{ nodes: ['db'], links: ['a->b'] }"],
  },
  {
    right: 'crashes: 0',
    wrong: "crashes: 0, reliable: { nodes: ['A'] }",
    at: '6:3: error RUN125',
    marked: 'bounds',
    says: ['there is no node "A" to be reliable', 'one of a, b'],
  },
  {
    right: 'eff: 2',
    wrong: 'eff: 4',
    at: '6:3: error RUN106',
    marked: 'bounds',
    says: ['EFF 4 is not before EOT 4'],
  },
  {
    right: 'crashes: 0',
    wrong: 'crashes: 3',
    at: '6:3: error RUN107',
    marked: 'bounds',
    says: ['3 crashes among 2 nodes'],
  },
  {
    right: 'handlers: {',
    wrong: "expect: 'cetrified',\n  handlers: {",
    at: '7:3: error RUN203',
    marked: 'expect',
    says: ['is "cetrified"', 'did you mean `certified`?'],
  },
  {
    right: 'handlers: {',
    wrong: 'rules: { clauses: [] },\n  handlers: {',
    at: '8:3: error RUN203',
    marked: 'handlers',
    says: ['`handlers` of scenario greeting contradicts another field', 'rules or handlers, not both'],
  },
  {
    right: 'handlers: {',
    wrong: 'handler: {',
    at: '7:3: error RUN204',
    marked: 'handler',
    says: ['has no field `handler`', 'did you mean `handlers`?'],
  },
  {
    right: /init: .*/,
    wrong: 'init: { greeted: false },',
    at: '9:5: error RUN203',
    marked: 'init',
    says: ['`handlers.init` of scenario greeting is an object', 'a function'],
  },
  {
    right: 'onStart',
    wrong: 'onStrat',
    at: '10:5: error RUN204',
    marked: 'onStrat',
    says: ['has no field `handlers.onStrat`', 'did you mean `onStart`?'],
  },
  {
    right: /onMessage: .*/,
    wrong: 'onMessage: () => ({ greeted: true }),',
    at: '11:5: error RUN203',
    marked: 'onMessage',
    says: ['`handlers.onMessage` of scenario greeting is a function', 'a function for each type of message'],
  },
  {
    right: /onMessage: .*/,
    wrong: 'onMessage: { hello: true },',
    at: '11:18: error RUN203',
    marked: 'hello',
    says: ['`handlers.onMessage.hello` of scenario greeting is true'],
  },
  {
    right: /observe: .*/,
    wrong: '',
    at: '7:3: error RUN203',
    marked: 'handlers',
    says: ['`handlers.observe` of scenario greeting is missing'],
  },
  {
    right: /specification: [^]*\}\)/,
    wrong: '})',
    at: '3:1: error RUN203',
    marked: 'export default defineScenario({',
    says: ['`specification` of scenario greeting is missing', '`agreement: { pre, post }`'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: '',
    at: '14:3: error RUN203',
    marked: 'specification',
    says: ['`specification` of scenario greeting is empty', '`agreement: { pre, post }`'],
  },
  {
    right: 'pre: () => true, ',
    wrong: '',
    at: '15:5: error RUN203',
    marked: 'greeted',
    says: ['`specification.greeted.pre` of scenario greeting is missing'],
  },
  {
    right: 'pre: () => true, post',
    wrong: 'always: () => true, post',
    at: '15:36: error RUN204',
    marked: 'post',
    says: ['has no field `specification.greeted.post`', 'one of always'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: 'greeted: () => true,',
    at: '15:5: error RUN203',
    marked: 'greeted',
    says: ['`specification.greeted` of scenario greeting is a function', 'an object with pre and post'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: 'greeted: { alwyas: () => true },',
    at: '15:16: error RUN204',
    marked: 'alwyas',
    says: ['has no field `specification.greeted.alwyas`', 'did you mean `always`?'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: 'greeted: { when: () => true, then: () => true, within: 2 },',
    at: '15:5: error RUN203',
    marked: 'greeted',
    says: ['`{ leadsTo: { when, then, within } }`'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: 'greeted: { leadsTo: { when: () => true, then: () => true, within: 0.5 } },',
    at: '15:63: error RUN203',
    marked: 'within',
    says: ['`specification.greeted.leadsTo.within`', 'is 0.5', 'a whole number of timesteps, from 0'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: 'greeted: { leadsTo: { when: () => true, within: 1 } },',
    at: '15:16: error RUN203',
    marked: 'leadsTo',
    says: ['`specification.greeted.leadsTo.then` of scenario greeting is missing'],
  },
  {
    right: /bounds: /,
    wrong: "reliable: { nodes: ['a'] },\n  bounds: ",
    at: '6:3: error RUN204',
    marked: 'reliable',
    says: ['has no field `reliable`', 'hint: it goes into `bounds`: `bounds: { …, reliable: … }`'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: 'greeted: { linearizable: () => 0 },',
    at: '15:16: error RUN203',
    marked: 'linearizable',
    says: ['`specification.greeted.linearizable` of scenario greeting is a function', '`models.register(0)`'],
  },
  {
    right: /greeted: \{ pre: .*/,
    wrong: 'greeted: { linearizable: { step: () => 0, next: 0 } },',
    at: '15:47: error RUN204',
    marked: 'next',
    says: ['has no field `specification.greeted.linearizable.next`', 'one of initial, step, part'],
  },
];

describe('a scenario whose shape is wrong', () => {
  it.each(mistakes)('$at $marked', async ({ right, wrong, at, marked, says }) => {
    const text = ONE.replace(right, wrong);
    expect(text).not.toBe(ONE);
    const { code, out, err } = await told('check x.ts', { 'x.ts': text });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.match(/error/g), err).toHaveLength(1);
    expect(err.slice(0, 5 + at.length)).toBe(`x.ts:${at}`);
    for (const part of says) expect(err).toContain(part);
    const [, line, carets] = err.split('\n');
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe(marked);
  });

  it('is told all that is wrong with it', async () => {
    const text = `import { defineScenario } from 'ldfi';

export default defineScenario({
  name: 'wrong',
  node: ['a'],
  bounds: { eot: 3, efe: 1, crashes: '0' },
  expect: 'certifyed',
  handlers: {
    init: 3,
    onMessage: { a: 4 },
  },
  specification: { x: { pre: () => true, pots: 1 } },
});
`;
    const { err } = await told('check wrong.ts', { 'wrong.ts': text });
    await expectGolden(err, 'cli/all that is wrong with a scenario');
  });

  it('is told by its definition where a plain object says that it is one', async () => {
    const { err } = await told('check x.ts', { 'x.ts': "export default { kind: 'scenario', name: 'x' };\n" });
    expect(err).toContain('error RUN203: `nodes` of scenario x is missing');
    expect(err).toContain('error RUN203: `protocol` of scenario x is missing');
  });
});

/** What is asked of which files, and what is said: how it begins, and more. */
const askedWrong: readonly {
  readonly line: string;
  readonly files: Readonly<Record<string, string>>;
  readonly at: string;
  readonly says: readonly string[];
}[] = [
  {
    line: 'check x.ts',
    files: { 'x.ts': 'export const answer = 42;\nexport default () => 1;\n' },
    at: 'error RUN202: x.ts exports no scenario',
    says: ['export default defineScenario({ ... })', 'it exports answer (42), default (a function)'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': 'const unused = 1;\n' },
    at: 'error RUN202: x.ts exports no scenario',
    says: ['it exports nothing'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "\nexport const raft = { nodes: ['a'], handlers: {} };\n" },
    at: 'x.ts:2:1: error RUN202: `raft` of x.ts was not made by defineScenario',
    says: ['`defineScenario({ ... })` around it'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': `${IMPORTS}export const all = [${greeting()}, ${greeting()}];\n` },
    at: 'error RUN205: x.ts has several scenarios with the name greeting',
    says: ['a name of its own'],
  },
  {
    line: 'check x.ts',
    files: {
      'x.ts': "import { x } from './y.js';\n\nexport default x(1);\n",
      'y.js': 'export const x = (n) => n.a.b;\n',
    },
    at: 'y.js:1:1: error RUN201: x.ts cannot be loaded: TypeError: Cannot read properties of undefined',
    says: ['    1 | export const x = (n) => n.a.b;'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import './y.js';\n", 'y.js': 'export const x = (;\n' },
    at: 'y.js:1:19: error RUN201: x.ts cannot be loaded: unexpected token',
    says: [],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': 'const one = 1;\nconst one = 2;\n' },
    at: 'x.ts:2:7: error RUN201: x.ts cannot be loaded: ',
    says: [],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import './z.js';\n" },
    at: 'x.ts:1:8: error RUN201: x.ts cannot be loaded: there is no module ./z.js',
    says: ['relative to the file that imports them'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import x from 'not-installed';\nexport default x;\n" },
    at: 'x.ts:1:15: error RUN201: x.ts cannot be loaded: there is no module not-installed',
    says: ['`npm install not-installed`'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import 'not-installed/lib/file.js';\n" },
    at: 'x.ts:1:8: error RUN201: x.ts cannot be loaded: there is no module not-installed/lib/file.js',
    says: ['`npm install not-installed`'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import '@scope/missing/lib/file.js';\n" },
    at: 'x.ts:1:8: error RUN201: x.ts cannot be loaded: there is no module @scope/missing/lib/file.js',
    says: ['`npm install @scope/missing`'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import '@/lib/file.js';\n" },
    at: 'x.ts:1:8: error RUN201: x.ts cannot be loaded: there is no module @/lib/file.js',
    says: ['that is the name of no package: `paths` in the nearest tsconfig.json'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import '~/lib/file.js';\n" },
    at: 'x.ts:1:8: error RUN201: x.ts cannot be loaded: there is no module ~/lib/file.js',
    says: ['that is the name of no package: `paths` in the nearest tsconfig.json'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import '#lib/file.js';\n" },
    at: 'x.ts:1:8: error RUN201: x.ts cannot be loaded: there is no module #lib/file.js',
    says: ['`imports` in package.json'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import { defineScenarios } from 'ldfi';\n\nexport default defineScenarios({});\n" },
    at: 'x.ts:3:1: error RUN201: x.ts cannot be loaded: ldfi exports no function `defineScenarios`',
    says: ['did you mean `defineScenario`?'],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "import { defineScenario } from 'ldfi';\n\nexport default defineScenario();\n" },
    at: 'x.ts:3:1: error RUN201: x.ts cannot be loaded: TypeError: ',
    says: [],
  },
  {
    line: 'check x.ts',
    files: { 'x.ts': "throw 'nothing';\n" },
    at: 'error RUN201: x.ts cannot be loaded: it throws "nothing"',
    says: [],
  },
  { line: 'check y.ts', files: {}, at: 'error DED601: there is no file "y.ts"', says: [] },
  { line: 'check', files: {}, at: 'error RUN208: no scenario is named', says: ['`files` in ldfi.config.ts'] },
  { line: 'print', files: {}, at: 'error RUN208: no scenario is named', says: [] },
  {
    line: 'check d',
    files: { 'd/x.ts': 'export {};\n' },
    at: 'error RUN208: there are no scenarios in d',
    says: ['`ldfi init` writes a first scenario'],
  },
  {
    line: 'check d',
    files: { 'd/x.ded': 'p("a")@1;\n', 'd/y.ded': 'p("a")@1;\n' },
    at: 'error RUN208: there are no scenarios in d',
    says: ['2 files of Dedalus without a `// ldfi:` line were taken for parts of others'],
  },
  {
    line: 'check x.ts hello.ded -g nothing',
    files: { 'x.ts': TWO, 'hello.ded': HELLO },
    at: '--grep:1:1: error RUN206: no scenario has a name that matches nothing',
    says: ['a part of once, again (and again), hello.ded'],
  },
  {
    line: 'check x.ts -g (',
    files: { 'x.ts': TWO },
    at: '--grep:1:1: error RUN207: --grep is no regular expression: Unterminated group',
    says: [],
  },
];

describe('what cannot be done as it is asked for', () => {
  it.each(askedWrong)('$line: $at', async ({ line, files, at, says }) => {
    const { code, out, err } = await told(line, files);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.slice(0, at.length)).toBe(at);
    for (const part of says) expect(err).toContain(part);
    expect(err).not.toContain('    at ');
  });

  it('does not keep the rest from being done', async () => {
    const folder = newFolder({ 'a.ts': 'throw new Error("no");\n', 'b.ts': ONE, 'c.ts': 'export {};\n' });
    const { code, out, err } = await ldfi(['check', 'a.ts', 'b.ts', 'c.ts', '-q'], { folder });
    expect(code).toBe(2);
    expect(out).toBe('violated      4/2/0     greeting (b.ts)  drop a->b@1\n');
    expect(err.match(/RUN20[12]/g)).toEqual(['RUN201', 'RUN202']);
  });

  it('says everything in the document, too', async () => {
    const { out } = await told('check x.ts --json', { 'x.ts': ONE.replace('nodes', 'node') });
    const { diagnostics } = JSON.parse(out) as { diagnostics: readonly { code: string; place: unknown }[] };
    expect(diagnostics).toMatchObject([{ code: 'RUN204', place: { line: 5, column: 3 } }]);
  });
});

it('every code of scenarios in modules is among the cases', () => {
  const wanted = Object.keys(codes).filter((code) => /^RUN20[1-8]$/.test(code));
  const told = [...mistakes, ...askedWrong].map(({ at }) => /RUN\d+/.exec(at)?.[0]);
  expect(wanted.filter((code) => !told.includes(code))).toEqual([]);
});
