/** What checks, replays and verifications of certificates found. */
import * as v from 'valibot';
import { faultCause, suspect } from './causes.js';
import { diagnosticSchema } from './diagnostics.js';
import { faultKinds } from '../../../injector/faults/kinds.js';
import { divergence, faultOfAnyKind, run, schedule } from './runs.js';
import { anchor } from '../../../runner/documents/anchors.js';
import {
  bounds,
  described,
  digits,
  flag,
  language,
  names,
  natural,
  solver,
  text,
} from '../../../runner/documents/words.js';

const faults = v.array(faultOfAnyKind);

const verdictName = v.picklist(['violated', 'certified', 'vacuous', 'inconclusive']);

export const counterexample = v.strictObject({
  faults,
  schedule,
  minimality: v.picklist(['minimum', 'minimal', 'unproven']),
  run,
  divergence: v.nullable(divergence),
  because: described(
    // Documents of this version were made before there were any.
    v.optional(v.array(faultCause), []),
    'What each fault has to do with the first violation, held against the run without this fault alone.',
  ),
  suspects: described(
    v.optional(v.array(suspect), []),
    'Where to look first in the code, the likeliest first: two places at most.',
  ),
  alike: described(
    v.optional(natural),
    'The place, from 0, of the first counterexample that takes the same messages away, at whatever times, or those of nodes that do the same without faults. Absent where it is the first of its kind.',
  ),
});

export const property = described(
  v.strictObject({ name: text, under: v.nullable(faults) }),
  'A property, and faults under which it asks something of the run; null where no admissible ones are.',
);

const askedProperty = v.strictObject({ name: text, under: faults });

export const coverage = v.strictObject({ size: natural, examined: digits, total: digits });

export const decidedBounds = v.strictObject({
  bounds,
  verdict: v.picklist(['violated', 'certified', 'vacuous']),
});

export const multiplying = described(
  v.variant('kind', [
    v.strictObject({
      kind: v.literal('states'),
      node: described(text, 'The one in more local states than any other.'),
      states: natural,
      field: described(
        v.exactOptional(v.strictObject({ name: text, values: natural })),
        'The field of its states with the most values.',
      ),
    }),
    v.strictObject({
      kind: v.literal('tuples'),
      relation: described(text, 'The one with more tuples than any other.'),
      tuples: natural,
    }),
  ]),
  'What there was so much of that a check over all fault sets passed its budget.',
);

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
  v.strictObject({
    kind: v.literal('inconclusive'),
    reason: text,
    covered: v.nullable(coverage),
    multiplies: v.exactOptional(multiplying),
    smaller: described(
      v.exactOptional(v.array(decidedBounds)),
      'Smaller bounds that were decided, each as it is. Absent where none were.',
    ),
  }),
]);

export const evidence = v.strictObject({
  strategy: v.picklist(['compiled', 'alternating', 'random', 'exhaustive']),
  solver,
  representation: v.picklist(['diagram', 'circuit', 'states', 'replays', 'saved', 'none']),
  confirmed: flag,
  within: described(
    v.exactOptional(bounds),
    'Smaller bounds in which a violation was found, of what could not be decided within its own. Absent elsewhere.',
  ),
  fallbacks: names,
  executions: natural,
  faultSets: digits,
  estimate: digits,
  statistics: v.strictObject({
    firings: natural,
    facts: natural,
    handlerRuns: natural,
    localStates: natural,
    gates: natural,
    diagramNodes: natural,
    clauses: natural,
    solverCalls: natural,
    executionsToViolation: natural,
  }),
});

export const locationSchema = described(
  v.strictObject({ file: text, scenario: v.nullable(text), with: v.exactOptional(names) }),
  'How the command line finds the scenario: the file, the name where that has several, and other files of Dedalus that are parts of it.',
);

const anchored = v.strictObject({ fault: faultOfAnyKind, anchor });

export const regression = v.strictObject({
  file: described(text, 'The file that it was saved in.'),
  faults: described(v.array(anchored), 'The faults as they were saved, each with what it is found by.'),
  outcome: v.variant('kind', [
    v.strictObject({ kind: described(v.literal('same'), 'It violates as it did.') }),
    v.strictObject({ kind: described(v.literal('moved'), 'It violates at other times.'), faults }),
    v.strictObject({ kind: described(v.literal('passes'), 'It does not violate any more.'), faults }),
    v.strictObject({
      kind: described(v.literal('gone'), 'What one of its faults is found by does not exist any more.'),
      lost: anchored,
    }),
    v.strictObject({
      kind: described(v.literal('not admissible'), 'Its faults may not happen within the bounds.'),
      reason: text,
    }),
  ]),
});

