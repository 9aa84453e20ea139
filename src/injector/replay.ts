/** Concrete runs: a program under one fault set. */
import { firingsBehind, type FactGoal } from '../lineage/rules/reasons.js';
import { recordRun } from '../lineage/rules/record.js';
import { FALSE } from '../model/algebra.js';
import { compareTuples } from '../model/rules/order.js';
import type { Evaluation, Evaluator, RunOptions, SentMessage } from '../model/rules/evaluate/evaluator.js';
import { isOfOutages, shownRelation } from '../model/rules/evaluate/outages.js';
import type { Tuple } from '../model/rules/program.js';
import {
  AT_THE_END,
  propertiesOf,
  propertyNamed,
  timesOfProperty,
  type RuleProperty,
  type RulePropertyName,
} from '../model/rules/specification.js';
import type { FaultSet } from './faults.js';
import {
  compareGroundFacts,
  isViolated,
  violationsOf,
  type Message,
  type Outcome,
  type RuleRun,
  type TimedFact,
  type TupleJudgement,
} from './run.js';
import { identified, receipts } from './rule-run.js';
import { concreteWorld, fates, type Fates } from './world.js';

/**
 * What the specification says of a finished run.
 *
 * @param evaluation a concrete run, of an evaluator that derives what the properties read
 * @param properties default `pre` and `post`
 */
export function outcomeOf(
  evaluation: Evaluation,
  eot: number,
  properties: readonly RuleProperty[] = [AT_THE_END],
): Outcome<TupleJudgement> {
  return { judgements: properties.flatMap((property) => judgementsOf(evaluation, eot, property)) };
}

function judgementsOf(
  evaluation: Evaluation,
  eot: number,
  property: RuleProperty,
): readonly TupleJudgement[] {
  const { name, kept } = property;
  const judged = new Map<string, Exclude<TupleJudgement, { kind: 'not asked' }>>();
  for (const time of timesOfProperty(property, eot)) {
    for (const { tuple } of evaluation.factsOf(name, time)) {
      const key = JSON.stringify(tuple);
      if (judged.get(key)?.kind === 'violated') continue;
      const isKept = evaluation.condition(kept, tuple, time) !== FALSE;
      judged.set(
        key,
        isKept ? { kind: 'held', property: name, tuple } : { kind: 'violated', property: name, time, tuple },
      );
    }
  }
  if (judged.size === 0) return [{ kind: 'not asked', property: name }];
  return [...judged.values()].sort((a, b) => compareTuples(a.tuple, b.tuple));
}

/** Runs a program under a fault set, and tells all that happened. The evaluator derives all facts. */
export function replay(evaluator: Evaluator, faults: FaultSet, options: RunOptions = {}): RuleRun {
  const sent = new Map<string, SentMessage>();
  const onMessage = (message: SentMessage) => {
    options.onMessage?.(message);
    sent.set(nameOf(message), message);
  };
  const evaluation = evaluator.run(concreteWorld(faults), { ...options, onMessage });
  const outcome = outcomeOf(evaluation, evaluator.eot, propertiesOf(evaluator.checked.program));
  const causes = causesOf(outcome, evaluator, faults, options.checkpoint);
  const fateOf = fates(faults, evaluator.eot);
  const messages = identified(
    [...sent.values()].map((message) => describeMessage(evaluator, message, fateOf, causes)),
  );
  const times = Array.from({ length: evaluator.eot }, (_, index) => index + 1);
  return {
    language: 'rules',
    nodes: evaluator.nodes,
    eot: evaluator.eot,
    faults,
    messages,
    events: receipts(messages, evaluator.nodes),
    facts: times.flatMap((time) => {
      options.checkpoint?.(time, evaluation.firings);
      return factsAt(evaluator, evaluation, time);
    }),
    ...outcome,
  };
}

/** The arrivals that a violation may rest on, by their names. The run is made once more: most have no violation. */
function causesOf(
  outcome: Outcome<TupleJudgement>,
  evaluator: Evaluator,
  faults: FaultSet,
  checkpoint: RunOptions['checkpoint'],
): ReadonlySet<string> {
  if (!isViolated(outcome)) return new Set();
  const run = recordRun(evaluator, concreteWorld(faults), checkpoint && { checkpoint });
  const arrivals = firingsBehind(run, goalsOf(outcome, evaluator)).flatMap(({ head, channel, time }) =>
    channel === undefined ? [] : [arrivalOf({ ...head, from: channel.from, time }, head.time)],
  );
  return new Set(arrivals);
}

/** What there is to explain of an outcome: each tuple that violates; of a good one all that holds, and that no more does. */
export function goalsOf(outcome: Outcome<TupleJudgement>, evaluator: Evaluator): readonly FactGoal[] {
  const both = (name: RulePropertyName, pattern: FactGoal['pattern'], time: number): readonly FactGoal[] =>
    [name, propertyNamed(name).kept].map((relation) => ({ relation, pattern, time }));
  const violations = violationsOf(outcome).flatMap(({ property, tuple, time }) =>
    both(property, tuple, time),
  );
  if (violations.length > 0) return violations;
  return propertiesOf(evaluator.checked.program).flatMap((property) => {
    const { arity } = evaluator.relation(property.name).tuples;
    const held = outcome.judgements.flatMap((judged) =>
      judged.kind === 'held' && judged.property === property.name ? [judged.tuple] : [],
    );
    return timesOfProperty(property, evaluator.eot).flatMap((time) => [
      ...held.flatMap((tuple) => both(property.name, tuple, time)),
      { relation: property.name, pattern: new Array<null>(arity).fill(null), time },
    ]);
  });
}

function nameOf({ relation, row, from, time }: SentMessage): string {
  return JSON.stringify([time, from, relation.number, row]);
}

/** The name of the arrival of a message, which may have several. */
function arrivalOf(message: SentMessage, arrival: number): string {
  return `${nameOf(message)} at ${arrival}`;
}

function factsAt(evaluator: Evaluator, evaluation: Evaluation, time: number): readonly TimedFact[] {
  return evaluator.relations
    .filter(({ name }) => !isOfOutages(name))
    .flatMap(({ name: relation }) =>
      evaluation.factsOf(relation, time).map(({ tuple }) => ({ time, relation, tuple })),
    )
    .sort(compareGroundFacts);
}

function describeMessage(
  evaluator: Evaluator,
  message: SentMessage,
  fateOf: Fates,
  causes: ReadonlySet<string>,
): Omit<Message, 'id'> {
  const { relation, row, from, time: sent } = message;
  const name = shownRelation(relation.name);
  const tuple = evaluator.tuple(relation, row) as readonly [string, ...Tuple];
  const [to, ...payload] = tuple;
  const { came, ...became } = fateOf({ from, to, time: sent }, message.kept !== true);
  const causal = came.some((arrival) => causes.has(arrivalOf(message, arrival)));
  return { from, to, sent, ...became, name, payload, causal };
}
