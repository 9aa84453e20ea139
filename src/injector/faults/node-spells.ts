/**
 * What those kinds of faults have in common by which something is so of one node for some timesteps, and ends. An event is
 * that it is so at one time, and an input of its own.
 */
import { boundOf, type BoundName, type Bounds } from '../../model/bounds.js';
import { compareStrings } from '../../model/order.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { countFallibleNodes, fallibleNodes } from './fallible.js';
import type { FaultKind } from './kind.js';
import {
  AT_TIME,
  NAME,
  readSpan,
  UNTIL,
  type FaultNotation,
  type Word,
  type WordReader,
} from './notation.js';
import { objectionToSpell, spellKind } from './spell-kind.js';
import { timesFrom, type Spell } from './spells.js';

/** Something is so of `node` at `time`, ..., `until` - 1. */
export interface NodeSpell<Kind extends string> extends Spell {
  readonly kind: Kind;
  readonly node: string;
}

/** How one such kind is told of. */
type Words<Kind extends string> = Required<
  Pick<
    FaultNotation<NodeSpell<Kind>>,
    'verb' | 'describe' | 'describeEvent' | 'answerSet' | 'sign' | 'strike' | 'recovery'
  >
>;

/** What one such kind does to the world. */
type Effects<Kind extends string> = Pick<
  FaultKind<NodeSpell<Kind>>,
  'fate' | 'removing' | 'downing' | 'recovering' | 'recovers' | 'pausing' | 'pauses' | 'stepwise'
>;

/** What such kinds are told apart by. */
export interface NodeSpellTraits<Kind extends string> {
  readonly kind: Kind;
  /** The bound of how many there are, which has their name. */
  readonly bound: BoundName;
  /** All of them, in a sentence. */
  readonly many: string;
  /** The first time at which one begins. */
  readonly first: number;
  /** Why none of a node begins before that. */
  readonly tooEarly?: (node: string) => string;
  /** The time by which each is over. */
  readonly end: (bounds: Bounds) => number;
  /** Why it is. */
  readonly endReason: (bounds: Bounds) => string;
  /** What an input of a certificate is called. */
  readonly input: 'out' | 'paused';
  readonly words: Words<Kind>;
  readonly effects: Effects<Kind>;
}

export function nodeSpellKind<Kind extends string>(
  traits: NodeSpellTraits<Kind>,
): FaultKind<NodeSpell<Kind>> {
  const { kind, bound, first, end } = traits;
  const eventsAt = (node: string, bounds: Bounds) =>
    boundOf(bounds, bound) === 0
      ? []
      : timesFrom(first, end(bounds)).map((time) => nodeSpellAt(kind, node, time));
  return {
    kind,
    notation: notationOf(traits),
    ...spellKind<NodeSpell<Kind>>({
      bound,
      same: ({ node }) => node,
      end,
      events: (scope) => fallibleNodes(scope).flatMap((node) => eventsAt(node, scope.bounds)),
    }),
    countEvents: (nodes, bounds) =>
      boundOf(bounds, bound) === 0
        ? 0
        : countFallibleNodes(nodes, bounds) * timesFrom(first, end(bounds)).length,
    row: ({ node }, places) => places.get(node),
    compare: (a, b) => compareStrings(a.node, b.node) || a.until - b.until,
    most: (scope) => {
      const ofEach = Math.ceil(timesFrom(first, end(scope.bounds)).length / 2);
      return Math.min(boundOf(scope.bounds, bound), fallibleNodes(scope).length * ofEach);
    },
    ...traits.effects,
    /** Of whom it is so at other times, it is not so at one of these, or is so at another. */
    altering: (node, _, bounds) => timesFrom(first, end(bounds)).map((time) => nodeSpellAt(kind, node, time)),
  };
}

/** The event that it is so of a node at a time. */
export function nodeSpellAt<Kind extends string>(kind: Kind, node: string, time: number): NodeSpell<Kind> {
  return { kind, node, time, until: time + 1 };
}

function notationOf<Kind extends string>(traits: NodeSpellTraits<Kind>): FaultNotation<NodeSpell<Kind>> {
  const { kind, bound, many, first, tooEarly, end, endReason, input, words } = traits;
  const { verb } = words;
  return {
    ...words,
    example: `${verb} a@2..4`,
    pattern: `${NAME}${AT_TIME}${UNTIL}`,
    format: ({ node, time, until }) => `${verb} ${formatNodeName(node)}@${time}..${until}`,
    place: ({ node }) => formatNodeName(node),
    input: ({ node, time }) => ({ kind: input, node, time }),
    fields: { node: 'node', time: 'time', until: 'time' },
    read([name, from, to]: readonly Word[], reader: WordReader) {
      const { bounds } = reader;
      const node = reader.node(name);
      const span = readSpan([from, to], reader, end(bounds), endReason(bounds));
      if (node === undefined || span === undefined) return undefined;
      if (span.time >= first || tooEarly === undefined) return { kind, node, ...span };
      const message = tooEarly(formatNodeName(node));
      reader.object({ code: 'RUN108', message, expected: `a time from ${first}`, span: from.span }, from);
      return undefined;
    },
    objection: objectionToSpell<NodeSpell<Kind>>({
      bound,
      same: ({ node }) => node,
      inWords: ({ node }) => `${many} of ${formatNodeName(node)}`,
    }),
  };
}
