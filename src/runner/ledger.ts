/** What a check came to so far, over all its searches, and how that is told. */
import { estimateFaultSets } from '../injector/bounds.js';
import { countFaultSets } from '../injector/counts.js';
import { BudgetError } from '../model/budget-error.js';
import { withLikeness } from './alike.js';
import { withCauses } from './because.js';
import { Stopwatch } from './guard/stopwatch.js';
import type { WatchedProtocol } from './kinds/kind.js';
import type { FullCheckOptions, Progress } from './options/check.js';
import { reachedIn } from './reached.js';
import type { CheckResult, StrategyName, Verdict } from './result.js';
import { searchOn, type Conclusion, type Search, type SearchProgress } from './search.js';
import type { Subject } from './subjects/subject.js';
import { boundsOfNothing, unaskedFaults, unreadOperations } from './unasked.js';

export class Ledger {
  /** Of all its searches. */
  readonly stopwatch = new Stopwatch();
  /** In all searches that have ended. */
  executions = 0;
  /** Of all executions, the number of the first that ran into a violation; 0 where none did. */
  private executionsToViolation = 0;
  private readonly fallbacks: string[] = [];

  constructor(
    private readonly watched: WatchedProtocol,
    private readonly options: FullCheckOptions,
  ) {}

  /** Adds what a search ran to what was run before it. */
  account({ executions, executionsToViolation }: Search): void {
    if (executionsToViolation > 0) this.executionsToViolation ||= this.executions + executionsToViolation;
    this.executions += executions;
  }

  /** Remembers why a strategy came to nothing. */
  giveUp(strategy: StrategyName, reason: string): void {
    this.fallbacks.push(`${strategy}: ${reason}`);
  }

  /** With what went before the search that it is of. */
  wholeProgress(strategy: StrategyName, progress: SearchProgress): Progress {
    const { fallbacks, executions } = this;
    const { executionsToViolation } = progress.statistics;
    const first = this.executionsToViolation || (executionsToViolation && executions + executionsToViolation);
    return {
      ...progress,
      executions: executions + progress.executions,
      statistics: { ...progress.statistics, executionsToViolation: first },
      strategy,
      fallbacks: fallbacks.slice(),
    };
  }

  /** @param search that came to the conclusion, or the last that came to none */
  result(strategy: StrategyName, search: Search<Subject>, conclusion: Conclusion): CheckResult {
    const { name, location, nodes, nodesInferred, bounds, solver, expected, warnings, because } =
      this.options;
    return {
      name,
      location,
      language: this.watched.protocol.kind,
      nodes,
      nodesInferred,
      bounds,
      verdict: because ? this.explained(search, conclusion.verdict) : conclusion.verdict,
      expected,
      interrupted: false,
      evidence: {
        strategy,
        solver,
        representation: conclusion.representation,
        confirmed: conclusion.confirmed,
        fallbacks: this.fallbacks,
        executions: this.executions,
        faultSets: countFaultSets(nodes.length, bounds),
        estimate: estimateFaultSets(nodes.length, bounds),
        statistics: { ...search.statistics, executionsToViolation: this.executionsToViolation },
      },
      warnings: [
        ...warnings,
        ...boundsOfNothing(nodes.length, bounds),
        ...unaskedFaults(bounds, search.subject.asked),
        ...unreadOperations(search.subject.unread),
      ],
      ...reachedIn(strategy, search, conclusion),
      ...this.stopwatch.spent,
    };
  }

  private explained(search: Search, verdict: Verdict): Verdict {
    const newSubject = () => this.freshSubject(search);
    const withAll = withCauses(verdict, this.watched, newSubject);
    try {
      return withLikeness(withAll, () => this.watched.during(() => newSubject().replay([])));
    } catch (error) {
      // As it was told without.
      if (!(error instanceof BudgetError)) throw error;
      return withAll;
    }
  }

  /** One that nothing is told of: what it runs is no part of the search. */
  private freshSubject({ options }: Search): Subject {
    return searchOn(this.watched.protocol, { ...options, onProgress: undefined }).subject;
  }
}
