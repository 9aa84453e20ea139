/** JSON of unknown origin, held against the schema of a document; what is not valid is refused in a sentence. */
import * as v from 'valibot';
import { visible } from '../../model/text/display.js';
import { truncate } from '../../model/text/text.js';

/** The most columns of a value that is no good. */
const WIDEST_VALUE = 40;

/**
 * What is read, made anew with its fields in the order of the schema.
 *
 * @param refuse makes an error of one clause that says what is wrong, and where
 * @throws what `refuse` makes where it is not valid
 */
export function valid<Value>(
  schema: v.GenericSchema<unknown, Value>,
  json: unknown,
  refuse: (what: string) => Error,
): Value {
  const read = v.safeParse(schema, json, { abortEarly: true });
  if (!read.success) throw refuse(describe(read.issues[0]));
  return read.output;
}

/** The version that a document says it is of, where it is of another one than it should be. */
export function otherVersion(json: unknown, version: number): number | undefined {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'version')) return undefined;
  const { version: own } = json as { readonly version: unknown };
  return typeof own === 'number' && own !== version ? own : undefined;
}

/** `results[0].bounds.eot is 0, and not 1 or more` */
function describe({ type, path, expected, received, message }: v.BaseIssue<unknown>): string {
  const keys: readonly v.IssuePathItem[] = path ?? [];
  const place = keys.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const where = place === '' ? 'the whole' : visible(place.replace(/^\./, ''));
  if (expected === 'never') return `${where} is unknown`;
  // JSON has no such value.
  if (received === 'undefined') return `${where} is missing`;
  // Only the schema knows what a pattern means.
  const wanted = expected === null || type === 'regex' ? message : inWords(expected);
  return `${where} is ${truncate(visible(received), WIDEST_VALUE)}, and not ${wanted}`;
}

/** `1 or more`, `"a" or "b"` */
function inWords(expected: string): string {
  if (expected.startsWith('(')) return expected.slice(1, -1).replaceAll(' | ', ' or ');
  return expected.replace(/^>=(.*)/, '$1 or more').replace(/^<=(.*)/, '$1 or less');
}
