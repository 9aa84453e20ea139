/** What driving running systems found. */
import * as v from 'valibot';
import { described, digits, flag, names, natural, text } from '../../../runner/documents/words.js';

const namedFault = v.strictObject({
  point: described(text, 'The call: the way that leads to it, and how often its caller had made it.'),
  kind: described(text, 'Such as `refused`.'),
});

export const systemCounterexample = v.strictObject({
  faults: v.array(
    v.strictObject({
      ...namedFault.entries,
      alike: described(names, 'Other kinds to which the caller reacted alike.'),
    }),
  ),
  reason: described(text, 'Why the outcome is not good, as a clause.'),
  isRepeatable: described(flag, 'Whether it was not survived when it was run once more, either.'),
  calls: described(
    v.array(
      v.strictObject({
        point: text,
        depth: described(natural, 'How many calls it is below the request.'),
        step: described(text, 'The last step of its point.'),
        injected: described(v.nullable(text), 'The kind of fault that fired there.'),
        failed: flag,
      }),
    ),
    'Of the run that was not good.',
  ),
});

const systemVerdict = v.variant('kind', [
  v.strictObject({
    kind: v.literal('violated'),
    counterexamples: v.pipe(v.array(systemCounterexample), v.minLength(1)),
  }),
  v.strictObject({ kind: v.literal('survived') }),
  v.strictObject({
    kind: v.literal('unstable'),
    calls: described(names, 'That two runs without faults do not both make.'),
    seenOnce: v.array(systemCounterexample),
  }),
  v.strictObject({
    kind: v.literal('inconclusive'),
    reason: text,
    seenOnce: described(v.array(systemCounterexample), 'They were not run once more.'),
  }),
  v.strictObject({
    kind: v.literal('planned'),
    calls: v.array(v.strictObject({ point: text, kinds: names })),
    faultSets: described(digits, 'How many there are within the bounds, of these calls.'),
  }),
]);

const pruningRule = v.picklist(['unfired', 'local', 'alike', 'monotone']);

const faultSetCounts = v.strictObject({
  run: described(natural, 'They had a run of their own.'),
  bad: described(natural, 'One within them is not survived.'),
  rules: v.strictObject({ unfired: natural, local: natural, alike: natural, monotone: natural }),
  undecided: natural,
});

export const systemResult = v.strictObject({
  name: text,
  verdict: systemVerdict,
  faults: described(natural, 'The most faults of a fault set.'),
  covered: described(
    v.pipe(v.number(), v.integer(), v.minValue(-1)),
    'All fault sets of at most so many faults are decided; -1 where not even the run without faults is.',
  ),
  runs: natural,
  resumed: described(natural, 'How many of these a campaign before this one had made.'),
  tested: described(natural, 'How many of these were fault sets that counted as decided.'),
  isRefuted: described(flag, 'Whether one of these was not survived.'),
  partial: described(
    v.array(v.strictObject({ planned: v.array(namedFault), fired: natural })),
    'Runs in which not all faults fired that were planned.',
  ),
  calls: natural,
  kinds: described(natural, 'How many faults there are at these calls.'),
  rules: v.array(v.strictObject({ rule: pruningRule, isRefuted: flag })),
  faultSets: described(
    v.nullable(faultSetCounts),
    'Fault sets of one fault or more, by why they are decided; null before the end, and where there are too many to go through.',
  ),
  interrupted: flag,
  elapsed: v.pipe(v.number(), v.minValue(0), v.description('Wall-clock milliseconds.')),
});

/** What the JSON Schema has under names of their own. */
export const systemDefinitions = { systemCounterexample, systemVerdict, systemResult };
