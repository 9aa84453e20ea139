/** A counterexample as a test that a person reads, keeps and changes: it fails for as long as the counterexample is one. */
import type { Bounds } from '../../model/bounds.js';
import { formatBounds, withoutDefaults } from '../../model/text/bounds.js';
import { quoteText } from '../../model/rules/typescript/print/quote.js';
import { visible } from '../../model/text/display.js';
import { wrapProse } from '../../model/text/text.js';
import type { AnchoredFault } from '../../injector/anchors/anchors.js';
import { describeFault, formatSchedule } from '../../injector/schedule.js';
import { anchorText } from '../text/regressions.js';

export const TEST_RUNNERS = ['vitest', 'node'] as const;

/** Whose tests they are: those of vitest, or of `node:test`. */
export type TestRunner = (typeof TEST_RUNNERS)[number];

/** What a test is made of. */
export interface TestedCounterexample {
  /** What the scenario is called. */
  readonly name: string;
  readonly source: TestedSource;
  readonly bounds: Bounds;
  /** The faults as they are now, each with what it is found by. */
  readonly faults: readonly AnchoredFault[];
}

/** Where a test has its scenario from; files are named as the test imports them. */
export type TestedSource =
  /** @property exportedAs `default`, `retry`, `all[2]` */
  | { readonly kind: 'module'; readonly file: string; readonly exportedAs: string }
  /** @property nodes undefined for its own */
  | {
      readonly kind: 'dedalus';
      readonly file: string;
      readonly with: readonly string[];
      readonly nodes: readonly string[] | undefined;
    };

/** Of TypeScript that is JavaScript as well. */
export function testFile(tested: TestedCounterexample, runner: TestRunner): string {
  const { name, bounds, faults, source } = tested;
  const schedule = formatSchedule(faults.map(({ fault }) => fault));
  const scenario = scenarioOf(source);
  const parts = [
    commentOf(tested),
    importsOf(source, runner, scenario.imports),
    [
      `const bounds = ${written(withoutDefaults(bounds))};`,
      `const faults = ${quoteText(schedule)};`,
      ...scenario.declarations,
    ].join('\n'),
    replaying(runner, `${visible(name)} satisfies its specification under these faults`, scenario.called),
    tolerating(
      runner,
      `${visible(name)} tolerates all faults within ${formatBounds(bounds)}`,
      scenario.called,
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Columns of a comment. */
const WIDTH = 100;

function commentOf({ name, bounds, faults }: TestedCounterexample): string {
  const title = `A counterexample of ${visible(name)} within ${formatBounds(bounds)}, written by \`ldfi test-from\`.`;
  const told = faults.map(({ fault, anchor }) => {
    const found = anchorText(anchor);
    return `${describeFault(fault)}${found === undefined ? '' : `: ${found}`}`;
  });
  const lines = [
    ...wrapProse(title, WIDTH),
    ...told.flatMap((text) =>
      wrapProse(text, WIDTH - 2).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`),
    ),
  ];
  return ['/**', ...lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`), ' */'].join('\n');
}

function importsOf(source: TestedSource, runner: TestRunner, own: readonly string[]): string {
  const reads = source.kind === 'dedalus' ? ['dedalusScenario'] : [];
  const lines =
    runner === 'vitest'
      ? [
          `import { ${[...reads, 'replayScenario', 'violationsOf'].join(', ')} } from 'ldfi';`,
          "import 'ldfi/vitest';",
          "import { expect, test } from 'vitest';",
        ]
      : [
          "import { deepEqual } from 'node:assert/strict';",
          "import { test } from 'node:test';",
          `import { ${['assertTolerates', ...reads, 'replayScenario', 'violationsOf'].join(', ')} } from 'ldfi';`,
        ];
  return [...lines, ...own].join('\n');
}

interface ScenarioText {
  readonly imports: readonly string[];
  readonly declarations: readonly string[];
  /** What the scenario is called in the test. */
  readonly called: string;
}

/** Names that the test has besides. */
const TAKEN = new Set([
  'assertTolerates',
  'bounds',
  'deepEqual',
  'expect',
  'faults',
  'replayScenario',
  'test',
  'violationsOf',
]);

function scenarioOf(source: TestedSource): ScenarioText {
  if (source.kind === 'dedalus') return dedalusText(source);
  const { file, exportedAs } = source;
  const [, exported, index] = /^(.*?)(?:\[(\d+)\])?$/s.exec(exportedAs)!;
  const isDefault = exported === 'default' || exported === 'module.exports';
  const isPlain = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(exported) && !TAKEN.has(exported);
  const own = index === undefined ? 'scenario' : 'scenarios';
  const called = isPlain && !isDefault ? exported : own;
  const imported = isDefault
    ? own
    : isPlain
      ? `{ ${exported} }`
      : `{ ${/^[\w$]+$/.test(exported) ? exported : JSON.stringify(exported)} as ${own} }`;
  return {
    imports: [`import ${imported} from ${quoteText(file)};`],
    declarations: index === undefined ? [] : [`const scenario = ${called}[${index}];`],
    called: index === undefined ? called : 'scenario',
  };
}

function dedalusText({
  file,
  with: parts,
  nodes,
}: TestedSource & { readonly kind: 'dedalus' }): ScenarioText {
  const url = (path: string) => `new URL(${quoteText(path)}, import.meta.url)`;
  const options = [
    'bounds',
    ...(nodes === undefined ? [] : [`nodes: ${written(nodes)}`]),
    ...(parts.length === 0 ? [] : [`with: [${parts.map(url).join(', ')}]`]),
  ];
  const read = `dedalusScenario(${url(file)}, { ${options.join(', ')} })`;
  return { imports: [], declarations: [`const scenario = ${read};`], called: 'scenario' };
}

function replaying(runner: TestRunner, title: string, scenario: string): string {
  return [
    `test(${quoteText(title)}, () => {`,
    `  const { run } = replayScenario(${scenario}, faults, { bounds });`,
    runner === 'vitest' ? '  expect(violationsOf(run)).toEqual([]);' : '  deepEqual(violationsOf(run), []);',
    '});',
  ].join('\n');
}

function tolerating(runner: TestRunner, title: string, scenario: string): string {
  if (runner === 'node') return `test(${quoteText(title)}, () => assertTolerates(${scenario}, bounds));`;
  return [
    // More than vitest gives a test by itself.
    `test(${quoteText(title)}, { timeout: 60_000 }, async () => {`,
    `  await expect(${scenario}).toTolerateFaults(bounds);`,
    '});',
  ].join('\n');
}

/** Plain data as TypeScript writes it. */
function written(value: unknown): string {
  if (typeof value === 'string') return quoteText(value);
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, field]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoteText(name);
    return `${key}: ${written(field)}`;
  });
  return `{ ${fields.join(', ')} }`;
}
