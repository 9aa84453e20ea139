/**
 * The names that random programs are made of. They are fixed, so that shrinking leaves what it does not drop
 * as it was.
 */
import type { Value } from '../../src/model/rules/program.js';

/**
 * What a column holds; finer than the language's types. `total` keeps what may be large (counts, sums and
 * products) apart from `small`, which alone feeds sums and products: so no program can overflow.
 */
export type Kind = 'node' | 'word' | 'small' | 'total';

export const KINDS: readonly Kind[] = ['word', 'small', 'node', 'total'];

export interface Relation {
  readonly name: string;
  /** The location first, but for what `build.ts` turns round. */
  readonly columns: readonly Kind[];
  /** Deductive rules derive a relation from its own level and below, and negate or aggregate strictly below. */
  readonly level: number;
}

/** Relations that the program's own rules derive. */
export const DATA_RELATIONS = ['p', 'q', 'r', 's'] as const;

/** No relation of data has more beside its location. */
export const MOST_COLUMNS = 2;

export const HIGHEST_LEVEL = 2;

/** Who sends to whom: facts at time 1 that persist. */
export const PEER: Relation = { name: 'peer', columns: ['node', 'node'], level: -1 };

export const CRASH: Relation = { name: 'crash', columns: ['node', 'node', 'small'], level: -1 };

/** The names of faults are words. */
export const FAULT: Relation = { name: 'fault', columns: ['node', 'word'], level: -1 };

export function specification(name: 'pre' | 'post', columns: readonly Kind[]): Relation {
  return { name, columns: ['node', ...columns], level: HIGHEST_LEVEL + 1 };
}

const VARIABLES: Readonly<Record<Kind, readonly string[]>> = {
  node: ['X', 'Y', 'Z'],
  word: ['U', 'V', 'W'],
  small: ['I', 'J', 'K'],
  total: ['L', 'M', 'N'],
};

export function variableName(kind: Kind, index: number): string {
  return VARIABLES[kind][index % VARIABLES[kind].length];
}

export function constantValue(kind: Kind, index: number, nodes: readonly string[]): Value {
  switch (kind) {
    case 'node':
      return nodes[index % nodes.length];
    case 'word':
      return ['u', 'v'][index % 2];
    case 'small':
    case 'total':
      return index % 4;
  }
}
