/** How many runs the search of running systems needs, on systems in memory: by all rules, and without some. */
import { Marco } from '../../src/runner/strategies/marco/marco.js';
import { ALL_PRUNING_RULES, type PruningRule } from '../../src/runner/strategies/marco/rules.js';
import { loadMinisat } from '../../src/solver/minisat.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import {
  homePage,
  KINDS,
  leaf,
  runTree,
  type Service,
} from '../../test/runner/strategies/marco/call-tree.js';
import { judge } from '../../test/runner/strategies/marco/judge.js';
import { table } from '../figures.js';

interface Tree {
  readonly name: string;
  readonly root: Service;
  /** The most faults of a fault set. */
  readonly faults: number;
}

const TREES: readonly Tree[] = [
  { name: 'a home page', root: homePage({ tells: false, bugs: [] }), faults: 4 },
  { name: 'a home page that tells what failed', root: homePage({ tells: true, bugs: [] }), faults: 4 },
  {
    name: 'ten calls that are tolerated',
    root: {
      name: 'page',
      steps: Array.from({ length: 10 }, (_, place) => ({ calls: leaf(`part-${place}`) })),
    },
    faults: 4,
  },
];

/** Each by itself. Without `monotone` every fault set that fires is one run more. */
const WITHOUT = ['local', 'alike'] as const;

const COLUMNS = [
  { title: 'system' },
  { title: 'up to', numeric: true },
  { title: 'every fault set', numeric: true },
  { title: 'all rules', numeric: true },
  ...WITHOUT.map((rule) => ({ title: `without ${rule}`, numeric: true })),
];

export async function liveTable(only: RegExp): Promise<string> {
  const factory = await loadMinisat();
  const rows = TREES.filter(({ name }) => only.test(name)).map((tree) => [
    tree.name,
    String(tree.faults),
    String(judge((faults) => runTree(tree.root, faults), KINDS, tree.faults).runs),
    runsOf(tree, ALL_PRUNING_RULES, factory),
    ...WITHOUT.map((without) =>
      runsOf(
        tree,
        ALL_PRUNING_RULES.filter((rule) => rule !== without),
        factory,
      ),
    ),
  ]);
  return table(COLUMNS, rows);
}

function runsOf({ root, faults }: Tree, rules: readonly PruningRule[], factory: SolverFactory): string {
  const options = { faults, runs: Number.POSITIVE_INFINITY, tests: 0, seed: 1, factory };
  const marco = new Marco({ ...options, kindsOf: () => KINDS, rules: new Set(rules) });
  const search = marco.search();
  for (let step = search.next(); step.done !== true;)
    step = search.next(step.value.map((set) => runTree(root, set)));
  const { runs } = marco;
  marco.dispose();
  return String(runs);
}
