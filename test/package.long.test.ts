/** What is published is complete, is nothing more, and works where only it and its dependencies are installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Compiler } from './docs/compile.js';
import { packPublished, PACKING } from './package/pack.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-package-'));
  const installed = join(folder, 'node_modules', 'ldfi');
  let paths: readonly string[] = [];

  beforeAll(async () => {
    const { filename, files } = await packPublished(root, folder);
    paths = files.map(({ path }) => path);
    execFileSync('tar', ['-xzf', filename], { cwd: folder });
    mkdirSync(dirname(installed));
    renameSync(join(folder, 'package'), installed);
    for (const name of [...Object.keys(dependencies), 'fast-check', 'vitest']) {
      const link = join(folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
  }, PACKING);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('holds the program, its types, scenarios and documentation', () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/index.d.ts',
        'dist/index.js',
        'dist/licenses.txt',
        'dist/cli/main.js',
        'docs/dedalus.md',
        'package.json',
        'scenarios/dedalus/kafka.ded',
      ]),
    );
  });

  it('holds nothing else', () => {
    const published =
      /^(dist|docs|examples|scenarios)\/|^(CHANGELOG|CONTRIBUTING|README)\.md$|^LICENSE$|^package\.json$/;
    expect(paths.filter((path) => !published.test(path) || path.includes('.test.'))).toEqual([]);
  });

  it('runs nothing where it is installed, and asks for nothing that only its source needs', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
    expect(Object.keys(manifest).filter((key) => /scripts|devDependencies|overrides/.test(key))).toEqual([]);
  });

  it('links to nothing that it does not hold', () => {
    const pages = paths.filter((path) => path.endsWith('.md'));
    const dead = pages.flatMap((page) =>
      linksOf(readFileSync(join(installed, page), 'utf8'))
        .map((link) => posix.join(posix.dirname(page), link))
        .filter((target) => !paths.some((path) => path === target || path.startsWith(`${target}/`)))
        .map((target) => `${page}: ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('holds the license of each package that is in the program', () => {
    const licenses = readFileSync(join(installed, 'dist', 'licenses.txt'), 'utf8');
    const named = [...licenses.matchAll(/^([@\w/-]+) \d+\.\d+\.\d+$/gm)].map(([, name]) => name);
    expect(named).toEqual([
      '@babel/parser',
      '@dagrejs/dagre',
      '@jridgewell/gen-mapping',
      '@jridgewell/resolve-uri',
      '@jridgewell/sourcemap-codec',
      '@jridgewell/trace-mapping',
      '@opentelemetry/api',
      '@valibot/to-json-schema',
      'acorn',
      'acorn-walk',
      'ccount',
      'chalk',
      'character-entities',
      'character-entities-html4',
      'character-entities-legacy',
      'comma-separated-tokens',
      'commander',
      'decode-named-character-reference',
      'devlop',
      'get-east-asian-width',
      'graphology',
      'hast-util-parse-selector',
      'hast-util-to-html',
      'hast-util-whitespace',
      'hastscript',
      'html-void-elements',
      'httpxy',
      'is-unicode-supported',
      'lines-and-columns',
      'longest-streak',
      'magic-string',
      'markdown-table',
      'mdast-util-gfm-table',
      'mdast-util-phrasing',
      'mdast-util-to-markdown',
      'mdast-util-to-string',
      'micromark-util-character',
      'micromark-util-classify-character',
      'micromark-util-decode-numeric-character-reference',
      'micromark-util-decode-string',
      'micromark-util-html-tag-name',
      'picomatch',
      'preact',
      'property-information',
      'pure-rand',
      'space-separated-tokens',
      'stringify-entities',
      'sucrase',
      'ts-interface-checker',
      'unist-util-is',
      'unist-util-visit',
      'unist-util-visit-parents',
      'valibot',
      'xast-util-to-xml',
      'xastscript',
      'zwitch',
    ]);
    // Some grant it for what they were made from as well.
    for (const license of licenses.split(/^(?=[@\w/-]+ \d+\.\d+\.\d+$)/m))
      expect(license).toMatch(/^Permission is hereby granted|^\s*Apache License$/m);
  });

  it('runs', () => {
    const program = join(installed, 'dist', 'cli', 'main.js');
    const scenario = join(installed, 'scenarios', 'dedalus', 'simple-deliv.ded');
    const { status, stdout } = spawnSync(process.execPath, [program, 'check', scenario, '-q'], {
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^violated .*drop a->b@1$/m);
    expect(status).toBe(1);
  });

  const use = `const { checked } = ldfi.readDedalusText('p("a")@1;');
    const relations: ReadonlyMap<string, ldfi.RelationSchema> | undefined = checked?.relations;
    console.log(relations?.size);`;

  it('has types for all that it exports', () => {
    const user = join(folder, 'user.mts');
    writeFileSync(user, `import * as ldfi from 'ldfi'; ${use}`);
    expect(new Compiler({ skipLibCheck: false }).compile([user])).toEqual([]);
    expect(execFileSync(process.execPath, [join(folder, 'user.mjs')], { encoding: 'utf8' })).toBe('1\n');
  });

  it.each([
    // What TypeScript 5 does of itself: it reads neither `exports` nor what kind of module a file is.
    // oxlint-disable-next-line typescript/no-deprecated
    ['by itself', ts.ModuleKind.CommonJS, ts.ModuleResolutionKind.Node10],
    // Takes `require` of a module of ECMAScript for an error.
    ['as node16', ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
    ['as nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ])('has types for CommonJS %s, and can be required', (_, module, moduleResolution) => {
    const user = join(folder, 'user.cts');
    const entries = `import 'ldfi/fast-check'; import type {} from 'ldfi/vitest';`;
    writeFileSync(user, `import * as ldfi from 'ldfi'; ${entries} ${use}`);
    const compiler = new Compiler({ module, moduleResolution, ignoreDeprecations: '6.0' });
    expect(compiler.compile([user])).toEqual([]);
    expect(execFileSync(process.execPath, [join(folder, 'user.cjs')], { encoding: 'utf8' })).toBe('1\n');
  });
});

/** The files that a page links to, without the place in them. */
function linksOf(markdown: string): readonly string[] {
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target.replace(/#.*$/, ''));
  return targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}
