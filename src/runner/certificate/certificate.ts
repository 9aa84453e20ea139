/** Certificates as files with their texts: making them from a verdict. Writing them is left to the command line. */
import { formatBounds, type Bounds } from '../../injector/bounds.js';
import { countFaultSets } from '../../injector/counts.js';
import { formatSchedule } from '../../injector/schedule.js';
import { BudgetError } from '../../model/budget-error.js';
import type { SolverPool } from '../../solver/pool.js';
import { searchOptions } from '../options/common.js';
import { assertOptions, ofType, type OptionTable } from '../options/table.js';
import { sha256 } from '../documents/digest.js';
import { nameOfFile } from '../documents/file-names.js';
import { protocolKind } from '../kinds/kinds.js';
import type { CheckResult } from '../result.js';
import type { Protocol } from '../../model/protocol.js';
import { runGuarded } from '../guard/watchdog.js';
import { claimOf, printClaim, type Claim } from './claim.js';
import { printClauses, type Cnf } from './cnf.js';
import {
  CERTIFICATE_FORMAT,
  CERTIFICATE_VERSION,
  faultVariables,
  type CertificateDocument,
  type CertifiedName,
  type ProtocolDigest,
} from './document.js';
import type { ProofSearch } from './prove.js';
import { CNF_FILE, DOCUMENT_FILE, PROOF_FILE, type CertificateFile, type CertificateFiles } from './files.js';

/** A certificate as files with their texts, which are written nowhere yet. */
export interface Certificate {
  /** A name for the folder of its files: of letters, digits, `-`, `_` and `.`, and the same for the same scenario, nodes and bounds. */
  readonly folder: string;
  readonly files: CertificateFiles;
}

/** The certificate of a verdict, or why it has none. */
export type Certification =
  | { readonly kind: 'certificate'; readonly certificate: Certificate }
  /** One clause that says why there is none. */
  | { readonly kind: 'none'; readonly reason: string };

/** A protocol as a certificate speaks of it. */
export interface CertifiedScenario extends CertifiedName {
  readonly protocol: Protocol;
  /** Of handlers: the text of the file, which stands for them. */
  readonly text: string | undefined;
}

/** How to make a certificate. */
export interface CertifyOptions {
  /** Whether to prove the formula unsatisfiable, and keep the proof. */
  readonly proof: boolean;
  /** The version of ldfi, which the certificate names. */
  readonly version: string;
  /** Milliseconds for the formula, and again for the proof; default none. */
  readonly timeout?: number | undefined;
  readonly pool: SolverPool;
}

const certifyOptions: OptionTable<keyof CertifyOptions> = {
  proof: { ...ofType('boolean', 'true or false'), isRequired: true },
  version: { ...ofType('string', 'text'), isRequired: true },
  timeout: searchOptions.timeout,
  pool: { ...searchOptions.pool, isRequired: true },
};

/**
 * The certificate of a verdict. There is one only where the verdict is `certified` by `compiled`: the other
 * strategies go through runs one by one, and have no formula that others could solve.
 *
 * @throws TypeError, RangeError for an option that there is not, or a value that makes no sense
 * @throws EvaluationError, TooManyTuples, HandlerError when the protocol itself cannot be run
 */
export async function certify(
  scenario: CertifiedScenario,
  result: CheckResult,
  options: CertifyOptions,
): Promise<Certification> {
  assertOptions('certify', options, certifyOptions);
  const certifiable = certifiableOf(result);
  if (typeof certifiable === 'string') return { kind: 'none', reason: certifiable };
  const protocol = digestOf(scenario);
  if (protocol === undefined) return { kind: 'none', reason: 'the text of its file is not known' };
  const { protocol: run, during } = protocolKind(scenario.protocol).watched(scenario.protocol);
  const terms = { protocol: run, nodes: result.nodes, bounds: result.bounds };
  const factory = await options.pool.factory(result.evidence.solver);
  try {
    const guarded = during(() => runGuarded(() => claimOf(terms, factory), { timeoutMs: options.timeout }));
    if (guarded.kind === 'timeout')
      return { kind: 'none', reason: 'the time ended before there was a formula' };
    return await assemble(guarded.value, { scenario, protocol, certifiable, options });
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { kind: 'none', reason: error.message };
  }
}

/** Undefined for handlers without a text. */
export function digestOf({
  protocol,
  text,
}: Pick<CertifiedScenario, 'protocol' | 'text'>): ProtocolDigest | undefined {
  const identity = protocolKind(protocol).identity(protocol, text);
  return identity === undefined ? undefined : { kind: protocol.kind, sha256: sha256(identity) };
}

/** What is certified and how that was established, or why there is nothing to certify. */
function certifiableOf({ verdict, evidence }: CheckResult): Certifiable | string {
  const { strategy, representation, solver, confirmed } = evidence;
  if (verdict.kind !== 'certified') return `the verdict is ${verdict.kind}`;
  const byAll = representation === 'diagram' || representation === 'circuit' || representation === 'states';
  if (strategy !== 'compiled' || !byAll)
    return `the verdict is by ${strategy}, which leaves no formula to be solved again`;
  const properties = verdict.properties.map(({ name, under }) => ({ name, schedule: formatSchedule(under) }));
  return { properties, established: { strategy, representation, solver, confirmed } };
}

type Certifiable = Pick<CertificateDocument, 'properties' | 'established'>;

interface Parts {
  readonly scenario: CertifiedScenario;
  readonly protocol: ProtocolDigest;
  readonly certifiable: Certifiable;
  readonly options: CertifyOptions;
}

async function assemble(claim: Claim, parts: Parts): Promise<Certification> {
  const { scenario, protocol, certifiable, options } = parts;
  const cnf = printClaim(claim);
  const proof = options.proof ? await proofOf(claim.cnf, options.timeout) : undefined;
  if (proof !== undefined && proof.kind !== 'proof') return proof;
  const learned = proof === undefined ? undefined : printClauses(proof.clauses);
  const { nodes, bounds, events } = claim.space;
  const { file, name, with: others } = scenario;
  const { printDocument } = await import('./text.js');
  const document: CertificateDocument = {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    ldfi: options.version,
    scenario: { file, name, ...(others !== undefined && { with: others }) },
    protocol,
    nodes,
    bounds,
    faultSets: countFaultSets(nodes.length, bounds).toString(),
    ...certifiable,
    cnf: { variables: claim.cnf.variables, clauses: claim.cnf.clauses.length, sha256: sha256(cnf) },
    variables: faultVariables(events),
    proof:
      proof === undefined || learned === undefined
        ? null
        : { steps: proof.clauses.length, sha256: sha256(learned) },
  };
  const files = new Map<CertificateFile, string>([
    [CNF_FILE, cnf],
    [DOCUMENT_FILE, printDocument(document)],
    ...(learned === undefined ? [] : [[PROOF_FILE, learned] as const]),
  ]);
  return { kind: 'certificate', certificate: { folder: folderOf(scenario, nodes, bounds), files } };
}

/** The solver is loaded where a proof is asked for only, because that takes a while. */
async function proofOf(cnf: Cnf, timeout: number | undefined): Promise<ProofSearch> {
  const { prove } = await import('./prove.js');
  return prove(cnf, timeout);
}

function folderOf(
  { file, name, with: parts = [] }: CertifiedName,
  nodes: readonly string[],
  bounds: Bounds,
): string {
  return nameOfFile(name ?? file, bounds, [file, name, nodes, formatBounds(bounds), ...parts]);
}
