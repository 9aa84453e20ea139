/**
 * An explanation as an outline: sentences, each with those that it rests on. Whatever an explanation is of, and in whatever
 * form it is shown, this is what is shown.
 */
import type { Why } from '../../lineage/explain.js';
import {
  matchesPattern,
  type AbsenceVertex,
  type FactPattern,
  type StateVertex,
  type Vertex,
} from '../../lineage/lineage.js';
import type { Attempt, AttemptFailure, WhyNot } from '../../lineage/why-not.js';
import { positionOf, type SourceSpan } from '../../model/diagnostics/source.js';
import { printValue } from '../../model/rules/print.js';
import { visible } from '../../model/text/display.js';
import { formatNodeName } from '../../model/text/node-names.js';
import type { RunAnswer } from '../../runner/explain/explain.js';
import { foldAlike, type Told } from './fold.js';
import { changeText, oneLine, sentenceOf, sentenceText, timeless, type Sentence } from './sentences.js';

/** What is so, or is not, in words. */
export interface Outline {
  readonly text: string;
  readonly kind: Told['kind'];
  /** Where the protocol says it. */
  readonly place: SourceSpan | undefined;
  readonly because: readonly Outline[];
  /** Where more is behind it: `deeper` than was asked for, or `told` elsewhere. */
  readonly more: Told['more'];
}

/**
 * What an answer says, in its order.
 *
 * @param depth how many steps are told, one behind another: of the rule or the call, and of what that rests on one each
 */
export function outlinesOf(answer: RunAnswer, depth: number): readonly Outline[] {
  const teller = new Teller(answer);
  const told =
    answer.kind === 'why'
      ? answer.trees.map((tree) => teller.why(tree))
      : answer.trees.map((tree) => teller.whyNot(tree));
  const cut = told.map((each) => within(foldAlike(each), depth));
  const shown = new Map<string, Set<number>>();
  for (const each of cut) show(each, shown);
  return cut.map((each) => outlineOf(each, shown));
}

/** Rules and calls are told with what they are the reason of, and faults with what they did. */
function within(told: Told, left: number): Told {
  const isLast = told.because.every(({ kind }) => kind === 'fault');
  if (left <= 0 && told.kind !== 'code' && !isLast) return { ...told, because: [], more: 'deeper' };
  const next = told.kind === 'code' ? left : left - 1;
  return { ...told, because: told.because.map((each) => within(each, next)) };
}

/** Notes what is told whole, and when. */
function show({ before, after, times, because, more }: Told, shown: Map<string, Set<number>>): void {
  if (more === undefined) {
    const known = shown.get(before + after) ?? new Set();
    shown.set(before + after, known);
    for (const time of times) known.add(time);
  }
  for (const each of because) show(each, shown);
}

function outlineOf(told: Told, shown: ReadonlyMap<string, ReadonlySet<number>>): Outline {
  const { kind, place, because, more, before, after, times } = told;
  const known = shown.get(before + after);
  const isTold = known !== undefined && times.every((time) => known.has(time));
  return {
    text: sentenceText(told),
    kind,
    place,
    because: because.map((each) => outlineOf(each, shown)),
    more: more === 'told' && !isTold ? 'deeper' : more,
  };
}

/** Trees of an answer, with what is behind what they speak of. */
class Teller {
  constructor(private readonly further: Pick<RunAnswer, 'absences' | 'against'>) {}

  why({ name, vertex, because, ends }: Why): Told {
    const absence = this.further.absences.get(name);
    if (absence !== undefined && ends !== 'told') return this.whyNot(absence);
    const more = ends === 'here' ? undefined : ends;
    if (vertex.kind === 'state') return { ...this.state(vertex, because), more };
    return { ...vertexTold(vertex), because: because.map((each) => this.reason(each, because)), more };
  }

  /** An absence can be of all facts but those beside it, as of what is counted. */
  private reason(each: Why, beside: readonly Why[]): Told {
    const told = this.why(each);
    const { of } = each.vertex as AbsenceVertex;
    const isBut =
      each.vertex.kind === 'absence' &&
      of.kind === 'fact' &&
      beside.some(({ vertex }) => matches(of, vertex));
    return isBut ? { ...told, before: told.before.replace(/^no /, 'no other ') } : told;
  }

  /** By what changed, where that is known; what a node begins with rests on nothing that tells more. */
  private state(vertex: StateVertex, because: readonly Why[]): Told {
    if (vertex.time === 0) return vertexTold(vertex);
    const behind = because.flatMap((each) => (each.vertex.kind === 'firing' ? each.because : [each]));
    const was = behind.map((each) => each.vertex).find((each) => each.kind === 'state');
    const sentence = was?.node === vertex.node ? timeless(changeText(was, vertex)) : sentenceOf(vertex);
    return telling(
      sentence,
      'so',
      because.map((each) => this.why(each)),
    );
  }

