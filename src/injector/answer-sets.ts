/**
 * A check as an answer-set program: the rules of a protocol, the faults within its bounds as choices, and the wish that
 * the specification be violated. Its answer sets are the violating fault sets, each with its run; clingo decides
 * it by means that share nothing with ours.
 */
import { answerSetName, answerSetRules, answerSetValue } from '../model/rules/answer-set.js';
import { CRASH, type CheckedProgram } from '../model/rules/program.js';
import type { Bounds } from './bounds.js';

/** The bounds are constants, so that `clingo -c last=8` sets others. */
export function printAnswerSets(checked: CheckedProgram, nodes: readonly string[], bounds: Bounds): string {
  const { eot, eff, crashes } = bounds;
  const paragraphs = [
    `#const last = ${eot}.\n#const eff = ${eff}.\n#const crashes = ${crashes}.`,
    `time(1..last).\n${nodes.map((node) => `node(${answerSetValue(node)}).`).join(' ')}`,
    FAULTS,
    ...(checked.relations.has(CRASH) ? [OBSERVED] : []),
    answerSetRules(checked).trimEnd(),
    violation(checked),
    FEWEST,
  ];
  return paragraphs.map((paragraph) => `${paragraph}\n`).join('\n');
}

const FAULTS = `{ omission(A, B, T) : node(A), node(B), A != B, T = 1..eff - 1 }.
{ crash(N, T) : T = 1..last - 1 } 1 :- node(N).
:- #count { N, T : crash(N, T) } > crashes.

down(N, T) :- crash(N, C), time(T), T >= C.
arrives(A, B, T) :- node(A), node(B), A != B, time(T), not omission(A, B, T), not down(A, T).
arrives(N, N, T) :- node(N), time(T).`;

const OBSERVED = `${answerSetName(CRASH)}(T, Observer, N, C) :- crash(N, C), node(Observer), time(T).`;

function violation({ relations }: CheckedProgram): string {
  const columns = relations.get('pre')?.columns.map((_, i) => `X${i}`) ?? [];
  const atom = (relation: string) => `${answerSetName(relation)}(${['last', ...columns].join(', ')})`;
  return `violated :- ${atom('pre')}, not ${atom('post')}.\n:- not violated.`;
}

const FEWEST = `#minimize { 1, A, B, T : omission(A, B, T) ; 1, N, T : crash(N, T) }.
#show omission/3.
#show crash/2.`;
