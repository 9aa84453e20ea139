/**
 * Which faults never make a difference to what properties see, by whom they happen to and when: those of whose inputs nothing
 * that properties see depends. That costs no more than to look through the conditions, so that it is asked of all kinds.
 */
import { compareStrings } from '../../model/order.js';
import { faultKinds, kindOf, type Fault } from '../../injector/faults.js';
import { groupBy } from '../../model/group.js';
import type { IndifferentFaults } from '../result.js';
import { isAsked, authorsName, rootsOf } from './differences.js';
import type { EvaluableSearch } from './least-faults.js';
import type { Question } from './pose.js';

/** By kind, in the order of kinds, and then by place. */
export function indifferentFaults(search: EvaluableSearch, question: Question): readonly IndifferentFaults[] {
  const { space, subject } = search;
  const roots = rootsOf(search, question);
  if (roots === undefined) return [];
  const inputs = question.conditions.inputsOf(roots);
  const asked = space.faults.filter((fault) => isAsked(authorsName(fault), subject.asked));
  return faultKinds.flatMap(({ kind }) => {
    const places = groupBy(
      asked.filter((fault) => fault.kind === kind),
      (fault) => JSON.stringify([authorsName(fault) ?? '', placeOf(fault)]),
    );
    return [...places]
      .sort(([a], [b]) => compareStrings(a, b))
      .map(([, faults]) => atPlace(faults, (fault) => space.inputsOf([fault]).some((one) => inputs.has(one))))
      .filter(({ times }) => times.length > 0);
  });
}

function atPlace(faults: readonly Fault[], matters: (fault: Fault) => boolean): IndifferentFaults {
  const [fault] = faults;
  const name = authorsName(fault);
  const byTime = [...groupBy(faults, ({ time }) => time)];
  const timesWhere = (isWanted: (begun: readonly Fault[]) => boolean) =>
    byTime.filter(([, begun]) => isWanted(begun)).map(([time]) => time);
  return {
    kind: fault.kind,
    ...(name !== undefined && { name }),
    place: placeOf(fault),
    times: timesWhere((begun) => !begun.some(matters)),
    otherTimes: timesWhere((begun) => begun.some(matters)),
  };
}

function placeOf(fault: Fault): string {
  return kindOf(fault).notation.place(fault);
}
