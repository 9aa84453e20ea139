/** The library's main call: one program, one set of bounds, one verdict. */
import { assertBounds, formatBounds, type Bounds } from '../injector/bounds.js';
import { countFaultEvents, MOST_FAULT_EVENTS } from '../injector/counts.js';
import type { FaultSet } from '../injector/faults.js';
import { boundOf } from '../model/bounds.js';
import { BudgetError } from '../model/budget-error.js';
import { isA } from '../model/handlers/errors.js';
import type { Multiplying } from '../model/multiplying.js';
import { endlessCall, returnsWhenCalledAgain } from './guard/endless.js';
import type { CheckResult, Counterexample, StrategyName, Verdict } from './result.js';
import { ProtocolError } from './failures/protocol-error.js';
import type { WatchedProtocol } from './kinds/kind.js';
import { protocolKind } from './kinds/kinds.js';
import { checkOptions, withDefaults, type CheckOptions, type FullCheckOptions } from './options/check.js';
import { assertOptions } from './options/table.js';
import { answered } from './drivers/answered.js';
import { pooled } from './drivers/pooled.js';
import type { SharedProtocol } from './drivers/shared-runs.js';
import { runSliced, type WaitingSteps } from './guard/sliced.js';
import { Stopwatch } from './guard/stopwatch.js';
import { formatTimeSpent } from '../model/text/numbers.js';
import { finish } from '../model/steps.js';
import type { Subject } from './subjects/subject.js';
import {
  searchOn,
  subjectOptions,
  type Conclusion,
  type Search,
  type SearchOptions,
  type SearchProgress,
} from './search.js';
import { RunPool } from './run-pool.js';
import { Ledger } from './ledger.js';
import { leavesMore, planOf, type Stage } from './plan.js';
import { moreCovered, widened, withoutReached } from './widen.js';
import {
  budgetsOfTry,
  coveredBy,
  smallerBounds,
  WORK_OF_TRIES,
  WORK_OF_TRY,
  type Smaller,
  type ViolatedWithin,
} from './smaller-bounds.js';
import { strategies } from './strategies/strategies.js';
import type { Protocol } from '../model/protocol.js';
import { runGuarded } from './guard/watchdog.js';

/**
 * Decides whether some admissible fault set violates the specification of a protocol. Where `compiled` passes a budget, some
 * random fault sets are run, and `alternating` follows; where that does not end either, the verdict is `inconclusive`.
 *
 * @throws TypeError, RangeError for an option that there is not, or a value that makes no sense
 * @throws RangeError when the bounds make no sense, or more than {@link MOST_FAULT_EVENTS} faults are within them
 * @throws the signal's reason when it is aborted; what was found until then is lost
 * @throws EvaluationError, TooManyTuples when a program of rules cannot be run
 * @throws ProtocolError when a handler or a property fails, or does not return
 */
export async function check(protocol: Protocol, options: CheckOptions): Promise<CheckResult> {
  assertOptions('check', options, checkOptions);
  if (options.protocol !== undefined && options.protocol !== protocol)
    throw new TypeError('the option `protocol` of check is another protocol than the one that is checked');
  const own = withDefaults(options, protocol);
  assertBounds(own.nodes, own.bounds);
  assertFewEnoughFaults(own);
  own.signal?.throwIfAborted();
  return new Check(protocol, own).run();
}

/**
 * The verdict of fault sets that are known to violate, with nothing searched: whether others do is not asked.
 *
 * @param known at least one
 * @throws as {@link check} does
 */
export async function checkKnown(
  known: readonly FaultSet[],
  protocol: Protocol,
  options: CheckOptions,
): Promise<CheckResult> {
  assertOptions('check', options, checkOptions);
  const own = withDefaults(options, protocol);
  assertBounds(own.nodes, own.bounds);
  return new Check(protocol, own).of(known);
}

