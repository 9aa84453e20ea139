/** Drives a running system through the faults that its own calls propose, and says what it does not survive. */
import { randomBytes } from 'node:crypto';
import { isKindFor, readCallFault } from '../../injector/node/contract.js';
import { ALLOW_PRODUCTION, isGuarded } from '../../injector/node/settings.js';
import type { SolverFactory } from '../../solver/sat.js';
import { BudgetError } from '../../model/budget-error.js';
import { compareStrings } from '../../model/order.js';
import { countDecided, countSystemFaultSets } from '../strategies/marco/left-out.js';
import { Marco } from '../strategies/marco/marco.js';
import { ALL_PRUNING_RULES, type PruningRule } from '../strategies/marco/rules.js';
import { Undecided } from '../guard/undecided.js';
import {
  faultsKey,
  type ObservedCall,
  type SystemFault,
  type SystemFaults,
  type SystemRun,
} from '../strategies/marco/system-run.js';
import { CampaignRuns, type CampaignRunsOptions } from './campaign-runs.js';
import { SpanCollector } from './collector.js';
import { addressForContainers } from './compose.js';
import type { System } from '../scenario/define-system.js';
import type {
  LiveFault,
  SystemCounterexample,
  SystemProgress,
  SystemResult,
  SystemVerdict,
} from './result.js';
import type { RunSetting } from './run-system.js';
import { hasContainers, Services } from './services.js';
import { SystemError } from './system-error.js';

export interface CheckSystemOptions extends CampaignRunsOptions {
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
  /** Hosts beside this machine at which services may be. */
  readonly allowedHosts?: readonly string[];
  /** Run the request without faults alone, and say what would be failed. */
  readonly dryRun?: boolean;
  /** Called before anything is done, before each run, and before the end. */
  readonly onProgress?: (progress: SystemProgress) => void;
}

const KINDS: readonly string[] = ['refused', 'timeout', 'status 503'];

