/**
 * The words by which a report asks to be trusted. Each situation is real, from a check, a replay or a verification, and says
 * exactly those that it has earned: a word that appears where it was not is as much a failure as one that is missing.
 */
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { parseSchedule } from '../../../src/injector/schedule.js';
import { claimOf } from '../../../src/runner/certificate/claim.js';
import { digestOf, type CertifiedScenario } from '../../../src/runner/certificate/certificate.js';
import { CNF_FILE, PROOF_FILE, type CertificateFiles } from '../../../src/runner/certificate/files.js';
import { reportVerification } from '../../../src/report/text/verification.js';
import { check } from '../../../src/runner/check.js';
import type { CheckOptions } from '../../../src/runner/options/check.js';
import { replayProtocol } from '../../../src/runner/replay.js';
import { reportCheck } from '../../../src/report/text/report.js';
import { reportRun } from '../../../src/report/text/run.js';
import { plainStyle } from '../../../src/report/text/style.js';
import { judgeTolerance, type ToleranceOptions } from '../../../src/testing/judge-tolerance.js';
import {
  bounds,
  certificateOf,
  CURT,
  forged,
  greetings,
  nodes,
  pool,
  read,
  rules,
  verify,
} from '../../runner/certificate/certificates.js';
import { checked, CRASHING } from '../../runner/checks.js';
import { IDLE, PERSISTENT } from '../../cli/harness.js';
import { LyingPool } from '../../runner/liars.js';
import { hasty, patient } from '../../runner/scenarios.js';

const words = {
  certified: /^CERTIFIED/m,
  'none violates': /No admissible fault set violates/,
  'all covered': /all covered|fault sets covered/,
  'covered to a size': /all fault sets of at most/,
  confirmed: /confirmed by (cadical|minisat)/,
  'confirmed alone': /confirmed by the circuit alone/,
  'as expected': /^ {2}as the scenario expects/m,
  counted: /violates? the specification: [\d.<>]+%|[\d.<>]+% of \S+ fault sets violate;/,
  fewest: /the fewest that violate the specification/,
  minimal: /none can be left out/,
  'no others': /There are no other minimal counterexamples/,
  'there are more': /There are more minimal counterexamples/,
  satisfied: /^SATISFIED/m,
  holds: /In `pre` and in `post`/,
  valid: /^VALID/m,
  'derived anew': /derived anew, the same/,
  'no model': /no model, by (cadical|minisat)/,
  proof: /each of which follows/,
  'runs agree': /fault sets, no violation/,
  tolerates: /tolerates all faults within the bounds/,
} as const;
type Word = keyof typeof words;

interface Situation {
  readonly name: string;
  readonly report: () => string | Promise<string>;
  readonly says: readonly Word[];
}

const options = { width: 80, style: plainStyle, verbose: true };

/** The greetings of the certificates are certified, after a question that only a solver or a diagram answers. */
async function greet(change: Partial<CheckOptions> = {}): Promise<string> {
  const result = await check(greetings.protocol, { name: 'greetings', nodes, bounds, pool, ...change });
  return reportCheck(result, options);
}

/** What only a crash violates, in three minimal ways. */
async function persist(change: Partial<CheckOptions> = {}): Promise<string> {
  return reportCheck(await checked(PERSISTENT, change), options);
}

function replay(text: string, schedule: string): string {
  const protocol = readDedalusText(text).checked!;
  const setting = { nodes: ['a', 'b'], bounds: CRASHING };
  const parsed = parseSchedule(schedule, setting);
  if (parsed.kind === 'malformed') throw new Error(schedule);
  return reportRun(
    { name: 'run', bounds: CRASHING, ...replayProtocol(protocol, setting, parsed.faults) },
    options,
  );
}

async function tolerance(
  ...parameters: readonly [typeof patient, ToleranceOptions, boolean]
): Promise<string> {
  return (await judgeTolerance('toTolerateFaults', ...parameters)).message();
}

/** What is told of a certificate of the greetings, altered or not. */
async function verification(
  alter: (files: CertificateFiles) => CertificateFiles | Promise<CertificateFiles>,
  {
    proof = false,
    scenario = greetings,
  }: { readonly proof?: boolean; readonly scenario?: CertifiedScenario } = {},
): Promise<string> {
  const files = await alter((await certificateOf(greetings, { proof })).files);
  const { document } = read(files);
  const outcome = await verify(files, scenario);
  const told =
    outcome.kind === 'refuted'
      ? {
          kind: outcome.kind,
          run: {
            name: 'run',
            bounds,
            ...replayProtocol(scenario.protocol, { nodes, bounds }, outcome.faults),
          },
          problems: outcome.problems,
        }
      : outcome;
  return reportVerification({ ...document, folder: 'certificate', outcome: told }, options).join('\n');
}

const curt: CertifiedScenario = { ...greetings, protocol: rules(CURT) };

/** A certificate for what is violated, all of whose parts fit. */
async function passedOff(files: CertificateFiles): Promise<CertificateFiles> {
  const { cnf } = claimOf({ protocol: curt.protocol, nodes, bounds }, await pool.factory('minisat'));
  const size = { variables: cnf.variables, clauses: cnf.clauses.length, sha256: '' };
  return forged(files, { protocol: digestOf(curt)!, cnf: size });
}

const withAClauseTooMany = (files: CertificateFiles) =>
  forged(
    files,
    {},
    {
      cnf: `${files.get(CNF_FILE)!}1 0
`,
    },
  );
const withABadProof = (files: CertificateFiles) =>
  forged(files, {}, { proof: files.get(PROOF_FILE)!.replace(/^/, '0\n') });

/** Finds that there is a model, and then has no more to say. */
const tired = () => new LyingPool((truth, solver, call) => (solver === 0 && call === 0 ? truth : 'unknown'));

