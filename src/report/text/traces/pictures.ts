/** A request of a trace as the picture of a run: services are lanes, and calls arrows between them. */
import { isViolated, type Fate } from '../../../injector/run.js';
import { visible } from '../../../model/text/display.js';
import { plural } from '../../../model/text/numbers.js';
import type { RequestRun } from '../../../runner/traces/run-of-request.js';
import { drawRun } from '../diagram/diagram.js';
import type { ReportOptions } from '../options.js';

const SIGNS: readonly (readonly [Fate, sign: string])[] = [
  ['delivered', '► a call'],
  ['lost', '✗ one that failed'],
];

export function reportRequest(run: RequestRun, { width, style }: ReportOptions): string {
  const { traceId, title, omitted } = run;
  const outcome = isViolated(run) ? style.bad('the outcome is not good') : style.good('the outcome is good');
  const fates = new Set(run.messages.map(({ fate }) => fate));
  const signs = SIGNS.filter(([fate]) => fates.has(fate)).map(([, sign]) => sign);
  const lines = [
    `${style.strong(visible(title))} in trace ${visible(traceId)}: ${outcome}`,
    '',
    ...drawRun(run, { width, style, divergence: undefined, signs }),
    ...(omitted === 0 ? [] : [style.faint(`  ${plural(omitted, 'more call')} not drawn`)]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
