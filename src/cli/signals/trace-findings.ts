/** What traces come to, in numbers. */
import type { TraceResult } from '../../toolkit.js';

/** By the names of attributes. Of what nothing was concluded, nothing is said of requests. */
export function findingsOf({ health, conclusions }: TraceResult): Readonly<Record<string, number>> {
  const { traces, spans, sound } = health;
  const { operations = [], requests } = conclusions ?? {};
  const sumOf = (count: (operation: (typeof operations)[number]) => number) =>
    operations.reduce((sum, operation) => sum + count(operation), 0);
  return {
    'ldfi.traces': traces,
    'ldfi.traces.sound': sound,
    'ldfi.spans': spans,
    ...(requests !== undefined && {
      'ldfi.requests': requests,
      'ldfi.requests.good': sumOf(({ good }) => good),
      'ldfi.calls.never_survived': sumOf(({ neverSurvived }) => neverSurvived.length),
      'ldfi.calls.survived': sumOf(({ tolerated }) => tolerated.length),
    }),
  };
}
