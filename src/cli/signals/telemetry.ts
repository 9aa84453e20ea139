/** What one command tells a collector of itself: spans, and counts. */
import { type CheckResult, type Diagnostic, formatBounds, type SystemResult } from '../../index.js';
import { faultsText, type MadeRequest, type TraceResult, writeOtlp } from '../../toolkit.js';
import type { BegunCheck, TracesRead, WorkEvent, WorkStep } from '../work.js';
import { Counts } from './counts.js';
import { send } from './send.js';
import type { ExportSettings, SignalKind } from './settings.js';
import { CommandSpans, nanoseconds } from './spans.js';
import { findingsOf } from './trace-findings.js';

/** Spans that are kept before they are sent: campaigns may be long. */
const KEPT = 500;

const BOUNDS = 'ldfi.bounds';

export class Telemetry {
  private readonly spans: CommandSpans;
  private readonly counts = new Counts();
  private kept = 0;
  private sending: Promise<void> = Promise.resolve();
  private isLost = false;
  /** Until when traces were read, in milliseconds since 1970. */
  private readUntil: number;

  /**
   * @param command such as `check`
   * @param begun milliseconds since 1970
   * @param complain told once, why nothing more is sent
   */
  constructor(
    private readonly settings: ExportSettings,
    command: string,
    private readonly begun: number,
    private readonly complain: (reason: string) => void,
  ) {
    const service = settings.resource.get('service.name');
    this.spans = new CommandSpans(String(service), `ldfi ${command}`, begun);
    this.readUntil = begun;
  }

  get traceId(): string {
    return this.spans.traceId;
  }

  /** @param time when it happened, in milliseconds since 1970 */
  hear(event: WorkEvent, time: number): void {
    const { spans } = this;
    if (event.kind === 'entered') this.enter(event.step, time);
    else if (event.kind === 'began') this.begin(event.check, time);
    else if (event.kind === 'progressed')
      spans.enter(event.progress.phase === 'replay' ? 'replay' : 'search', time);
    else if (event.kind === 'checked') this.check(event.result, time);
    else if (event.kind === 'requested') this.request(event.request);
    else if (event.kind === 'read') this.read(event.source);
    else if (event.kind === 'traced') this.traces(event.result, time);
    else if (event.kind === 'drove') this.system(event.result, time);
    else if (event.kind === 'abandoned') spans.abandon(time);
  }

  diagnose(diagnostics: readonly Diagnostic[]): void {
    for (const { severity, code } of diagnostics)
      this.counts.add(
        'ldfi.diagnostics',
        1,
        new Map([
          ['ldfi.severity', severity],
          ['ldfi.code', code],
        ]),
      );
  }

  /** Sends what is left. Ends soon, whether there is a collector or not. */
  async end(exitCode: number, time: number): Promise<void> {
    const { spans, counts, settings, begun } = this;
    spans.endCheck(time);
    spans.attributes.set('process.exit.code', exitCode);
    spans.end(time);
    this.flush();
    this.post('metrics', () => counts.write(settings.resource, nanoseconds(begun), nanoseconds(time)));
    await this.sending;
  }

  private enter(step: WorkStep, time: number): void {
    const { spans } = this;
    if (step.kind === 'item') {
      spans.beginCheck(step.name, time);
      spans.enter('prepare', time);
    } else if (step.kind === 'certificate') spans.enter('certify', time);
  }

  private begin({ name, bounds, language }: BegunCheck, time: number): void {
    const { spans } = this;
    // Of several bounds of one scenario, only the first is prepared.
    if (spans.attributes.has(BOUNDS)) spans.beginCheck(name, time);
    spans.attributes.set(BOUNDS, formatBounds(bounds));
    spans.attributes.set('ldfi.language', language);
    spans.enter('search', time);
  }

  private check({ verdict, interrupted, evidence }: CheckResult, time: number): void {
    const { attributes } = this.spans;
    attributes.set('ldfi.verdict', verdict.kind);
    attributes.set('ldfi.strategy', evidence.strategy);
    attributes.set('ldfi.executions', evidence.executions);
    attributes.set('ldfi.interrupted', interrupted);
    const { firings, handlerRuns, solverCalls } = evidence.statistics;
    this.counts.add('ldfi.checks', 1, new Map([['ldfi.verdict', verdict.kind]]));
    this.counts.add('ldfi.executions', evidence.executions);
    this.counts.add('ldfi.firings', firings);
    this.counts.add('ldfi.handler_calls', handlerRuns);
    this.counts.add('ldfi.solver_calls', solverCalls);
    this.spans.endPart(time);
    if (++this.kept >= KEPT) this.flush();
  }

  private request({ faults, fired, problem, trace, begun, ended }: MadeRequest): void {
    const outcome = problem === undefined ? 'good' : 'bad';
    this.spans.enter('search', begun);
    this.spans.add('request', begun, ended, {
      links: [trace],
      status: problem === undefined ? 'unset' : 'error',
      attributes: new Map<string, string | number>([
        ['ldfi.faults', faultsText(faults)],
        ['ldfi.faults.planned', faults.length],
        ['ldfi.faults.fired', fired],
        ['ldfi.outcome', outcome],
      ]),
    });
    this.counts.add('ldfi.requests', 1, new Map([['ldfi.outcome', outcome]]));
    if (++this.kept >= KEPT) this.flush();
  }

  private system({ verdict, interrupted, runs }: SystemResult, time: number): void {
    const { attributes } = this.spans;
    attributes.set('ldfi.verdict', verdict.kind);
    attributes.set('ldfi.runs', runs);
    attributes.set('ldfi.interrupted', interrupted);
    this.counts.add('ldfi.checks', 1, new Map([['ldfi.verdict', verdict.kind]]));
    this.spans.endPart(time);
  }

  private read({ name, records, begun, ended }: TracesRead): void {
    this.readUntil = ended;
    this.spans.add('read', begun, ended, {
      links: [],
      status: 'unset',
      attributes: new Map<string, string | number>([
        ['ldfi.source', name],
        ['ldfi.records', records],
      ]),
    });
    if (++this.kept >= KEPT) this.flush();
  }

  private traces(result: TraceResult, time: number): void {
    this.spans.add('conclude', this.readUntil, time, { links: [], status: 'unset', attributes: new Map() });
    for (const [name, value] of Object.entries(findingsOf(result))) this.spans.attributes.set(name, value);
    this.counts.add('ldfi.traces', result.health.traces);
    for (const { format, records } of result.formats)
      this.counts.add('ldfi.records', records, new Map([['ldfi.format', format]]));
  }

  private flush(): void {
    const spans = this.spans.take();
    this.kept = 0;
    this.post('traces', () => writeOtlp(this.settings.resource, spans));
  }

  /** One after another, and no more once one is lost. */
  private post(kind: SignalKind, body: () => string): void {
    const { destinations, timeout } = this.settings;
    const destination = destinations.get(kind);
    if (destination === undefined) return;
    this.sending = this.sending.then(async () => {
      if (this.isLost) return;
      const reason = await send(destination, body(), timeout);
      if (reason === undefined) return;
      this.isLost = true;
      this.complain(reason);
    });
  }
}
