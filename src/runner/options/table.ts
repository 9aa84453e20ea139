/**
 * The options of calls of the library, looked at before anything is done: plain JavaScript, and `any`, get past the
 * compiler, and an option that is misspelt or makes no sense is never to be passed over in silence. Each call has a
 * table of its options beside it.
 */
import { suggest } from '../../model/text/suggest.js';
import { describeValue } from '../shape.js';
import type { Form } from './forms.js';

/** What may be given for an option. */
export interface Option {
  /** In words. */
  readonly expected: string;
  /** Whether a value is of the right kind at all. */
  readonly isKind: (value: unknown) => boolean;
  /** Of values of that kind. */
  readonly accepts?: (value: unknown) => boolean;
  /** The closest of these is suggested. */
  readonly names?: readonly string[];
  /** Options within it. */
  readonly within?: OptionTable;
  readonly isRequired?: boolean;
}

/** The options of one call, all of them. */
export type OptionTable<Name extends string = string> = Readonly<Record<Name, Option>>;

/**
 * @param call what the options are of, as complaints call it
 * @throws TypeError for an option that there is not, and for a value of the wrong kind
 * @throws RangeError for a value of the right kind that makes no sense
 */
export function assertOptions(call: string, options: unknown, table: OptionTable, path = ''): void {
  if (!isObject(options))
    throw new TypeError(`the options of ${call} are ${describeValue(options)}, and have to be an object`);
  for (const name of Object.keys(options))
    if (!Object.hasOwn(table, name)) throw unknownOption(call, path + name, name, Object.keys(table));
  for (const [name, option] of Object.entries(table))
    assertOption(call, path + name, (options as Readonly<Record<string, unknown>>)[name], option);
}

function assertOption(call: string, path: string, value: unknown, option: Option): void {
  if (value === undefined && option.isRequired !== true) return;
  const { isKind, accepts, names, within } = option;
  const what = `the option \`${path}\` of ${call}`;
  if (value === undefined) throw new TypeError(`${what} is missing, and has to be ${option.expected}`);
  const hint = typeof value === 'string' && names !== undefined ? suggest(value, names) : undefined;
  const complaint = `${what} is ${describeValue(value)}, and has to be ${option.expected}${hint === undefined ? '' : `; ${hint}`}`;
  if (!isKind(value)) throw new TypeError(complaint);
  if (accepts?.(value) === false) throw new RangeError(complaint);
  if (within !== undefined) assertOptions(call, value, within, `${path}.`);
}

function unknownOption(call: string, path: string, name: string, known: readonly string[]): TypeError {
  const hint = suggest(name, known) ?? `there are ${known.join(', ')}`;
  return new TypeError(`${call} has no option \`${path}\`; ${hint}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As what would be typed for it, so that one place decides what is right. */
export function written({ read, expected, names, types }: Form<unknown>): Option {
  return {
    expected,
    isKind: (value) => types.some((type) => type === typeof value),
    accepts: (value) => read(String(value)) !== undefined,
    ...(names !== undefined && { names }),
  };
}

export function ofType(type: 'string' | 'boolean' | 'function' | 'number', expected: string): Option {
  return { expected, isKind: (value) => typeof value === type };
}

export function objectOption(expected: string, within?: OptionTable): Option {
  return { expected, isKind: isObject, ...(within !== undefined && { within }) };
}
