/** A random protocol with what a certificate of it is held against. */
import fc, { type Arbitrary } from 'fast-check';
import type { Bounds } from '../../../src/injector/bounds.js';
import { checkProgram } from '../../../src/model/rules/check/check.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import type { CertifiedScenario } from '../../../src/runner/certificate/certificate.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { generatedProgram, type GeneratedProgram } from '../../generators/dedalus.js';
import { generatedHandlers, type GeneratedHandlers } from '../../generators/handlers/handlers.js';
import { mutationsOf } from '../../generators/mutations.js';
import { judgeHandlers } from '../../judge/handlers.js';
import { judgeVerdict, type JudgedVerdict } from '../../judge/verdict.js';
import { mutantsOfHandlers } from '../mutants/handlers.js';

export interface CertificateCase {
  readonly scenario: CertifiedScenario;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Of what is random in what is done to the certificate. */
  readonly seed: number;
  /** A slightly wrong version of the protocol, of those that there are; undefined where this one is none. */
  readonly mutant: (pick: number) => Protocol | undefined;
  /** Every fault set within the bounds, run. */
  readonly judge: (protocol: Protocol, nodes: readonly string[], bounds: Bounds) => JudgedVerdict;
  /** What a failing case prints. */
  toString(): string;
}

export const certificateCase: Arbitrary<CertificateCase> = fc
  .tuple(fc.oneof(generatedProgram(), generatedHandlers()), fc.nat())
  .map(([generated, seed]) => ('text' in generated ? ofRules(generated, seed) : ofHandlers(generated, seed)));

function ofRules(generated: GeneratedProgram, seed: number): CertificateCase {
  const { text, program, nodes, bounds } = generated;
  const protocol = readDedalusText(text).checked!;
  return {
    scenario: { file: 'random.ded', name: null, protocol, text: undefined },
    nodes,
    bounds,
    seed,
    mutant(pick) {
      const mutations = mutationsOf(program);
      return mutations.length === 0
        ? undefined
        : checkProgram(mutations[pick % mutations.length].program).checked;
    },
    judge: (mutated, ...within) => {
      if (mutated.kind === 'handlers') throw new Error('these are rules');
      return judgeVerdict(mutated.program, ...within);
    },
    toString: () => shown(generated, seed),
  };
}

function ofHandlers(generated: GeneratedHandlers, seed: number): CertificateCase {
  const { protocol, nodes, bounds } = generated;
  return {
    scenario: { file: 'random.ts', name: null, protocol, text: String(generated) },
    nodes,
    bounds,
    seed,
    mutant(pick) {
      const mutants = mutantsOfHandlers(protocol);
      return mutants.length === 0 ? undefined : mutants[pick % mutants.length].protocol;
    },
    judge: (mutated, ...within) => {
      if (mutated.kind !== 'handlers') throw new Error('these are handlers');
      return judgeHandlers(mutated, ...within);
    },
    toString: () => shown(generated, seed),
  };
}

function shown(generated: GeneratedProgram | GeneratedHandlers, seed: number): string {
  return `${String(generated)}\n// tampered with from seed ${seed}`;
}
