/**
 * Certificates of random protocols: a genuine one is valid, whoever solves its formula and checks its proof; one of
 * a protocol that is violated is refuted; and one that was tampered with is refused, unless what it says then is true.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { certify, type Certificate } from '../../../src/runner/certificate/certificate.js';
import { readDimacs } from '../../../src/runner/certificate/cnf.js';
import { CNF_FILE } from '../../../src/runner/certificate/files.js';
import { checkProof } from '../../../src/runner/certificate/proof.js';
import { readTexts } from '../../../src/runner/certificate/read.js';
import { readCertificateFiles, writeCertificate } from '../../../src/runner/certificate/store.js';
import { verifyCertificate, type Verification } from '../../../src/runner/certificate/verify.js';
import { check } from '../../../src/runner/check.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { SolverPool } from '../../../src/solver/pool.js';
import type { JudgedVerdict } from '../../judge/verdict.js';
import { expectSameVerdict } from '../../laws/verdicts.js';
import { read } from '../../runner/certificate/certificates.js';
import { runBatches } from '../batches.js';
import type { Campaign } from '../campaign.js';
import { certificateCase, type CertificateCase } from '../certificates/case.js';
import { stepsToContradiction } from '../certificates/naive-proof.js';
import { expectNativeSolversToAgree, installedPrograms, NATIVE_PROGRAMS } from '../certificates/native.js';
import { TamperingOutcomes, type Outcome } from '../certificates/outcomes.js';
import { stepsIn, tamperings, type NamedTampering } from '../certificates/tampering.js';
import { judgeIsAbleTo } from '../mutants/able.js';
import type { Tally } from '../tally.js';

const PROVED = 'a proof that takes steps';

/** How certificates are verified that were tampered with: each MiniSat takes 64 MB. */
const QUICKLY = { samples: 20, solver: 'cadical' } as const;