  whyNot({ what, attempts, ends }: WhyNot): Told {
    const parting = attempts.length === 1 ? attempts[0].failure : undefined;
    if (parting?.kind === 'differs') return { ...vertexTold(what), because: this.parting(parting) };
    if (parting?.kind === 'lacks')
      return telling(timeless(`not: ${textOf(what)}`), 'absent', this.lacking(parting));
    const because = attempts.map((attempt) => this.attempt(attempt));
    return { ...vertexTold(what), because, more: ends };
  }

  /** Where a run first parts from another, and what came of it, in the order in which it happened. */
  private parting({ first, instead, chain }: AttemptFailure & { readonly kind: 'differs' }): readonly Told[] {
    const other = instead === undefined ? [] : [fails(`without faults: ${textOf(instead)}`)];
    return [{ ...vertexTold(first), because: other }, ...between(chain)];
  }

  /** What is there instead of the first that a run lacks, and what it lacks because of that. */
  private lacking({ first, instead, chain }: AttemptFailure & { readonly kind: 'lacks' }): readonly Told[] {
    const here = instead === undefined ? [] : [this.why(instead)];
    if (chain.length === 1) return here;
    return [
      telling(timeless(`not: ${textOf(first)}`), 'absent', here),
      ...between(chain).map((each) => telling(timeless(`not: ${sentenceText(each)}`), 'absent')),
    ];
  }

  private attempt({ by, place, time, failure }: Attempt): Told {
    const why = this.failure(failure);
    return { ...telling({ before: `${oneLine(by)} at `, times: [time], after: '' }, 'code', [why]), place };
  }

  private failure(failure: AttemptFailure): Told {
    switch (failure.kind) {
      case 'missing': {
        const missing = failure.missing.map((each) => this.whyNot(each));
        return fails(`lacks ${failure.premise.text}`, missing);
      }
      case 'present': {
        const against = failure.against.map((fact) => {
          const known = this.further.against.get(fact);
          return known === undefined ? vertexTold(fact) : this.why(known);
        });
        return fails(`fails at ${failure.premise.text}`, against);
      }
      case 'comparison': {
        const values = failure.values.map(([left, right]) => `${written(left)} and ${written(right)}`);
        return fails(`fails at ${failure.premise.text}, of ${values.join(', or ')}`);
      }
      case 'aggregate':
        return fails('gives another value');
      case 'lost': {
        const { from, sent } = failure.message;
        const before = `what ${formatNodeName(from)} sends at `;
        const faults = failure.faults.map((fault) => telling(timeless(fault), 'fault'));
        return telling({ before, times: [sent], after: ' does not arrive' }, 'absent', faults);
      }
      case 'differs':
      case 'lacks':
        throw new Error('told with what it is about');
    }
  }
}

function matches(pattern: FactPattern, vertex: Vertex): boolean {
  return (
    vertex.kind === 'fact' && vertex.relation === pattern.relation && matchesPattern(pattern, vertex.tuple)
  );
}

function textOf(vertex: Vertex): string {
  return sentenceText(sentenceOf(vertex));
}

/** What stands between the first and the last of a chain; each call is told by what it did, and a state by what changed. */
function between(chain: readonly Vertex[]): readonly Told[] {
  const known = new Map<string, StateVertex>();
  return chain.slice(0, -1).flatMap((vertex, index) => {
    const was = vertex.kind === 'state' ? known.get(vertex.node) : undefined;
    if (vertex.kind === 'state') known.set(vertex.node, vertex);
    if (index === 0 || vertex.kind === 'firing') return [];
    if (vertex.kind !== 'state' || was === undefined) return [vertexTold(vertex)];
    return [telling(timeless(changeText(was, vertex)), 'so')];
  });
}

function fails(text: string, because: readonly Told[] = []): Told {
  return telling(timeless(text), 'code', because);
}

function telling(sentence: Sentence, kind: Told['kind'], because: readonly Told[] = []): Told {
  return { ...sentence, kind, place: undefined, because, more: undefined };
}

/** By itself, without what it rests on. */
function vertexTold(vertex: Vertex): Told {
  const place = vertex.kind === 'fact' || vertex.kind === 'firing' ? vertex.place : undefined;
  return { ...telling(sentenceOf(vertex), KINDS[vertex.kind]), place };
}

const KINDS = {
  fact: 'so',
  message: 'so',
  state: 'so',
  call: 'so',
  absence: 'absent',
  fault: 'fault',
  firing: 'code',
} as const satisfies Record<Vertex['kind'], Told['kind']>;

function written(value: Parameters<typeof printValue>[0] | null): string {
  return value === null ? 'no value' : printValue(value);
}

/** The name of the file and the line, without the folders, which are mostly those of the scenario. */
export function placeText({ source, start }: SourceSpan): string {
  const name = source.name.slice(source.name.search(/[^/\\]*$/));
  return `${visible(name)}:${positionOf(source, start).line}`;
}
