/** The built program drives running systems, as a user asks it to. `npm test` builds it first. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromJson } from '../../src/report/json/findings.js';
import { SERVICES } from '../runner/live/shop.js';
import type { Told } from './harness.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ldfi-systems-'));

/** Each says who it is. */
const service = (name: string): string =>
  `${name}: { command: [process.execPath, '${name}.mjs'], folder: import.meta.dirname }`;

const system = (name: string, more: string): string => `import { defineSystem } from 'ldfi';
export default defineSystem({
  name: '${name}',
  services: { ${['shop', 'cart', 'stock'].map(service).join(', ')} },
  request: { path: '/checkout' },
  patience: 60_000,
  state: 'nothing to reset',
  ${more}
});
`;

beforeAll(() => {
  expect(existsSync(main), 'the program is not built: run `npm run build`').toBe(true);
  for (const [name, source] of Object.entries(SERVICES))
    writeFileSync(
      join(folder, `${name}.mjs`),
      `import { writeFileSync } from 'node:fs';\nwriteFileSync('${name}.pid', String(process.pid));\n${source}`,
    );
  writeFileSync(join(folder, 'shop.ts'), system('shop', `kinds: ['refused', 'status 503'],`));
  // Nobody in the shop gives up waiting, and so neither does the request.
  writeFileSync(join(folder, 'waiting.ts'), system('waiting', `kinds: ['timeout'],`));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function start(words: readonly string[]) {
  return spawn(process.execPath, [main, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ReturnType<typeof start>): Promise<Told> {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code: code ?? -1, out, err };
}

const ldfi = (line: string): Promise<Told> => ended(start(line.split(' ')));

describe('a running system', () => {
  it('is driven through faults, and what is found is told as a document', async () => {
    const { code, out, err } = await ldfi('check shop.ts --jobs 4 --json');
    expect(err).toBe('');
    expect(code).toBe(1);
    const { systems } = await fromJson(JSON.parse(out));
    expect(systems).toMatchObject([
      { name: 'shop', verdict: { kind: 'violated', counterexamples: [{ isRepeatable: true }] }, covered: 2 },
    ]);
  });

  it('is not failed by a dry run', async () => {
    const { code, out } = await ldfi('check shop.ts --dry-run');
    expect(code).toBe(0);
    expect(out).toContain('shop -> cart GET /cart/{} -> stock GET /price = refused, status 503');
  });

  it('is run by the rules that are left', async () => {
    const { out } = await ldfi('check shop.ts --without-rule alike --max-runs 2 --json');
    const { rules } = (await fromJson(JSON.parse(out))).systems[0];
    expect(rules.map(({ rule }) => rule)).toEqual(['unfired', 'local', 'monotone']);
  });

  it('is gone when the user ends it, who is told what is known, and can go on', async () => {
    const child = start(['check', 'waiting.ts', '--resume', 'runs.jsonl']);
    const told = ended(child);
    const file = join(folder, 'runs.jsonl');
    // The two runs without faults; the next one waits.
    while (!existsSync(file) || readFileSync(file, 'utf8').split('\n').length < 3) await soon();
    child.kill('SIGINT');
    const { code, out } = await told;
    expect(code).toBe(130);
    expect(out).toContain('INCONCLUSIVE  waiting');
    expect(out).toContain('interrupted');
    expect(out).toMatch(/[12] runs? in/);
    for (const name of Object.keys(SERVICES))
      await gone(Number(readFileSync(join(folder, `${name}.pid`), 'utf8')));
    const again = await ldfi('check waiting.ts --resume runs.jsonl --max-runs 2');
    expect(again.code).toBe(3);
    expect(again.out).toMatch(/2 runs in .*, 2 of them made before/);
  });
});

function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

/** Fulfilled when there is no such process; nobody else's are asked. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await soon();
  }
}
