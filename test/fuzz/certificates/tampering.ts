/**
 * What is done to certificates. An accident changes a file and leaves the digests as they were; a forger makes
 * every digest and every count fit, and lacks nothing but the truth.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { digestOf, type CertifiedScenario } from '../../../src/runner/certificate/certificate.js';
import { readClause, readDimacs } from '../../../src/runner/certificate/cnf.js';
import type { CertificateDocument } from '../../../src/runner/certificate/document.js';
import { CERTIFICATE_FILES, CNF_FILE, PROOF_FILE } from '../../../src/runner/certificate/files.js';
import type { CertificateFiles } from '../../../src/runner/certificate/files.js';
import type { VerifiedProtocol } from '../../../src/runner/certificate/verify.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { forged, read } from '../../runner/certificate/certificates.js';
import { stepsToContradiction } from './naive-proof.js';

/** A certificate and the protocol that it is held against, one of which was changed. */
interface Tampered {
  readonly files: CertificateFiles;
  readonly verified: VerifiedProtocol;
  readonly law: TamperingLaw;
}

/** What has to come of it. */
export type TamperingLaw =
  /** It is refused, whatever it is. */
  | { readonly kind: 'refused' }
  /**
   * It is refuted exactly where the judge finds the protocol violated, on the nodes and within the bounds that the
   * certificate now speaks of, as far as the certificate can be read.
   */
  | { readonly kind: 'judged'; readonly elseRefused: boolean }
  /** It is refused exactly where the steps do not prove the formula. */
  | { readonly kind: 'proof'; readonly isProof: boolean };

const REFUSED: TamperingLaw = { kind: 'refused' };
/** Whatever is accepted is true of the protocol: a claim that nothing was altered for may be. */
const JUDGED: TamperingLaw = { kind: 'judged', elseRefused: false };

/** What a certificate was made of. */
export interface Genuine {
  readonly files: CertificateFiles;
  readonly scenario: CertifiedScenario;
  readonly mutant: (pick: number) => Protocol | undefined;
}

/** A number below a bound above 0, at random. */
type Random = (bound: number) => number;
/** Undefined where there is nothing of the kind to change. */
type Tampering = (genuine: Genuine, random: Random) => Tampered | undefined;

/** Every way of tampering, by what it does. */
const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'a character of a file changed': accident((text, random) => {
    const at = random(text.length);
    return text.slice(0, at) + (text[at] === '1' ? '2' : '1') + text.slice(at + 1);
  }),
  'a line of a file lost': accident((text, random) => {
    const lines = text.split('\n');
    return lines.toSpliced(random(lines.length - 1), 1).join('\n');
  }),
  'a file lost': ({ files, scenario }, random) => {
    const names = CERTIFICATE_FILES.filter((name) => files.has(name));
    const lost = names[random(names.length)];
    const left = new Map([...files].filter(([name]) => name !== lost));
    return { files: left, verified: scenario, law: REFUSED };
  },
  'a clause of the formula dropped': formula((clauses, random) =>
    clauses.toSpliced(random(clauses.length), 1),
  ),
  'a clause added to the formula': formula((clauses, random) => [
    ...clauses,
    [...clauses[random(clauses.length)]].map((literal) => -literal),
  ]),
  'a literal of the formula flipped': formula((clauses, random) => {
    const at = random(clauses.length);
    return clauses.with(at, flipped(clauses[at], random));
  }),
  'the formula asks for no violation': formula((clauses) =>
    clauses.with(-1, [-clauses[clauses.length - 1][0]]),
  ),
  'the meanings of two variables exchanged': document(({ variables }, random) => {
    if (variables.length < 2) return undefined;
    const one = random(variables.length);
    const other = (one + 1 + random(variables.length - 1)) % variables.length;
    const exchanged = variables
      .with(one, { ...variables[other], variable: one + 1 })
      .with(other, { ...variables[one], variable: other + 1 });
    return { variables: exchanged };
  }, REFUSED),
  'more fault sets said to be covered': document(
    ({ faultSets }, random) => ({ faultSets: String(BigInt(faultSets) + BigInt(1 + random(9))) }),
    REFUSED,
  ),
  'wider bounds claimed': document(({ bounds }, random) => {
    const { eot, eff, crashes } = bounds;
    const wider = [
      { eot: eot + 1, eff, crashes },
      { eot, eff: eff + 1, crashes },
      { eot, eff, crashes: crashes + 1 },
    ];
    return { bounds: wider[random(wider.length)] };
  }, JUDGED),
  'two nodes exchanged': document(({ nodes }, random) => {
    if (nodes.length < 2) return undefined;
    const at = random(nodes.length - 1);
    return { nodes: nodes.toSpliced(at, 2, nodes[at + 1], nodes[at]) };
  }, JUDGED),
  'the digest of the protocol altered': document(
    ({ protocol }) => ({ protocol: { ...protocol, sha256: '0'.repeat(64) } }),
    REFUSED,
  ),
  'the protocol altered': ({ files, scenario, mutant }, random) => {
    const protocol = mutant(random(0x10000));
    // The digest of handlers is that of their text.
    const text = scenario.text === undefined ? undefined : `${scenario.text}// altered\n`;
    return protocol && { files, verified: { protocol, text }, law: { kind: 'judged', elseRefused: true } };
  },
  'the protocol altered, its digest made to fit': ({ files, scenario, mutant }, random) => {
    const protocol = mutant(random(0x10000));
    if (protocol === undefined) return undefined;
    const verified = { protocol, text: scenario.text };
    return { files: forged(files, { protocol: digestOf(verified)! }), verified, law: JUDGED };
  },
  'a step of the proof dropped': proof((steps, random) => steps.toSpliced(random(steps.length), 1)),
  'a literal of a step dropped': proof((steps, random) => {
    const at = random(steps.length);
    return steps.with(at, steps[at].toSpliced(random(Math.max(1, steps[at].length)), 1));
  }),
  'a literal of a step flipped': proof((steps, random) => {
    const at = random(steps.length);
    return steps.with(at, flipped(steps[at], random));
  }),
  'the end of the proof cut off': proof((steps, random) => steps.slice(0, random(steps.length))),
  'only a tautology left of the proof': proof(() => [[1, -1]]),
};