/** Of a verdict before the end. */
const UNDER_WAY = 'it is not at its end';

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
  private readonly runs: CampaignRuns;
  private readonly marco: Marco;
  private readonly rules: readonly PruningRule[];
  private readonly faults: number;
  /** Fault sets that were not survived when they were run once more, either. */
  private readonly repeated = new Set<string>();

  constructor(
    private readonly system: System,
    private readonly options: CheckSystemOptions,
  ) {
    const { bounds = {}, invariants = {} } = system;
    // What is in a database is in no answer.
    const hasState = Object.keys(invariants).length > 0;
    this.rules = (options.rules ?? ALL_PRUNING_RULES).filter((rule) => !hasState || rule !== 'local');
    this.faults = bounds.faults ?? 2;
    this.runs = new CampaignRuns(system, options);
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
    this.tellProgress([]);
    const {
      injection = import.meta.resolve('ldfi/inject'),
      allowedHosts = [],
      dryRun = false,
    } = this.options;
    const collector = new SpanCollector();
    const campaign = randomBytes(16).toString('hex');
    const host = hasContainers(this.system.services) ? await addressForContainers() : '127.0.0.1';
    const services = new Services(this.system.services, {
      campaign,
      collector: { host, port: await collector.listen(host) },
      injection,
      allowedHosts,
    });
    try {
      await services.start();
      const setting = { system: this.system, services, collector, campaign };
      const reason = await this.search(setting, dryRun);
      for (const faults of this.marco.badSets) await this.repeat(setting, faults);
      const verdict = this.verdict(reason);
      const hasPlan = dryRun && verdict.kind === 'survived';
      return this.conclude(hasPlan ? this.plan() : verdict, countDecided(this.marco.knowledge, this.faults));
    } finally {
      await services.end();
      await collector.close();
      this.marco.dispose();
    }
  }

  /** Why the search ended before all is decided; undefined where all is, or all that a dry run decides. */
  private async search(setting: RunSetting, dryRun: boolean): Promise<string | undefined> {
    const search = dryRun ? this.marco.withoutFaults() : this.marco.search();
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
    this.tellProgress(faults);
    if (!(await this.runs.isGoodAgain(setting, faults))) this.repeated.add(faultsKey(faults));
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
      this.tellProgress(faultSets[from], runs.length);
      const together = faultSets.slice(from, from + jobs).map((faults) => this.runs.run(setting, faults));
      runs.push(...(await Promise.all(together)));
    }
    return runs;
  }

  private kindsOf({ point }: ObservedCall): readonly string[] {
    const { kinds = KINDS } = this.system;
    const { named, protocol } = this.runs.names.seen(point);
    const chosen = typeof kinds === 'function' ? kinds(named) : kinds;
    const unknown = chosen.find((kind) => readCallFault(kind) === undefined);
    if (unknown !== undefined)
      throw new SystemError(`\`kinds\` has ${unknown}, which is no kind of fault of a call`);
    return chosen.filter((kind) => isKindFor(kind, protocol));
  }

  /** @param answered runs that the search does not know of yet */
  private tellProgress(trying: SystemFaults, answered = 0): void {
    const { onProgress } = this.options;
    if (onProgress === undefined) return;
    const soFar = this.conclude({
      kind: 'inconclusive',
      reason: UNDER_WAY,
      seenOnce: this.counterexamples(),
    });
    onProgress({
      soFar: { ...soFar, runs: soFar.runs + answered },
      trying: this.runs.names.faults(trying),
    });
  }

  private conclude(verdict: SystemVerdict, faultSets?: SystemResult['faultSets']): SystemResult {
    const { marco, rules, faults } = this;
    const { seenCalls, refuted } = marco.knowledge;
    return {
      name: this.system.name,
      verdict,
      faults,
      covered: marco.covered,
      runs: marco.runs,
      resumed: this.runs.resumed,
      tested: marco.tested,
      isRefuted: marco.refuted,
      partial: this.runs.partial,
      calls: seenCalls.length,
      kinds: seenCalls.reduce((sum, { kinds }) => sum + kinds.length, 0),
      rules: rules.map((rule) => ({ rule, isRefuted: refuted.has(rule) })),
      faultSets,
      interrupted: false,
      elapsed: performance.now() - this.begun,
    };
  }

  private verdict(reason: string | undefined): SystemVerdict {
    const { unstable } = this.marco;
    const counterexamples = this.counterexamples();
    if (counterexamples.some(({ isRepeatable }) => isRepeatable))
      return { kind: 'violated', counterexamples };
    if (counterexamples.length + unstable.length > 0)
      return {
        kind: 'unstable',
        calls: unstable.map((point) => this.runs.names.nameOf(point)),
        seenOnce: counterexamples,
      };
    return reason === undefined ? { kind: 'survived' } : { kind: 'inconclusive', reason, seenOnce: [] };
  }

  private plan(): SystemVerdict {
    const { knowledge } = this.marco;
    return {
      kind: 'planned',
      calls: knowledge.seenCalls.map(({ point, kinds }) => ({ point: this.runs.names.nameOf(point), kinds })),
      faultSets: countSystemFaultSets(knowledge, this.faults),
    };
  }

  private counterexamples(): readonly SystemCounterexample[] {
    return this.marco.badSets.map((faults) => {
      const key = faultsKey(faults);
      const run = this.runs.badUnder(faults);
      return {
        faults: faults.map((fault) => this.named(fault)).sort((a, b) => compareStrings(a.point, b.point)),
        reason: run?.problem ?? 'the outcome is not good',
        isRepeatable: this.repeated.has(key),
        calls: this.runs.names.told(run?.calls ?? []),
      };
    });
  }

  private named(fault: SystemFault): LiveFault {
    const alike = this.marco.knowledge.map.standingFor(fault).map(({ kind }) => kind);
    return { ...this.runs.names.fault(fault), alike: alike.filter((kind) => kind !== fault.kind) };
  }
}
