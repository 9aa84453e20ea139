/**
 * A check as an answer-set program: the rules of a protocol, the faults within its bounds as choices, and the wish that
 * the specification be violated. Its answer sets are the violating fault sets, each with its run; clingo decides
 * it by means that share nothing with ours.
 */
import { propertiesOf } from '../model/rules/specification.js';
import { answerSetName, answerSetRules, answerSetValue } from '../model/rules/answer-set.js';
import { boundOf } from '../model/bounds.js';
import { builtInRelations } from '../model/rules/check/built-in.js';
import { IS_DOWN, IS_PAUSED, IS_RESTARTED, withOutages } from '../model/rules/evaluate/outages.js';
import { CRASH, FAULT, RESTARTED, type CheckedProgram } from '../model/rules/program.js';
import type { Bounds } from './bounds.js';
import { faultKinds } from './faults.js';
import { reliableLinks } from './faults/fallible.js';
import { hasInterruptions, hasOutages, hasPauses } from './world.js';

/** The bounds are constants, so that `clingo -c last=8` sets others. */
export function printAnswerSets(written: CheckedProgram, nodes: readonly string[], bounds: Bounds): string {
  const { eot, eff, crashes } = bounds;
  const outages = hasOutages(bounds);
  const pauses = hasPauses(bounds);
  const interruptions = hasInterruptions(bounds);
  const checked = withOutages(written, { outages, pauses });
  const faults = faultKinds
    .map(({ notation }) => notation.answerSet)
    .filter((each) => each.clauses(bounds, nodes).length > 0);
  const detours = faults.flatMap(({ detour }) => detour ?? []);
  const paragraphs = [
    [`#const last = ${eot}`, `#const eff = ${eff}`, `#const crashes = ${crashes}`],
    ['time(1..last)', ...nodes.map((node) => `node(${answerSetValue(node)})`), ...reliableClauses(bounds)],
    ...faults.map((each) => each.clauses(bounds, nodes)),
    ...fewEnough(
      faults.map(({ fault }) => fault),
      boundOf(bounds, 'faults'),
    ),
    detours.length === 0 ? ARRIVALS : arrivalsBy(detours),
    [
      ...(outages ? outageClauses(checked) : []),
      ...(pauses ? [outages ? PAUSED_UP : PAUSED] : []),
      ...(reads(checked, FAULT) ? faults.flatMap(({ naming }) => naming ?? []).map(namedClause) : []),
      ...(checked.relations.has(CRASH) ? [outages ? OBSERVED_STOP : OBSERVED] : []),
      ...(interruptions ? interruptionClauses({ outages, pauses }) : []),
      ...answerSetRules(checked, detours.length > 0 ? 'at any time' : 'in time', interruptions),
    ],
    violation(checked),
    [
      ...fewest(faults.map(({ fault }) => fault)),
      ...(interruptions ? ['#show after(N, T, K) : after(N, T, K)'] : []),
    ],
  ];
  return paragraphs.map((clauses) => clauses.map((clause) => `${clause}.\n`).join('')).join('\n');
}

function reliableClauses(bounds: Bounds): readonly string[] {
  const atom = (...names: readonly string[]) => `reliable(${names.map(answerSetValue).join(', ')})`;
  return [
    ...(bounds.reliable?.nodes ?? []).map((node) => atom(node)),
    ...reliableLinks(bounds).map(({ from, to }) => atom(from, to)),
  ];
}

/** What a node sends to itself is never lost. */
const ARRIVALS = [
  'arrives(A, B, T) :- node(A), node(B), A != B, time(T), not lost(A, B, T)',
  'arrives(N, N, T) :- node(N), time(T)',
];

/**
 * What is sent and not lost arrives at U; each kind of fault that makes it late takes what the one before it left.
 * `arrives` has one more column then.
 */
function arrivalsBy(
  detours: readonly { readonly fault: string; readonly instead: boolean }[],
): readonly string[] {
  const onWay = (kind: number) => (kind === detours.length ? 'arrives' : `sent_${kind}`);
  return [
    `${onWay(0)}(A, B, T, T + 1) :- node(A), node(B), A != B, time(T), not lost(A, B, T)`,
    ...detours.flatMap(({ fault, instead }, kind) => {
      const sent = `${onWay(kind)}(A, B, T, U)`;
      const stays = instead ? [`not ${fault.replace(/\bD\)$/, '_)')}`] : [];
      return [
        `${onWay(kind + 1)}(A, B, T, U + D) :- ${sent}, ${fault}`,
        `${onWay(kind + 1)}(A, B, T, U) :- ${[sent, ...stays].join(', ')}`,
      ];
    }),
    'arrives(N, N, T, T + 1) :- node(N), time(T)',
  ];
}

