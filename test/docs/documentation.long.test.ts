/** Everything that the documentation shows is so. `snippets.ts` says how pages are written. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasErrors } from '../../src/model/diagnostics/diagnostics.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { formatDiagnostic } from '../../src/model/diagnostics/format-diagnostic.js';
import { withoutTimes } from '../golden.js';
import { Compiler } from './compile.js';
import { Folder } from './folder.js';
import { asShown, commandsOf, snippetsOf, type Snippet } from './snippets.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join('docs', name)),
];

const scripts = new Set(Object.keys((readJson('package.json') as { scripts: object }).scripts));

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function readJson(file: string): unknown {
  return JSON.parse(read(file));
}

const compiler = new Compiler();

describe.each(pages)('%s', (page) => {
  const snippets = snippetsOf(read(page));
  const of = (kind: Snippet['kind']) =>
    snippets.filter((snippet) => snippet.kind === kind).map((snippet) => ({ at: snippet.line, snippet }));
  let folder: Folder;

  beforeAll(() => {
    folder = new Folder();
    for (const { file, text } of snippets) if (file !== undefined) folder.write(file, text);
  });

  afterAll(() => {
    folder.remove();
  });

  it('links to what is there', () => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it.each(of('dedalus'))('shows Dedalus at line $at', ({ snippet: { text, file, next } }) => {
    const { diagnostics } = readDedalusText(text, file ?? 'p.ded');
    if (next?.kind !== 'diagnostics') expect(hasErrors(diagnostics)).toBe(false);
    else expect(diagnostics.map((each) => formatDiagnostic(each)).join('\n')).toBe(next.text.trimEnd());
  });

  it.each(of('console'))('shows what commands print at line $at', ({ snippet }) => {
    for (const { command, output } of commandsOf(snippet)) {
      expect(asShown(folder.run(command).output, output)).toBe(withoutTimes(output));
    }
  });

  it.each(of('sh'))('gives commands that work at line $at', ({ snippet }) => {
    for (const command of snippet.text.replaceAll('\\\n', '').split(/&&|\n/)) {
      const [program, verb, argument] = command.replace(/#.*/, '').trim().split(' ');
      if (program === 'npx' && verb === 'ldfi') expect(folder.run(command).code).not.toBe(2);
      if (program === 'npm' && verb === 'run') expect(scripts).toContain(argument);
      if (program === 'npm' && verb === 'test') expect(scripts).toContain(verb);
    }
  });

  it.each(of('ts'))('shows TypeScript that compiles and runs at line $at', ({ at, snippet }) => {
    const { text, file, next } = snippet;
    const isTest = file?.endsWith('.test.mts') === true;
    const path = folder.write(isTest ? file : `line-${at}.mts`, text);
    expect(compiler.compile([path])).toEqual([]);
    const { code, output } = isTest ? folder.runTests(path) : folder.runModule(path.replace(/mts$/, 'mjs'));
    expect(code, output).toBe(0);
    if (next?.kind === 'output') expect(output).toBe(next.text.trimEnd());
  });
});
