/** The headers of a call, in the ways in which clients of HTTP are given them. */
import type { OutgoingCall } from './injector.js';

type Pair = readonly [name: string, value: string | string[]];

/**
 * With those of the call, unless the service has set them itself for it.
 *
 * @param given by their names; or names and values in turn; or pairs, as `Headers` and maps have them
 */
export function withHeaders(
  given: object | null | undefined,
  added: OutgoingCall<'http'>['headers'],
): Record<string, string | string[]> | string[] {
  const entries = Object.entries(added);
  if (Array.isArray(given)) {
    const names: readonly string[] = given;
    const pairs = names.filter((_, place) => !isAdded(names[place - (place % 2)], added));
    return [...pairs, ...entries.flat()];
  }
  const all: readonly Pair[] = isIterable(given) ? [...given] : Object.entries(given ?? {});
  return Object.fromEntries([...all.filter(([name]) => !isAdded(name, added)), ...entries]);
}

function isIterable(given: object | null | undefined): given is Iterable<Pair> {
  return given !== null && given !== undefined && Symbol.iterator in given;
}

function isAdded(name: string, added: object): boolean {
  return name.toLowerCase() in added;
}
