/**
 * The options of calls of the library, looked at before anything is done: plain JavaScript, and `any`, get past the
 * compiler, and an option that is misspelt or makes no sense is never to be passed over in silence.
 */
import type { Bounds } from '../injector/bounds.js';
import { suggest } from '../model/text/suggest.js';
import type { VerdictName } from '../model/rules/dedalus/header.js';
import type { Budgets } from './guard/budgets.js';
import type { CertifyOptions } from './certificate/certificate.js';
import type { VerifyOptions } from './certificate/verify.js';
import type { CheckOptions } from './check.js';
import { choice, optionForms, type Form } from './option-forms.js';
import type { ReplayOptions } from './replay.js';
import { describeValue } from './scenario/shape.js';

/** What may be given for an option. */
interface Option {
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
function written({ read, expected, names, types }: Form<unknown>): Option {
  return {
    expected,
    isKind: (value) => types.some((type) => type === typeof value),
    accepts: (value) => read(String(value)) !== undefined,
    ...(names !== undefined && { names }),
  };
}

function ofType(type: 'string' | 'boolean' | 'function' | 'number', expected: string): Option {
  return { expected, isKind: (value) => typeof value === type };
}

function object(expected: string, within?: OptionTable): Option {
  return { expected, isKind: isObject, ...(within !== undefined && { within }) };
}

/** How they go together is for {@link assertBounds} to say. */
const bounds: OptionTable<keyof Bounds> = {
  eot: ofType('number', 'an integer'),
  eff: ofType('number', 'an integer'),
  crashes: ofType('number', 'an integer'),
};
const BOUNDS = object('bounds such as { eot: 6, eff: 3, crashes: 1 }', bounds);

const NODES: Option = {
  expected: "an array of names, each once, such as ['a', 'b']",
  isKind: (value) => Array.isArray(value) && value.every((node) => typeof node === 'string'),
  accepts: (value) => new Set(value as readonly string[]).size === (value as readonly string[]).length,
};

const budget: Option = {
  expected: 'an integer from 0, or Infinity',
  isKind: (value) => typeof value === 'number',
  accepts: (value) => value === Infinity || (Number.isSafeInteger(value) && (value as number) >= 0),
};
const budgets: OptionTable<keyof Budgets> = {
  circuitNodes: budget,
  diagramNodes: budget,
  tuples: budget,
  localStates: budget,
  decisionConflicts: budget,
  confirmationConflicts: budget,
  confirmationGates: budget,
  minimumConflicts: budget,
  hypothesisConflicts: budget,
  executions: budget,
};

const VERDICTS: readonly VerdictName[] = ['certified', 'violated', 'vacuous', 'inconclusive'];

/** What a check may be told, whatever is checked. */
const search = {
  strategy: written(optionForms.strategy),
  solver: written(optionForms.solver),
  limit: written(optionForms.amount),
  timeout: written(optionForms.milliseconds),
  seed: written(optionForms.seed),
  negativeSupport: written(optionForms.negativeSupport),
  lineage: written(optionForms.lineage),
  budgets: object('an object of budgets', budgets),
  pool: object('a `SolverPool`'),
  onProgress: ofType('function', 'a function'),
  signal: object('an `AbortSignal`'),
} satisfies OptionTable;

export const checkOptions: OptionTable<keyof CheckOptions> = {
  name: { ...ofType('string', 'text'), isRequired: true },
  nodes: { ...NODES, isRequired: true },
  bounds: { ...BOUNDS, isRequired: true },
  ...search,
  location: object('an object with `file` and `scenario`'),
  nodesInferred: ofType('boolean', 'true or false'),
  expected: written(choice(VERDICTS)),
  warnings: { expected: 'an array of diagnostics', isKind: Array.isArray },
};

export const checkScenarioOptions: OptionTable = { ...search, bounds: BOUNDS };

/** Of the matcher: the bounds stand beside the other options. */
export const toleranceOptions: OptionTable = { ...bounds, ...search };

export const replayScenarioOptions: OptionTable = { bounds: BOUNDS };

export const replayOptions: OptionTable<keyof ReplayOptions> = {
  nodes: { ...NODES, isRequired: true },
  bounds: { ...BOUNDS, isRequired: true },
  timeout: search.timeout,
};

export const verifyOptions: OptionTable<keyof VerifyOptions> = {
  samples: written(optionForms.amount),
  seed: search.seed,
  solver: search.solver,
  timeout: search.timeout,
  pool: search.pool,
};

export const certifyOptions: OptionTable<keyof CertifyOptions> = {
  proof: { ...ofType('boolean', 'true or false'), isRequired: true },
  version: { ...ofType('string', 'text'), isRequired: true },
  timeout: search.timeout,
  pool: { ...search.pool, isRequired: true },
};

/** Of the arbitraries for fast-check, beside what fault sets are drawn from. */
export const faultSetConstraints: OptionTable = {
  maxFaults: { ...budget, expected: 'an integer of at least 0' },
};
