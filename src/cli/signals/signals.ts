/**
 * What ldfi tells of itself, beside its results: events as lines of a log, spans and counts to a collector. Where
 * nobody asks for it, none of this is loaded. It never changes what is found, nor how the program exits.
 */
import type { Diagnostic } from '../../index.js';
import type { Screen, Screens } from '../io.js';
import type { PrintSource, WorkEvent } from '../work.js';
import { EventLog } from './event-log.js';
import { attributes, logEventOf, logEventOfDiagnostic } from './events.js';
import { readExportSettings, type ExportSettings } from './settings.js';
import { Telemetry } from './telemetry.js';

export interface SignalOptions {
  /** What was typed, such as `check`. */
  readonly command: string;
  /** Of ldfi. */
  readonly version: string;
  /** Whether standard error is to be a log of JSON. */
  readonly log: boolean;
  /** Of the environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export class Signals {
  private readonly telemetry: Telemetry | undefined;
  private readonly log: EventLog | undefined;
  private lost: string | undefined;

  /** @param err standard error */
  constructor({ command, version, log, variables }: SignalOptions, err: Screen) {
    const settings = this.settings(variables, version);
    const begun = now();
    this.telemetry =
      settings &&
      new Telemetry(settings, command, begun, (reason) => {
        this.lost = reason;
      });
    this.log = log ? new EventLog(err, this.telemetry?.traceId) : undefined;
    this.log?.write({
      name: 'ldfi.begin',
      attributes: attributes({ 'ldfi.command': command, 'service.version': version }),
    });
  }

  /** Whether standard error is a log, so that nothing is to be written to it for a person. */
  get isLogged(): boolean {
    return this.log !== undefined;
  }

  /** What there is to write to: with a log, standard error is that. */
  screens(io: Screens): Screens {
    return this.log === undefined ? io : { ...io, err: this.log.screen };
  }

  /** @param heard when, on the clock of `performance` */
  hear(event: WorkEvent, heard: number): void {
    const time = performance.timeOrigin + heard;
    this.telemetry?.hear(event, time);
    const logged = this.log && logEventOf(event);
    if (logged !== undefined) this.log?.write({ ...logged, time });
  }

  diagnose(diagnostics: readonly Diagnostic[]): void {
    this.telemetry?.diagnose(diagnostics);
    for (const each of diagnostics) this.log?.write(logEventOfDiagnostic(each));
  }

  print(source: PrintSource | undefined, text: string): void {
    this.log?.write({
      name: 'ldfi.print',
      body: text.trimEnd(),
      attributes: attributes({ 'ldfi.source': source?.shown }),
    });
  }

  /** To be called once, at the end. @returns why not all could be sent, as a clause; undefined where it was */
  async end(exitCode: number): Promise<string | undefined> {
    await this.telemetry?.end(exitCode, now());
    this.log?.write({ name: 'ldfi.end', attributes: attributes({ 'process.exit.code': exitCode }) });
    return this.lost;
  }

  private settings(variables: SignalOptions['variables'], version: string): ExportSettings | undefined {
    try {
      return readExportSettings(variables, version);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.lost = error.message;
      return undefined;
    }
  }
}

/** Milliseconds since 1970, and parts of them. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
