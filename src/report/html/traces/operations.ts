/** What the requests of each operation have shown, and what to let fail next. */
import { h, s } from 'hastscript';
import type { CallPoint } from '../../../lineage/traces/points.js';
import { formatCount, formatShare, plural } from '../../../model/text/numbers.js';
import type {
  CallResult,
  Conclusions,
  FaultSetResult,
  OperationResult,
  Shown,
} from '../../../runner/traces/result.js';
import { rangesOf, type CallRange } from '../../text/traces/calls.js';
import type { Markup } from '../document.js';
import { callName, serviceName, shortName, traceLink, type TracePlaces } from './names.js';

/** Operations, and rows of a table, beyond which nobody reads on. */
const OPERATIONS = 40;
const ROWS = 40;

export function operationsSection(conclusions: Conclusions, places: TracePlaces): readonly Markup[] {
  const { operations } = conclusions;
  const left = operations.length - OPERATIONS;
  return [
    ...operations.slice(0, OPERATIONS).map((operation) => article(operation, conclusions, places)),
    ...(left > 0
      ? [h('p.hint', `${plural(left, 'more operation')} with fewer requests; --verbose prints all`)]
      : []),
  ];
}

function article(
  operation: OperationResult,
  { points, maxFaults }: Conclusions,
  places: TracePlaces,
): Markup {
  const { service, requests, good, classes, neverSurvived, tolerated, next, hasMore, traceId } = operation;
  const name = (call: CallResult) => callCell(points[call.point], points);
  return h('article', [
    h('h3', [serviceName(service), ' ', h('span.operation', shortName(operation.operation))]),
    h('p', [
      `${plural(requests, 'request')}, `,
      h(
        'span',
        { className: [good === requests ? 'good' : 'bad'] },
        `${formatCount(good)} with a good outcome`,
      ),
      classes > 1 ? `, of ${formatCount(classes)} classes` : '',
      '; such as ',
      traceLink(traceId, places),
    ]),
    ...tableOf(
      'Calls whose failure was never survived',
      ['Call', 'Requests that rested on it', 'What was seen'],
      rangesOf(neverSurvived, points),
      ({ first, last }: CallRange) => [
        callCell(points[first.point], points, last),
        countCell(first.requests, requests),
        first.fatal === undefined
          ? h('span.caution', 'never seen to fail alone')
          : seen('bad', 'failed with the request', first.fatal, places),
      ],
    ),
    ...tableOf(
      'Calls whose failure was survived',
      ['Call', 'Requests that rested on it', 'What was seen'],
      tolerated,
      (call) => [
        name(call),
        countCell(call.requests, requests),
        seen('good', 'survived', call.survived!, places),
      ],
    ),
    ...tableOf(
      `To fail next, up to ${plural(maxFaults, 'call')} at a time`,
      ['Calls', 'Requests that rest on them'],
      next,
      ({ points: together, requests: resting }: FaultSetResult) => [
        h(
          'ul.together',
          together.map((point) => h('li', [callCell(points[point], points)])),
        ),
        countCell(resting, requests),
      ],
    ),
    ...(hasMore ? [h('p.hint', 'There are more sets of two calls and above.')] : []),
  ]);
}

/** How often it was seen, and where. */
function seen(mark: 'good' | 'bad', what: string, { count, traceId }: Shown, places: TracePlaces): Markup {
  return h('span', [
    h('span', { className: [mark] }, `${what} ${plural(count, 'time')}`),
    ', as in ',
    traceLink(traceId, places),
  ]);
}

/** A call, and below it what it is made for. */
function callCell(point: CallPoint, points: readonly CallPoint[], last = point.ordinal): Markup {
  const within = point.parent < 0 ? [] : [h('span.within', `for ${callName(points[point.parent])}`)];
  return h('span.call', [callName(point, last), ...within]);
}

/** A number, and as much of a bar. */
function countCell(count: number, of: number): Markup {
  const share = formatShare(BigInt(Math.min(count, of)), BigInt(of));
  return h('span.share', [
    s(
      'svg',
      {
        viewBox: '0 0 100 10',
        preserveAspectRatio: 'none',
        role: 'img',
        ariaLabel: `${share} of the requests`,
      },
      [
        s('rect', { width: 100, height: 10 }),
        s('rect.part', { width: Math.round((100 * Math.min(count, of)) / of), height: 10 }),
      ],
    ),
    formatCount(count),
  ]);
}

function tableOf<Item>(
  title: string,
  columns: readonly string[],
  items: readonly Item[],
  cells: (item: Item) => readonly Markup[],
): readonly Markup[] {
  if (items.length === 0) return [];
  const left = items.length - ROWS;
  return [
    h('table', [
      h('caption', title),
      h('thead', [
        h(
          'tr',
          columns.map((column) => h('th', { scope: 'col' }, column)),
        ),
      ]),
      h(
        'tbody',
        items.slice(0, ROWS).map((item) =>
          h(
            'tr',
            cells(item).map((cell) => h('td', [cell])),
          ),
        ),
      ),
    ]),
    ...(left > 0 ? [h('p.hint', `And ${formatCount(left)} more; --verbose prints all.`)] : []),
  ];
}