function assertFewEnoughFaults({ nodes, bounds }: FullCheckOptions): void {
  const events = countFaultEvents(nodes.length, bounds);
  if (events > MOST_FAULT_EVENTS)
    throw new RangeError(
      `${events} different faults are within the bounds ${formatBounds(bounds)}, and have to be at most ${MOST_FAULT_EVENTS}`,
    );
}

/** The most runs that threads are given together. */
const BATCH = 64;

/** How one strategy ended. */
type Ending = { readonly kind: 'concluded'; readonly conclusion: Conclusion } | GaveUp;

interface GaveUp {
  readonly kind: 'gave up';
  readonly reason: string;
}

/** What several searches may spend together. */
interface Allowance {
  work: number;
}

/** A conclusion, and the search that came to it. */
interface ConclusionOf extends Conclusion {
  readonly search: Search<Subject>;
}

class Check {
  /** What the last strategy knew. */
  private known: Pick<SearchProgress, 'violating' | 'covered'> = { violating: undefined, covered: undefined };

  private readonly watched: WatchedProtocol;
  private readonly ledger: Ledger;
  /** The protocol as other threads are given it, where there are to be others. */
  private readonly shared?: Omit<SharedProtocol, 'options'> | undefined;

  constructor(
    private readonly protocol: Protocol,
    private readonly options: FullCheckOptions,
  ) {
    const kind = protocolKind(protocol);
    this.watched = kind.watched(protocol);
    this.ledger = new Ledger(this.watched, options);
    if (options.jobs > 1 && kind.crossing !== undefined)
      this.shared = { kind: protocol.kind, data: kind.crossing.leave(protocol) };
  }

  async run(): Promise<CheckResult> {
    const plan = planOf(this.options);
    /** What is told where no later strategy has more to tell. */
    let kept: (() => CheckResult) | undefined;
    let multiplies: Multiplying | undefined;
    for (const [index, stage] of plan.entries()) {
      const isLast = index === plan.length - 1;
      const { strategy } = stage;
      const search = await this.newSearch(stage);
      const ending = await this.attempt(strategy, search, this.timeLeft(stage.time));
      this.ledger.account(search);
      this.known = { violating: search.violating, covered: search.covered };
      const conclusion =
        ending.kind === 'concluded'
          ? ending.conclusion
          : kept === undefined
            ? this.whatIsKnown(search, ending)
            : undefined;
      if (conclusion !== undefined) {
        if (kept !== undefined && conclusion.verdict.kind !== 'violated')
          throw new Error('random fault sets violate, and nothing is found to');
        kept = () => this.ledger.result(strategy, search, conclusion);
        if (stage.draws === undefined) return kept();
        const fewest = leavesMore(conclusion, this.options) ? undefined : await this.fewest(conclusion);
        if (fewest !== undefined) return fewest;
      } else if (ending.kind === 'gave up') {
        if (strategy === 'compiled') ({ multiplies } = search.subject);
        if (isLast) return kept?.() ?? (await this.undecided(strategy, search, ending, multiplies));
        this.ledger.giveUp(strategy, ending.reason);
      }
    }
    throw new Error('there is no strategy to try');
  }

  /** With no verdict in sight, what is decided within smaller bounds; what violates there is a verdict after all. */
  private async undecided(
    strategy: StrategyName,
    search: Search<Subject>,
    { reason }: GaveUp,
    multiplies: Multiplying | undefined,
  ): Promise<CheckResult> {
    const { nodes, bounds } = this.options;
    const { largest } = search.space;
    const allowance = { work: WORK_OF_TRIES };
    const { decided, violation } =
      this.options.strategy === 'compiled'
        ? await smallerBounds({ bounds, largest }, (within) => this.decideWithin(within, allowance))
        : NOTHING_SMALLER;
    if (violation !== undefined) return this.resultWithin(violation);
    const covered = moreCovered(search.covered, coveredBy(decided, { nodes: nodes.length, bounds }));
    const verdict: Verdict = {
      kind: 'inconclusive',
      reason,
      covered,
      ...(multiplies !== undefined && { multiplies }),
      ...(decided.length > 0 && { smaller: decided }),
    };
    return this.ledger.result(strategy, search, { verdict, representation: 'none', confirmed: false });
  }

