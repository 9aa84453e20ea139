/**
 * Plain data as TypeScript writes it, but for what there is no room for: long lists, deep objects and long
 * texts are shortened from the inside, so that what remains still shows the shape of the whole.
 */
import { visible } from './display.js';
import { displayWidth, truncate } from './text.js';

/** What is written of a value before the rest is left out. */
interface Limits {
  /** Levels of objects and arrays. */
  readonly depth: number;
  /** Of each array. */
  readonly items: number;
  /** Of each object. */
  readonly fields: number;
  /** Columns of each string. */
  readonly text: number;
}

/** Tried in turn until one fits: the shape of one item says more than the number of all. */
const LIMITS: readonly Limits[] = [
  { depth: Infinity, items: Infinity, fields: Infinity, text: Infinity },
  { depth: 5, items: 8, fields: 12, text: 40 },
  { depth: 4, items: 4, fields: 8, text: 24 },
  { depth: 3, items: 2, fields: 6, text: 16 },
  { depth: 3, items: 1, fields: 4, text: 12 },
  { depth: 3, items: 1, fields: 2, text: 10 },
  { depth: 2, items: 3, fields: 3, text: 10 },
  { depth: 2, items: 1, fields: 2, text: 10 },
  { depth: 1, items: 1, fields: 1, text: 10 },
  { depth: 0, items: 0, fields: 0, text: 10 },
];

/** `{yes: true, votes: ["a", "b"]}`, on one line of at most `width` columns. */
export function formatData(value: unknown, width = Infinity): string {
  let written = '';
  for (const limits of LIMITS) {
    written = write(value, limits);
    if (displayWidth(written) <= width) return written;
  }
  return truncate(written, width);
}

function write(value: unknown, limits: Limits): string {
  if (typeof value === 'string') return visible(JSON.stringify(truncate(value, limits.text)));
  if (typeof value !== 'object' || value === null) return visible(String(value));
  if (limits.depth === 0) return summary(value);
  const inner = { ...limits, depth: limits.depth - 1 };
  if (Array.isArray(value)) {
    return enclose('[', value, ']', limits.items, (item) => write(item, inner));
  }
  return enclose('{', Object.entries(value), '}', limits.fields, ([key, field]) => {
    return `${formatKey(key)}: ${write(field, inner)}`;
  });
}

function enclose<Item>(
  open: string,
  items: readonly Item[],
  close: string,
  most: number,
  writeItem: (item: Item) => string,
): string {
  const shown = items.slice(0, most).map(writeItem);
  const more = items.length - shown.length;
  return open + [...shown, ...(more === 0 ? [] : [`… ${more} more`])].join(', ') + close;
}

/** Only whether there is something in it. */
function summary(value: object): string {
  const inside = Object.keys(value).length === 0 ? '' : '…';
  return Array.isArray(value) ? `[${inside}]` : `{${inside}}`;
}

/** The name of a field, in quotes only where it needs them. */
export function formatKey(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : visible(JSON.stringify(key));
}
