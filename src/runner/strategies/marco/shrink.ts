/**
 * Shrinks a fault set that is not survived to one of which no fault can be left out: delta debugging (Zeller &
 * Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 28, 2002).
 */

/**
 * @param items of which together something holds, and of none of them not
 * @param holds asks whether it holds of fewer of them
 */
export function* shrinkWhere<Item, Request, Answer>(
  items: readonly Item[],
  holds: (items: readonly Item[]) => Generator<Request, boolean, Answer>,
): Generator<Request, readonly Item[], Answer> {
  let left = items;
  let parts = 2;
  while (left.length > 1) {
    const smaller = yield* smallerWhere(left, parts, holds);
    if (smaller !== undefined) {
      parts = smaller.wasPart ? 2 : Math.max(parts - 1, 2);
      left = smaller.items;
    } else if (parts >= left.length) break;
    else parts *= 2;
    parts = Math.min(parts, left.length);
  }
  return left;
}

/** One of so many parts of which it holds, or all but one. */
function* smallerWhere<Item, Request, Answer>(
  items: readonly Item[],
  count: number,
  holds: (items: readonly Item[]) => Generator<Request, boolean, Answer>,
): Generator<Request, { readonly items: readonly Item[]; readonly wasPart: boolean } | undefined, Answer> {
  const cuts = Array.from({ length: count + 1 }, (_, cut) => Math.floor((cut * items.length) / count));
  const parts = cuts.slice(1).map((end, place) => ({ start: cuts[place], end }));
  for (const { start, end } of parts) {
    const part = items.slice(start, end);
    if (part.length < items.length && (yield* holds(part))) return { items: part, wasPart: true };
  }
  // Of two parts, all but one are the other one.
  for (const { start, end } of count > 2 ? parts : []) {
    const rest = [...items.slice(0, start), ...items.slice(end)];
    if (yield* holds(rest)) return { items: rest, wasPart: false };
  }
  return undefined;
}
