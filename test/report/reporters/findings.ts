/** What may have been found, for tests of how it is told. */
import { diagnostic } from '../../../src/model/diagnostics/diagnostics.js';
import type { Findings } from '../../../src/report/json/findings.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { enact, results } from '../../runner/fixtures.js';
import { result as system } from '../system-results.js';

const source = { name: 'broken.ded', text: 'p("a");\nq(X) :- p(Y);\n' };

/** Of every kind. */
export const all: Findings = {
  results: Object.values(results).map((result) => ({ ...result, elapsed: 1234, processor: 1500 })),
  runs: [],
  verifications: [],
  systems: [{ ...system, elapsed: 5678 }],
  diagnostics: [
    diagnostic('DED301', 'variable X is not bound', { span: { source, start: 10, end: 11 } }),
    diagnostic('RUN124', '1 scenario was not checked'),
  ],
};

/** What means something in one form or another, and what XML cannot say. */
export const HOSTILE = `]]></failure><script>alert("1")</script> & 'q' | \`code\` ::error::x %0A #58; \u0000\u001b[31m\ud800 \u202e,\nnext`;

/** A run whose nodes have such names, and whose messages carry such text. */
export const hostileRun = enact({
  nodes: [HOSTILE, 'b; end'],
  eot: 2,
  sends: [[1, HOSTILE, 'b; end', 'told', HOSTILE]],
  violations: [[HOSTILE]],
});

function hostileResult(result: CheckResult): CheckResult {
  const { nodes } = hostileRun;
  return {
    ...result,
    name: HOSTILE,
    location: { file: `${HOSTILE}.ts`, scenario: HOSTILE },
    nodes,
    verdict: {
      kind: 'violated',
      counterexamples: [
        {
          faults: [],
          minimality: 'minimum',
          run: hostileRun,
          divergence: undefined,
          because: [],
          suspects: [],
        },
      ],
      remaining: 'none',
      violating: undefined,
    },
  };
}

/** Names that somebody chose to break out of what they stand in. */
export const hostile: Findings = { ...all, results: [hostileResult(results.violated)] };
