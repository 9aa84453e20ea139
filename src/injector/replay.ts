/** Concrete runs: a program under one fault set. */
import { FALSE, TRUE, booleans } from '../model/algebra.js';
import { compareStrings, compareTuples } from '../model/order.js';
import type { Evaluation, Evaluator, RunOptions, SentMessage, World } from '../model/evaluate/evaluator.js';
import type { Tuple } from '../model/program.js';
import type { Execution, GroundFact, Message } from './execution.js';
import type { FaultSet } from './faults.js';

/** The world under one fault set, in which every fact holds or does not. */
export function concreteWorld(faults: FaultSet): World {
  const omitted = new Set<string>();
  const crashTimes = new Map<string, number>();
  for (const fault of faults) {
    if (fault.kind === 'crash') crashTimes.set(fault.node, fault.time);
    else omitted.add(channelName(fault.from, fault.to, fault.time));
  }
  return {
    algebra: booleans,
    channel: (from, to, time) => {
      const down = (crashTimes.get(from) ?? Infinity) <= time;
      return down || omitted.has(channelName(from, to, time)) ? FALSE : TRUE;
    },
    down: (node, time) => ((crashTimes.get(node) ?? Infinity) <= time ? TRUE : FALSE),
  };
}

/** What the specification says of a finished concrete run. */
export interface Outcome {
  /** Tuples of `pre` at EOT, in order. */
  readonly pre: readonly Tuple[];
  /** Those of them that are not in `post`. */
  readonly violations: readonly Tuple[];
}

/**
 * What the specification says of a finished run.
 *
 * @param evaluation a concrete run, of an evaluator that derives `pre` and `post`
 */
export function outcomeOf(evaluation: Evaluation, eot: number): Outcome {
  const pre = evaluation
    .factsOf('pre', eot)
    .map((fact) => fact.tuple)
    .sort(compareTuples);
  return { pre, violations: pre.filter((tuple) => evaluation.condition('post', tuple, eot) === FALSE) };
}

/** Runs a program under a fault set, and tells all that happened. The evaluator has no `goals`. */
export function replay(evaluator: Evaluator, faults: FaultSet, options: RunOptions = {}): Execution {
  const sent = new Map<string, Message>();
  const onMessage = (message: SentMessage) => {
    options.onMessage?.(message);
    const told = describeMessage(evaluator, message, faults);
    sent.set(JSON.stringify([told.time, told.from, told.relation, told.tuple]), told);
  };
  const evaluation = evaluator.run(concreteWorld(faults), { ...options, onMessage });
  const times = Array.from({ length: evaluator.eot + 1 }, (_, time) => time);
  return {
    language: 'rules',
    nodes: evaluator.nodes,
    eot: evaluator.eot,
    faults,
    messages: [...sent.values()].sort(compareMessages),
    facts: times.map((time) => {
      options.checkpoint?.(time, evaluation.firings);
      return factsAt(evaluator, evaluation, time);
    }),
    ...outcomeOf(evaluation, evaluator.eot),
  };
}

/** By time, sender, destination, relation, then tuple. */
export function compareMessages(a: Message, b: Message): number {
  return (
    a.time - b.time ||
    compareStrings(a.from, b.from) ||
    compareStrings(a.to, b.to) ||
    compareGroundFacts(a, b)
  );
}

/** By relation, then tuple. */
export function compareGroundFacts(a: GroundFact, b: GroundFact): number {
  return compareStrings(a.relation, b.relation) || compareTuples(a.tuple, b.tuple);
}

function factsAt(evaluator: Evaluator, evaluation: Evaluation, time: number): readonly GroundFact[] {
  return evaluator.relations
    .flatMap(({ name: relation }) =>
      evaluation.factsOf(relation, time).map(({ tuple }) => ({ relation, tuple })),
    )
    .sort(compareGroundFacts);
}

function describeMessage(evaluator: Evaluator, message: SentMessage, faults: FaultSet): Message {
  const { relation, row, from, time } = message;
  const tuple = evaluator.tuple(relation, row);
  const to = tuple[0] as string;
  return { relation: relation.name, tuple, from, to, time, fate: fateOf(from, to, time, faults) };
}

/** A node that is down sends nothing, whatever its channels do. */
function fateOf(from: string, to: string, time: number, faults: FaultSet): Message['fate'] {
  const crashed = faults.some((fault) => fault.kind === 'crash' && fault.node === from && fault.time <= time);
  if (crashed) return 'sender crashed';
  const omitted = faults.some(
    (fault) => fault.kind === 'omission' && fault.from === from && fault.to === to && fault.time === time,
  );
  return omitted ? 'omitted' : 'delivered';
}

function channelName(from: string, to: string, time: number): string {
  return JSON.stringify([from, to, time]);
}
