/** What is known of a check that did not come to its end, from what it told on the way. */
import {
  type CheckResult,
  type Counterexample,
  countFaultSets,
  estimateFaultSets,
  isViolated,
  type Progress,
  type RunResult,
  type Statistics,
  type SystemResult,
  type Verdict,
} from '../index.js';
import type { Stopwatch, SystemProgress } from '../toolkit.js';
import type { BegunCheck } from './work.js';

export interface CheckUnderWay {
  readonly check: BegunCheck;
  /** Begun with it. */
  readonly stopwatch: Stopwatch;
  /** The last that it told; undefined where it told nothing. */
  readonly progress: Progress | undefined;
}

export interface SystemUnderWay {
  /** The last that it told. */
  readonly progress: SystemProgress;
  /** Begun with it. */
  readonly stopwatch: Stopwatch;
}

export interface CutShort {
  /** Why there is no verdict, as one clause. */
  readonly reason: string;
  /** Whether the user ended it. */
  readonly interrupted: boolean;
  /** Under the least fault set that is known to violate, where that could be had. */
  readonly run: RunResult | undefined;
}

export function resultSoFar(
  { check, stopwatch, progress }: CheckUnderWay,
  { reason, interrupted, run }: CutShort,
): CheckResult {
  const { strategy, solver, ...subject } = check;
  const { nodes, bounds } = subject;
  return {
    ...subject,
    interrupted,
    verdict: verdictSoFar(progress, reason, run),
    evidence: {
      strategy: progress?.strategy ?? strategy,
      solver,
      representation: 'none',
      confirmed: false,
      fallbacks: progress?.fallbacks ?? [],
      executions: progress?.executions ?? 0,
      faultSets: countFaultSets(nodes.length, bounds),
      estimate: estimateFaultSets(nodes.length, bounds),
      statistics: progress?.statistics ?? NOTHING_COUNTED,
    },
    ...stopwatch.spent,
  };
}

/** What was not survived was not run once more, and so is no verdict. */
export function systemSoFar(
  { progress: { soFar }, stopwatch }: SystemUnderWay,
  { reason, interrupted }: Omit<CutShort, 'run'>,
): SystemResult {
  const { verdict } = soFar;
  return {
    ...soFar,
    interrupted,
    verdict: verdict.kind === 'inconclusive' ? { ...verdict, reason } : verdict,
    elapsed: stopwatch.elapsed,
  };
}

/** A violation that was found before the end is a verdict, if not a minimal one. */
function verdictSoFar(progress: Progress | undefined, reason: string, run: RunResult | undefined): Verdict {
  if (run === undefined || !isViolated(run.run))
    return { kind: 'inconclusive', reason, covered: progress?.covered };
  const { faults } = run.run;
  const found: Counterexample = {
    faults,
    minimality: 'unproven',
    run: run.run,
    divergence: run.divergence,
    because: [],
    suspects: [],
  };
  return { kind: 'violated', counterexamples: [found], remaining: 'unknown', violating: undefined };
}

const NOTHING_COUNTED: Statistics = {
  firings: 0,
  facts: 0,
  handlerRuns: 0,
  localStates: 0,
  gates: 0,
  diagramNodes: 0,
  clauses: 0,
  solverCalls: 0,
  executionsToViolation: 0,
};