  /** The fewest faults that violate, of what is known to violate with so many; undefined where it is not known. */
  private async fewest({ verdict }: Conclusion): Promise<CheckResult | undefined> {
    if (verdict.kind !== 'violated') return undefined;
    const faults = verdict.counterexamples[0].faults.length;
    const { bounds } = this.options;
    if (faults === 0 || faults >= boundOf(bounds, 'faults')) return undefined;
    const within = { ...bounds, faults };
    const conclusion = await this.decideWithin(within, { work: WORK_OF_TRY });
    if (conclusion === undefined) return undefined;
    if (conclusion.verdict.kind !== 'violated')
      throw new Error(`nothing violates within ${formatBounds(within)}, and was found to`);
    return this.resultWithin({ bounds: within, conclusion, isFewest: true });
  }

  /**
   * By `compiled` within smaller bounds; undefined where it passes its budget.
   *
   * @param allowance what this and all that come after it may spend, of which it takes what it spent
   */
  private async decideWithin(bounds: Bounds, allowance: Allowance): Promise<ConclusionOf | undefined> {
    const time = this.timeLeft(1);
    if (allowance.work <= 0 || (time !== undefined && time <= 1)) return undefined;
    const work = Math.min(WORK_OF_TRY, allowance.work);
    const search = await this.newSearch({ strategy: 'compiled' }, { bounds, work });
    try {
      const ending = await this.attempt('compiled', search, time);
      return ending.kind === 'concluded' ? { ...ending.conclusion, search } : undefined;
    } catch (error) {
      // What fails at another end of time may be sound at its own.
      if (isA(error, ProtocolError) && bounds.eot < this.options.bounds.eot) return undefined;
      throw error;
    } finally {
      allowance.work -= search.work;
      this.ledger.account(search);
    }
  }

  private resultWithin({ bounds, conclusion, isFewest }: ViolatedWithin<ConclusionOf>): CheckResult {
    const { search, verdict, ...how } = conclusion;
    const told = verdict.kind === 'violated' ? widened(verdict, isFewest) : verdict;
    const result = this.ledger.result('compiled', search, { ...how, verdict: told });
    return { ...withoutReached(result), evidence: { ...result.evidence, within: bounds } };
  }

  /** The verdict of fault sets, of which some violate; the fewest faults first. */
  async of(known: readonly FaultSet[]): Promise<CheckResult> {
    const { strategy } = this.options;
    const search = this.toTell(await this.newSearch({ strategy }));
    const inOrder = known.toSorted((a, b) => a.length - b.length);
    const [first, ...others] = this.watched.during(() =>
      inOrder.map((faults) => finish(answered(search.counterexample(faults, 'unproven'), search.subject))),
    );
    this.ledger.account(search);
    search.dispose();
    if (first === undefined) throw new Error('nothing is known to violate');
    const counterexamples = [first, ...others.filter((each) => each !== undefined)] as const;
    const verdict: Verdict = {
      kind: 'violated',
      counterexamples,
      remaining: 'unknown',
      violating: undefined,
    };
    return this.ledger.result(strategy, search, { verdict, representation: 'saved', confirmed: false });
  }

  /** @param smaller to be tried in place of the bounds that were asked for */
  private async newSearch(
    { strategy, draws }: Pick<Stage, 'strategy' | 'draws'>,
    smaller?: Required<Pick<SearchOptions, 'bounds' | 'work'>>,
  ): Promise<Search<Subject>> {
    const { nodes, bounds, budgets, pool, solver, limit, seed, negativeSupport, lineage, onProgress } =
      this.options;
    const batch = this.shared === undefined ? 1 : BATCH;
    const options: SearchOptions = {
      nodes,
      bounds,
      budgets: smaller === undefined ? budgets : budgetsOfTry(budgets),
      draws,
      spent: smaller === undefined ? this.ledger.executions : 0,
      factory: await pool.factory(solver),
      wanted: limit,
      seed,
      batch,
      negativeSupport,
      lineage,
      ...smaller,
      onProgress:
        onProgress &&
        ((progress) => {
          // What is known of smaller bounds is not yet known of these.
          const { violating, covered } = smaller === undefined ? progress : this.known;
          onProgress(this.ledger.wholeProgress(strategy, { ...progress, violating, covered }));
        }),
    };
    return searchOn(this.watched.protocol, options);
  }