const observedField = v.strictObject({
  role: v.exactOptional(text),
  field: described(v.exactOptional(text), 'Absent where what is observed is no object.'),
  count: described(natural, 'How many values it has.'),
  values: described(
    v.exactOptional(v.array(v.union([v.null(), v.boolean(), v.number(), text]))),
    'These. Absent where they are many, or have parts.',
  ),
});

const faultKindName = v.picklist(faultKinds.map(({ kind }) => kind));

const seenOutcomes = v.strictObject({
  observed: described(
    v.exactOptional(
      v.strictObject({
        fields: v.array(observedField),
        unseen: described(
          names,
          'Words that handlers and properties speak of, and that nothing observed is.',
        ),
      }),
    ),
    'Values of observations that occur, at the times at which properties look. Absent of rules.',
  ),
  differences: v.exactOptional(
    v.array(
      v.strictObject({
        kind: faultKindName,
        name: v.exactOptional(text),
        makesDifference: described(flag, 'Whether without them properties would ever see something else.'),
      }),
    ),
  ),
  indifferent: described(
    v.exactOptional(
      v.array(
        v.strictObject({
          kind: faultKindName,
          name: v.exactOptional(text),
          place: described(text, 'Whom they happen to: a node, a channel, or groups of nodes.'),
          times: described(v.array(natural), 'When those begin that make no difference.'),
          otherTimes: described(v.array(natural), 'When others of the kind may begin there.'),
        }),
      ),
    ),
    'Faults without which properties would always see the same.',
  ),
});

export const result = v.strictObject({
  name: text,
  location: v.nullable(locationSchema),
  language,
  nodes: names,
  nodesInferred: flag,
  bounds,
  verdict,
  expected: v.nullable(verdictName),
  interrupted: flag,
  evidence,
  warnings: v.array(diagnosticSchema),
  reached: described(
    v.exactOptional(
      v.strictObject({
        isComplete: described(flag, 'Whether what no node came to happens in no admissible run.'),
        seen: described(
          v.exactOptional(seenOutcomes),
          'What properties see, over all runs together. Absent where that is not known.',
        ),
        parts: v.array(
          v.strictObject({
            kind: v.picklist(['start', 'tick', 'message', 'timer']),
            name: text,
            role: v.exactOptional(text),
            nodes: described(names, 'Those at which it happens in some run.'),
          }),
        ),
      }),
    ),
    'What the protocol came to do. Absent where that is not known.',
  ),
  regressions: described(
    v.exactOptional(v.array(regression)),
    'Counterexamples that were saved and replayed first. Absent where there are none.',
  ),
  elapsed: v.pipe(v.number(), v.minValue(0), v.description('Wall-clock milliseconds.')),
  processor: v.pipe(
    v.number(),
    v.minValue(0),
    v.description(
      'Milliseconds of processor time that all threads of the process took meanwhile, those of other checks included.',
    ),
  ),
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
    runs: described(natural, 'How many satisfied the specification.'),
    asking: described(natural, 'Of how many of these it asked for something.'),
    proofSteps: v.nullable(natural),
  }),
  v.strictObject({
    kind: v.literal('refuted'),
    run: described(replayed, 'It violates the specification.'),
    problems: v.array(diagnosticSchema),
  }),
  v.strictObject({
    kind: v.literal('invalid'),
    problems: described(
      v.array(diagnosticSchema),
      'Why the certificate does not hold, or not of this scenario, or could not be verified.',
    ),
  }),
]);

export const verification = v.strictObject({
  folder: described(text, 'Of the certificate.'),
  location: locationSchema,
  nodes: names,
  bounds,
  faultSets: digits,
  properties: v.array(v.strictObject({ name: text, schedule: text })),
  formula: v.strictObject({ variables: natural, clauses: natural }),
  outcome,
});

/** What the JSON Schema has under names of their own. */
export const resultDefinitions = {
  verdictName,
  counterexample,
  property,
  coverage,
  decidedBounds,
  multiplying,
  verdict,
  evidence,
  location: locationSchema,
  regression,
  result,
  replayed,
  outcome,
  verification,
};
