/** What may be found of a running system, for tests of how that is told. */
import type { SystemResult, SystemVerdict } from '../../src/runner/live/result.js';

export const violated: Extract<SystemVerdict, { readonly kind: 'violated' }> = {
  kind: 'violated',
  counterexamples: [
    {
      faults: [
        { point: 'shop -> cart GET /cart/{} -> pricing GET /price #2', kind: 'timeout', alike: [] },
        { point: 'shop -> stock GET /stock', kind: 'refused', alike: ['status 503', 'timeout'] },
      ],
      reason: 'the answer is 500 \u001b[31mno cart',
      isRepeatable: true,
      calls: [
        { point: 'a', depth: 0, step: 'shop -> cart GET /cart/{}', injected: undefined, failed: true },
        { point: 'b', depth: 1, step: 'cart -> pricing GET /price #2', injected: 'timeout', failed: true },
        { point: 'c', depth: 0, step: 'shop -> stock GET /stock', injected: 'refused', failed: true },
      ],
    },
  ],
};

export const result: SystemResult = {
  name: 'shop',
  verdict: violated,
  faults: 2,
  covered: 2,
  runs: 1_234,
  tested: 10,
  isRefuted: false,
  resumed: 0,
  partial: Array.from({ length: 3 }, () => ({
    planned: [
      { point: 'shop -> cart GET /cart/{}', kind: 'refused' },
      { point: 'shop -> cart GET /cart/{} -> pricing GET /price #2', kind: 'timeout' },
    ],
    fired: 1,
  })),
  calls: 4,
  kinds: 12,
  rules: [
    { rule: 'unfired', isRefuted: false },
    { rule: 'alike', isRefuted: true },
  ],
  faultSets: {
    run: 40,
    bad: 2,
    rules: { unfired: 1, local: 0, alike: 1_200, monotone: 0 },
    undecided: 0,
  },
  interrupted: false,
  elapsed: 13_600,
};

const seenOnce = violated.counterexamples.map((each) => ({ ...each, isRepeatable: false }));

/** One of each verdict. */
export const systemResults: readonly SystemResult[] = [
  result,
  { ...result, verdict: { kind: 'survived' }, faultSets: undefined },
  { ...result, verdict: { kind: 'unstable', calls: ['shop -> cache GET /'], seenOnce } },
  {
    ...result,
    verdict: { kind: 'inconclusive', reason: 'interrupted', seenOnce },
    covered: -1,
    interrupted: true,
  },
  {
    ...result,
    verdict: {
      kind: 'planned',
      calls: [{ point: 'shop -> stock GET /stock', kinds: ['refused', 'timeout'] }],
      faultSets: 2n,
    },
  },
];