  private async attempt(
    strategy: StrategyName,
    search: Search<Subject>,
    timeoutMs: number | undefined,
  ): Promise<Ending> {
    const { signal } = this.options;
    const pool = this.newPool(search);
    const stopwatch = new Stopwatch();
    try {
      const { during } = this.watched;
      const asking = strategies[strategy](search);
      const steps: WaitingSteps<Conclusion> =
        pool === undefined ? answered(asking, search.subject) : pooled(asking, search.subject, pool);
      const guarded = await runSliced(steps, { timeoutMs, signal, around: during });
      if (guarded.kind === 'finished') return { kind: 'concluded', conclusion: guarded.value };
      this.assertReturns(search);
      const after = `after ${formatTimeSpent(stopwatch.spent)}`;
      return { kind: 'gave up', reason: `the time budget ended (phase: ${search.phase}), ${after}` };
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error;
      return { kind: 'gave up', reason: error.message };
    } finally {
      pool?.dispose();
      search.dispose();
    }
  }

  /** Undefined where no other thread is to make runs, or can. */
  private newPool({ options }: Search): RunPool | undefined {
    const { shared } = this;
    const size = this.options.jobs - 1;
    return shared && new RunPool({ ...shared, options: subjectOptions(options) }, { size });
  }

  /** Calls the handler again that time ran out in, if in any. @throws ProtocolError where it does not return then either */
  private assertReturns({ subject: { unfinished }, leastUnder }: Search<Subject>): void {
    if (unfinished !== undefined && !returnsWhenCalledAgain(unfinished))
      throw endlessCall(unfinished, leastUnder, protocolKind(this.protocol).definition(this.protocol));
  }

  /** Milliseconds that a strategy may take, given its share of what is left. */
  private timeLeft(share: number): number | undefined {
    const { timeout } = this.options;
    return timeout === undefined ? undefined : Math.max(1, (timeout - this.ledger.stopwatch.elapsed) * share);
  }

  /** A violation found before the search ended is a verdict, if not a minimal one. */
  private whatIsKnown(search: Search, ending: Ending): Conclusion | undefined {
    const faults = search.violating;
    if (faults === undefined || ending.kind === 'concluded') return undefined;
    // What was stopped half-way is not to be used again.
    const fresh = this.toTell(search);
    const replay = answered(fresh.counterexample(faults, 'unproven'), fresh.subject);
    const replayed = this.watched.during(() => lastReplay(() => finish(replay)));
    this.ledger.account(fresh);
    if (replayed === undefined) return undefined;
    const counterexamples: readonly Counterexample[] = [replayed];
    const verdict: Verdict = {
      kind: 'violated',
      counterexamples,
      remaining: 'unknown',
      violating: undefined,
    };
    return { verdict, representation: 'none', confirmed: false };
  }

  /** A search to tell what is known, within reason: it has runs enough. */
  private toTell({ options }: Search): Search<Subject> {
    return searchOn(this.watched.protocol, {
      ...options,
      budgets: { ...options.budgets, executions: Infinity },
    });
  }
}

/** Milliseconds for the one run that tells what was found before time ran out. */
const LAST_REPLAY = 10_000;

/** Undefined where what is known cannot be told for want of time or memory. */
function lastReplay(replay: () => Counterexample | undefined): Counterexample | undefined {
  try {
    const replayed = runGuarded(replay, { timeoutMs: LAST_REPLAY });
    return replayed.kind === 'finished' ? replayed.value : undefined;
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return undefined;
  }
}

const NOTHING_SMALLER: Smaller<ConclusionOf> = { decided: [], violation: undefined };
