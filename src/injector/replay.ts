/** Concrete runs: a program under one fault set. */
import { pastOf } from '../lineage/lineage.js';
import { lineageOfRules, ruleMessageName, type FactGoal } from '../lineage/rules/lineage.js';
import { recordRun } from '../lineage/rules/record.js';
import { FALSE } from '../model/algebra.js';
import { compareStrings } from '../model/order.js';
import { compareTuples } from '../model/rules/order.js';
import type { Evaluation, Evaluator, RunOptions, SentMessage } from '../model/rules/evaluate/evaluator.js';
import type { Tuple } from '../model/rules/program.js';
import type { Execution, GroundFact, Message } from './execution.js';
import type { FaultSet } from './faults.js';
import { happenedFaults } from './happened.js';
import { concreteWorld, fates, type Fates } from './world.js';

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

/** Runs a program under a fault set, and tells all that happened. The evaluator derives all facts. */
export function replay(evaluator: Evaluator, faults: FaultSet, options: RunOptions = {}): Execution {
  const sent = new Map<string, SentMessage>();
  const fateOf = fates(faults);
  const onMessage = (message: SentMessage) => {
    options.onMessage?.(message);
    sent.set(nameOf(message), message);
  };
  const evaluation = evaluator.run(concreteWorld(faults), { ...options, onMessage });
  const outcome = outcomeOf(evaluation, evaluator.eot);
  const causes = causesOf(outcome, evaluator, faults, options.checkpoint);
  const times = Array.from({ length: evaluator.eot + 1 }, (_, time) => time);
  return {
    language: 'rules',
    nodes: evaluator.nodes,
    eot: evaluator.eot,
    faults,
    messages: [...sent.values()]
      .map((message) => describeMessage(evaluator, message, fateOf))
      .map((message) => ({ ...message, causal: causes.has(ruleMessageName(message)) }))
      .sort(compareMessages),
    facts: times.map((time) => {
      options.checkpoint?.(time, evaluation.firings);
      return factsAt(evaluator, evaluation, time);
    }),
    ...outcome,
  };
}

/** What a violation may rest on. The run is made once more: most have no violation. */
function causesOf(
  { violations }: Outcome,
  evaluator: Evaluator,
  faults: FaultSet,
  checkpoint: RunOptions['checkpoint'],
): ReadonlySet<string> {
  if (violations.length === 0) return new Set();
  const run = recordRun(evaluator, concreteWorld(faults), checkpoint && { checkpoint });
  const goals = violations.flatMap((tuple) => violationOf(tuple, evaluator.eot));
  return pastOf(lineageOfRules(run, happenedFaults(faults), goals));
}

/** That a tuple is in `pre`, and not in `post`. */
function violationOf(pattern: Tuple, time: number): readonly FactGoal[] {
  return ['pre', 'post'].map((relation) => ({ relation, pattern, time }));
}

function nameOf({ relation, row, from, time }: SentMessage): string {
  return JSON.stringify([time, from, relation.number, row]);
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

function describeMessage(evaluator: Evaluator, message: SentMessage, fateOf: Fates): Omit<Message, 'causal'> {
  const { relation, row, from, time } = message;
  const tuple = evaluator.tuple(relation, row);
  const to = tuple[0] as string;
  return { relation: relation.name, tuple, from, to, time, fate: fateOf({ from, to, time }) };
}
