/** What a process of `ldfi` tells the one that started it. */
import type { CheckResult, SystemResult, VerificationOutcome } from '../index.js';
import type { TraceResult } from '../toolkit.js';

export const EXIT = {
  certified: 0,
  violated: 1,
  /** Could not run: usage, syntax, types, a program that has no value. */
  unable: 2,
  /** Inconclusive or vacuous. */
  undecided: 3,
  /** As shells report a process ended by SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Of several checks the most severe counts. */
const BY_SEVERITY: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.unable,
  EXIT.violated,
  EXIT.undecided,
  EXIT.certified,
];

export function moreSevere(a: ExitCode, b: ExitCode): ExitCode {
  return BY_SEVERITY.indexOf(a) < BY_SEVERITY.indexOf(b) ? a : b;
}

/** @param asExpected whether only a verdict other than the one that its scenario expects is a failure */
export function exitCodeOf(
  { verdict, interrupted, expected }: CheckResult,
  { asExpected = false }: { readonly asExpected?: boolean } = {},
): ExitCode {
  if (interrupted) return EXIT.interrupted;
  if (asExpected && expected !== undefined) return expected === verdict.kind ? EXIT.certified : EXIT.violated;
  switch (verdict.kind) {
    case 'certified':
      return EXIT.certified;
    case 'violated':
      return EXIT.violated;
    case 'vacuous':
    case 'inconclusive':
      return EXIT.undecided;
  }
}

/** Whether calls fail their requests is known where one did; that all are survived never is. */
export function exitCodeOfTraces({ conclusions }: TraceResult): ExitCode {
  if (conclusions === undefined) return EXIT.unable;
  const { operations } = conclusions;
  const isFatal = operations.some(({ neverSurvived }) =>
    neverSurvived.some(({ fatal }) => fatal !== undefined),
  );
  if (isFatal) return EXIT.violated;
  return operations.some(({ good }) => good > 0) ? EXIT.certified : EXIT.undecided;
}

export function exitCodeOfSystem({ verdict, interrupted }: SystemResult): ExitCode {
  if (interrupted) return EXIT.interrupted;
  switch (verdict.kind) {
    case 'survived':
    case 'planned':
      return EXIT.certified;
    case 'violated':
      return EXIT.violated;
    case 'unstable':
    case 'inconclusive':
      return EXIT.undecided;
  }
}

export function exitCodeOfVerification({ kind }: VerificationOutcome): ExitCode {
  switch (kind) {
    case 'valid':
      return EXIT.certified;
    case 'refuted':
      return EXIT.violated;
    case 'invalid':
      return EXIT.unable;
  }
}
