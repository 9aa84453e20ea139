/** Traces that can be opened: each as a waterfall, which shows what its outcome rested on. */
import { h, s } from 'hastscript';
import type { CallVertex } from '../../../lineage/lineage.js';
import type { WaterfallRow } from '../../../lineage/traces/waterfall.js';
import { plural } from '../../../model/text/numbers.js';
import type { ExampleDifference, ExampleRequest, ExampleTrace } from '../../../runner/traces/examples.js';
import type { Markup } from '../document.js';
import { serviceName, shortName, traceLink, type TracePlaces } from './names.js';

/** Pixels that a span stands to the right of the one above it, and the most of them. */
const STEP = 14;
const DEEPEST = 12;

/** The width of the picture of time, in units of its own. */
const WIDE = 1000;

export function tracesSection(examples: readonly ExampleTrace[], places: TracePlaces): readonly Markup[] {
  return [
    h(
      'ul.traces',
      examples.map((example) =>
        h('li', [traceLink(example.traceId, places), ' ', h('span.hint', summaryOf(example))]),
      ),
    ),
    ...examples.map((example) => traceSection(example, places)),
  ];
}

function summaryOf({ requests, waterfall }: ExampleTrace): string {
  const what = requests.map(
    ({ service, operation, good }) =>
      `${serviceName(service)} ${shortName(operation)}, ${good ? 'good' : 'not good'}`,
  );
  const known = what.length === 0 ? ['without a root'] : what.slice(0, 3);
  const more = what.length > known.length && what.length > 0 ? ['and more'] : [];
  return [...known, ...more, plural(waterfall.spans, 'span'), formatTime(waterfall.length)].join('; ');
}

/** It is not shown until somebody follows a link to it. */
function traceSection(example: ExampleTrace, places: TracePlaces): Markup {
  const { traceId, waterfall, requests, causal } = example;
  const place = places.get(traceId)!;
  const left = waterfall.spans - waterfall.rows.length;
  return h('section.trace', { id: place, tabIndex: -1, ariaLabelledBy: [`${place}-name`] }, [
    h('h3', { id: `${place}-name` }, ['Trace ', h('code', shortName(traceId))]),
    ...requests.map((request) => outcome(request, places)),
    h('p.hint', [
      example.isTooLong
        ? 'It is too large to say of all of it what its outcome rested on. '
        : 'Filled: what the outcome rested on. ',
      'Times of different services are by different clocks. ',
      h('a', { href: '#traces' }, 'Close'),
    ]),
    h('table.waterfall', [
      h('thead', [
        h('tr', [
          h('th', { scope: 'col' }, 'Span'),
          h('th', { scope: 'col' }, `Time, ${formatTime(waterfall.length)} in all`),
        ]),
      ]),
      h(
        'tbody',
        waterfall.rows.map((row) => rowOf(row, waterfall.length, causal.has(row.spanId))),
      ),
    ]),
    ...(left > 0 ? [h('p.hint', `${plural(left, 'more span')} not shown`)] : []),
  ]);
}

function outcome({ service, operation, good, difference }: ExampleRequest, places: TracePlaces): Markup {
  return h('p', [
    `${serviceName(service)} ${shortName(operation)}: `,
    h('span', { className: [good ? 'good' : 'bad'] }, good ? 'a good outcome' : 'no good outcome'),
    ...(difference === undefined ? ['.'] : differenceOf(difference, places)),
  ]);
}

function differenceOf({ from, chain }: ExampleDifference, places: TracePlaces): readonly Markup[] {
  return ['. Unlike in ', traceLink(from, places), ', ', chain.map(clauseOf).join('; so '), '.'];
}

function clauseOf({ from, node, name, failed }: CallVertex): string {
  const what =
    from === undefined
      ? `${serviceName(node)} ${shortName(name)}`
      : `${serviceName(from)} -> ${serviceName(node)} ${shortName(name)}`;
  return `${what} ${failed ? 'failed' : 'went well'}`;
}

function rowOf(row: WaterfallRow, length: number, rests: boolean): Markup {
  const { depth, service, operation, failed, spanId } = row;
  const name =
    spanId === ''
      ? h('em', 'missing')
      : h('span', [h('strong', serviceName(service)), ' ', shortName(operation)]);
  return h('tr', { className: [...(failed ? ['failed'] : []), ...(rests ? ['rests'] : [])] }, [
    h('td', [
      s('svg.indent', { width: STEP * Math.min(depth, DEEPEST), height: 1, ariaHidden: 'true' }),
      ...(depth > DEEPEST ? [h('span.hint', `(${depth} deep) `)] : []),
      name,
      ...(failed ? [' ', h('span.bad', 'failed')] : []),
    ]),
    h('td', [h('span.lane', [bar(row, length), h('span.time', timeOf(row))])]),
  ]);
}

function bar({ start, duration }: WaterfallRow, length: number): Markup {
  const scale = (time: number) => Math.min(WIDE, Math.max(0, (WIDE * time) / Math.max(1, length)));
  return s('svg.bar', { viewBox: `0 0 ${WIDE} 10`, preserveAspectRatio: 'none', ariaHidden: 'true' }, [
    ...(start === undefined || duration === undefined
      ? []
      : [
          s('rect', {
            x: Math.round(scale(start)),
            y: 0,
            width: Math.max(4, Math.round(scale(duration))),
            height: 10,
          }),
        ]),
  ]);
}

function timeOf({ start, duration }: WaterfallRow): string {
  if (start === undefined) return 'not said';
  return duration === undefined
    ? `from ${formatTime(start)}`
    : `${formatTime(duration)} from ${formatTime(start)}`;
}

/** @param nanoseconds of which three digits are told */
function formatTime(nanoseconds: number): string {
  if (nanoseconds === 0) return '0';
  const units = [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
  ] as const;
  const [unit, name] = units.find(([each]) => Math.abs(nanoseconds) >= each) ?? [1, 'ns'];
  return `${Number((nanoseconds / unit).toPrecision(3))} ${name}`;
}