const OBSERVED = `${answerSetName(CRASH)}(T, Observer, N, C) :- crash(N, C), node(Observer), time(T)`;

/** The same where a node may be down, and start again: it crashes where it stops for good. */
const OBSERVED_STOP = `${answerSetName(CRASH)}(T, Observer, N, C) :- stopped(N, C), not stopped(N, C - 1), not away(N, C), C < last, node(Observer), time(T)`;

const PAUSED = `${answerSetName(IS_PAUSED)}(T, N) :- paused(N, T), not down(N, T)`;

/** The same where a node may be down, and start again. */
const PAUSED_UP = `${answerSetName(IS_PAUSED)}(T, N) :- paused(N, T), not stopped(N, T), not restarts(N, T)`;

/** Whether a program reads a relation that is built in. */
function reads({ program, relations }: CheckedProgram, relation: string): boolean {
  return builtInRelations(program).has(relation) && relations.has(relation);
}

/** @param named the atom that what is called F happens to N at T */
function namedClause(named: string): string {
  return `${answerSetName(FAULT)}(T, N, F) :- ${named}`;
}

/** Who does nothing, who starts again, and who will. */
function outageClauses(checked: CheckedProgram): readonly string[] {
  const restarted = reads(checked, RESTARTED) ? [RESTARTED] : [];
  return [
    'stopped(N, T) :- out(N, T)',
    'stopped(N, T) :- down(N, T)',
    'restarts(N, T) :- out(N, T - 1), time(T), not stopped(N, T)',
    'away(N, T) :- stopped(N, T), restarts(N, T + 1)',
    'away(N, T) :- stopped(N, T), away(N, T + 1)',
    `${answerSetName(IS_DOWN)}(T, N) :- away(N, T)`,
    ...[IS_RESTARTED, ...restarted].map((name) => `${answerSetName(name)}(T, N) :- restarts(N, T)`),
  ];
}

/** Who stops in the midst of a timestep, after how many messages, and which those are. */
function interruptionClauses(may: {
  readonly outages: boolean;
  readonly pauses: boolean;
}): readonly string[] {
  return [
    ...(may.outages ? ['idle(N, T) :- out(N, T)', 'idle(N, T) :- out(N, T - 1), time(T)'] : []),
    ...(may.pauses ? ['idle(N, T) :- paused(N, T)'] : []),
    `stops(N, T, K) :- after(N, T, K)${may.outages || may.pauses ? ', not idle(N, T)' : ''}`,
    'lets(N, T, M) :- sends(N, B, T, M), not stops(N, T, _)',
    'lets(N, T, M) :- sends(N, N, T, M)',
    'lets(N, T, M) :- sends(N, B, T, M), B != N, stops(N, T, K), #count { O : sends(N, C, T, O), C != N, node(C), O < M } < K',
  ];
}

function violation({ program, relations }: CheckedProgram): readonly string[] {
  const violated = propertiesOf(program).map(({ name, kept, always }) => {
    const columns = relations.get(name)!.columns.map((_, i) => `X${i}`);
    const terms = [always ? 'T' : 'last', ...columns].join(', ');
    const atom = (relation: string) => `${answerSetName(relation)}(${terms})`;
    return `violated :- ${atom(name)}, not ${atom(kept)}`;
  });
  return [...violated, ':- not violated'];
}

/** @param faults an atom of each kind */
function fewEnough(faults: readonly string[], most: number): readonly (readonly string[])[] {
  if (most === Infinity || faults.length === 0) return [];
  return [[`:- #count { ${faults.map((fault) => `${fault} : ${fault}`).join(' ; ')} } > ${most}`]];
}

/** @param faults an atom of each kind; it counts one for each */
function fewest(faults: readonly string[]): readonly string[] {
  const counted = faults.map((fault, kind) => `1, ${kind}, ${fault} : ${fault}`).join(' ; ');
  return [`#minimize { ${counted} }`, ...faults.map((fault) => `#show ${fault} : ${fault}`)];
}
