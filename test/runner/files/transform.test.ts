/** Modules mean the same, whoever takes their types out. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Package from 'jiti';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTransform } from '../../../src/runner/files/transform.js';

const { createJiti } = createRequire(import.meta.url)('jiti') as typeof Package;

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-transform-'));
const NEIGHBOURS = {
  'typed.ts': `
    export const list: readonly number[] = [1, 2, 3];
    export function twice(value: number): number { return 2 * value; }
    export function self(this: unknown): boolean { return this === undefined; }
    export class Counter { count = 0; up(): this { this.count++; return this; } }
    export enum Colour { Red, Green = 4, Blue }
    export interface Shape { readonly side: number }
    export let changing = 1;
    export function change(): void { changing++; }
    export default function named(): string { return 'default'; }`,
  'plain.js': `export const plain = 'plain'; export default { a: 1 };`,
  'waits.ts': `export const later = await Promise.resolve('later');`,
  'data.json': `{ "a": [1, 2] }`,
};

beforeAll(() => {
  for (const [name, text] of Object.entries(NEIGHBOURS)) writeFileSync(join(FOLDER, name), text);
});
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

/** Functions and classes by their names, since each run of a module makes others. */
function fields(object: object): unknown {
  const plain = (value: unknown) =>
    typeof value === 'function'
      ? `function ${value.name}`
      : typeof value === 'object' && value !== null && !Array.isArray(value)
        ? fields(value)
        : value;
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, plain(value)]));
}

/** What a module exports, or why it does not, and who has taken its types out. */
async function exportsOf(source: string, name: string, onlyBabel: boolean): Promise<unknown> {
  const options = { fsCache: false, moduleCache: false, interopDefault: false };
  const babel = createJiti(import.meta.url, options);
  const withBabel = (module: Package.TransformOptions) => ({ code: babel.transform(module) });
  const transform = onlyBabel ? withBabel : await newTransform(withBabel);
  const jiti = createJiti(import.meta.url, { ...options, transform });
  try {
    const exported = await jiti.evalModule(source, { filename: join(FOLDER, name), async: true });
    return fields(exported as object);
  } catch (error) {
    const { message, stack = '' } = error as Error;
    // Of a variable for a module there is no more than its name.
    return {
      message: message.replace('_typedts', '_typed'),
      line: new RegExp(`${name}:(\\d+)`).exec(stack)?.[1],
    };
  }
}

