/** The options that several calls of the library have. */
import { ALL_BOUND_NAMES, isNamedFaults, NAMED_FAULTS_EXPECTED, type Bounds } from '../../model/bounds.js';
import type { Budgets } from '../guard/budgets.js';
import { optionForms } from './forms.js';
import { objectOption, ofType, written, type Option, type OptionTable } from './table.js';

/** How they go together is for {@link assertBounds} to say. */
export const boundsOptions: OptionTable<keyof Bounds> = {
  ...(Object.fromEntries(
    ALL_BOUND_NAMES.map((name) => [name, ofType('number', 'an integer')]),
  ) as OptionTable<(typeof ALL_BOUND_NAMES)[number]>),
  named: {
    expected: NAMED_FAULTS_EXPECTED,
    isKind: (value) => typeof value === 'object' && value !== null,
    accepts: isNamedFaults,
  },
  reliable: objectOption("an object such as { nodes: ['db'], links: ['a->b'] }", {
    nodes: textsOption("an array of names, such as ['db']"),
    links: textsOption("an array of links, such as ['a->b']"),
  }),
};

function textsOption(expected: string): Option {
  return {
    expected,
    isKind: (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
  };
}

export const boundsOption = objectOption('bounds such as { eot: 6, eff: 3, crashes: 1 }', boundsOptions);

export const nodesOption: Option = {
  expected: "an array of names, each once, such as ['a', 'b']",
  isKind: (value) => Array.isArray(value) && value.every((node) => typeof node === 'string'),
  accepts: (value) => new Set(value as readonly string[]).size === (value as readonly string[]).length,
};

export const countOption: Option = {
  expected: 'an integer from 0, or Infinity',
  isKind: (value) => typeof value === 'number',
  accepts: (value) => value === Infinity || (Number.isSafeInteger(value) && (value as number) >= 0),
};

const budgets: OptionTable<keyof Budgets> = {
  circuitNodes: countOption,
  diagramNodes: countOption,
  tuples: countOption,
  localStates: countOption,
  decisionConflicts: countOption,
  confirmationConflicts: countOption,
  confirmationGates: countOption,
  minimumConflicts: countOption,
  hypothesisConflicts: countOption,
  executions: countOption,
};

/** How to search, whatever is checked. */
export const searchOptions = {
  strategy: written(optionForms.strategy),
  solver: written(optionForms.solver),
  limit: written(optionForms.amount),
  jobs: written(optionForms.amount),
  because: ofType('boolean', 'true or false'),
  timeout: written(optionForms.milliseconds),
  seed: written(optionForms.seed),
  negativeSupport: written(optionForms.negativeSupport),
  lineage: written(optionForms.lineage),
  budgets: objectOption('an object of budgets', budgets),
  pool: objectOption('a `SolverPool`'),
  onProgress: ofType('function', 'a function'),
  signal: objectOption('an `AbortSignal`'),
} satisfies OptionTable;

/** Of what takes many checks, each told as soon as it finds something; without what a scenario says itself. */
export const findingOptions = {
  limit: searchOptions.limit,
  timeout: searchOptions.timeout,
  solver: searchOptions.solver,
  pool: searchOptions.pool,
  onFound: ofType('function', 'a function'),
  onAttempt: ofType('function', 'a function'),
  onProgress: searchOptions.onProgress,
  signal: searchOptions.signal,
} satisfies OptionTable;

/** The same, for a protocol that no scenario has. */
export const protocolFindingOptions = {
  name: ofType('string', 'text'),
  nodes: { ...nodesOption, isRequired: true },
  bounds: { ...boundsOption, isRequired: true },
  ...findingOptions,
} satisfies OptionTable;
