/** The verdict on a protocol by running it under every admissible fault set. */
import type { Bounds } from '../../src/injector/bounds.js';
import type { FaultSet } from '../../src/injector/faults.js';
import type { Program } from '../../src/model/program.js';
import { prepareJudge } from './dedalus.js';
import type { JudgedRun } from './dedalus.js';
import { admissibleFaultSets, minimalOnes } from './fault-sets.js';

export interface JudgedVerdict {
  readonly verdict: 'violated' | 'certified' | 'vacuous';
  /** How many admissible fault sets there are, each of which was run. */
  readonly faultSets: number;
  readonly violating: readonly FaultSet[];
  /** The violating ones than which no violating one is smaller: fewest faults first, then the latest crashes. */
  readonly minimal: readonly FaultSet[];
  /** Whether `pre` holds at EOT in some admissible run, and in the failure-free one. */
  readonly preEverHolds: boolean;
  readonly preHoldsFailureFree: boolean;
}

/** What one run adds to a verdict. */
interface Judged {
  readonly pre: readonly unknown[];
  readonly violations: readonly unknown[];
}

/** @throws as {@link prepareJudge}. */
export function judgeVerdict(program: Program, nodes: readonly string[], bounds: Bounds): JudgedVerdict {
  return verdictOf(judgeRuns(program, nodes, bounds));
}

/** @param runs those under all admissible fault sets */
export function verdictOf(
  runs: Iterable<{ readonly faults: FaultSet; readonly run: Judged }>,
): JudgedVerdict {
  const violating: FaultSet[] = [];
  let faultSets = 0;
  let preEverHolds = false;
  let preHoldsFailureFree = false;
  for (const { faults, run } of runs) {
    faultSets++;
    if (run.violations.length > 0) violating.push(faults);
    if (run.pre.length === 0) continue;
    preEverHolds = true;
    if (faults.length === 0) preHoldsFailureFree = true;
  }
  const passed = preHoldsFailureFree ? 'certified' : 'vacuous';
  return {
    verdict: violating.length > 0 ? 'violated' : passed,
    faultSets,
    violating,
    minimal: minimalOnes(violating),
    preEverHolds,
    preHoldsFailureFree,
  };
}

/** Each admissible fault set with the run under it, for laws about every fact under every fault set. */
export function* judgeRuns(
  program: Program,
  nodes: readonly string[],
  bounds: Bounds,
): Iterable<{ readonly faults: FaultSet; readonly run: JudgedRun }> {
  const run = prepareJudge(program, { nodes, eot: bounds.eot });
  for (const faults of admissibleFaultSets(nodes, bounds)) yield { faults, run: run(faults) };
}
