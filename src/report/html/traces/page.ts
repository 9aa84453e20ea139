/** What `ldfi trace` found, as a page. */
import { h } from 'hastscript';
import { TRACE_FORMATS } from '../../../lineage/traces/span.js';
import { formatCount, formatShare, listed, plural } from '../../../model/text/numbers.js';
import type { ExampleTrace } from '../../../runner/traces/examples.js';
import type { TraceResult } from '../../../runner/traces/result.js';
import { documentText, type Markup } from '../document.js';
import { STYLE } from '../style.js';
import { flowsSection } from './flows.js';
import { healthSection } from './health.js';
import { placesOf } from './names.js';
import { operationsSection } from './operations.js';
import { TRACES_STYLE } from './style.js';
import { tracesSection } from './waterfalls.js';

/**
 * The text of a page that says what `result` does.
 *
 * @param examples traces that can be opened on it
 */
export function tracePage(result: TraceResult, examples: readonly ExampleTrace[]): string {
  const { conclusions } = result;
  const places = placesOf(examples);
  const sections = [
    ...(conclusions === undefined
      ? []
      : [
          section('services', 'Services', flowsSection(conclusions)),
          section('requests', 'Requests', operationsSection(conclusions, places)),
        ]),
    section('health', 'Health', healthSection(result, places)),
    ...(examples.length === 0 ? [] : [section('traces', 'Traces', tracesSection(examples, places))]),
  ];
  return documentText({
    title: 'Traces, read by ldfi',
    style: STYLE + TRACES_STYLE,
    body: [
      h('a.skip', { href: '#main' }, 'To the results'),
      header(
        result,
        sections.map(({ id, title }) => h('a', { href: `#${id}` }, title)),
      ),
      h(
        'main',
        { id: 'main', tabIndex: -1 },
        sections.map(({ content }) => content),
      ),
      h('footer', [
        h(
          'p',
          'All of this is evidence, and no proof: what a trace does not show, such as a call that is not instrumented, or a cache that happened to be warm, is not known.',
        ),
      ]),
    ],
  });
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

function section(id: string, title: string, body: readonly Markup[]): Section {
  const name = `${id}-title`;
  const content = h('section', { id, ariaLabelledBy: [name] }, [h('h2', { id: name }, title), ...body]);
  return { id, title, content };
}

function header({ health, formats, conclusions }: TraceResult, links: readonly Markup[]): Markup {
  const names = formats.map(({ format }) => TRACE_FORMATS[format]);
  return h('header', [
    h('h1', 'What these traces say'),
    h('p.hint', `${plural(health.traces, 'trace')}, ${plural(health.spans, 'span')}, ${listed(names)}`),
    h('dl.tiles', [
      ...(conclusions === undefined ? [tile('Concluded', 'nothing', 'caution')] : tilesOf(conclusions)),
      tile('Health', `${health.score} of 100`, health.sound === health.traces ? 'good' : 'caution'),
    ]),
    h('nav', { ariaLabel: 'Parts of the page' }, [...links]),
  ]);
}

function tilesOf({
  operations,
  requests,
  allRequests,
}: NonNullable<TraceResult['conclusions']>): readonly Markup[] {
  const sum = (count: (each: (typeof operations)[number]) => number) =>
    operations.reduce((total, each) => total + count(each), 0);
  const good = sum((each) => each.good);
  const never = sum(({ neverSurvived }) => neverSurvived.length);
  const survived = sum(({ tolerated }) => tolerated.length);
  return [
    tile(
      'Requests',
      requests === allRequests
        ? formatCount(requests)
        : `${formatCount(requests)} of ${formatCount(allRequests)}`,
    ),
    tile('Good outcomes', formatShare(BigInt(good), BigInt(requests)), good === requests ? 'good' : 'bad'),
    tile('Calls never survived', formatCount(never), never === 0 ? 'good' : 'bad'),
    tile('Calls survived', formatCount(survived), 'good'),
  ];
}

function tile(name: string, value: string, mark?: 'good' | 'bad' | 'caution'): Markup {
  return h('div', [h('dt', name), h('dd', { className: mark === undefined ? [] : [mark] }, value)]);
}
