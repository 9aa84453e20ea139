/**
 * How values of options are written, wherever they are given: on the command line, in the environment, in a
 * configuration, or by a program that calls the library. What is right is decided here and nowhere else.
 */
import { FAULT_NAME } from '../../model/bounds.js';
import type { DiagnosticCode } from '../../model/diagnostics/codes.js';
import type { Reliable } from '../../model/bounds.js';
import { readReliable } from '../../model/text/reliable.js';
import { SAT_BACKENDS } from '../../solver/backends.js';
import type { StrategyName } from '../result.js';

/** How a value is written. */
export interface Form<Value> {
  /** Undefined where the text is no such value. */
  readonly read: (text: string) => Value | undefined;
  /** What there is to write. */
  readonly expected: string;
  /** Of complaints; by default RUN101. */
  readonly code?: DiagnosticCode;
  /** The closest of these is suggested. */
  readonly names?: readonly string[];
  /** As what JavaScript values it may be given too, besides text. */
  readonly types: readonly ('string' | 'number' | 'boolean')[];
  /** Of what may be given as an object too: what would be typed for that; undefined where it makes no sense. */
  readonly typed?: (value: object) => string | undefined;
}

export interface IntegerRange {
  readonly least: number;
  readonly most?: number;
  readonly code?: DiagnosticCode;
}

export function integerForm({ least, most = Number.MAX_SAFE_INTEGER, code }: IntegerRange): Form<number> {
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
  return {
    read: (text) => {
      const value = Number(text);
      return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
    },
    expected: `an integer from ${least}${upTo}`,
    types: ['number'],
    ...(code !== undefined && { code }),
  };
}

export function choice<Name extends string>(names: readonly Name[]): Form<Name> {
  return {
    read: (text) => names.find((name) => name === text),
    expected: `one of ${names.join(', ')}`,
    names,
    types: ['string'],
  };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Milliseconds from `90`, `90s`, `1.5m`, `500ms`. */
export const duration: Form<number> = {
  read: (text) => {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text);
    const milliseconds = match === null ? 0 : Number(match[1]) * UNITS.get(match[2])!;
    return milliseconds > 0 && Number.isFinite(milliseconds) ? milliseconds : undefined;
  },
  expected: 'a time such as `90` or `90s` (seconds), `500ms`, `2m`, `1h`',
  types: ['string', 'number'],
};

export const toggle: Form<boolean> = {
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  expected: '`true` or `false`',
  types: ['boolean'],
};

/** Milliseconds, as a program gives them; `Infinity` for no end. */
export const milliseconds: Form<number> = {
  read: (text) => (Number(text) > 0 ? Number(text) : undefined),
  expected: 'a number of milliseconds greater than 0',
  types: ['number'],
};

/** A number from 1, or `true` for `otherwise`, or `false` for one. */
export function limit(otherwise: number): Form<number> {
  const number = integerForm({ least: 1 });
  return {
    read: (text) => (text === 'true' ? otherwise : text === 'false' ? 1 : number.read(text)),
    expected: `${number.expected}, or \`true\` for ${otherwise}`,
    types: ['number', 'boolean'],
  };
}

/** Nodes and links. */
const reliable: Form<Reliable> = {
  read: readReliable,
  expected: 'names of nodes, and links between them, such as `db,a->b`',
  code: 'RUN105',
  types: ['string'],
};

/** The most of each fault that an author names, by its name: `unsynced=1,skew=2`. */
export const namedFaults: Form<Readonly<Record<string, number>>> = {
  read(text) {
    const pairs = text.split(',').map((pair) => /^\s*([^=\s]+)\s*=\s*(\d{1,9})\s*$/.exec(pair));
    if (!pairs.every((pair) => pair !== null && FAULT_NAME.test(pair[1]))) return undefined;
    const entries = pairs.map((pair) => [pair![1], Number(pair![2])] as const);
    return new Set(entries.map(([name]) => name)).size < entries.length
      ? undefined
      : Object.fromEntries(entries);
  },
  expected: 'names of faults, each once, with the most of it, such as `unsynced=1` or `unsynced=1,skew=2`',
  code: 'RUN105',
  types: ['string'],
  typed(value) {
    const entries = Object.entries(value);
    // What is no name could be taken for several.
    if (!entries.every(([name, most]) => FAULT_NAME.test(name) && typeof most === 'number')) return undefined;
    return entries.map(([name, most]) => `${name}=${most}`).join();
  },
};

export const STRATEGIES: readonly StrategyName[] = ['compiled', 'alternating', 'random', 'exhaustive'];
export const LINEAGES = ['causal', 'tracked'] as const;

/** Of the options that more than one place knows. */
export const optionForms = {
  strategy: choice(STRATEGIES),
  solver: choice(SAT_BACKENDS),
  lineage: choice(LINEAGES),
  /** Of anything of which there has to be some: executions, counterexamples, samples. */
  amount: integerForm({ least: 1 }),
  seed: integerForm({ least: 0 }),
  reliable,
  negativeSupport: toggle,
  modules: toggle,
  milliseconds,
} as const;
