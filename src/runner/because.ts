/**
 * Why a fault set violates a specification: what each of its faults does, held against the run without that fault alone.
 * Of a minimal fault set each such run is good, so that each fault has a part in the violation, and this is it.
 */
import type { FaultSet } from '../injector/faults.js';
import { isViolated, violationsOf, type Violation } from '../injector/run.js';
import { chainTo, type Cause } from '../lineage/cause.js';
import type { Rests } from '../lineage/handlers/lineage.js';
import type { Lineage } from '../lineage/lineage.js';
import { BudgetError } from '../model/budget-error.js';
import { ProtocolError } from './failures/protocol-error.js';
import { Undecided } from './guard/undecided.js';
import { runGuarded } from './guard/watchdog.js';
import type { WatchedProtocol } from './kinds/kind.js';
import { suspectsOf } from './look-first.js';
import type { Counterexample, FaultCause, Verdict } from './result.js';
import type { LineageOfRun, Subject } from './subjects/subject.js';

/** Counterexamples that are explained; of more, the first. */
const MOST_EXPLAINED = 10;

/**
 * Vertices of lineage that are looked at to explain one counterexample, some seconds' work: it is counted, so that the same
 * check says the same on every machine.
 */
const MOST_VERTICES = 2_000_000;

/** Milliseconds beyond which a handler does not return, that did in all runs before. */
const ENDLESS = 60_000;

/** What is told of why a counterexample violates. */
type Told = Pick<Counterexample, 'because' | 'suspects'>;

const NOTHING: Told = { because: [], suspects: [] };

/**
 * With the causes of its counterexamples, and where to look first. A verdict stands without them where they take too much, or
 * a handler fails in one of the runs that they take.
 *
 * @param newSubject on which nothing was run yet
 */
export function withCauses(
  verdict: Verdict,
  { during, endless }: Pick<WatchedProtocol, 'during' | 'endless'>,
  newSubject: () => Subject,
): Verdict {
  if (verdict.kind !== 'violated') return verdict;
  const explain = (faults: FaultSet): Told => {
    const subject = newSubject();
    let told = NOTHING;
    const work = () => {
      const violation = violationsOf(subject.outcome(faults)).at(0);
      if (violation === undefined) return;
      const lineageOf = rememberingRun(subject, violation, faults);
      const because = causesAmong(subject, violation, faults, looking(lineageOf, MOST_VERTICES));
      told = { because, suspects: [] };
      const suspects = suspectsOf(subject, violation, faults, because, looking(lineageOf, MOST_VERTICES));
      told = { because, suspects };
    };
    try {
      during(() => runGuarded(work, { timeoutMs: endless ? ENDLESS : undefined }));
    } catch (error) {
      if (!(error instanceof BudgetError || error instanceof ProtocolError)) throw error;
    }
    return told;
  };
  const counterexamples = verdict.counterexamples.map((counterexample, place) =>
    place < MOST_EXPLAINED ? { ...counterexample, ...explain(counterexample.faults) } : counterexample,
  );
  return { ...verdict, counterexamples };
}

/**
 * Of the first violation there is, the part of each fault without which all would be well, in the order of the faults. None
 * where the run does not violate the specification, or does so without faults.
 *
 * @param mostVertices of lineage that are looked at; a run without a fault counts as the run with it
 * @throws Undecided when that is not enough
 */
export function causesOf(
  subject: Subject,
  faults: FaultSet,
  mostVertices = MOST_VERTICES,
): readonly FaultCause[] {
  const violation = violationsOf(subject.outcome(faults)).at(0);
  if (violation === undefined) return [];
  const lineageOf = rememberingRun(subject, violation, faults);
  return causesAmong(subject, violation, faults, looking(lineageOf, mostVertices));
}

function causesAmong(
  subject: Subject,
  violation: Violation,
  faults: FaultSet,
  lineageOf: LineageOfRun,
): readonly FaultCause[] {
  return faults.flatMap((fault) => {
    const others = faults.filter((each) => each !== fault);
    const run = lineageOf(faults, 'on all');
    if (isViolated(subject.outcome(others))) return [];
    const cause = causeOf(violation, run, (rests) => lineageOf(others, rests));
    if (cause === undefined) return [];
    // Handlers are found by their names; of their places no more is known than where the protocol begins.
    const isNamed = 'reason' in violation;
    const chain = isNamed ? cause.chain.map((link) => ({ ...link, place: undefined })) : cause.chain;
    return [{ fault, side: cause.side, chain }];
  });
}

/** That of the run under all the faults is asked for again and again, and can be large. */
function rememberingRun(subject: Subject, violation: Violation, faults: FaultSet): LineageOfRun {
  let run: Lineage | undefined;
  return (others, rests) =>
    others === faults && rests === 'on all'
      ? (run ??= subject.lineageOf(violation, faults, rests))
      : subject.lineageOf(violation, others, rests);
}

/** Counts the vertices of what is looked at. @throws Undecided when they are too many */
function looking(lineageOf: LineageOfRun, most: number): LineageOfRun {
  let left = most;
  return (faults, rests) => {
    const lineage = lineageOf(faults, rests);
    left -= lineage.vertices.size;
    if (left < 0) throw new Undecided(`explaining looked at ${most} vertices`);
    return lineage;
  };
}

/**
 * What a run newly does tells more than what it leaves out, where it newly does anything but stay as it was.
 *
 * @param without the lineage of the run without the fault
 */
function causeOf(violation: Violation, run: Lineage, without: (rests: Rests) => Lineage): Cause | undefined {
  const outcome = { time: violation.time, about: namedIn(violation, run.nodes) };
  const here = chainTo(run, without('on all'), outcome);
  const tells = here?.some(
    ({ vertex }) =>
      vertex.kind === 'fact' ||
      vertex.kind === 'message' ||
      (vertex.kind === 'absence' && vertex.of.kind === 'fact'),
  );
  if (here !== undefined && tells) return { side: 'here', chain: here };
  const there = chainTo(without('looked at'), run, outcome);
  if (there !== undefined) return { side: 'there', chain: there };
  return here && { side: 'here', chain: here };
}

/** The nodes that the reason of a violation names. */
function namedIn(violation: Violation, nodes: readonly string[]): ReadonlySet<string | undefined> {
  if (!('reason' in violation)) return new Set();
  const words = new Set(violation.reason.split(/[^\p{L}\p{N}_-]+/u));
  return new Set(nodes.filter((node) => words.has(node)));
}
