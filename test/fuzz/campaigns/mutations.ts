/**
 * The library's own protocols with something left out, against the judge. Their size is that of real protocols, and
 * most break: a program that found nothing wrong with anything would be found out here.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { SolverPool } from '../../../src/solver/pool.js';
import { judgeIsAbleTo } from '../mutants/able.js';
import { handlersOfLibrary } from '../mutants/handlers.js';
import type { Mutant, Original } from '../mutants/mutant.js';
import { rulesOfLibrary } from '../mutants/rules.js';
import { explain } from '../batches.js';
import { MOST_FAILURES, type Campaign, type Failure } from '../campaign.js';
import { expectVerdictToEqualJudge, type Way } from '../../laws/verdicts.js';
import { formatCount, table } from '../table.js';
import { judgedName, Tally } from '../tally.js';

const WAYS: readonly Way[] = [
  { strategy: 'compiled' },
  { strategy: 'compiled', budgets: { diagramNodes: 0 } },
];

/** Derives more than the judge has the patience for, or what has no value. */
const BEYOND_THE_JUDGE = 'mutants that the judge cannot run to their end';

export const fuzzMutations: Campaign = async (turn) => {
  const originals = [...(await rulesOfLibrary()), ...(await handlersOfLibrary())];
  const cases = originals.flatMap((original) => original.mutants.map((mutant) => ({ original, mutant })));
  const breakage = new Breakage(originals);
  const tally = new Tally([BEYOND_THE_JUDGE]);
  const failures: Failure[] = [];
  const pool = new SolverPool();
  for (const { original, mutant } of shuffled(cases, turn.seed)) {
    if (tally.cases >= turn.most || Date.now() >= turn.end || failures.length === MOST_FAILURES) break;
    const place = { seed: turn.seed, cases: tally.cases + 1 };
    const name = `${original.label} without ${mutant.lacks}`;
    turn.begin(place, () => name);
    try {
      await examine(original, mutant, { pool, tally, breakage });
    } catch (error) {
      failures.push({ ...place, what: `${name}\n${explain(error)}` });
    }
  }
  const notes = [breakage.report(), `${formatCount(cases.length)} mutants there are in all.\n`];
  return { campaign: 'mutations', seed: turn.seed, ...tally.count(), failures, notes };
};

interface Tools {
  readonly pool: SolverPool;
  readonly tally: Tally;
  readonly breakage: Breakage;
}

async function examine(original: Original, mutant: Mutant, { pool, tally, breakage }: Tools): Promise<void> {
  const { nodes, bounds } = original;
  const judged = judgeIsAbleTo(() => original.judge(mutant.protocol));
  tally.case(judged === undefined ? [BEYOND_THE_JUDGE] : []);
  if (judged === undefined) return;
  tally.judged(judged);
  breakage.count(original, judgedName(judged) !== 'certified');
  for (const way of WAYS) {
    await expectVerdictToEqualJudge({ protocol: mutant.protocol, nodes, bounds }, judged, { ...way, pool });
    tally.checked(2);
  }
}

/** How many mutants of each protocol are no longer certified. */
class Breakage {
  readonly #rows: ReadonlyMap<Original, { tried: number; broken: number }>;

  constructor(originals: readonly Original[]) {
    this.#rows = new Map(originals.map((original) => [original, { tried: 0, broken: 0 }]));
  }

  count(original: Original, isBroken: boolean): void {
    const row = this.#rows.get(original)!;
    row.tried++;
    if (isBroken) row.broken++;
  }

  /** Only of protocols that the judge certifies as they are: nothing else can break. */
  report(): string {
    const rows = [...this.#rows].filter(
      ([{ judge, protocol }, { tried }]) => tried > 0 && judge(protocol).verdict === 'certified',
    );
    const totals = rows.map(([, row]) => row);
    const sum = (of: 'tried' | 'broken') => totals.reduce((total, row) => total + row[of], 0);
    return table(
      ['certified protocol', 'mutants', 'broken'],
      [
        ...rows.map(([{ label }, { tried, broken }]) => [label, formatCount(tried), formatCount(broken)]),
        ['all', formatCount(sum('tried')), formatCount(sum('broken'))],
      ],
    );
  }
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const generator = xoroshiro128plus(seed);
  const keyed = items.map((item) => ({ item, key: uniformInt(generator, 0, 0x7fffffff) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
