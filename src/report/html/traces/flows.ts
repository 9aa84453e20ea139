/** Which service calls which, drawn as flows: as thick as the traffic, and red as far as it failed. */
import { h, s } from 'hastscript';
import { compareStrings } from '../../../model/order.js';
import { formatCount, formatShare, plural } from '../../../model/text/numbers.js';
import { displayWidth, truncate } from '../../../model/text/text.js';
import type { Conclusions } from '../../../runner/traces/result.js';
import type { Markup } from '../document.js';
import { serviceName } from './names.js';
import { layOutFlows, type FlowLayout, type PlacedFlow, type PlacedNode, type Point } from './flow-layout.js';

/** Flows that are drawn, the busiest first: nobody can follow more. */
const DRAWN = 60;

/** In the units of the drawing, which are pixels. */
const THICKEST = 30;
const THINNEST = 1.5;
const LETTER = 7.6;
const LABEL_LETTER = 6.4;

/** Columns of a name. */
const LONGEST_NAME = 24;

/** Whoever asks, drawn like a service; and what stands before the names of services, which may have any. */
const OUTSIDE = 'requests';
const SERVICE = 'service ';

interface Traffic {
  readonly from: string;
  readonly to: string;
  calls: number;
  failed: number;
  asynchronous: number;
}

/** The drawing, and the same as a table. */
export function flowsSection({ graph, operations }: Conclusions): readonly Markup[] {
  const all = [...trafficOf(requestsOf(operations)), ...trafficOf(callsOf(graph))].sort(
    (a, b) => b.calls - a.calls || compareStrings(a.from, b.from) || compareStrings(a.to, b.to),
  );
  const drawn = all.slice(0, DRAWN);
  const left = all.length - drawn.length;
  return [
    h('p.hint', [
      'As thick as there are calls, red as far as they failed, dashed where nobody waits for them.',
      ...(left === 0
        ? []
        : [` Drawn are the ${DRAWN} busiest of ${plural(all.length, 'flow')}; the table has all.`]),
    ]),
    h('div.scroll', { tabIndex: 0, role: 'region', ariaLabel: 'Picture of the services' }, [drawing(drawn)]),
    h('details', [h('summary', 'The same as a table'), trafficTable(graph)]),
  ];
}

function requestsOf(operations: Conclusions['operations']): readonly Traffic[] {
  return operations.map(({ service, requests, good }) => ({
    from: OUTSIDE,
    to: SERVICE + service,
    calls: requests,
    failed: requests - good,
    asynchronous: 0,
  }));
}

function callsOf(graph: Conclusions['graph']): readonly Traffic[] {
  return graph.map(({ caller, callee, ...counts }) => ({
    from: SERVICE + caller,
    to: SERVICE + callee,
    ...counts,
  }));
}

/** All from one place to another together, whatever their kind. */
function trafficOf(parts: readonly Traffic[]): readonly Traffic[] {
  const between = new Map<string, Traffic>();
  for (const { from, to, calls, failed, asynchronous } of parts) {
    const key = JSON.stringify([from, to]);
    const known = between.get(key) ?? { from, to, calls: 0, failed: 0, asynchronous: 0 };
    between.set(key, known);
    known.calls += calls;
    known.failed += failed;
    known.asynchronous += asynchronous;
  }
  return [...between.values()];
}

function drawing(all: readonly Traffic[]): Markup {
  const names = [...new Set(all.flatMap(({ from, to }) => [from, to]))];
  const most = Math.max(1, ...all.map(({ calls }) => calls));
  const between = all.filter(({ from, to }) => from !== to);
  const width = ({ calls }: Traffic) => Math.max(THINNEST, (THICKEST * calls) / most);
  const layout = layOutFlows(
    names.map((name) => ({ name, width: 26 + LETTER * displayWidth(placeLabel(name)) })),
    between.map((each) => ({
      from: each.from,
      to: each.to,
      width: width(each),
      labelWidth: 12 + LABEL_LETTER * displayWidth(labelOf(each)),
    })),
  );
  const loops = new Map(all.filter(({ from, to }) => from === to).map((each) => [each.from, each]));
  const title = `${plural(names.length, 'place')}, ${plural(all.length, 'flow')} of calls between them`;
  return s(
    'svg.flows',
    { ...sizeOf(layout), role: 'img', ariaLabel: title },
    ...between.map((each, index) => flow(each, layout.flows[index], width(each))),
    ...layout.nodes.map((node) => service(node, loops.get(node.name))),
    ...between.map((each, index) => label(each, layout.flows[index].label)),
  );
}

