/**
 * Why something is not so, as a value: what might have made it so, and what each of these failed on. Of rules these are
 * all rules that could have derived a fact; of handlers, it is the first point at which another run, in which it is so,
 * went another way.
 */
import type { SourceSpan } from '../model/diagnostics/source.js';
import type { Value } from '../model/rules/program.js';
import { differenceOf } from './difference.js';
import { why, type Why } from './explain.js';
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
    }
  /** What another run has, and this one lacks first of all that it rests on there. */
  | {
      readonly kind: 'lacks';
      /** Of the other run. */
      readonly first: Vertex;
      /** What this run has where it is lacking, such as a message that was lost, or a node that is down. */
      readonly instead: Why | undefined;
      /** Of the other run: from `first` to what is not so, each because of the one before. */
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

/**
 * Why something that another run has is not so in this one: what this one lacks first of all that it rests on there.
 * Undefined where this run has all of that.
 *
 * @param other the lineage of a run of which what is asked for is the goal
 * @param depth how many steps are told of what is there instead
 */
export function whatIsLacking(run: LineageGraph, other: LineageGraph, depth = Infinity): WhyNot | undefined {
  const difference = differenceOf(other, run);
  if (difference === undefined) return undefined;
  const chain = difference.chain.map((name) => other.getNodeAttributes(name));
  const first = chain[0];
  const name = insteadOf(first, run);
  const called = chain.find((vertex) => vertex.kind === 'firing');
  const instead = name === undefined ? undefined : why(run, name, depth);
  return {
    what: chain.at(-1)!,
    attempts: [
      {
        by: called?.by ?? '',
        place: called?.place,
        time: first.time,
        failure: { kind: 'lacks', first, instead, chain },
      },
    ],
    ends: undefined,
  };
}

/** What a run has where it lacks something: the message as one that was lost, or what its node knew then. */
function insteadOf(lacking: Vertex, run: LineageGraph): VertexName | undefined {
  if (lacking.kind === 'message') {
    const isIt = (vertex: Vertex) =>
      vertex.kind === 'absence' &&
      vertex.of.kind === 'message' &&
      vertex.node === lacking.node &&
      vertex.of.from === lacking.from &&
      vertex.of.sent === lacking.sent &&
      vertex.of.name === lacking.name &&
      JSON.stringify(vertex.of.payload) === JSON.stringify(lacking.payload);
    const lost = run.findNode((_, vertex) => isIt(vertex));
    return lost ?? lastStateOf(lacking.from, lacking.sent, run);
  }
  return lacking.kind === 'state' ? lastStateOf(lacking.node, lacking.time, run) : undefined;
}

/** The last state that a node was in by the end of a timestep; undefined where it has none. */
export function lastStateOf(node: string, time: number, run: LineageGraph): VertexName | undefined {
  const states = run
    .filterNodes((_, vertex) => vertex.kind === 'state' && vertex.node === node && vertex.time <= time)
    .map((name) => ({ name, at: run.getNodeAttribute(name, 'time') }));
  const latest = states.reduce((most, { at }) => Math.max(most, at), -Infinity);
  const last = new Set(states.filter(({ at }) => at === latest).map(({ name }) => name));
  // Of several of one timestep, none of the others rests on the last.
  for (const name of [...last]) {
    const behind = new Set(run.outNeighbors(name));
    for (const each of behind) {
      last.delete(each);
      if (run.getNodeAttribute(each, 'time') === latest)
        for (const reason of run.outNeighbors(each)) behind.add(reason);
    }
  }
  return [...last][0];
}
