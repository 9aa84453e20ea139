/**
 * How many elements of a container satisfy a predicate. Of the state that a handler is given each element may have
 * conditions of its own, and to go through them is to tell apart all combinations of those that may be there. Asked for as
 * one number, n of them have n + 1 answers, and not 2^n: so drafts answer by themselves.
 */

/** What elements are counted in: a set, a map, an array, or an object whose fields are its elements. */
export type ElementOf<Container extends object> =
  Container extends ReadonlyMap<unknown, infer Element>
    ? Element
    : Container extends ReadonlySet<infer Element>
      ? Element
      : Container extends readonly (infer Element)[]
        ? Element
        : Container[keyof Container & string];

/** What an element is under: of a set itself, of a map its key, of an array its index, of an object its name. */
export type ElementKey<Container extends object> =
  Container extends ReadonlyMap<infer Key, unknown>
    ? Key
    : Container extends ReadonlySet<infer Element>
      ? Element
      : Container extends readonly unknown[]
        ? number
        : keyof Container & string;

/** Looks at an element, and at what it is under. */
export type ElementTest<Container extends object> = (
  element: ElementOf<Container>,
  key: ElementKey<Container>,
) => boolean;

/** A test of whatever there is. */
export type AnyElementTest = (element: unknown, key: unknown) => boolean;

/** What is asked of the elements: how many there are that satisfy a test, or whether there is any. */
export type TallyKind = 'count' | 'some';

/** What is asked of something that counts its elements by itself. The same in all copies of this module. */
export const TALLY = Symbol.for('ldfi.tally');

/** Counts elements. @param oneByOne goes through them */
export type Tallying = (kind: TallyKind, test: AnyElementTest, oneByOne: () => number) => number;

/** How many elements satisfy a predicate. */
export function countElements(elements: object, test: AnyElementTest): number {
  return tally(elements, 'count', test);
}

/**
 * Whether some element of a set, a map, an array or an object satisfies a predicate. Of the state of a handler that is one
 * question, whatever is in it.
 *
 * @example `if (some(state.log, (entry) => entry.term === term)) return;`
 * @param predicate looks, and does nothing else; it may be asked of elements that could be there and are not
 */
export function some<Container extends object>(
  elements: Container,
  predicate: ElementTest<Container>,
): boolean {
  return tally(elements, 'some', predicate as AnyElementTest) > 0;
}

/**
 * Whether every element of a set, a map, an array or an object satisfies a predicate, as where there is none. Of the state
 * of a handler that is one question, whatever is in it.
 *
 * @example `if (every(state.matches, (index) => index >= state.commit)) state.done = true;`
 * @param predicate looks, and does nothing else; it may be asked of elements that could be there and are not
 */
export function every<Container extends object>(
  elements: Container,
  predicate: ElementTest<Container>,
): boolean {
  const test = predicate as AnyElementTest;
  return tally(elements, 'some', (element, key) => !test(element, key)) === 0;
}

function tally(elements: object, kind: TallyKind, test: AnyElementTest): number {
  const oneByOne = () => goThrough(elements, kind, test);
  const byItself = (elements as { readonly [TALLY]?: Tallying })[TALLY];
  return byItself === undefined ? oneByOne() : byItself(kind, test, oneByOne);
}

function goThrough(elements: object, kind: TallyKind, test: AnyElementTest): number {
  let count = 0;
  for (const [key, element] of entriesOf(elements)) {
    if (test(element, key)) count++;
    if (count > 0 && kind === 'some') break;
  }
  return count;
}

function entriesOf(elements: object): Iterable<readonly [unknown, unknown]> {
  return isCollection(elements) ? elements.entries() : Object.entries(elements);
}

interface Collection {
  entries(): Iterable<[unknown, unknown]>;
}

/** An array, a set or a map. */
function isCollection(elements: object): elements is Collection {
  return Symbol.iterator in elements && typeof (elements as Partial<Collection>).entries === 'function';
}
