/**
 * Whether a certificate holds of a protocol: the formula is derived anew and compared byte for byte, found
 * unsatisfiable by the solver that did not decide the verdict, and held against runs under fault sets drawn at
 * random, which share nothing with it but the evaluator of one run. Nothing that the certificate says is believed.
 */
import { countFaultSets } from '../../injector/counts.js';
import type { FaultSet } from '../../injector/faults.js';
import { askedIn, isViolated } from '../../injector/run.js';
import { formatSchedule, parseSchedule } from '../../injector/schedule.js';
import { missingNode } from '../../model/rules/check/locations.js';
import { BudgetError } from '../../model/budget-error.js';
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { EvaluationError } from '../../model/rules/evaluate/errors.js';
import { SolverPool } from '../../solver/pool.js';
import type { SatBackend, SolverFactory } from '../../solver/sat.js';
import { defaultBudgets } from '../guard/budgets.js';
import { searchOptions } from '../options/common.js';
import { optionForms } from '../options/forms.js';
import { assertOptions, written, type OptionTable } from '../options/table.js';
import { protocolKind } from '../kinds/kinds.js';
import { runGuarded } from '../guard/watchdog.js';
import { digestOf, type CertifiedScenario } from './certificate.js';
import { claimOf, literalsOf, printClaim, violationOf, admissibility, type Claim } from './claim.js';
import { addTo } from './cnf.js';
import { faultVariables } from './document.js';
import { CNF_FILE, DOCUMENT_FILE, PROOF_FILE } from './files.js';
import { checkProofText } from './proof.js';
import { Propagator } from './propagator.js';
import type { ReadCertificate } from './read.js';
import { sampleOf } from './sample.js';

/** How to verify a certificate. */
export interface VerifyOptions {
  /** How many fault sets to run the protocol under; default 200. Where there are no more than that, all. */
  readonly samples?: number;
  /** Of the choice of fault sets; default 0. */
  readonly seed?: number;
  /** Default: the one that did not decide the verdict. */
  readonly solver?: SatBackend;
  /** Milliseconds; default none. */
  readonly timeout?: number;
  readonly pool?: SolverPool;
}

const verifyOptions: OptionTable<keyof VerifyOptions> = {
  samples: written(optionForms.amount),
  seed: searchOptions.seed,
  solver: searchOptions.solver,
  timeout: searchOptions.timeout,
  pool: searchOptions.pool,
};

/** What verifying a certificate came to. */
export type Verification =
  | ValidCertificate
  | RefutedCertificate
  /** It holds not, or not of this protocol, or could not be verified. */
  | { readonly kind: 'invalid'; readonly problems: readonly Diagnostic[] };

/** A certificate of which all that could be verified holds. */
export interface ValidCertificate {
  readonly kind: 'valid';
  /** What found the formula unsatisfiable. */
  readonly solver: SatBackend;
  /** Runs that satisfied the specification, and in how many of these it asked for anything. */
  readonly runs: number;
  readonly asking: number;
  /** Steps of the proof; undefined where there is none. */
  readonly proofSteps: number | undefined;
}

/** The protocol violates its specification under an admissible fault set. */
export interface RefutedCertificate {
  readonly kind: 'refuted';
  readonly faults: FaultSet;
  /** What else was wrong with the certificate. */
  readonly problems: readonly Diagnostic[];
}

/** A protocol that a certificate is to be about. */
export type VerifiedProtocol = Pick<CertifiedScenario, 'protocol' | 'text'>;

/**
 * Verifies a certificate against a protocol.
 *
 * @throws TypeError, RangeError for an option that there is not, or a value that makes no sense
 * @throws EvaluationError, TooManyTuples, HandlerError when the protocol itself cannot be run
 */
