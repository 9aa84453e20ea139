/** How far traces can be relied on. */
import { FLAWS } from '../../../lineage/traces/flaws.js';
import type { FlawCount } from '../../../lineage/traces/health.js';
import { TRACE_FORMATS } from '../../../lineage/traces/span.js';
import { visible } from '../../../model/text/display.js';
import { formatCount, listed, plural } from '../../../model/text/numbers.js';
import type { TraceResult } from '../../../runner/traces/result.js';
import type { ReportOptions } from '../options.js';

/** The lines of the heading and of the health. */
export function reportHealth(result: TraceResult, options: ReportOptions): readonly string[] {
  const { health, formats, unreadable } = result;
  const { style } = options;
  const names = formats.map(({ format }) => TRACE_FORMATS[format]);
  const mark = health.sound === health.traces ? style.good : style.caution;
  return [
    `${style.strong('TRACES')}  ${plural(health.traces, 'trace')}, ${plural(health.spans, 'span')}, ${listed(names)}`,
    `${style.strong('Health')}  ${mark(`${health.score} of 100`)}: ${formatCount(health.sound)} of ${plural(health.traces, 'trace')} without a flaw`,
    ...(unreadable === 0 ? [] : [`  ${plural(unreadable, 'record')} without an id, which were passed over`]),
    ...health.flaws.flatMap((flaw) => reportFlaw(flaw, options)),
  ];
}

function reportFlaw({ kind, count, traces, examples }: FlawCount, options: ReportOptions): readonly string[] {
  const { style, verbose } = options;
  const shown = verbose ? examples : examples.slice(0, 1);
  return [
    `  ${plural(count, 'span')} ${FLAWS[kind]} (${plural(traces, 'trace')})`,
    ...shown.map(({ traceId, spanId }) =>
      style.faint(`    trace ${visible(traceId)} span ${visible(spanId)}`),
    ),
  ];
}
