/**
 * `--log json`: what happens as lines of JSON on standard error, by the model of logs of OpenTelemetry. Names of events
 * and of attributes are told in docs/signals.md.
 */
import type { Attributes } from '../../toolkit.js';
import type { Screen } from '../io.js';

export type LogSeverity = 'INFO' | 'WARN' | 'ERROR';

const NUMBERS: Readonly<Record<LogSeverity, number>> = { INFO: 9, WARN: 13, ERROR: 17 };

export interface LogEvent {
  /** Such as `ldfi.check.end`. */
  readonly name: string;
  readonly severity?: LogSeverity;
  /** For a person. */
  readonly body?: string;
  readonly attributes?: Attributes;
  /** Milliseconds since 1970; default now. */
  readonly time?: number;
}

export class EventLog {
  /** What else is written to standard error, as events. */
  readonly screen: Screen;

  /** @param traceId of the trace that goes to a collector meanwhile */
  constructor(
    private readonly err: Screen,
    private readonly traceId: string | undefined,
  ) {
    this.screen = {
      write: (text) => {
        this.write({ name: 'ldfi.message', body: text.trimEnd() });
      },
      isTerminal: false,
      columns: err.columns,
      colourLevel: 0,
    };
  }

  write({ name, severity = 'INFO', body, attributes = new Map(), time = Date.now() }: LogEvent): void {
    const line = {
      timestamp: new Date(time).toISOString(),
      severity_text: severity,
      severity_number: NUMBERS[severity],
      event_name: name,
      body,
      attributes: Object.fromEntries(attributes),
      trace_id: this.traceId,
    };
    // No attribute is a bigint that matters to a double.
    this.err.write(
      `${JSON.stringify(line, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))}\n`,
    );
  }
}
