/** The states of handlers' nodes as reports list them: by their fields. */
import { compareStrings } from '../../model/order.js';
import type { Data } from '../../model/data.js';
import { visible } from '../../model/text/display.js';
import { displayWidth } from '../../model/text/text.js';

/** The most columns of a node's name, where others are to stand beside it. */
const WIDEST_NAME = 16;

/** In the order of their names; a state that has no fields is told as one. */
export function fieldsOf(state: Data): ReadonlyMap<string, Data> {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return new Map([['state', state]]);
  return new Map(Object.entries<Data>(state).sort(([a], [b]) => compareStrings(a, b)));
}

/** The columns that names of nodes take. */
export function widthOfNames(names: readonly string[]): number {
  return Math.min(WIDEST_NAME, Math.max(...names.map((name) => displayWidth(visible(name)))));
}
