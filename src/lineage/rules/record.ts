/** Runs of rules, with all that is needed to say afterwards why things held. */
import type { Evaluation, Evaluator, RunOptions, SentMessage } from '../../model/rules/evaluate/evaluator.js';
import { premiseKey, type Firing } from '../../model/rules/evaluate/firing.js';
import type { World } from '../../model/world.js';

/** A run, with all that was told while it went on. */
export interface RecordedRun {
  readonly evaluator: Evaluator;
  readonly evaluation: Evaluation;
  /** By the fact that they derived; each once. */
  readonly firings: ReadonlyMap<string, readonly Firing[]>;
  /** Every message to another node, whether it arrived or not. */
  readonly sent: readonly SentMessage[];
}

/** Runs a program in a concrete world. @throws EvaluationError, TooManyTuples */
export function recordRun(
  evaluator: Evaluator,
  world: World,
  options: Pick<RunOptions, 'checkpoint'> = {},
): RecordedRun {
  const firings = new Map<string, Map<string, Firing>>();
  const sent: SentMessage[] = [];
  const onFiring = (firing: Firing) => {
    const head = premiseKey(firing.head);
    let known = firings.get(head);
    if (known === undefined) firings.set(head, (known = new Map<string, Firing>()));
    known.set(nameOf(firing), firing);
  };
  const onMessage = (message: SentMessage) => sent.push(message);
  const evaluation = evaluator.run(world, { ...options, onFiring, onMessage });
  const each = [...firings].map(([head, known]) => [head, [...known.values()]] as const);
  return { evaluator, evaluation, firings: new Map(each), sent };
}

/** The same where a recursive stratum tells of a firing again. */
function nameOf({ ruleNumber, time, channel, premises }: Firing): string {
  const rests = new Set(premises.map(premiseKey));
  return `${ruleNumber} ${time} ${channel?.from ?? ''} ${[...rests].join(' ')}`;
}
