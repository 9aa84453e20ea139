/** Dedalus printed as TypeScript is, when it is loaded, the same program; and it is TypeScript as people write it. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { createJiti } from 'jiti';
import { format } from 'prettier';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as ldfi from '../../../../src/index.js';
import { printProgram } from '../../../../src/model/rules/print.js';
import { readDedalus, readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import type { Program } from '../../../../src/model/rules/program.js';
import { printTypeScript } from '../../../../src/model/rules/typescript/print/typescript.js';
import { fileSystemHost } from '../../../../src/runner/files/file-system.js';
import type { Scenario } from '../../../../src/runner/scenario/define.js';
import { generatedProgram } from '../../../generators/dedalus.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const files = readdirSync('scenarios/dedalus').filter((name) => name.endsWith('.ded'));

const jiti = createJiti(import.meta.url, { fsCache: false, virtualModules: { ldfi } });

async function load<Exports>(text: string): Promise<Exports> {
  return (await jiti.evalModule(text, { filename: join(root, 'printed.ts'), async: true })) as Exports;
}

/** The program of a text with nodes, but without bounds, after it was printed as TypeScript. */
async function reread(text: string): Promise<Program> {
  const { checked, header, diagnostics } = readDedalusText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { rules } = await load<{ rules: Program }>(printTypeScript(checked!, { name: 'p', header }));
  expect(rules.problems ?? []).toEqual([]);
  return rules;
}

describe.each(files)('%s', (file) => {
  const { checked, header } = readDedalus([`scenarios/dedalus/${file}`], fileSystemHost);
  const printed = printTypeScript(checked!, { name: file, header });

  it('is the same scenarios in TypeScript', async () => {
    const { default: exported } = await load<{ default: Scenario | readonly Scenario[] }>(printed);
    const scenarios = [exported].flat();
    const asked = scenarios.map(({ nodes, bounds, expect: verdict }) => ({ nodes, bounds, verdict }));
    const nodes = header.nodes!.map(({ name }) => name);
    expect(asked).toEqual(header.checks.map(({ bounds, expect: verdict }) => ({ nodes, bounds, verdict })));
    for (const { protocol } of scenarios) {
      if (protocol.kind !== 'rules') throw new Error('these are rules');
      expect(protocol.program.problems ?? []).toEqual([]);
      expect(printProgram(protocol.program)).toBe(printProgram(checked!.program));
    }
  });

  it('is formatted as the formatter would', async () => {
    const formatted = await format(printed, { parser: 'typescript', printWidth: 110, singleQuote: true });
    expect(printed).toBe(formatted);
  });
});

it('what is printed compiles, strictly', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-printed-'));
  const paths = files.map((file) => {
    const { checked, header } = readDedalus([`scenarios/dedalus/${file}`], fileSystemHost);
    const path = join(folder, `${file}.ts`);
    writeFileSync(path, printTypeScript(checked!, { name: file, header }));
    return path;
  });
  const compiled = ts.createProgram(paths, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noUnusedLocals: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    paths: { ldfi: [join(root, 'src', 'index.ts')] },
  });
  const problems = paths.flatMap((path) => {
    const source = compiled.getSourceFile(path);
    return [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)];
  });
  rmSync(folder, { recursive: true });
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

it('any program is the same in TypeScript', async () => {
  await fc.assert(
    fc.asyncProperty(generatedProgram(), async ({ text, nodes }) => {
      const program = await reread(`// ldfi: nodes ${nodes.join(', ')}\n${text}`);
      expect(printProgram(program)).toBe(printProgram(readDedalusText(text).checked!.program));
    }),
    { numRuns: 40 },
  );
});

const hard: Readonly<Record<string, string>> = {
  'names of keywords, of imports and of globals': `
    p("a", "x")@1;
    class(new, count) :- p(new, count);
    count(program, value) :- class(program, value), notin default(program, value);
    default(X, Y)@next :- count(X, Y);
    nodes(rules, nodes)@async :- default(rules, nodes), count(rules, _);`,
  'names that are no identifiers': `
    p.q?("a", 1)@1;
    p_q_(X.y, X_y) :- p.q?(X.y, X_y);
    __proto__(__proto__, constructor)@next :- p_q_(__proto__, constructor);`,
  'one name for variables of several types, and for a relation': `
    X("a", "x", 1)@1;
    Y(X) :- X(X, _, _);
    Z(Y, X) :- X(Y, X, _);
    W(Y, X) :- X(Y, _, X);`,
  'constants on the left, and alone': `
    p("a", 1)@1;
    q(N, 0 - K, 2 * K / 3) :- p(N, K), "a" == N, 3 > K, 1 + 1 == 2, "x" != "y", K - (1 - 2) <= -5;`,
  'strings of all kinds': `
    p("a", "it's", "\\"quoted\\"", "\\\\ \\n \\t \\u{7} \\u{1f642} \${x} \`")@1;`,
  'every aggregate': `
    p("a", "b", 2)@1;
    q(N, count<M>, min<M>, max<K>, sum<K>, avg<K>) :- p(N, M, K);`,
  'times, wildcards and absence': `
    p("a", 3)@2;
    q(N) :- p(N, _)@2, notin p(N, 3)@1, notin crash(_, N, _), crash(_, _, T), p(_, T);`,
  'no variables at all': `
    p("a")@1;
    q("a") :- p("a");`,
  'a column of nothing but wildcards, and one unlike any variable': `
    p("a", 1)@1;
    q(X) :- p(X, _), r(X, _, _);`,
};

it.each(Object.entries(hard))('%s', async (_, text) => {
  expect(printProgram(await reread(text))).toBe(printProgram(readDedalusText(text).program));
});
