/**
 * Why a fault set violates a specification: what each of its faults does, held against the run without that fault alone.
 * Of a minimal fault set each such run is good, so that each fault has a part in the violation, and this is it.
 */
import type { FaultSet } from '../injector/faults.js';
import { isViolated, violationsOf, type Violation } from '../injector/run.js';
import { chainTo, type Cause } from '../lineage/cause.js';
import type { Lineage } from '../lineage/lineage.js';
import { BudgetError } from '../model/budget-error.js';
import { ProtocolError } from './failures/protocol-error.js';
import { runGuarded } from './guard/watchdog.js';
import type { WatchedProtocol } from './kinds/kind.js';
import type { FaultCause, Verdict } from './result.js';
import type { Subject } from './subjects/subject.js';

/** Counterexamples that are explained; of more, the first. */
const MOST_EXPLAINED = 10;

/** Milliseconds for the runs that explain one counterexample. */
const TIME = 10_000;

/**
 * With the causes of its counterexamples. A verdict stands without them where there is not the time or the memory, or a
 * handler fails in one of the runs that they take.
 *
 * @param newSubject on which nothing was run yet
 */
export function withCauses(
  verdict: Verdict,
  { during }: Pick<WatchedProtocol, 'during'>,
  newSubject: () => Subject,
): Verdict {
  if (verdict.kind !== 'violated') return verdict;
  const explain = (faults: FaultSet): readonly FaultCause[] => {
    const subject = newSubject();
    try {
      const guarded = during(() => runGuarded(() => causesOf(subject, faults), { timeoutMs: TIME }));
      return guarded.kind === 'finished' ? guarded.value : [];
    } catch (error) {
      if (error instanceof BudgetError || error instanceof ProtocolError) return [];
      throw error;
    }
  };
  const counterexamples = verdict.counterexamples.map((counterexample, place) =>
    place < MOST_EXPLAINED ? { ...counterexample, because: explain(counterexample.faults) } : counterexample,
  );
  return { ...verdict, counterexamples };
}

/**
 * Of the first violation there is, the part of each fault without which all would be well, in the order of the faults. None
 * where the run does not violate the specification, or does so without faults.
 */
export function causesOf(subject: Subject, faults: FaultSet): readonly FaultCause[] {
  const violation = violationsOf(subject.outcome(faults)).at(0);
  if (violation === undefined || faults.length === 0) return [];
  const run = subject.lineageOf(violation, faults, 'on all');
  return faults.flatMap((fault) => {
    const others = faults.filter((each) => each !== fault);
    if (isViolated(subject.outcome(others))) return [];
    const cause = causeOf(subject, violation, run, others);
    if (cause === undefined) return [];
    // Handlers are found by their names; of their places no more is known than where the protocol begins.
    const isNamed = 'reason' in violation;
    const chain = isNamed ? cause.chain.map((link) => ({ ...link, place: undefined })) : cause.chain;
    return [{ fault, side: cause.side, chain }];
  });
}

/** What a run newly does tells more than what it leaves out, where it newly does anything but stay as it was. */
function causeOf(subject: Subject, violation: Violation, run: Lineage, others: FaultSet): Cause | undefined {
  const outcome = { time: violation.time, about: namedIn(violation, run.nodes) };
  const here = chainTo(run, subject.lineageOf(violation, others, 'on all'), outcome);
  const tells = here?.some(
    ({ vertex }) =>
      vertex.kind === 'fact' ||
      vertex.kind === 'message' ||
      (vertex.kind === 'absence' && vertex.of.kind === 'fact'),
  );
  if (here !== undefined && tells) return { side: 'here', chain: here };
  const there = chainTo(subject.lineageOf(violation, others, 'looked at'), run, outcome);
  if (there !== undefined) return { side: 'there', chain: there };
  return here && { side: 'here', chain: here };
}

/** The nodes that the reason of a violation names. */
function namedIn(violation: Violation, nodes: readonly string[]): ReadonlySet<string | undefined> {
  if (!('reason' in violation)) return new Set();
  const words = new Set(violation.reason.split(/[^\p{L}\p{N}_-]+/u));
  return new Set(nodes.filter((node) => words.has(node)));
}