const MODULES: readonly (readonly [string, string])[] = [
  ['types', `type A = { a: number }; export const a = { a: 1 } as const satisfies A; export const b = a!.a;`],
  [
    'generics',
    'export const f = <const T,>(a: T): T => a; export const b = f<readonly number[]>([1])[0] < 2;',
  ],
  [
    'overloads',
    'export function f(a: string): string; export function f(a: any): any { return a + 1; } export const b = f("1");',
  ],
  [
    'an enum',
    'export enum E { A, B = 3, C, D = "d" } const enum F { G = 7 } export const g = F.G; export const name = E[4];',
  ],
  [
    'parameters that are fields',
    'class K { constructor(private readonly a: number, public b = 2) {} sum() { return this.a + this.b; } } export const s = new K(1).sum();',
  ],
  [
    'abstract classes',
    'abstract class A { abstract f(): number; declare z: string; g?(): void; } class B extends A { override f() { return 1; } } export const keys = Object.keys(new B()); export const f = new B().f();',
  ],
  [
    'fields',
    'class K { #a = 1; static b = 2; static { K.b++; } get a() { return this.#a; } } export const a = [new K().a, K.b];',
  ],
  [
    'imports',
    `import named, { list, twice as double, type Shape } from './typed.ts'; const s: Shape = { side: 1 }; export const a = [named(), list, double(s.side)];`,
  ],
  [
    'all of a module',
    `import * as all from './typed.ts'; export const names = Object.keys(all).sort(); export const b = all.twice(2);`,
  ],
  [
    'imports of types alone',
    `import type { Shape } from './nowhere.ts'; import { Other } from './nowhere.ts'; export const a: Shape | Other | 1 = 1;`,
  ],
  ['no `this` in what is imported', `import { self } from './typed.ts'; export const a = self();`],
  [
    'what changes',
    `import { changing, change } from './typed.ts'; const before = changing; change(); export const a = changing - before;`,
  ],
  [
    'shadowing',
    `import { list } from './typed.ts'; export function f(list: number) { return { list }; } export const a = { list, b: f(2) };`,
  ],
  [
    'what is exported again',
    `export * from './typed.ts'; export { plain as q, default as d } from './plain.js'; export * as all from './plain.js';`,
  ],
  [
    'what is exported and changes',
    'export let n = 1; n++; n += 2; export function f() { return n; } export const m = f();',
  ],
  ['exports in patterns', 'export const { a, b: [c] } = { a: 1, b: [2] };'],
  ['patterns that change exports', 'export let a = 1; [a] = [5]; ({ a } = { a: a + 1 });'],
  ['a default by name', 'const a = { b: 1 }; export { a as default, a };'],
  ['a class by default', 'export default class K { a = 1 } export const a = new K().a;'],
  [
    'functions that are used before they stand there',
    'export const a = f(); export function f() { return g() + 1; } function g() { return 1; }',
  ],
  ['imports below', `export const a = twice(2);\nimport { twice } from './typed.ts';`],
  ['imports below, in a line', `export const a = twice(2); import { twice } from './typed.ts';`],
  [
    'several lines',
    `import {\n  list,\n  twice,\n} from './typed.ts';\nexport const a = twice(\n  list[0],\n);`,
  ],
  [
    'Node',
    `import fs, { existsSync } from 'node:fs'; import * as path from 'node:path'; export const a = [typeof fs.readFileSync, existsSync('/'), path.posix.join('a', 'b')];`,
  ],
  ['a package in CommonJS', `import picomatch from 'picomatch'; export const a = picomatch('*.ts')('a.ts');`],
  ['data', `import data from './data.json' with { type: 'json' }; export const a = data;`],
  ['a module that waits', `import { later } from './waits.ts'; export const a = later;`],
  ['waiting', 'export const a = await Promise.resolve(1); for await (const b of [2]) void b;'],
  ['`import()`', `const { twice } = await import('./typed.ts'); export const a = twice(4);`],
  ['`import.meta`', 'export const a = import.meta.url.endsWith("module.ts");'],
  ['`require`', `const { join } = require('node:path'); export const a = join('a', 'b');`],
  ['a namespace', 'export namespace N { export const a = 1; } export const b = N.a;'],
  ['a namespace of types', 'declare namespace N { type T = number } export const b: N.T = 1;'],
  [
    'decorators',
    'function d(target: unknown, context: any) { return undefined; } class K { @d m() { return 1; } } export const a = new K().m();',
  ],
  ['accessors', 'class K { accessor a = 1; } export const a = new K().a;'],
  [
    'templates',
    'const tag = (parts: TemplateStringsArray, ...values: unknown[]) => parts.raw.join("|") + values.join(); export const a = tag`import x from "y" ${1 as number} \\n ${`${2}`}`;',
  ],
  [
    'operators',
    'const a: { b?: { c?: number } } = {}; export const d = a?.b?.c ?? 2; export const e = 1_000 ** 2; let f: number | undefined; f ??= 3; export { f };',
  ],
  [
    'patterns of text',
    'export const a = "a/b".split(/[/]/).length / 1 / 1; export const b = /\\bimport x\\b/u.source;',
  ],
  [
    'calls with `call`',
    `import { twice } from './typed.ts'; const o = { twice }; export const a = o.twice.call(void 0, 3) + twice.call(void 0, 4) + twice?.(1);`,
  ],
  [
    'types in arrows',
    'export const f = async <T>(a: T, ...b: [T?]): Promise<T | undefined> => (a as T) ?? b[0]; export const c = await f<number>(1);',
  ],
  [
    'assertions',
    'function is(a: unknown): asserts a is string { if (typeof a !== "string") throw new Error("no"); } const a: unknown = "a"; is(a); export const b = a.length; export const c = <number>b;',
  ],
  [
    'exports of types',
    `interface Foo { a: number } type Bar = Foo; export { Foo, type Bar }; export type { Shape } from './typed.ts'; export { type Shape as S, list } from './typed.ts'; export const a = 1;`,
  ],
  ['a default of a type', `interface Foo { a: number } export default Foo; export const a = 1;`],
  [
    'declarations',
    'declare const x: number; declare function f(): void; declare module "m" {} export const a = typeof x;',
  ],
  ['`export declare`', 'export declare const x: number; export declare class K {} export const a = 1;'],
  [
    'objects with methods and getters',
    'export const a = { get b() { return 1; }, async *c() { yield 1; }, ["d" + 1]: 2, e<T>(x: T): T { return x; } }; export const f = a.e(3) + a.b;',
  ],
  [
    'optional calls and `this`',
    `import { self } from './typed.ts'; export const a = [self?.(), (self)(), (0, self)(), self\`a\`, self/* */?.()];`,
  ],
  [
    '`satisfies` and `as` in conditions',
    'export const a = (1 as number) < (2 satisfies number) ? ("x" as const) : <const>"y"; export const b = [1].map(<T,>(x: T) => x as T);',
  ],
  [
    'labels and blocks',
    'outer: for (const a of [1]) { for (;;) { break outer; } } export const b = 1; { const b = 2; void b; }',
  ],
  ['nothing', ''],
  ['a throw', '\n\nexport const a = 1;\nthrow new Error("thrown");'],
  ['what is no function', `import { twoce } from './typed.ts';\n\nexport const a = twoce(\n  1,\n);`],
  ['what is nowhere', `\nimport { a } from './nowhere.ts'; export const b = a;`],
  ['an error of syntax', 'export const a = 1;\nexport const b = (;'],
  ['an error of types', 'export const a: = 1;'],
  ['two names alike', 'const a = 1;\nconst a = 2;'],
];

describe('a module', () => {
  it.each(MODULES)('of %s means what it means to Babel', async (_, source) => {
    for (const name of ['module.ts', 'module.mts'])
      expect(await exportsOf(source, name, false)).toEqual(await exportsOf(source, name, true));
  });

  it('of JavaScript has no types to be taken out', async () => {
    const source = `import { list } from './typed.ts'; const a = 1, b = 2, c = 0; export const d = [a < b > (c), list];`;
    expect(await exportsOf(source, 'module.mjs', false)).toEqual(await exportsOf(source, 'module.mjs', true));
  });
});

const SCENARIOS = join(import.meta.dirname, '../../../scenarios/handlers');

describe('the scenarios of the library', () => {
  it.each(readdirSync(SCENARIOS).filter((name) => name.endsWith('.ts')))('%s need no Babel', async (name) => {
    const transform = await newTransform(() => {
      throw new Error('Babel is asked');
    });
    const source = readFileSync(join(SCENARIOS, name), 'utf8');
    const { code } = transform({ source, filename: name, ts: true, async: true });
    expect(code.split('\n').length).toBe(source.split('\n').length);
  });
});
