/** The examples of live services: what becomes of each, by which faults, in how many runs; and nothing is left behind. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSystem } from '../../src/runner/live/check-system.js';
import type { SystemResult } from '../../src/runner/live/result.js';
import type { System } from '../../src/runner/scenario/define-system.js';
import { loadMinisat } from '../../src/solver/minisat.js';
import { isListening, Stage } from '../injector/node/services.js';

interface Example {
  /** Of the system, whose file is in the folder of the first word. */
  readonly name: string;
  readonly verdict: 'violated' | 'survived';
  /** The calls whose failures together are not survived, by what is called; each once, whatever the kinds of fault. */
  readonly bugs: readonly string[];
  /** The most runs that it may take. */
  readonly runs: number;
  /** Programs without which it is left out. */
  readonly needs?: readonly string[];
}

/** The runs are those that `docs/live.md` tells. */
const EXAMPLES: readonly Example[] = [
  { name: 'retry', verdict: 'violated', bugs: ['bookings', 'movies + movies #2'], runs: 8 },
  { name: 'fallback', verdict: 'violated', bugs: ['first + second'], runs: 6 },
  { name: 'telemetry', verdict: 'violated', bugs: ['books', 'films'], runs: 8 },
  { name: 'defaults', verdict: 'survived', bugs: [], runs: 9 },
  { name: 'health', verdict: 'violated', bugs: ['movies'], runs: 6 },
  { name: 'booking', verdict: 'violated', bugs: ['seats'], runs: 8 },
  { name: 'audio', verdict: 'violated', bugs: ['metadata'], runs: 18 },
  {
    name: 'agent',
    verdict: 'violated',
    bugs: [
      'calendar',
      'calendar + calendar #2',
      'flights',
      'flights + flights #2',
      'hotels',
      'hotels + hotels #2',
    ],
    runs: 21,
  },
  { name: 'home', verdict: 'survived', bugs: [], runs: 67 },
  {
    name: 'home with bugs',
    verdict: 'violated',
    bugs: ['bookmarks + trending', 'global + personal + regional', 'ratings'],
    runs: 56,
  },
  { name: 'python', verdict: 'violated', bugs: ['prices'], runs: 9, needs: ['opentelemetry-instrument'] },
  { name: 'redis', verdict: 'survived', bugs: [], runs: 39, needs: ['redis-server'] },
  {
    name: 'postgres',
    verdict: 'violated',
    bugs: ['database', 'payments', 'receipts'],
    runs: 11,
    needs: ['psql'],
  },
];

const folder = fileURLToPath(new URL('../../examples/services/', import.meta.url));
const stage = new Stage();
beforeAll(() => stage.prepare());
afterAll(() => stage.end());

/** The programs that an example needs, and that are not there. */
function missingFor({ needs = [] }: Example): readonly string[] {
  return needs.filter((program) => spawnSync(program, ['--version']).status !== 0);
}

async function systemOf(name: string): Promise<System> {
  const file = pathToFileURL(`${folder}${name.split(' ')[0]}/system.ts`).href;
  const module = (await import(/* @vite-ignore */ file)) as Readonly<Record<string, System>>;
  return Object.values(module).find((each) => each.name === name)!;
}

async function check(name: string): Promise<SystemResult> {
  const injection = pathToFileURL(stage.injection).href;
  return checkSystem(await systemOf(name), { factory: await loadMinisat(), injection, tests: 0 });
}

/** The last steps of the calls that fail together, without what is asked of them. */
function bugsOf({ verdict }: SystemResult): readonly string[] {
  if (verdict.kind !== 'violated') return [];
  const sets = verdict.counterexamples.map(({ faults }) =>
    faults
      .map(({ point }) => point.replace(/^.* -> (\S+) \S+ [^ #]+/, '$1'))
      .toSorted()
      .join(' + '),
  );
  return [...new Set(sets)].toSorted();
}

it('is told of every folder of examples', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const told = new Set(EXAMPLES.map(({ name }) => name.split(' ')[0]));
  expect(folders.map(({ name }) => name).toSorted()).toEqual([...told].toSorted());
});

/** How often each is checked, which comes to the same every time: `npm run test:thrice` says three. */
const TIMES = Number(process.env.LDFI_TEST_TIMES ?? 1);

describe('examples', () => {
  for (const example of EXAMPLES) {
    const missing = missingFor(example);
    const title = [example.name, ...missing.map((program) => `without ${program}`)].join(', ');
    it.skipIf(missing.length > 0)(title, async () => {
      const result = await check(example.name);
      for (let time = 1; time < TIMES; time++)
        expect({ ...(await check(example.name)), elapsed: 0 }).toEqual({ ...result, elapsed: 0 });
      expect(result.verdict.kind).toBe(example.verdict);
      expect(bugsOf(result)).toEqual(example.bugs);
      expect(result.runs).toBeLessThanOrEqual(example.runs);
      const ports = Object.values((await systemOf(example.name)).services).map((each) =>
        'port' in each ? each.port : undefined,
      );
      for (const port of ports) if (port !== undefined) await expect(isListening(port)).resolves.toBe(false);
    });
  }
});

it('comes to the same result three times', async () => {
  const results: unknown[] = [];
  for (let time = 0; time < 3; time++) {
    results.push({ ...(await check('fallback')), elapsed: 0 });
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});
