/** The frontier on a page: a map of all pairs of bounds that were looked at, and a row in words for each number of crashes. */
import { h } from 'hastscript';
import { formatSchedule } from '../../../injector/schedule.js';
import { plural } from '../../../model/text/numbers.js';
import type { FrontierRow } from '../../../runner/tolerance/frontier.js';
import type { Tolerance } from '../../../runner/tolerance/tolerance.js';
import { markOf, reachOf } from '../../text/tolerance/words.js';
import { shortened } from '../checks/numbering.js';
import type { Markup } from '../document.js';
import type { ToleranceCase } from './cases.js';
import { tableOf } from './table.js';

/** A link to a counterexample. */
export type LinkTo = (found: ToleranceCase, words: string) => Markup;

export function frontierParts(tolerance: Tolerance, linkTo: LinkTo): readonly Markup[] {
  const { rows, widest, bounds } = tolerance;
  if (rows.length === 0) return [];
  return [
    h('h3', 'With so many crashes, until when messages may be lost'),
    mapOf(tolerance, linkTo),
    h('p.hint', [
      h('span.good', '✓'),
      ' tolerated, ',
      h('span.bad', '✗'),
      ' not tolerated, ',
      h('span.caution', '?'),
      ' no verdict. A mark with a frame is the edge: it leads to the least faults there.',
    ]),
    tableOf(
      'Each number of crashes in words',
      ['Crashes', 'What is tolerated', 'What first is not'],
      rows.map((row) => [
        String(row.crashes),
        reachOf(row, widest),
        row.broken === undefined ? '' : edgeOf(row, bounds, linkTo),
      ]),
    ),
  ];
}

/** As the picture in the terminal: more crashes upward, more losses to the right. */
function mapOf({ rows, widest, bounds }: Tolerance, linkTo: LinkTo): Markup {
  const times = Array.from({ length: widest }, (_, index) => index + 1);
  return h(
    'div.scroll.map',
    { tabIndex: 0, role: 'region', ariaLabel: 'Map of what is tolerated' },
    h('table', [
      h('thead', [
        h('tr', [
          h('td'),
          ...times.map((eff) => h('th', { scope: 'col' }, eff === 1 ? 'nothing lost' : `lost before ${eff}`)),
        ]),
      ]),
      h(
        'tbody',
        rows
          .toReversed()
          .map((row) =>
            h('tr', [
              h('th', { scope: 'row' }, plural(row.crashes, 'crash', 'crashes')),
              ...times.map((eff) => cellOf(row, eff, bounds, linkTo)),
            ]),
          ),
      ),
    ]),
  );
}

const CELLS = {
  '✓': { mark: 'good', words: 'tolerated' },
  '✗': { mark: 'bad', words: 'not tolerated' },
  '?': { mark: 'caution', words: 'no verdict' },
} as const;

function cellOf(row: FrontierRow, eff: number, bounds: Tolerance['bounds'], linkTo: LinkTo): Markup {
  const sign = markOf(row, eff);
  const { mark, words } = CELLS[sign];
  const said = [h('span', { ariaHidden: 'true' }, sign), h('span.only-heard', words)];
  if (row.broken?.eff !== eff) return h('td', { className: [mark] }, said);
  const link = linkTo({ faults: row.broken.faults, bounds: { ...bounds, crashes: row.crashes, eff } }, sign);
  return h('td', { className: [mark, 'edge'] }, [link, h('span.only-heard', `${words}, the edge`)]);
}

function edgeOf({ crashes, broken }: FrontierRow, bounds: Tolerance['bounds'], linkTo: LinkTo): Markup {
  const { eff, faults } = broken!;
  const before = eff > 1 ? `lost before ${eff}: ` : '';
  const words = formatSchedule(faults) || 'no fault is needed';
  return h('span', [before, linkTo({ faults, bounds: { ...bounds, crashes, eff } }, shortened(words))]);
}