export const fuzzCertificates: Campaign = async (turn) => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-certificates-'));
  const installed = installedPrograms();
  const tools = { folder, installed, pool: new SolverPool(), outcomes: new TamperingOutcomes() };
  try {
    const result = await runBatches<CertificateCase>(
      {
        campaign: 'certificates',
        cases: certificateCase,
        batch: 250,
        occurring: [PROVED],
        examine: (each, _, tally) => examine(each, { ...tools, tally }),
      },
      turn,
    );
    const missing = NATIVE_PROGRAMS.filter((program) => !installed.has(program));
    const asked = `Asked besides: ${[...installed].join(', ') || 'nothing'}; not installed: ${missing.join(', ') || 'nothing'}.\n`;
    return { ...result, notes: [tools.outcomes.report(), asked] };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

interface Tools {
  /** For what is written. */
  readonly folder: string;
  readonly installed: ReadonlySet<string>;
  readonly pool: SolverPool;
  readonly outcomes: TamperingOutcomes;
  readonly tally: Tally;
}

async function examine(each: CertificateCase, tools: Tools): Promise<void> {
  const { scenario, nodes, bounds } = each;
  const judged = each.judge(scenario.protocol, nodes, bounds);
  const result = await check(scenario.protocol, { name: scenario.file, nodes, bounds, pool: tools.pool });
  expectSameVerdict(result, judged);
  switch (judged.verdict) {
    case 'certified': {
      const certificate = await certificateOf(each, result, tools);
      const takesSteps = read(certificate.files).document.proof!.steps > 0;
      tools.tally.case(takesSteps ? [PROVED] : []);
      await expectToBeValid(each, certificate, judged, tools);
      for (const tampered of tamperings({ ...each, files: certificate.files }, each.seed))
        tools.outcomes.count(tampered.name, await outcomeOf(tampered, each, tools));
      break;
    }
    case 'violated': {
      tools.tally.case([]);
      await expectToBeRefuted(each, result, judged, tools);
      break;
    }
    case 'vacuous':
      tools.tally.case([]);
  }
  tools.tally.judged(judged);
}

/** The certificate of a result that is certified, or that passes itself off as such. */
async function certificateOf(
  { scenario }: CertificateCase,
  result: CheckResult,
  { pool }: Tools,
): Promise<Certificate> {
  const proof = result.verdict.kind === 'certified';
  const passedOff: CheckResult = proof
    ? result
    : { ...result, verdict: { kind: 'certified', properties: [] } };
  const certification = await certify(scenario, passedOff, { proof, version: '1.2.3', pool });
  if (certification.kind !== 'certificate') throw new Error(JSON.stringify(certification));
  return certification.certificate;
}

async function expectToBeValid(
  { scenario }: CertificateCase,
  certificate: Certificate,
  { faultSets }: JudgedVerdict,
  { folder, installed, pool, tally }: Tools,
): Promise<void> {
  const place = writeCertificate(folder, certificate);
  const written = read(readCertificateFiles(place));
  const { document } = written;
  expect(document.faultSets).toBe(String(faultSets));
  const cnf = readDimacs(certificate.files.get(CNF_FILE)!)!;
  const steps = stepsIn(certificate.files, cnf.variables);
  expect(checkProof(cnf, steps)).toEqual({ kind: 'proved', steps: steps.length });
  expect(stepsToContradiction(cnf.clauses, steps)).toBe(steps.length);
  const verification = await verifyCertificate(written, scenario, { pool });
  expect(verification).toMatchObject({ kind: 'valid', proofSteps: steps.length });
  if (verification.kind !== 'valid') return;
  expect(verification.solver).not.toBe(document.established.solver);
  expect(verification.asking).toBeGreaterThan(0);
  tally.checked(3 + expectNativeSolversToAgree(place, 'unsatisfiable', installed));
  rmSync(place, { recursive: true });
}

/** A certificate that says of a violated protocol that it is not, and is all that it should be otherwise. */
async function expectToBeRefuted(
  each: CertificateCase,
  result: CheckResult,
  { violating }: JudgedVerdict,
  tools: Tools,
): Promise<void> {
  const certificate = await certificateOf(each, result, tools);
  const verification = await verifyCertificate(read(certificate.files), each.scenario, { pool: tools.pool });
  // Which properties are asked anything it cannot say, since no verdict said so.
  expect(verification.kind).toBe('refuted');
  if (verification.kind === 'refuted') expect(violating).toContainEqual(verification.faults);
  const place = writeCertificate(tools.folder, certificate);
  tools.tally.checked(1 + expectNativeSolversToAgree(place, 'satisfiable', tools.installed));
  rmSync(place, { recursive: true });
}

async function outcomeOf(tampered: NamedTampering, each: CertificateCase, tools: Tools): Promise<Outcome> {
  const { name, files, verified, law } = tampered;
  const reading = readTexts(files);
  tools.tally.checked(1);
  if (reading.kind === 'unreadable') return 'refused';
  const { certificate } = reading;
  const { nodes, bounds } = certificate.document;
  const verification = await verifyCertificate(certificate, verified, { pool: tools.pool, ...QUICKLY });
  const outcome = outcomeFor(verification);
  switch (law.kind) {
    case 'refused':
      expect(outcome, name).toBe('refused');
      break;
    case 'proof':
      expect(outcome, name).toBe(law.isProof ? 'harmless' : 'refused');
      break;
    case 'judged': {
      const judged = judgeIsAbleTo(() => each.judge(verified.protocol, nodes, bounds));
      if (judged?.verdict === 'violated') expect(outcome, name).toBe('refuted');
      else expect(law.elseRefused ? ['refused'] : ['refused', 'harmless'], name).toContain(outcome);
      if (verification.kind === 'refuted')
        expect(judged?.violating, name).toContainEqual(verification.faults);
    }
  }
  return outcome;
}

function outcomeFor({ kind }: Verification): Outcome {
  switch (kind) {
    case 'valid':
      return 'harmless';
    case 'refuted':
      return 'refuted';
    case 'invalid':
      return 'refused';
  }
}