function sizeOf({ width, height }: FlowLayout): { viewBox: string; width: number; height: number } {
  const [wide, high] = [Math.ceil(width), Math.ceil(height)];
  return { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high };
}

function flow(each: Traffic, { points }: PlacedFlow, width: number): Markup {
  const d = curve(points);
  const isAwaited = each.asynchronous < each.calls;
  const failed = each.failed === 0 ? 0 : Math.max(THINNEST, (width * each.failed) / each.calls);
  return s(
    'g',
    s('title', sentenceOf(each)),
    s('path', { className: ['flow', ...(isAwaited ? [] : ['alone'])], d, strokeWidth: round(width) }),
    ...(failed === 0 ? [] : [s('path.failed', { d, strokeWidth: round(failed) })]),
    s('path.tip', { d: tip(points, width) }),
  );
}

/** From point to point, level at each. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  let from = first;
  const parts = [`M${round(first.x)} ${round(first.y)}`];
  for (const to of rest) {
    const middle = round((from.x + to.x) / 2);
    parts.push(`C${middle} ${round(from.y)} ${middle} ${round(to.y)} ${round(to.x)} ${round(to.y)}`);
    from = to;
  }
  return parts.join('');
}

/** Where it enters. */
function tip(points: readonly Point[], width: number): string {
  const { x, y } = points[points.length - 1];
  const back = points[points.length - 2].x > x ? 8 : -8;
  const half = Math.max(4, width / 2 + 1);
  return `M${round(x)} ${round(y)}L${round(x + back)} ${round(y - half)}L${round(x + back)} ${round(y + half)}Z`;
}

function service({ name, x, y, width, height }: PlacedNode, loop: Traffic | undefined): Markup {
  const [left, top] = [round(x - width / 2), round(y - height / 2)];
  const box = { x: left, y: top, width: round(width), height: round(height), rx: name === OUTSIDE ? 18 : 6 };
  return s(
    'g',
    s('title', nameOf(name)),
    ...(loop === undefined
      ? []
      : [
          s('g', [
            s('title', sentenceOf(loop)),
            s('path.loop', {
              d: `M${round(x - 9)} ${top}C${round(x - 22)} ${top - 22} ${round(x + 22)} ${top - 22} ${round(x + 9)} ${top}`,
            }),
          ]),
        ]),
    s('rect', { className: ['service', ...(name === OUTSIDE ? ['outside'] : [])], ...box }),
    s('text.name', { x: round(x), y: round(y), dy: '0.35em' }, placeLabel(name)),
  );
}

function label(each: Traffic, { x, y }: Point): Markup {
  const text = labelOf(each);
  const width = 8 + LABEL_LETTER * displayWidth(text);
  return s('g.label', [
    s('rect', { x: round(x - width / 2), y: round(y - 8), width: round(width), height: 16, rx: 8 }),
    s('text', { className: each.failed > 0 ? ['bad'] : [], x: round(x), y: round(y), dy: '0.35em' }, text),
  ]);
}

function labelOf({ calls, failed }: Traffic): string {
  return formatCount(calls) + (failed === 0 ? '' : `, ${formatShare(BigInt(failed), BigInt(calls))} failed`);
}

function sentenceOf(each: Traffic): string {
  const share = `${formatShare(BigInt(each.failed), BigInt(each.calls))} failed`;
  return `${nameOf(each.from)} to ${nameOf(each.to)}: ${plural(each.calls, 'call')}, ${share}`;
}

function nameOf(name: string): string {
  return name === OUTSIDE ? name : serviceName(name.slice(SERVICE.length));
}

function placeLabel(name: string): string {
  return truncate(nameOf(name), LONGEST_NAME);
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

function trafficTable(graph: Conclusions['graph']): Markup {
  return h('div.scroll', { tabIndex: 0, role: 'region', ariaLabel: 'Table of the services' }, [
    h('table', [
      h('thead', [
        h('tr', [
          ...['Caller', 'Called', 'Kind'].map((name) => h('th', { scope: 'col' }, name)),
          ...['Calls', 'Failed', 'Not awaited'].map((name) => h('th.number', { scope: 'col' }, name)),
        ]),
      ]),
      h(
        'tbody',
        graph.map(({ caller, callee, protocol, calls, failed, asynchronous }) =>
          h('tr', [
            h('td', serviceName(caller)),
            h('td', serviceName(callee)),
            h('td', protocol),
            h('td.number', formatCount(calls)),
            h(
              'td.number',
              { className: failed > 0 ? ['bad'] : [] },
              formatShare(BigInt(failed), BigInt(calls)),
            ),
            h('td.number', formatCount(asynchronous)),
          ]),
        ),
      ),
    ]),
  ]);
}
