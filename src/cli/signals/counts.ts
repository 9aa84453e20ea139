/** Counts of one command, as metrics: sums that only grow, from its beginning on. */
import { type Attributes, otlpAttributes } from '../../toolkit.js';

/** What is counted, with its unit as UCUM writes it, and what it says. */
const COUNTS = {
  'ldfi.checks': ['{check}', 'Checks that ended with a verdict'],
  'ldfi.executions': ['{execution}', 'Whole runs of protocols, in checks'],
  'ldfi.firings': ['{firing}', 'Uses of rules, in checks'],
  'ldfi.handler_calls': ['{call}', 'Different calls of handlers, in checks'],
  'ldfi.solver_calls': ['{call}', 'Questions to the solver, in checks'],
  'ldfi.requests': ['{request}', 'Requests sent to running systems'],
  'ldfi.traces': ['{trace}', 'Traces that were read'],
  'ldfi.records': ['{record}', 'Records of spans that were read'],
  'ldfi.diagnostics': ['{diagnostic}', 'Errors and warnings'],
} as const satisfies Readonly<Record<string, readonly [unit: string, description: string]>>;

export type CountName = keyof typeof COUNTS;

interface Sum {
  readonly name: CountName;
  readonly attributes: Attributes;
  value: number;
}

export class Counts {
  private readonly sums = new Map<string, Sum>();

  /** @param attributes which of the same counts it is, such as `ldfi.verdict` */
  add(name: CountName, value: number, attributes: Attributes = new Map()): void {
    const key = JSON.stringify([name, ...attributes]);
    const sum = this.sums.get(key) ?? { name, attributes, value: 0 };
    sum.value += value;
    this.sums.set(key, sum);
  }

  /**
   * A request to a collector, as OTLP/JSON.
   *
   * @param began nanoseconds since 1970
   * @param now nanoseconds since 1970
   */
  write(resource: Attributes, began: bigint, now: bigint): string {
    const names = [...new Set([...this.sums.values()].map(({ name }) => name))];
    const metrics = names.map((name) => ({
      name,
      unit: COUNTS[name][0],
      description: COUNTS[name][1],
      sum: {
        aggregationTemporality: CUMULATIVE,
        isMonotonic: true,
        dataPoints: this.points(name, began, now),
      },
    }));
    return JSON.stringify({
      resourceMetrics: [
        {
          resource: { attributes: otlpAttributes(resource) },
          scopeMetrics: [{ scope: { name: 'ldfi' }, metrics }],
        },
      ],
    });
  }

  private points(name: CountName, began: bigint, now: bigint) {
    return [...this.sums.values()]
      .filter((sum) => sum.name === name)
      .map(({ attributes, value }) => ({
        attributes: otlpAttributes(attributes),
        startTimeUnixNano: String(began),
        timeUnixNano: String(now),
        asInt: String(value),
      }));
  }
}

/** As OTLP numbers it: each value counts from the beginning. */
const CUMULATIVE = 2;
