/**
 * Lines of at most so many columns: what does not fit on one has the items of its last list on lines of their
 * own, as the usual formatter lays out calls and objects.
 */

export type Layout = string | List | readonly Layout[];

/** Items between brackets. */
export interface List {
  readonly open: string;
  readonly items: readonly Layout[];
  readonly close: string;
  /** What stands between brackets and items on one line. */
  readonly padding: '' | ' ';
}

/** The most columns of a line. */
export const WIDTH = 110;
const INDENT = 2;

export function call(name: Layout, items: readonly Layout[]): Layout {
  return [name, { open: '(', items, close: ')', padding: '' }];
}

export function objectLiteral(items: readonly Layout[]): Layout {
  return items.length === 0 ? '{}' : { open: '{', items, close: '}', padding: ' ' };
}

/** A call with an object for its one argument, which opens and closes with it. */
export function callWith(name: Layout, items: readonly Layout[]): Layout {
  return [name, items.length === 0 ? '({})' : { open: '({', items, close: '})', padding: ' ' }];
}

/** @param indent of the line it starts on, in columns; @param after what follows it on its last line, in columns */
export function render(layout: Layout, indent = 0, after = 0): string {
  return renderAt(layout, indent, indent, after);
}

/** @param column where on its line it starts */
function renderAt(layout: Layout, indent: number, column: number, after: number): string {
  const line = flat(layout);
  if (typeof layout === 'string' || column + line.length + after <= WIDTH) return line;
  return 'open' in layout ? broken(layout, indent) : brokenLast(layout, indent, column, after);
}

function broken({ open, items, close }: List, indent: number): string {
  const inner = indent + INDENT;
  const lines = items.map((item) => `${' '.repeat(inner)}${render(item, inner, 1)},\n`);
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
}

function brokenLast(parts: readonly Layout[], indent: number, column: number, after: number): string {
  const last = parts.findLastIndex((part) => typeof part !== 'string');
  if (last === -1) return parts.map(flat).join('');
  const before = parts.slice(0, last).map(flat).join('');
  const rest = parts
    .slice(last + 1)
    .map(flat)
    .join('');
  return `${before}${renderAt(parts[last], indent, column + before.length, rest.length + after)}${rest}`;
}

function flat(layout: Layout): string {
  if (typeof layout === 'string') return layout;
  if (!('open' in layout)) return layout.map(flat).join('');
  const { open, items, close, padding } = layout;
  return `${open}${padding}${items.map(flat).join(', ')}${padding}${close}`;
}
