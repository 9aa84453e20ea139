/** How far traces can be relied on. */
import { h } from 'hastscript';
import { FLAWS } from '../../../lineage/traces/flaws.js';
import { formatCount, plural } from '../../../model/text/numbers.js';
import type { TraceResult } from '../../../runner/traces/result.js';
import type { Markup } from '../document.js';
import { traceLink, type TracePlaces } from './names.js';

export function healthSection({ health, unreadable }: TraceResult, places: TracePlaces): readonly Markup[] {
  const { flaws, sound, traces, score } = health;
  return [
    h('p', [
      h('meter', { min: 0, max: 100, low: 50, high: 99, optimum: 100, value: score, ariaLabel: 'Health' }),
      ` ${score} of 100: ${formatCount(sound)} of ${plural(traces, 'trace')} without a flaw`,
    ]),
    ...(unreadable === 0
      ? []
      : [h('p.caution', `${plural(unreadable, 'record')} without an id, which were passed over`)]),
    ...(flaws.length === 0
      ? []
      : [
          h(
            'ul',
            flaws.map(({ kind, count, traces: having, examples }) =>
              h('li', [
                `${plural(count, 'span')} ${FLAWS[kind]} (${plural(having, 'trace')}), such as `,
                traceLink(examples[0].traceId, places),
              ]),
            ),
          ),
        ]),
  ];
}
