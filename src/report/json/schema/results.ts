/** What checks, replays and verifications of certificates found. */
import * as v from 'valibot';
import { diagnostic } from './diagnostics.js';
import { bounds, divergence, fault, language, run, schedule } from './runs.js';
import { count, described, digits, flag, names, text } from './words.js';

const faults = v.array(fault);

const verdictName = v.picklist(['violated', 'certified', 'vacuous', 'inconclusive']);

export const counterexample = v.strictObject({
  faults,
  schedule,
  minimality: v.picklist(['minimum', 'minimal', 'unproven']),
  run,
  divergence: v.nullable(divergence),
});

export const property = described(
  v.strictObject({ name: text, under: v.nullable(faults) }),
  'A property, and faults under which it asks something of the run; null where no admissible ones are.',
);

const askedProperty = v.strictObject({ name: text, under: faults });

export const coverage = v.strictObject({ size: count, examined: digits, total: digits });

export const verdict = v.variant('kind', [
  v.strictObject({
    kind: v.literal('violated'),
    counterexamples: v.pipe(v.array(counterexample), v.minLength(1)),
    remaining: v.picklist(['none', 'some', 'unknown']),
    violating: v.nullable(digits),
  }),
  v.strictObject({ kind: v.literal('certified'), properties: v.array(askedProperty) }),
  v.strictObject({
    kind: v.literal('vacuous'),
    scope: v.picklist(['always', 'failure-free']),
    properties: v.array(property),
  }),
  v.strictObject({ kind: v.literal('inconclusive'), reason: text, covered: v.nullable(coverage) }),
]);

const solver = v.picklist(['minisat', 'cadical']);

export const evidence = v.strictObject({
  strategy: v.picklist(['compiled', 'alternating', 'random', 'exhaustive']),
  solver,
  representation: v.picklist(['diagram', 'circuit', 'replays', 'none']),
  confirmed: flag,
  fallbacks: names,
  executions: count,
  faultSets: digits,
  estimate: digits,
  statistics: v.strictObject({
    firings: count,
    facts: count,
    handlerRuns: count,
    localStates: count,
    gates: count,
    diagramNodes: count,
    clauses: count,
    solverCalls: count,
    executionsToViolation: count,
  }),
});

export const location = described(
  v.strictObject({ file: text, scenario: v.nullable(text), with: v.exactOptional(names) }),
  'How the command line finds the scenario: the file, the name where that has several, and other files of Dedalus that are parts of it.',
);

export const result = v.strictObject({
  name: text,
  location: v.nullable(location),
  language,
  nodes: names,
  nodesInferred: flag,
  bounds,
  verdict,
  expected: v.nullable(verdictName),
  interrupted: flag,
  evidence,
  warnings: v.array(diagnostic),
  elapsed: v.pipe(v.number(), v.minValue(0), v.description('Wall-clock milliseconds.')),
});

/** What `replay` found. */
export const replayed = v.strictObject({
  name: text,
  bounds,
  schedule,
  run,
  divergence: v.nullable(divergence),
});

export const outcome = v.variant('kind', [
  v.strictObject({
    kind: v.literal('valid'),
    solver,
    runs: described(count, 'How many satisfied the specification.'),
    asking: described(count, 'Of how many of these it asked for something.'),
    proofSteps: v.nullable(count),
  }),
  v.strictObject({
    kind: v.literal('refuted'),
    run: described(replayed, 'It violates the specification.'),
    problems: v.array(diagnostic),
  }),
  v.strictObject({
    kind: v.literal('invalid'),
    problems: described(
      v.array(diagnostic),
      'Why the certificate does not hold, or not of this scenario, or could not be verified.',
    ),
  }),
]);

export const verification = v.strictObject({
  folder: described(text, 'Of the certificate.'),
  location,
  nodes: names,
  bounds,
  faultSets: digits,
  properties: v.array(v.strictObject({ name: text, schedule: text })),
  formula: v.strictObject({ variables: count, clauses: count }),
  outcome,
});

/** What the JSON Schema has under names of their own. */
export const resultDefinitions = {
  verdictName,
  counterexample,
  property,
  coverage,
  verdict,
  evidence,
  location,
  result,
  replayed,
  outcome,
  verification,
};
