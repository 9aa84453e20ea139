/**
 * What a repair has to leave as it was, and what it costs. That nothing violates is not enough: a protocol that does nothing
 * violates little.
 */
import type { FaultSet } from '../../injector/faults.js';
import { isViolated, type Outcome, type RuleRun } from '../../injector/run.js';
import { groupBy } from '../../model/group.js';
import { printTuple } from '../../model/rules/print.js';
import type { Subject } from '../subjects/subject.js';

/** What a protocol does where nothing fails. */
export interface Conduct {
  /**
   * Of rules, what is asked in the end, and what there is then of what is carried from timestep to timestep; of handlers, what
   * nodes show in the end.
   */
  readonly ends: ReadonlySet<string>;
  /** Messages from one node to another. */
  readonly messages: number;
  /**
   * The first timestep from which on all that is asked in the end is asked, and so, or from which on nodes show what they show
   * in the end; undefined where the run violates.
   */
  readonly settled: number | undefined;
}

/** @param carried relations, of which facts are to stay */
export function conductOf(subject: Subject, carried: ReadonlySet<string>): Conduct {
  const run = subject.replay([]);
  const shown = subject.shown([])?.map((views) => new Set(views.map((view, node) => `${node} ${view}`)));
  return {
    ends: shown?.at(-1) ?? factsAtEnd(run as RuleRun, subject, carried),
    messages: run.messages.filter(({ from, to }) => from !== to).length,
    settled: isViolated(run) ? undefined : shown ? sameFrom(shown) : settledAt(run as RuleRun),
  };
}

function factsAtEnd(
  { facts, eot }: RuleRun,
  { properties }: Subject,
  carried: ReadonlySet<string>,
): ReadonlySet<string> {
  const kept = facts.filter(
    ({ time, relation }) => time === eot && (properties.includes(relation) || carried.has(relation)),
  );
  return new Set(kept.map(({ relation, tuple }) => printTuple(relation, tuple)));
}

/** Whether all is there that another came to. */
export function comesTo({ ends }: Conduct, other: Conduct): boolean {
  return isWithin(other.ends, ends);
}

/** What is asked in some of the runs under these fault sets. */
export function askedUnder(subject: Subject, faultSets: readonly FaultSet[]): ReadonlySet<string> {
  return new Set(faultSets.flatMap((faults) => askedIn(subject.outcome(faults))));
}

export function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((each) => all.has(each));
}

function askedIn({ judgements }: Outcome): readonly string[] {
  return judgements.flatMap((judgement) => {
    if (judgement.kind === 'not asked') return [];
    return ['tuple' in judgement ? printTuple(judgement.property, judgement.tuple) : judgement.property];
  });
}

function settledAt({ facts, eot }: RuleRun): number {
  const judging = facts.filter(({ relation }) => relation === 'pre' || relation === 'post');
  const byTime = groupBy(judging, ({ time }) => time);
  const at = (time: number): ReadonlySet<string> =>
    new Set((byTime.get(time) ?? []).map(({ relation, tuple }) => printTuple(relation, tuple)));
  const asked = (byTime.get(eot) ?? []).filter(({ relation }) => relation === 'pre');
  const wanted = new Set(asked.flatMap(({ tuple }) => [printTuple('pre', tuple), printTuple('post', tuple)]));
  let time = eot;
  while (time > 1 && isWithin(wanted, at(time - 1))) time--;
  return time;
}

/** The first timestep from which on all is as in the end. @param shown by time */
function sameFrom(shown: readonly ReadonlySet<string>[]): number {
  const last = shown.at(-1)!;
  return shown.findLastIndex((each) => !isWithin(last, each)) + 2;
}
