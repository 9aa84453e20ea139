/**
 * Why something is not so, as a value: what might have made it so, and what each of these failed on. Of rules these are
 * all rules that could have derived a fact; of handlers, it is the first point at which another run, in which it is so,
 * went another way.
 */
import type { SourceSpan } from '../model/diagnostics/source.js';
import type { Value } from '../model/rules/program.js';
import { differenceOf } from './difference.js';
import type { LineageGraph } from './graph.js';
import type { FactVertex, LostMessage, Vertex, VertexName } from './lineage.js';

/** Something that is not so. */
export interface WhyNot {
  /** The absence; where no outcome is as wanted, the outcome. */
  readonly what: Vertex;
  /** By place in the program, then by time, the latest first. Nothing could have made it so where there are none. */
  readonly attempts: readonly Attempt[];
  /** Where there is more than `attempts`. `deeper`: beyond the depth that was asked for. `told`: elsewhere in the tree. */
  readonly ends: 'deeper' | 'told' | undefined;
}

/** A rule, or a handler, that might have made something so, and did not. */
export interface Attempt {
  /** The rule as it is written, or the name of the handler. */
  readonly by: string;
  /** Where that is. */
  readonly place: SourceSpan | undefined;
  /** When it would have had to happen. */
  readonly time: number;
  readonly failure: AttemptFailure;
}

/** What is in the way, of a rule the first of its premises that fails, in the order of the text. */
export type AttemptFailure =
  /**
   * No fact is as a premise wants it: of the ways that what comes before leaves, those in which there is none at all. None
   * are given where the premise is of a time yet to come, or of equal columns that differ.
   */
  | { readonly kind: 'missing'; readonly premise: FailedPremise; readonly missing: readonly WhyNot[] }
  /** Facts are there that a `notin` premise wants to be absent. */
  | { readonly kind: 'present'; readonly premise: FailedPremise; readonly against: readonly FactVertex[] }
  /** A comparison does not hold of any of these values; `null` where there is no value. */
  | {
      readonly kind: 'comparison';
      readonly premise: FailedPremise;
      readonly values: readonly (readonly [Value | null, Value | null])[];
    }
  /** Everything holds, and the aggregate of it gives other values. */
  | { readonly kind: 'aggregate' }
  /** It was sent, and did not arrive, because of these faults. */
  | { readonly kind: 'lost'; readonly message: LostMessage; readonly faults: readonly string[] }
  /** Where one run first parts from another. */
  | {
      readonly kind: 'differs';
      /** What only this run has, or what it lacks. */
      readonly first: Vertex;
      /** What the other run has where this one lacks it. */
      readonly instead: Vertex | undefined;
      /** From there to what is not so, each because of the one before. */
      readonly chain: readonly Vertex[];
    };

/** A premise of a rule. */
export interface FailedPremise {
  /** As it is written. */
  readonly text: string;
  readonly place: SourceSpan;
}

/**
 * Why the outcome of a run is not that of another, of whatever both are lineages: rules, handlers or anything else.
 * Undefined where nothing that it rests on differs.
 *
 * @param other the lineage of a run in which it is as wanted, with all that happened in it
 */
export function whyNotAs(run: LineageGraph, other: LineageGraph): WhyNot | undefined {
  const difference = differenceOf(run, other);
  if (difference === undefined) return undefined;
  const here = (name: VertexName) => run.getNodeAttributes(name);
  const chain = difference.chain.map(here);
  const first = here(difference.first);
  const instead = difference.instead === undefined ? undefined : other.getNodeAttributes(difference.instead);
  const called = chain.find((vertex) => vertex.kind === 'firing');
  const failure = { kind: 'differs', first, instead, chain } as const;
  return {
    what: chain.at(-1)!,
    attempts: [{ by: called?.by ?? '', place: called?.place, time: first.time, failure }],
    ends: undefined,
  };
}
