/** Searches of systems in memory. */
import { Marco } from '../../../../src/runner/strategies/marco/marco.js';
import { ALL_PRUNING_RULES, type PruningRule } from '../../../../src/runner/strategies/marco/rules.js';
import {
  faultsKey,
  inOrderOfPoints,
  type SystemFaults,
  type SystemRun,
} from '../../../../src/runner/strategies/marco/system-run.js';
import { loadMinisat } from '../../../../src/solver/minisat.js';
import { KINDS } from './call-tree.js';

const factory = await loadMinisat();

export interface SearchSettings {
  readonly faults: number;
  readonly rules?: readonly PruningRule[];
  readonly runs?: number;
  readonly tests?: number;
}

export interface Searched {
  readonly marco: Marco;
  readonly runs: number;
  /** As the judge writes them, with those that are alike. */
  readonly minimal: readonly string[];
}

export function searched(
  run: (faults: SystemFaults) => SystemRun,
  { faults, rules = ALL_PRUNING_RULES, runs = 100_000, tests = 0 }: SearchSettings,
): Searched {
  const marco = new Marco({
    kindsOf: () => KINDS,
    faults,
    runs,
    rules: new Set(rules),
    tests,
    seed: 1,
    factory,
  });
  const search = marco.search();
  for (let step = search.next(); step.done !== true;) step = search.next(step.value.map(run));
  const minimal = marco.badSets.flatMap((set) => withAlike(marco, set));
  return { marco, runs: marco.runs, minimal: minimal.sort() };
}

function withAlike({ knowledge }: Marco, set: SystemFaults): readonly string[] {
  let sets: readonly SystemFaults[] = [[]];
  for (const fault of set) {
    const alike = knowledge.map.standingFor(fault);
    sets = sets.flatMap((others) => alike.map((other) => inOrderOfPoints([...others, other])));
  }
  return sets.map(faultsKey);
}
