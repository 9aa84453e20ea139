/** The runs of a campaign: those that are made, those that were answered before, and what is kept of them. */
import { newSpanId, newTraceId } from '../../injector/node/trace-parent.js';
import type { System } from '../scenario/define-system.js';
import { faultsKey, firedIn, type SystemFaults, type SystemRun } from '../strategies/marco/system-run.js';
import { answeredRunsIn, type AnsweredRuns } from './answered-runs.js';
import { CallNames } from './call-names.js';
import { answerDigest } from './observe-calls.js';
import type { MadeRequest, PartialRun } from './result.js';
import { runSystem, type LiveRun, type RunSetting } from './run-system.js';

export interface CampaignRunsOptions {
  /** A file of runs that were answered before; those that are answered now are added. */
  readonly resume?: string;
  /** Called after each request that was sent. */
  readonly onRequest?: (request: MadeRequest) => void;
}

export class CampaignRuns {
  /** Of the calls that were seen. */
  readonly names = new CallNames();
  private readonly answered: AnsweredRuns | undefined;
  private readonly bad = new Map<string, LiveRun>();
  private readonly unmet: { readonly planned: SystemFaults; readonly fired: number }[] = [];
  private known = 0;
  private made = 0;

  /** @throws SystemError where the runs that were answered before are of another system */
  constructor(
    system: System,
    private readonly options: CampaignRunsOptions,
  ) {
    this.answered = options.resume === undefined ? undefined : answeredRunsIn(options.resume, system);
  }

  /** How many were answered before. */
  get resumed(): number {
    return this.known;
  }

  /** Those that did not meet all faults that were planned. */
  get partial(): readonly PartialRun[] {
    return this.unmet.map(({ planned, fired }) => ({ planned: this.names.faults(planned), fired }));
  }

  /** The run in which these faults fired and were not survived; undefined where there is none. */
  badUnder(faults: SystemFaults): LiveRun | undefined {
    return this.bad.get(faultsKey(faults));
  }

  async run(setting: RunSetting, faults: SystemFaults): Promise<SystemRun> {
    const live = await this.answer(setting, faults);
    const { status, body } = live.answer;
    const run = { good: live.problem === undefined, answer: answerDigest(status, body), calls: live.calls };
    const fired = firedIn(run);
    if (fired.length < faults.length) this.unmet.push({ planned: faults, fired: fired.length });
    if (!run.good) this.bad.set(faultsKey(fired), live);
    return run;
  }

  /** Whether what was not survived is, when it is run once more. */
  async isGoodAgain(setting: RunSetting, faults: SystemFaults): Promise<boolean> {
    const { problem } = await this.send(setting, `again${this.made++}`, faults);
    return problem === undefined;
  }

  private async answer(setting: RunSetting, faults: SystemFaults): Promise<LiveRun> {
    const { answered } = this;
    const number = this.made++;
    const key = faultsKey(faults);
    // The second run without faults is to be one.
    const place = key === '' ? String(number) : key;
    const known = answered?.get(place);
    if (known !== undefined) {
      this.known++;
      this.names.add(known.calls);
      return known;
    }
    const live = await this.send(setting, `r${number}`, faults);
    answered?.put(place, live);
    return live;
  }

  private async send(setting: RunSetting, run: string, faults: SystemFaults): Promise<LiveRun> {
    const trace = { traceId: newTraceId(), spanId: newSpanId() };
    const begun = timeNow();
    const live = await runSystem(setting, { run, faults, trace });
    this.names.add(live.calls);
    const { problem, calls } = live;
    const fired = firedIn({ calls }).length;
    this.options.onRequest?.({
      faults: this.names.faults(faults),
      fired,
      problem,
      trace,
      begun,
      ended: timeNow(),
    });
    return live;
  }
}

/** Milliseconds since 1970, and parts of them. */
function timeNow(): number {
  return performance.timeOrigin + performance.now();
}
