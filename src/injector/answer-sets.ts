/**
 * A check as an answer-set program: the rules of a protocol, the faults within its bounds as choices, and the wish that
 * the specification be violated. Its answer sets are the violating fault sets, each with its run; clingo decides
 * it by means that share nothing with ours.
 */
import { answerSetName, answerSetRules, answerSetValue } from '../model/rules/answer-set.js';
import { CRASH, type CheckedProgram } from '../model/rules/program.js';
import type { Bounds } from './bounds.js';
import { faultKinds } from './faults.js';

/** The bounds are constants, so that `clingo -c last=8` sets others. */
export function printAnswerSets(checked: CheckedProgram, nodes: readonly string[], bounds: Bounds): string {
  const { eot, eff, crashes } = bounds;
  const faults = faultKinds.map(({ notation }) => notation.answerSet);
  const paragraphs = [
    [`#const last = ${eot}`, `#const eff = ${eff}`, `#const crashes = ${crashes}`],
    ['time(1..last)', ...nodes.map((node) => `node(${answerSetValue(node)})`)],
    ...faults.map(({ clauses }) => clauses),
    ARRIVALS,
    [...(checked.relations.has(CRASH) ? [OBSERVED] : []), ...answerSetRules(checked)],
    violation(checked),
    fewest(faults.map(({ fault }) => fault)),
  ];
  return paragraphs.map((clauses) => clauses.map((clause) => `${clause}.\n`).join('')).join('\n');
}

/** What a node sends to itself is never lost. */
const ARRIVALS = [
  'arrives(A, B, T) :- node(A), node(B), A != B, time(T), not lost(A, B, T)',
  'arrives(N, N, T) :- node(N), time(T)',
];

const OBSERVED = `${answerSetName(CRASH)}(T, Observer, N, C) :- crash(N, C), node(Observer), time(T)`;

function violation({ relations }: CheckedProgram): readonly string[] {
  const columns = relations.get('pre')?.columns.map((_, i) => `X${i}`) ?? [];
  const atom = (relation: string) => `${answerSetName(relation)}(${['last', ...columns].join(', ')})`;
  return [`violated :- ${atom('pre')}, not ${atom('post')}`, ':- not violated'];
}

/** @param faults an atom of each kind; it counts one for each */
function fewest(faults: readonly string[]): readonly string[] {
  const counted = faults.map((fault, kind) => `1, ${kind}, ${fault} : ${fault}`).join(' ; ');
  return [`#minimize { ${counted} }`, ...faults.map((fault) => `#show ${fault} : ${fault}`)];
}
