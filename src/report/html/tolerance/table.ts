/** A table of a page of tolerance. */
import { h } from 'hastscript';
import type { Markup } from '../document.js';

/** @param rows each a cell for each column, the first of which says what the row is about */
export function tableOf(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Markup[])[],
): Markup {
  return h(
    'div.scroll',
    { tabIndex: 0, role: 'region', ariaLabel: title },
    h('table', [
      h('thead', [
        h(
          'tr',
          columns.map((column) => h('th', { scope: 'col' }, column)),
        ),
      ]),
      h(
        'tbody',
        rows.map(([first, ...others]) =>
          h('tr', [h('th', { scope: 'row' }, first), ...others.map((each) => h('td', each))]),
        ),
      ),
    ]),
  );
}
