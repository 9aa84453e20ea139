/**
 * What a strategy asks. A strategy is a generator of requests, and knows neither who answers them nor when: a driver
 * does, at once, after a while, or with the help of others. Whatever a strategy asks, it may be put aside there.
 */
import type { FaultSet } from '../injector/faults.js';
import type { Outcome, Run } from '../injector/run.js';
import type { RecordedOutcome } from './subjects/subject.js';

export type Request =
  /**
   * What the specification says of the run under each. Which is run first, or beside another, is all the same, but that a
   * run goes wrong is told only when those before it are.
   */
  | { readonly kind: 'run'; readonly faultSets: readonly FaultSet[] }
  /** The same of one, with what that rested on. */
  | { readonly kind: 'record'; readonly faults: FaultSet }
  /** All that happens under one. */
  | { readonly kind: 'replay'; readonly faults: FaultSet }
  /** To make calls that were remembered once more, where there are such. */
  | { readonly kind: 'repeat' }
  /** Nothing. */
  | { readonly kind: 'checkpoint' };

export type Answer =
  /** In the order of the fault sets, of the first of them: one at least, and all unless one goes wrong. */
  | { readonly kind: 'run'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'record'; readonly recorded: RecordedOutcome }
  | { readonly kind: 'replay'; readonly run: Run }
  | { readonly kind: 'repeat' | 'checkpoint' };

/** Work that asks on its way. */
export type Asking<Value> = Generator<Request, Value, Answer>;

/** Asks, and holds the driver to an answer of the same kind. */
function* ask<Kind extends Request['kind']>(
  request: Request & { readonly kind: Kind },
): Asking<Answer & { readonly kind: Kind }> {
  const answer = yield request;
  if (!isOf(request.kind, answer)) throw new Error(`${request.kind} was asked, and ${answer.kind} answered`);
  return answer;
}

function isOf<Kind extends Answer['kind']>(
  kind: Kind,
  answer: Answer,
): answer is Answer & { readonly kind: Kind } {
  return answer.kind === kind;
}

/** The outcomes of the first of some fault sets: one at least, and all unless one goes wrong. */
export function* outcomesUnder(faultSets: readonly FaultSet[]): Asking<readonly Outcome[]> {
  return (yield* ask({ kind: 'run', faultSets })).outcomes;
}

export function* recordedUnder(faults: FaultSet): Asking<RecordedOutcome> {
  return (yield* ask({ kind: 'record', faults })).recorded;
}

export function* runUnder(faults: FaultSet): Asking<Run> {
  return (yield* ask({ kind: 'replay', faults })).run;
}

export function* repeatCalls(): Asking<void> {
  yield* ask({ kind: 'repeat' });
}

export function* checkpoint(): Asking<void> {
  yield* ask({ kind: 'checkpoint' });
}
