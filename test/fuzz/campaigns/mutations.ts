/**
 * The library's own protocols with something left out, against the judge. Their size is that of real protocols, and
 * most break: a program that found nothing wrong with anything would be found out here.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import type { FaultSet } from '../../../src/injector/faults.js';
import { sampleOf } from '../../../src/runner/certificate/sample.js';
import { check } from '../../../src/runner/check.js';
import type { Verdict, VerdictName } from '../../../src/runner/result.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { expectVerdictToEqualJudge, type Way } from '../../laws/verdicts.js';
import { explain } from '../batches.js';
import { MOST_FAILURES, type Campaign, type Failure } from '../campaign.js';
import { judgeIsAbleTo } from '../mutants/able.js';
import { Breakage, type Fate } from '../mutants/breakage.js';
import { handlersOfLibrary } from '../mutants/handlers.js';
import type { Mutant, Original } from '../mutants/mutant.js';
import { rulesOfLibrary } from '../mutants/rules.js';
import { formatCount } from '../table.js';
import { Tally } from '../tally.js';

const WAYS: readonly Way[] = [
  { strategy: 'compiled' },
  { strategy: 'compiled', budgets: { diagramNodes: 0 } },
];

/** For bounds that the judge cannot try. Counted, not timed, so that it is the same again. */
const BUDGETS = {
  circuitNodes: 400_000,
  diagramNodes: 200_000,
  localStates: 5_000,
  decisionConflicts: 20_000,
  executions: 5,
};

/** Fault sets that the judge tries of those that a verdict `certified` covers. */
const SAMPLES = 10;

/** Derives more than the judge has the patience for, or what has no value. */
const BEYOND_THE_JUDGE = 'mutants that the judge cannot run to their end';

export const fuzzMutations: Campaign = async (turn) => {
  const originals = [...(await rulesOfLibrary()), ...(await handlersOfLibrary())];
  const cases = originals.flatMap((original) => original.mutants.map((mutant) => ({ original, mutant })));
  const tools = {
    pool: new SolverPool(),
    tally: new Tally([BEYOND_THE_JUDGE]),
    breakage: new Breakage(),
    courses: new Map<Original, string>(),
  };
  const { tally } = tools;
  const failures: Failure[] = [];
  for (const { original, mutant } of shuffled(cases, turn.seed)) {
    if (tally.cases >= turn.most || Date.now() >= turn.end || failures.length === MOST_FAILURES) break;
    const place = { seed: turn.seed, cases: tally.cases + 1 };
    const name = `${original.label} without ${mutant.lacks}`;
    turn.begin(place, () => name);
    try {
      await examine(original, mutant, place.cases, tools);
    } catch (error) {
      failures.push({ ...place, what: `${name}\n${explain(error)}` });
    }
  }
  const notes = [tools.breakage.report(), `${formatCount(cases.length)} mutants there are in all.\n`];
  return { campaign: 'mutations', seed: turn.seed, ...tally.count(), failures, notes };
};

interface Tools {
  readonly pool: SolverPool;
  readonly tally: Tally;
  readonly breakage: Breakage;
  /** What happens in the runs of originals, as far as it was asked for. */
  readonly courses: Map<Original, string>;
}

async function examine(original: Original, mutant: Mutant, seed: number, tools: Tools): Promise<void> {
  const { pool, tally, breakage } = tools;
  const { nodes, bounds } = original;
  const judged = judgeIsAbleTo(() => original.judge(mutant.protocol));
  tally.case(judged === undefined ? [BEYOND_THE_JUDGE] : []);
  if (judged === undefined) return;
  tally.judged(judged);
  for (const way of WAYS) {
    await expectVerdictToEqualJudge({ protocol: mutant.protocol, nodes, bounds }, judged, { ...way, pool });
    tally.checked(2);
  }
  if (original.certifiedWithin === undefined) return;
  const within = await verdictWithin(original.certifiedWithin, original, mutant, seed, tools);
  const judgedBroken = judged.verdict !== 'certified';
  breakage.count(original, mutant, fateOf(original, mutant, { judgedBroken, within }, tools));
}

function fateOf(
  original: Original,
  mutant: Mutant,
  { judgedBroken, within }: { readonly judgedBroken: boolean; readonly within: VerdictName },
  { courses }: Tools,
): Fate {
  const broken = judgedBroken || within === 'violated' || within === 'vacuous';
  if (broken) return { judgedBroken, broken, equal: false, undecided: false };
  const known = courses.get(original) ?? original.course(original.protocol);
  courses.set(original, known);
  const equal = original.course(mutant.protocol) === known;
  return { judgedBroken, broken, equal, undecided: within === 'inconclusive' };
}

/** The verdict within the bounds of the library, which the judge looks at where it can. */
async function verdictWithin(
  bounds: Bounds,
  original: Original,
  { protocol }: Mutant,
  seed: number,
  { pool, tally }: Tools,
): Promise<VerdictName> {
  const { label: name, nodes } = original;
  const { verdict } = await check(protocol, { name, nodes, bounds, pool, budgets: BUDGETS });
  const looked = faultSetsToLookAt(verdict, new FaultSpace(nodes, bounds), seed);
  for (const faults of looked) {
    const violates = judgeIsAbleTo(() => original.violates(protocol, bounds.eot, faults));
    if (violates !== undefined) expect(violates, JSON.stringify(faults)).toBe(verdict.kind === 'violated');
  }
  tally.checked(looked.length);
  return verdict.kind;
}

/** The counterexample, or some of those that are said to violate nothing. */
function faultSetsToLookAt(verdict: Verdict, space: FaultSpace, seed: number): readonly FaultSet[] {
  switch (verdict.kind) {
    case 'violated':
      return [verdict.counterexamples[0].faults];
    case 'inconclusive':
      return [];
    case 'certified':
    case 'vacuous':
      return sampleOf(space, SAMPLES, seed);
  }
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const generator = xoroshiro128plus(seed);
  const keyed = items.map((item) => ({ item, key: uniformInt(generator, 0, 0x7fffffff) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