const situations: readonly Situation[] = [
  {
    name: 'certified, as expected',
    report: () => greet({ expected: 'certified' }),
    says: ['certified', 'none violates', 'all covered', 'confirmed', 'as expected'],
  },
  {
    name: 'certified, and otherwise expected',
    report: () => greet({ expected: 'violated' }),
    says: ['certified', 'none violates', 'all covered', 'confirmed'],
  },
  {
    name: 'certified, with no budget to confirm it',
    report: () => greet({ budgets: { confirmationGates: 0 } }),
    says: ['certified', 'none violates', 'all covered'],
  },
  {
    name: 'certified, by a solver that ends without an answer in confirming it',
    report: () => greet({ pool: new LyingPool(() => 'unknown') }),
    says: ['certified', 'none violates', 'all covered'],
  },
  ...[
    { name: 'a circuit', change: { budgets: { diagramNodes: 0 } } },
    { name: 'all runs', change: { strategy: 'exhaustive', bounds: { eot: 4, eff: 0, crashes: 1 } } },
    { name: 'lineage', change: { strategy: 'alternating' } },
  ].map(({ name, change }): Situation => ({
    name: `certified by ${name}`,
    report: () => greet(change as Partial<CheckOptions>),
    says: ['certified', 'none violates', 'all covered'],
  })),
  {
    name: 'violated',
    report: () => persist({ expected: 'violated' }),
    says: ['counted', 'fewest', 'confirmed', 'there are more', 'as expected'],
  },
  {
    name: 'violated, and all counterexamples wanted',
    report: () => persist({ limit: 100 }),
    says: ['counted', 'fewest', 'minimal', 'confirmed', 'no others'],
  },
  {
    name: 'violated, with no budget to confirm it',
    report: () => persist({ budgets: { confirmationGates: 0 } }),
    says: ['counted', 'fewest', 'there are more'],
  },
  {
    name: 'violated by a circuit',
    report: () => persist({ budgets: { diagramNodes: 0 } }),
    says: ['fewest', 'there are more'],
  },
  {
    name: 'violated by a circuit, with no budget for the fewest faults',
    report: () => persist({ budgets: { diagramNodes: 0 }, pool: tired() }),
    says: ['minimal'],
  },
  {
    name: 'violated by lineage',
    report: () => persist({ strategy: 'alternating' }),
    says: ['fewest'],
  },
  {
    name: 'violated by lineage, without what may appear',
    report: () => tolerance(patient, { crashes: 1, strategy: 'alternating', lineage: 'tracked' }, false),
    says: [],
  },
  { name: 'violated by chance', report: () => persist({ strategy: 'random', seed: 3 }), says: ['minimal'] },
  {
    name: 'violated when the budget ended',
    report: () => persist({ strategy: 'exhaustive', budgets: { executions: 8 } }),
    says: [],
  },
  {
    name: 'vacuous',
    report: async () => reportCheck(await checked(IDLE, { expected: 'vacuous' }), options),
    says: ['confirmed alone', 'as expected'],
  },
  {
    name: 'inconclusive, with no fault set decided',
    report: () => persist({ strategy: 'random', bounds: { ...CRASHING, crashes: 0 }, expected: 'certified' }),
    says: [],
  },
  {
    name: 'inconclusive, with all of a size decided',
    report: () => greet({ strategy: 'exhaustive', budgets: { executions: 50 } }),
    says: ['covered to a size'],
  },
  { name: 'a good run', report: () => replay(PERSISTENT, ''), says: ['satisfied', 'holds'] },
  { name: 'a run that asks nothing', report: () => replay(IDLE, ''), says: ['satisfied'] },
  { name: 'a bad run', report: () => replay(PERSISTENT, 'crash a@1'), says: [] },
  {
    name: 'a certificate',
    report: () => verification((files) => files),
    says: ['valid', 'derived anew', 'no model', 'runs agree'],
  },
  {
    name: 'a certificate with a proof',
    report: () => verification((files) => files, { proof: true }),
    says: ['valid', 'derived anew', 'no model', 'runs agree', 'proof'],
  },
  { name: 'a certificate of another formula', report: () => verification(withAClauseTooMany), says: [] },
  {
    name: 'a certificate with no proof in its proof',
    report: () => verification(withABadProof, { proof: true }),
    says: [],
  },
  {
    name: 'a certificate of another protocol',
    report: () => verification((files) => files, { scenario: curt }),
    says: [],
  },
  {
    name: 'a certificate of what is violated',
    report: () => verification(passedOff, { scenario: curt }),
    says: [],
  },
  {
    name: 'a test that was to fail',
    report: () => tolerance(patient, {}, true),
    says: ['tolerates', 'certified', 'none violates', 'all covered', 'confirmed'],
  },
  {
    name: 'a test that fails',
    report: () => tolerance(hasty, { budgets: { confirmationGates: 0 } }, false),
    says: ['counted', 'fewest', 'no others'],
  },
  {
    name: 'a test without a verdict',
    report: () => tolerance(patient, { strategy: 'random', budgets: { executions: 3 } }, true),
    says: [],
  },
];

describe('a word of trust is said where it is earned, and nowhere else', () => {
  it.each(situations)('$name', async ({ report, says }) => {
    const text = await report();
    const said = Object.entries(words).flatMap(([word, pattern]) => (pattern.test(text) ? [word] : []));
    expect(said.sort(), text).toEqual([...says].sort());
  });

  it.each(Object.keys(words) as Word[])('%s: in some situation, and not in another', (word) => {
    const saying = situations.filter(({ says }) => says.includes(word));
    expect(saying).not.toEqual([]);
    expect(saying.length).toBeLessThan(situations.length);
  });
});
