/** What a check may be told, and what it does where it is not. */
import type { Bounds } from '../../model/bounds.js';
import { withoutDefaults } from '../../model/text/bounds.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { VERDICTS, type VerdictName } from '../../model/verdict-names.js';
import { SolverPool } from '../../solver/pool.js';
import type { SatBackend } from '../../solver/sat.js';
import type { Budgets } from '../guard/budgets.js';
import { protocolKind } from '../kinds/kinds.js';
import type { ScenarioLocation, StrategyName } from '../result.js';
import type { OwnCheck } from '../scenario/prepared.js';
import type { SearchProgress } from '../search.js';
import type { HandlerLineageKind } from '../subjects/subject.js';
import type { Protocol } from '../../model/protocol.js';
import { boundsOption, nodesOption, searchOptions } from './common.js';
import { choice } from './forms.js';
import { objectOption, ofType, written, type OptionTable } from './table.js';

/** Options of {@link check}. */
export interface CheckOptions {
  /** What reports call the scenario. */
  readonly name: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Default `compiled`. */
  readonly strategy?: StrategyName;
  /** Default {@link defaultSolver}. */
  readonly solver?: SatBackend;
  /** The most minimal counterexamples to find; default 1. */
  readonly limit?: number;
  /**
   * How many threads may share the runs of rules that `exhaustive` and `random` make, this one included; default 1. More
   * of them find the same, sooner; the event loop then turns while this one waits for others.
   */
  readonly jobs?: number;
  /**
   * Whether counterexamples say what each of their faults did, which takes some more runs for each, and which others they are
   * like; default false.
   */
  readonly because?: boolean;
  /** Milliseconds; default none for rules, and 60,000 for handlers. */
  readonly timeout?: number;
  /** Of the strategy `random`; default 0. */
  readonly seed?: number;
  /** Of handlers, whether `alternating` takes into account that what a run lost may arrive; default true. */
  readonly negativeSupport?: boolean;
  /** Of handlers, what `alternating` takes an outcome to rest on; default `causal`. */
  readonly lineage?: HandlerLineageKind;
  readonly budgets?: Partial<Budgets>;
  /** Said again in the result; default undefined, false, undefined and none. */
  readonly location?: ScenarioLocation | undefined;
  readonly nodesInferred?: boolean;
  readonly expected?: VerdictName | undefined;
  readonly warnings?: readonly Diagnostic[];
  /**
   * Of a `PreparedScenario`, which may be given as it is with one of its bounds: the protocol has to be the one
   * that is checked, and its own bounds are not looked at.
   */
  readonly protocol?: Protocol;
  readonly checks?: readonly OwnCheck[];
  /** Shared with other checks, to load a backend once; default one of this check's own. */
  readonly pool?: SolverPool;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Ends the check when it is aborted. The check then lets the event loop turn about every 30 milliseconds, but
   * not within one timestep of the run over all fault sets, one execution, or one phase of solving. Without a
   * signal a check occupies its thread from beginning to end.
   */
  readonly signal?: AbortSignal | undefined;
}

/** The backend of a check that names none. */
export const defaultSolver: SatBackend = 'cadical';

/** Told now and then while a check works: what would be known of it if it ended now. */
export interface Progress extends SearchProgress {
  readonly strategy: StrategyName;
  /** What was tried before and given up, in order, each as one sentence. */
  readonly fallbacks: readonly string[];
}

/** All options, those that were left out as they are by default. What may be undefined has no default. */
export interface FullCheckOptions extends Required<
  Omit<CheckOptions, 'timeout' | 'budgets' | 'onProgress' | 'protocol' | 'checks'>
> {
  /** Milliseconds; undefined for none. */
  readonly timeout: number | undefined;
  readonly budgets: Budgets;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What the caller, or a handler, does to what was given while the check goes on is without effect. */
export function withDefaults(options: CheckOptions, protocol: Protocol): FullCheckOptions {
  const { timeout, budgets } = protocolKind(protocol);
  return {
    strategy: 'compiled',
    solver: defaultSolver,
    limit: 1,
    jobs: 1,
    because: false,
    timeout,
    seed: 0,
    negativeSupport: true,
    lineage: 'causal',
    location: undefined,
    nodesInferred: false,
    expected: undefined,
    pool: new SolverPool(),
    onProgress: undefined,
    signal: undefined,
    ...given(options),
    nodes: Object.freeze([...options.nodes]),
    bounds: Object.freeze(withoutDefaults(options.bounds)),
    budgets: Object.freeze({
      ...budgets,
      ...given(options.budgets ?? {}),
    }),
    warnings: Object.freeze([...(options.warnings ?? [])]),
  };
}

/** Without what is given as undefined, which leaves the default as it is. */
function given<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}

export const checkOptions: OptionTable<keyof CheckOptions> = {
  name: { ...ofType('string', 'text'), isRequired: true },
  nodes: { ...nodesOption, isRequired: true },
  bounds: { ...boundsOption, isRequired: true },
  ...searchOptions,
  location: objectOption('an object with `file` and `scenario`'),
  nodesInferred: ofType('boolean', 'true or false'),
  expected: written(choice(VERDICTS)),
  warnings: { expected: 'an array of diagnostics', isKind: Array.isArray },
  protocol: objectOption('the protocol that is checked'),
  checks: { expected: 'an array of bounds and verdicts', isKind: Array.isArray },
};
