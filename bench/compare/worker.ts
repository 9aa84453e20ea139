/**
 * One checkout, in a process that stays: it does what it is asked to, and tells how long that took. It knows the checkout
 * by what that exports alone, since its insides may be any.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as Library from '../../src/index.js';

/** What is timed: the name, and one pass over it that says what it found. */
interface Work {
  readonly name: string;
  readonly pass: () => Promise<readonly string[]>;
}

/** One pass. */
export interface Sample {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds that all threads computed. */
  readonly computed: number;
  readonly found: readonly string[];
}

/** Bounds beyond those of the scenarios, as `bench/targets.ts` has them. */
const HANDLERS = [
  ['two-phase-commit', '2pc', '8/3/1'],
  ['paxos', 'paxos on three nodes', '12/8/0'],
  ['paxos', 'paxos on five nodes', '8/4/2'],
  ['raft', 'raft on three nodes', '12/6/1'],
  ['raft', 'raft on three nodes', '16/10/1'],
  ['raft', 'raft on five nodes', '10/5/2'],
  ['raft', 'raft on five nodes', '12/6/1'],
] as const;

const checkout = resolve(process.argv[2]);
process.chdir(checkout);
const ldfi = (await import(pathToFileURL(join(checkout, 'dist/index.js')).href)) as typeof Library;

const works = [tableWork(), ...(await handlerWorks())];
process.on('message', (name: string) => {
  void timed(works.find((work) => work.name === name)!).then((sample) => process.send!(sample));
});
process.send!(works.map(({ name }) => name));

async function timed({ pass }: Work): Promise<Sample> {
  const before = process.cpuUsage();
  const start = performance.now();
  const found = await pass();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, computed: (user + system) / 1_000, found };
}

/** Every row of every program of Dedalus, of which the published rows are part. */
function tableWork(): Work {
  const folder = 'scenarios/dedalus';
  const host = {
    read: (path: string) =>
      existsSync(path)
        ? ({ kind: 'text', text: readFileSync(path, 'utf8'), identity: resolve(path) } as const)
        : ({ kind: 'missing' } as const),
    resolve: (from: string, include: string) => join(dirname(from), include),
  };
  const files = readdirSync(folder).filter((file) => file.endsWith('.ded'));
  const scenarios = files
    .sort()
    .map((file) => ldfi.loadScenario(`${folder}/${file}`, undefined, host).scenario!);
  const rows = scenarios.flatMap(({ name, protocol, nodes, checks }) =>
    checks.map(({ bounds }) => ({ name, protocol, nodes, bounds })),
  );
  return {
    name: `${rows.length} rows of rules`,
    pass: async () => {
      const found: string[] = [];
      const pool = new ldfi.SolverPool();
      for (const { name, protocol, nodes, bounds } of rows) {
        const { verdict } = await ldfi.check(protocol, { name, nodes, bounds, pool });
        found.push(describe(verdict));
      }
      return found;
    },
  };
}

async function handlerWorks(): Promise<readonly Work[]> {
  const folder = join(checkout, 'dist/compared');
  const files = [...new Set(HANDLERS.map(([file]) => file))];
  // There `ldfi` is the checkout's own.
  await build({
    // What esbuild takes for the folder it works in is where it was loaded.
    absWorkingDir: checkout,
    entryPoints: files.map((file) => `scenarios/handlers/${file}.ts`),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    external: ['ldfi'],
  });
  try {
    return await Promise.all(HANDLERS.map((row) => handlersWork(folder, row)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function handlersWork(folder: string, [file, name, text]: (typeof HANDLERS)[number]): Promise<Work> {
  const url = pathToFileURL(join(folder, `${file}.mjs`)).href;
  const exported = (await import(url)) as Readonly<Record<string, Library.Scenario>>;
  const scenario = Object.values(exported).find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`${checkout} has no scenario ${name}`);
  const [eot, eff, crashes] = text.split('/').map(Number);
  const options = { bounds: { eot, eff, crashes } };
  return {
    name: `${name} ${text}`,
    pass: async () => [describe((await ldfi.checkScenario(scenario, options)).verdict)],
  };
}

/** What both checkouts have to find alike. */
function describe(verdict: Library.Verdict): string {
  return verdict.kind === 'violated'
    ? verdict.counterexamples.map(({ faults }) => ldfi.formatSchedule(faults)).join(' | ')
    : verdict.kind;
}
