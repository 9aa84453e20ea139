/** Which service calls which. */
import type { ServiceEdge } from '../../../lineage/traces/service-graph.js';
import { visible } from '../../../model/text/display.js';
import { formatCount, formatShare, plural } from '../../../model/text/numbers.js';
import { displayWidth, padEnd } from '../../../model/text/text.js';
import type { ReportOptions } from '../options.js';

/** Edges that are shown, unless all are asked for. */
const SHOWN = 20;

export function reportServices(graph: readonly ServiceEdge[], options: ReportOptions): readonly string[] {
  if (graph.length === 0) return [];
  const { style, verbose } = options;
  const shown = verbose ? graph : graph.slice(0, SHOWN);
  const names = shown.map(({ caller, callee }) => visible(`${caller} -> ${callee}`));
  const width = Math.max(...names.map(displayWidth));
  const left = graph.length - shown.length;
  return [
    '',
    style.strong('Services'),
    ...shown.map((edge, index) => `  ${padEnd(names[index], width)}  ${describe(edge, options)}`),
    ...(left === 0 ? [] : [`  and ${formatCount(left)} more; --verbose shows all`]),
  ];
}

function describe({ protocol, calls, failed, asynchronous }: ServiceEdge, { style }: ReportOptions): string {
  const share = `${formatShare(BigInt(failed), BigInt(calls))} failed`;
  return [
    plural(calls, 'call'),
    failed > 0 ? style.bad(share) : share,
    ...(asynchronous === 0 ? [] : [`${formatShare(BigInt(asynchronous), BigInt(calls))} not awaited`]),
    ...(protocol === 'other' ? [] : [protocol]),
  ].join(', ');
}
