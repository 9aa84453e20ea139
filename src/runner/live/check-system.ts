/** Drives a running system through the faults that its own calls propose, and says what it does not survive. */
import { randomBytes } from 'node:crypto';
import { readCallFault, stepName } from '../../injector/node/contract.js';
import { ALLOW_PRODUCTION, isGuarded } from '../../injector/node/settings.js';
import type { SolverFactory } from '../../solver/sat.js';
import { BudgetError } from '../../model/budget-error.js';
import { compareStrings } from '../../model/order.js';
import { Marco } from '../strategies/marco/marco.js';
import { ALL_PRUNING_RULES, type PruningRule } from '../strategies/marco/rules.js';
import { Undecided } from '../guard/undecided.js';
import {
  faultsKey,
  firedIn,
  type ObservedCall,
  type SystemFault,
  type SystemFaults,
  type SystemRun,
} from '../strategies/marco/system-run.js';
import type { AnsweredRuns } from './answered-runs.js';
import { SpanCollector } from './collector.js';
import type { System } from '../scenario/define-system.js';
import { answerDigest, type LiveCall } from './observe-calls.js';
import type { LiveFault, SystemCounterexample, SystemResult, SystemVerdict, ToldCall } from './result.js';
import { runSystem, type LiveRun, type RunSetting } from './run-system.js';
import { Services } from './services.js';
import { SystemError } from './system-error.js';

export interface CheckSystemOptions {
  /** Solvers for the map of what is decided. */
  readonly factory: SolverFactory;
  /** What is loaded into services of Node, as an address of a file; default: `ldfi/inject`. */
  readonly injection?: string;
  /** The rules to leave fault sets out by; default: all. */
  readonly rules?: readonly PruningRule[];
  /** Runs side by side, where there is nothing to reset; default 1. */
  readonly jobs?: number;
  /** How many fault sets to run in the end that count as decided; default 10. */
  readonly tests?: number;
  readonly seed?: number;
  /** Runs that were answered before, and where to keep those that are. */
  readonly answered?: AnsweredRuns;
}

const KINDS: readonly string[] = ['refused', 'timeout', 'status 503'];

/**
 * @throws SystemError where the system cannot be run as it is described
 */
export async function checkSystem(system: System, options: CheckSystemOptions): Promise<SystemResult> {
  if (isGuarded(process.env))
    throw new SystemError(
      `NODE_ENV is production, and no faults are injected there unless ${ALLOW_PRODUCTION} is 1`,
    );
  return new Campaign(system, options).result();
}

class Campaign {
  private readonly begun = performance.now();
  private readonly calls = new Map<string, LiveCall>();
  private readonly bad = new Map<string, LiveRun>();
  private readonly marco: Marco;
  private readonly rules: readonly PruningRule[];
  private readonly faults: number;
  /** Fault sets that were not survived when they were run once more, either. */
  private readonly repeated = new Set<string>();
  private partial = 0;
  private made = 0;

  constructor(
    private readonly system: System,
    private readonly options: CheckSystemOptions,
  ) {
    const { bounds = {}, invariants = {} } = system;
    // What is in a database is in no answer.
    const hasState = Object.keys(invariants).length > 0;
    this.rules = (options.rules ?? ALL_PRUNING_RULES).filter((rule) => !hasState || rule !== 'local');
    this.faults = bounds.faults ?? 2;
    this.marco = new Marco({
      kindsOf: (call) => this.kindsOf(call),
      faults: this.faults,
      runs: bounds.runs ?? 500,
      rules: new Set(this.rules),
      tests: options.tests ?? 10,
      seed: options.seed ?? 1,
      factory: options.factory,
    });
  }

  async result(): Promise<SystemResult> {
    const collector = new SpanCollector();
    const campaign = randomBytes(16).toString('hex');
    const { injection = import.meta.resolve('ldfi/inject') } = this.options;
    const services = new Services(this.system.services, {
      campaign,
      collector: await collector.listen(),
      injection,
    });
    try {
      await services.start();
      const setting = { system: this.system, services, collector, campaign };
      const reason = await this.search(setting);
      for (const faults of this.marco.badSets) await this.repeat(setting, faults);
      return this.conclude(reason);
    } finally {
      await services.end();
      await collector.close();
      this.marco.dispose();
    }
  }

  /** Why the search ended before all is decided; undefined where all is. */
  private async search(setting: RunSetting): Promise<string | undefined> {
    const search = this.marco.search();
    try {
      for (let step = search.next(); step.done !== true;)
        step = search.next(await this.runAll(setting, step.value));
      return undefined;
    } catch (error) {
      if (error instanceof BudgetError) return error.message;
      throw error;
    }
  }

  /** Runs once more what was not survived. */
  private async repeat(setting: RunSetting, faults: SystemFaults): Promise<void> {
    const { problem } = await runSystem(setting, `again${this.made++}`, faults);
    if (problem !== undefined) this.repeated.add(faultsKey(faults));
  }

