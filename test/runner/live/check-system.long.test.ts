import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSystem, type CheckSystemOptions } from '../../../src/runner/live/check-system.js';
import { defineSystem, type SystemDefinition } from '../../../src/runner/scenario/define-system.js';
import type { SystemProgress, SystemResult } from '../../../src/runner/live/result.js';
import { loadMinisat } from '../../../src/solver/minisat.js';
import { prepareShop } from './shop.js';

let shop: Awaited<ReturnType<typeof prepareShop>>;

beforeAll(async () => {
  shop = await prepareShop();
});

afterAll(() => {
  rmSync(shop.folder, { recursive: true });
});

function service(name: string) {
  return { command: [process.execPath, `${name}.mjs`], folder: shop.folder };
}

async function checked(
  definition: Partial<SystemDefinition> = {},
  options: Partial<CheckSystemOptions> = {},
): Promise<SystemResult> {
  const system = defineSystem({
    name: 'shop',
    services: { shop: service('shop'), cart: service('cart'), stock: service('stock') },
    request: { path: '/checkout' },
    kinds: ['refused', 'status 503'],
    patience: 120_000,
    state: 'nothing to reset',
    ...definition,
  });
  return checkSystem(system, {
    factory: await loadMinisat(),
    injection: shop.injection,
    jobs: 4,
    tests: 0,
    ...options,
  });
}

/** What differs from run to run is left out. */
function stable(result: SystemResult): unknown {
  return { ...result, elapsed: 0 };
}

describe('a shop', () => {
  test('does not survive two faults together, and is told why', async () => {
    const { verdict, runs, covered } = await checked();
    expect(verdict).toMatchInlineSnapshot(`
      {
        "counterexamples": [
          {
            "calls": [
              {
                "depth": 0,
                "failed": true,
                "injected": "refused",
                "point": "shop -> cart GET /cart/{}",
                "step": "shop -> cart GET /cart/{}",
              },
              {
                "depth": 0,
                "failed": true,
                "injected": "refused",
                "point": "shop -> stock GET /stock",
                "step": "shop -> stock GET /stock",
              },
            ],
            "faults": [
              {
                "alike": [
                  "status 503",
                ],
                "kind": "refused",
                "point": "shop -> cart GET /cart/{}",
              },
              {
                "alike": [
                  "status 503",
                ],
                "kind": "refused",
                "point": "shop -> stock GET /stock",
              },
            ],
            "isRepeatable": true,
            "reason": "the answer is 500 {"cart":"empty","stock":"unknown"}",
          },
        ],
        "kind": "violated",
      }
    `);
    expect({ runs, covered }).toMatchInlineSnapshot(`
      {
        "covered": 2,
        "runs": 11,
      }
    `);
  });

  test('comes to the same result again, and by every fault set', async () => {
    const first = await checked();
    expect(stable(await checked())).toEqual(stable(first));
    const all = await checked({}, { rules: ['unfired'] });
    expect(all.verdict.kind).toBe('violated');
    expect(all.runs).toBeGreaterThan(first.runs);
  });

  test('survives where the outcome asks for less', async () => {
    const { verdict } = await checked({ outcome: ({ status }) => status > 0 });
    expect(verdict).toEqual({ kind: 'survived' });
  });

  test('goes on where it was', async () => {
    const resume = join(shop.folder, 'answered.jsonl');
    const first = await checked({ bounds: { runs: 4 } }, { resume });
    expect(first.verdict.kind).toBe('inconclusive');
    const again = await checked({}, { resume });
    expect(again.verdict.kind).toBe('violated');
    expect(again).toMatchObject({ resumed: 4, runs: 11 });
    await expect(checked({ patience: 60_000 }, { resume })).rejects.toThrow('from before it was changed');
  });

  test('says what would be failed, and fails nothing', async () => {
    const { verdict, runs } = await checked({}, { dryRun: true });
    expect(verdict).toEqual({
      kind: 'planned',
      calls: [
        'shop -> cart GET /cart/{} -> stock GET /price',
        'shop -> cart GET /cart/{}',
        'shop -> stock GET /stock',
      ].map((point) => ({ point, kinds: ['refused', 'status 503'] })),
      faultSets: 18n,
    });
    expect(runs).toBe(2);
  });

  test('tells before each run what is known, and what is tried', async () => {
    const told: SystemProgress[] = [];
    await checked({}, { jobs: 1, onProgress: (progress) => told.push(progress) });
    expect(told.map(({ soFar }) => soFar.runs)).toEqual([
      0,
      ...Array.from({ length: 12 }, (_, run) => Math.min(run, 11)),
    ]);
    expect(told.at(-1)!.soFar.verdict).toMatchObject({ kind: 'inconclusive', seenOnce: [{}] });
    expect(told.at(-1)!.trying).toHaveLength(2);
  });
});