export async function verifyCertificate(
  certificate: ReadCertificate,
  protocol: VerifiedProtocol,
  options: VerifyOptions = {},
): Promise<Verification> {
  assertOptions('verifyCertificate', options, verifyOptions);
  const solver = options.solver ?? otherThan(certificate.document.established.solver);
  const factory = await (options.pool ?? new SolverPool()).factory(solver);
  try {
    const { protocol: run, during } = protocolKind(protocol.protocol).watched(protocol.protocol);
    const verifier = new Verifier(certificate, { ...protocol, protocol: run }, factory, options);
    const guarded = during(() => runGuarded(() => verifier.verify(), { timeoutMs: options.timeout }));
    if (guarded.kind === 'finished') return guarded.value;
    return verifier.gaveUp('the time ended');
  } catch (error) {
    if (error instanceof EvaluationError && error.problem.kind === 'missing node')
      return {
        kind: 'invalid',
        problems: [...certificate.problems, missingNode(error.problem, error.span, error.time)],
      };
    if (!(error instanceof BudgetError)) throw error;
    return { kind: 'invalid', problems: [...certificate.problems, notVerified(error.message)] };
  }
}

function otherThan(solver: SatBackend): SatBackend {
  return solver === 'cadical' ? 'minisat' : 'cadical';
}

function notVerified(reason: string): Diagnostic {
  return diagnostic('RUN409', `the certificate was not verified: ${reason}`);
}

class Verifier {
  private readonly problems: Diagnostic[];

  constructor(
    private readonly certificate: ReadCertificate,
    private readonly verified: VerifiedProtocol,
    private readonly factory: SolverFactory,
    private readonly options: VerifyOptions,
  ) {
    this.problems = [...certificate.problems];
  }

  gaveUp(reason: string): Verification {
    return { kind: 'invalid', problems: [...this.problems, notVerified(reason)] };
  }

  /** @throws BudgetExceeded, TooManyLocalStates, SolverError */
  verify(): Verification {
    const { document } = this.certificate;
    const { protocol } = this.verified;
    const same = this.isSameProtocol();
    const undeclared = protocolKind(protocol).undeclared(protocol, document.nodes);
    if (hasErrors(undeclared)) return { kind: 'invalid', problems: [...this.problems, ...undeclared] };
    const claim = claimOf({ protocol, nodes: document.nodes, bounds: document.bounds }, this.factory);
    // What is said of another protocol is of no interest, but whether this one violates is.
    if (same) {
      this.compareFormula(claim);
      this.compareStatements(claim);
      this.askProperties(claim);
    }
    const proofSteps = same ? this.checkProof(claim) : undefined;
    const model = this.solve(claim);
    if (model === 'unknown') return this.gaveUp('the solver passed its budget of conflicts');
    const runs = model === 'none' ? this.runSample(claim) : { violating: model };
    if ('violating' in runs) return { kind: 'refuted', faults: runs.violating, problems: this.problems };
    if (this.problems.length > 0) return { kind: 'invalid', problems: this.problems };
    return { kind: 'valid', solver: this.factory.backend, ...runs, proofSteps };
  }

  private isSameProtocol(): boolean {
    const { kind, sha256 } = this.certificate.document.protocol;
    const digest = digestOf(this.verified);
    if (digest?.kind === kind && digest.sha256 === sha256) return true;
    this.report('RUN406', `the protocol is not the one that was certified`);
    return false;
  }

  private compareFormula(claim: Claim): void {
    const { cnf } = this.certificate;
    const derived = printClaim(claim);
    if (cnf === undefined || cnf === derived) return;
    const [written, expected] = [cnf.split('\n'), derived.split('\n')];
    const line = written.findIndex((each, index) => each !== expected[index]);
    const at = line === -1 ? Math.min(written.length, expected.length) : line + 1;
    this.report('RUN407', `${CNF_FILE} is not the formula of this protocol: they differ from line ${at} on`);
  }

