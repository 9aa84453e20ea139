/** Where a run first parts from the failure-free one. */
import type { Execution, GroundFact, Message } from '../../injector/execution.js';
import { CRASH } from '../../model/rules/program.js';
import type { Divergence } from '../result.js';

/**
 * What the protocol does is compared; and where that is the same throughout, what the specification makes
 * of it. Undefined where that is the same too. `crash` is left out: it holds from the start.
 *
 * @param isProtocol whether facts of a relation are what the protocol does
 */
export function divergenceOf(
  execution: Execution,
  failureFree: Execution,
  isProtocol: (relation: string) => boolean,
): Divergence | undefined {
  const first =
    firstDifference(execution, failureFree, isProtocol) ??
    firstDifference(execution, failureFree, (relation) => relation !== CRASH);
  return first && { ...first, sent: sentOnlyHere(execution, failureFree) };
}

function firstDifference(
  execution: Execution,
  failureFree: Execution,
  compared: (relation: string) => boolean,
): Omit<Divergence, 'sent'> | undefined {
  for (let time = 1; time <= execution.eot; time++) {
    const [here, there] = [execution, failureFree].map(({ facts }) =>
      facts[time].filter(({ relation }) => compared(relation)),
    );
    const missing = without(there, here);
    const added = without(here, there);
    if (missing.length > 0 || added.length > 0) return { time, missing, added };
  }
  return undefined;
}

function without(facts: readonly GroundFact[], others: readonly GroundFact[]): readonly GroundFact[] {
  const known = new Set(others.map(nameOf));
  return facts.filter((fact) => !known.has(nameOf(fact)));
}

/** A crashed node sends nothing; what a handler sends twice counts twice. */
function sentOnlyHere(execution: Execution, failureFree: Execution): readonly Message[] {
  const there = new Map<string, number>();
  for (const message of failureFree.messages) {
    const name = nameOfMessage(message);
    there.set(name, (there.get(name) ?? 0) + 1);
  }
  return execution.messages.filter((message) => {
    if (message.fate === 'sender crashed') return false;
    const name = nameOfMessage(message);
    const left = there.get(name) ?? 0;
    there.set(name, left - 1);
    return left <= 0;
  });
}

/** A message is the same where it is sent at the same time, whatever becomes of it. */
export function nameOfMessage({ time, from, to, relation, tuple }: Message): string {
  return JSON.stringify([time, from, to, relation, tuple]);
}

function nameOf({ relation, tuple }: GroundFact): string {
  return JSON.stringify([relation, tuple]);
}