  private async runAll(
    setting: RunSetting,
    faultSets: readonly SystemFaults[],
  ): Promise<readonly SystemRun[]> {
    const isStateless = this.system.state === 'nothing to reset';
    const jobs = isStateless ? Math.max(1, this.options.jobs ?? 1) : 1;
    const runs: SystemRun[] = [];
    for (let from = 0; from < faultSets.length; from += jobs) {
      const { time } = this.system.bounds ?? {};
      if (time !== undefined && performance.now() - this.begun > time)
        throw new Undecided(`${time} ms have passed`);
      const together = faultSets.slice(from, from + jobs).map((faults) => this.run(setting, faults));
      runs.push(...(await Promise.all(together)));
    }
    return runs;
  }

  private async run(setting: RunSetting, faults: SystemFaults): Promise<SystemRun> {
    const { answered } = this.options;
    const key = faultsKey(faults);
    // The second run without faults is to be one.
    const place = `${key}${key === '' ? this.made : ''}`;
    const live = answered?.get(place) ?? (await runSystem(setting, `r${this.made}`, faults));
    answered?.put(place, live);
    this.made++;
    for (const call of live.calls) this.calls.set(call.point, call);
    const { status, body } = live.answer;
    const run = { good: live.problem === undefined, answer: answerDigest(status, body), calls: live.calls };
    const fired = firedIn(run);
    if (fired.length < faults.length) this.partial++;
    if (!run.good) this.bad.set(faultsKey(fired), live);
    return run;
  }

  private kindsOf({ point }: ObservedCall): readonly string[] {
    const { kinds = KINDS } = this.system;
    const named = this.calls.get(point)!.named;
    const chosen = typeof kinds === 'function' ? kinds(named) : kinds;
    const unknown = chosen.find((kind) => readCallFault(kind) === undefined);
    if (unknown !== undefined)
      throw new SystemError(`\`kinds\` has ${unknown}, which is no kind of fault of a call`);
    return chosen;
  }

  private conclude(reason: string | undefined): SystemResult {
    const { marco, rules, faults } = this;
    const { seenCalls, refuted } = marco.knowledge;
    return {
      name: this.system.name,
      verdict: this.verdict(reason),
      faults,
      covered: marco.covered,
      runs: marco.runs,
      tested: marco.tested,
      isRefuted: marco.refuted,
      partial: this.partial,
      calls: seenCalls.length,
      kinds: seenCalls.reduce((sum, { kinds }) => sum + kinds.length, 0),
      rules: rules.map((rule) => ({ rule, isRefuted: refuted.has(rule) })),
      elapsed: performance.now() - this.begun,
    };
  }

  private verdict(reason: string | undefined): SystemVerdict {
    const { badSets, unstable } = this.marco;
    const counterexamples = badSets.map((set) => this.counterexample(set));
    if (counterexamples.some(({ isRepeatable }) => isRepeatable))
      return { kind: 'violated', counterexamples };
    if (counterexamples.length + unstable.length > 0)
      return {
        kind: 'unstable',
        calls: unstable.map((point) => this.nameOf(point)),
        seenOnce: counterexamples,
      };
    return reason === undefined ? { kind: 'survived' } : { kind: 'inconclusive', reason };
  }

  private counterexample(faults: SystemFaults): SystemCounterexample {
    const run = this.bad.get(faultsKey(faults));
    return {
      faults: faults.map((fault) => this.named(fault)).sort((a, b) => compareStrings(a.point, b.point)),
      reason: run?.problem ?? 'the outcome is not good',
      isRepeatable: this.repeated.has(faultsKey(faults)),
      calls: this.told(run?.calls ?? []),
    };
  }

  private named({ point, kind }: SystemFault): LiveFault {
    const alike = this.marco.knowledge.map.standingFor({ point, kind }).map((fault) => fault.kind);
    return { point: this.nameOf(point), kind, alike: alike.filter((other) => other !== kind) };
  }

  /** Each call after the one that it was made for. */
  private told(calls: readonly LiveCall[]): readonly ToldCall[] {
    const below = (within: string | undefined, depth: number): readonly ToldCall[] =>
      calls
        .filter((call) => call.within === within)
        .flatMap(({ point, named, injected, failed }) => [
          {
            point: this.nameOf(point),
            depth,
            step: `${named.caller} -> ${stepName(named)}`,
            injected,
            failed,
          },
          ...below(point, depth + 1),
        ]);
    return below(undefined, 0);
  }

  private nameOf(point: string): string {
    const call = this.calls.get(point);
    if (call === undefined) return point;
    const { named } = call;
    const above = named.within === undefined ? named.caller : this.nameOf(named.within);
    return `${above} -> ${stepName(named)}`;
  }
}