  /** What the document says beside the formula, and could be taken at its word. */
  private compareStatements({ space, subject, cnf }: Claim): void {
    const { variables, faultSets, cnf: size, properties } = this.certificate.document;
    const { nodes, bounds } = this.certificate.document;
    const statements: readonly (readonly [what: string, said: unknown, so: unknown])[] = [
      ['what the variables mean', variables, faultVariables(space.events)],
      ['the number of fault sets', faultSets, countFaultSets(nodes.length, bounds).toString()],
      ['the properties of the specification', properties.map(({ name }) => name), subject.properties],
      ['the size of the formula', [size.variables, size.clauses], [cnf.variables, cnf.clauses.length]],
    ];
    for (const [what, said, so] of statements)
      if (JSON.stringify(said) !== JSON.stringify(so))
        this.report('RUN405', `${DOCUMENT_FILE} misstates ${what}`);
  }

  /** Each property has to ask something of the run that the document names, or it would certify nothing. */
  private askProperties({ subject }: Claim): void {
    const { properties, nodes, bounds } = this.certificate.document;
    for (const { name, schedule } of properties) {
      const parsed = parseSchedule(schedule, { nodes, bounds });
      if (parsed.kind === 'malformed' || !askedIn(subject.outcome(parsed.faults)).has(name))
        this.report('RUN405', `${DOCUMENT_FILE} misstates a run that \`${name}\` asks something of`);
    }
  }

  private checkProof({ cnf }: Claim): number | undefined {
    const { proof, document } = this.certificate;
    if (proof === undefined) return undefined;
    const result = checkProofText(cnf, proof);
    switch (result.kind) {
      case 'proved':
        if (document.proof?.steps === result.steps) return result.steps;
        this.report('RUN405', `${DOCUMENT_FILE} misstates the length of the proof`);
        return undefined;
      case 'malformed':
        this.report(
          'RUN408',
          `line ${result.line} of ${PROOF_FILE} is no clause over the formula’s variables`,
        );
        return undefined;
      case 'unfounded':
        this.report('RUN408', `step ${result.step} of ${PROOF_FILE} does not follow from what is before it`);
        return undefined;
      case 'unfinished':
        this.report('RUN408', `${PROOF_FILE} ends without a contradiction`);
        return undefined;
    }
  }

  /** An admissible fault set that violates. */
  private solve({ cnf, space, subject }: Claim): FaultSet | 'none' | 'unknown' {
    const solver = this.factory.create();
    try {
      addTo(solver, cnf);
      const status = solver.solve({ conflicts: defaultBudgets.decisionConflicts });
      if (status !== 'satisfiable') return status === 'unsatisfiable' ? 'none' : 'unknown';
      const faults = space.faultsOf([...space.events.keys()].filter((input) => solver.value(input + 1)));
      if (isViolated(subject.confirm(faults))) return faults;
      throw new Error(`the formula says that {${formatSchedule(faults)}} violates, and its run does not`);
    } finally {
      solver.dispose();
    }
  }

  /** Holds the formula against runs, which have to agree on every one of them. */
  private runSample({
    cnf,
    space,
    subject,
  }: Claim): Pick<ValidCertificate, 'runs' | 'asking'> | { violating: FaultSet } {
    const { samples = 200, seed = 0 } = this.options;
    const gates = new Propagator(admissibility(cnf));
    const violation = violationOf(cnf);
    let asking = 0;
    const sample = sampleOf(space, samples, seed);
    for (const faults of sample) {
      // With every fault event known, propagation computes every gate: no solver is asked.
      let said: boolean | undefined;
      const admissible = gates.suppose(literalsOf(space, faults), (value) => (said = value(violation)));
      if (!admissible || said !== false)
        throw new Error(`the formula says nothing, or the wrong thing, of {${formatSchedule(faults)}}`);
      const outcome = subject.confirm(faults);
      if (isViolated(outcome)) return { violating: faults };
      if (askedIn(outcome).size > 0) asking++;
    }
    return { runs: sample.length, asking };
  }

  private report(...parameters: Parameters<typeof diagnostic>): void {
    this.problems.push(diagnostic(...parameters));
  }
}