export interface NamedTampering extends Tampered {
  readonly name: string;
}

export const TAMPERING_NAMES: readonly string[] = Object.keys(TAMPERINGS);

/** The certificate tampered with in every way that there is for it. */
export function tamperings(genuine: Genuine, seed: number): readonly NamedTampering[] {
  const generator = xoroshiro128plus(seed);
  const random: Random = (bound) => uniformInt(generator, 0, bound - 1);
  return Object.entries(TAMPERINGS).flatMap(([name, tamper]) => {
    const tampered = tamper(genuine, random);
    return tampered === undefined ? [] : [{ name, ...tampered }];
  });
}

/** In one of the files. */
function accident(change: (text: string, random: Random) => string): Tampering {
  return ({ files, scenario }, random) => {
    const written = [...files].filter(([, text]) => text !== '');
    const [name, text] = written[random(written.length)];
    const changed = new Map([...files, [name, change(text, random)] as const]);
    return { files: changed, verified: scenario, law: REFUSED };
  };
}

type Clauses = readonly (readonly number[])[];

function formula(change: (clauses: Clauses, random: Random) => Clauses): Tampering {
  return ({ files, scenario }, random) => {
    const written = files.get(CNF_FILE)!;
    const { variables, clauses: genuine } = readDimacs(written)!;
    const clauses = change(genuine, random);
    const heading = written.slice(0, written.indexOf('p cnf'));
    const lines = [`p cnf ${variables} ${clauses.length}`, ...clauses.map(line)];
    const cnf = `${heading}${lines.join('\n')}\n`;
    const size = { variables, clauses: clauses.length, sha256: '' };
    return { files: forged(files, { cnf: size }, { cnf }), verified: scenario, law: REFUSED };
  };
}

function document(
  change: (document: CertificateDocument, random: Random) => Partial<CertificateDocument> | undefined,
  law: TamperingLaw,
): Tampering {
  return ({ files, scenario }, random) => {
    const changed = change(read(files).document, random);
    return changed && { files: forged(files, changed), verified: scenario, law };
  };
}

/** Of a proof that takes any steps. */
function proof(change: (steps: Clauses, random: Random) => Clauses): Tampering {
  return ({ files, scenario }, random) => {
    const { variables, clauses } = readDimacs(files.get(CNF_FILE)!)!;
    const genuine = stepsIn(files, variables);
    if (genuine.length === 0) return undefined;
    const steps = change(genuine, random);
    const needed = stepsToContradiction(clauses, steps);
    // Where it is a proof by chance, the forger leaves out what it does not need, so that its length is true too.
    const text = steps.slice(0, needed).map((step) => `${line(step)}\n`);
    const changed = forged(files, {}, { proof: text.join('') });
    return { files: changed, verified: scenario, law: { kind: 'proof', isProof: needed !== undefined } };
  };
}

/** The steps of a certificate's proof. */
export function stepsIn(files: CertificateFiles, variables: number): Clauses {
  const lines = files.get(PROOF_FILE)!.split('\n').slice(0, -1);
  return lines.map((each) => readClause(each, variables)!);
}

function line(clause: readonly number[]): string {
  return [...clause, 0].join(' ');
}

function flipped(clause: readonly number[], random: Random): readonly number[] {
  if (clause.length === 0) return [1];
  const at = random(clause.length);
  return clause.with(at, -clause[at]);
}
