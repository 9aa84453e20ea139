/** Where a run first parts from the failure-free one. */
import {
  sendingText,
  type GroundFact,
  type HandlerRun,
  type Message,
  type RuleRun,
  type Run,
  type TimedFact,
} from '../../injector/run.js';
import { dataText } from '../../model/data.js';
import { groupBy } from '../../model/group.js';
import { CRASH } from '../../model/rules/program.js';
import type { Divergence, FactDivergence, StateChange, StateDivergence } from '../result.js';

/**
 * Undefined where nothing differs.
 *
 * @param isProtocol whether facts of a relation are what the protocol does; not asked of handlers
 */
export function divergenceOf(
  run: Run,
  failureFree: Run,
  isProtocol: (relation: string) => boolean,
): Divergence | undefined {
  const sent = sentOnlyHere(run, failureFree);
  if (run.language === 'rules' && failureFree.language === 'rules') {
    const first = firstFacts(run, failureFree, isProtocol);
    return first && { ...first, sent };
  }
  if (run.language === 'handlers' && failureFree.language === 'handlers') {
    const first = firstStates(run, failureFree);
    return first && { ...first, sent };
  }
  throw new Error('only runs of the same protocol can be compared');
}

/**
 * What the protocol does is compared; and where that is the same throughout, what the specification makes of it.
 * `crash` is left out: it holds from the start.
 */
function firstFacts(
  run: RuleRun,
  failureFree: RuleRun,
  isProtocol: (relation: string) => boolean,
): Omit<FactDivergence, 'sent'> | undefined {
  const here = groupBy(run.facts, ({ time }) => time);
  const there = groupBy(failureFree.facts, ({ time }) => time);
  for (const compared of [isProtocol, (relation: string) => relation !== CRASH]) {
    const of = (facts: readonly TimedFact[] = []) => facts.filter(({ relation }) => compared(relation));
    for (let time = 1; time <= run.eot; time++) {
      const [now, then] = [of(here.get(time)), of(there.get(time))];
      const [missing, added] = [without(then, now), without(now, then)];
      if (missing.length > 0 || added.length > 0) return { kind: 'facts', time, missing, added };
    }
  }
  return undefined;
}

function without(facts: readonly GroundFact[], others: readonly GroundFact[]): readonly GroundFact[] {
  const known = new Set(others.map(factText));
  return facts
    .filter((fact) => !known.has(factText(fact)))
    .map(({ relation, tuple }) => ({ relation, tuple }));
}

function factText({ relation, tuple }: GroundFact): string {
  return JSON.stringify([relation, tuple]);
}

function firstStates(run: HandlerRun, failureFree: HandlerRun): Omit<StateDivergence, 'sent'> | undefined {
  const there = groupBy(failureFree.states, ({ time }) => time);
  for (const [time, states] of groupBy(run.states, (state) => state.time)) {
    const others = new Map(there.get(time)?.map(({ node, state }) => [node, state]));
    const changed = states
      .map(({ node, state }): StateChange => ({ node, there: others.get(node), here: state }))
      .filter((change) => dataText(change.there) !== dataText(change.here));
    if (changed.length > 0) return { kind: 'states', time, changed };
  }
  return undefined;
}

/** A crashed node sends nothing; what a handler sends twice counts twice. */
function sentOnlyHere(run: Run, failureFree: Run): readonly Message[] {
  const there = new Map<string, number>();
  for (const message of failureFree.messages) {
    const name = sendingText(message);
    there.set(name, (there.get(name) ?? 0) + 1);
  }
  return run.messages.filter((message) => {
    if (message.fate === 'not sent') return false;
    const name = sendingText(message);
    const left = there.get(name) ?? 0;
    there.set(name, left - 1);
    return left <= 0;
  });
}
