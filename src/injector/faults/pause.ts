/**
 * Nodes that do nothing for some timesteps, and lose nothing: a collection of garbage, a virtual machine that is moved.
 * `paused(n,t)`, "a pause of n goes on at t", is an input for each time t. A node pauses at 2 at the earliest, when it has
 * started; and not while it is down, nor where it starts again.
 */
import { boundOf } from '../../model/bounds.js';
import { groupBy } from '../../model/group.js';
import { compareStrings } from '../../model/order.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { countFallibleNodes, fallibleNodes } from './fallible.js';
import { sampleFew } from './few.js';
import type { FaultKind, FaultScope } from './kind.js';
import {
  AT_TIME,
  atMost,
  fallibleNode,
  NAME,
  readSpan,
  tooMany,
  UNTIL,
  type Objection,
  type Word,
  type WordReader,
} from './notation.js';
import {
  areApart,
  drawSpells,
  eventsOfSpell,
  timesFrom,
  spellsOf,
  spellsWithin,
  type Spell,
} from './spells.js';

/** `node` does nothing at `time`, ..., `until` - 1; what arrives meanwhile, and timers that fall due, it handles at `until`. */
export interface Pause extends Spell {
  readonly kind: 'pause';
  readonly node: string;
  /** From 2. */
  readonly time: number;
  /** Up to EFF. */
  readonly until: number;
}

const FIRST = 2;

export const pauseKind: FaultKind<Pause> = {
  kind: 'pause',
  lasting: true,
  notation: {
    verb: 'pause',
    example: 'pause a@2..4',
    pattern: `${NAME}${AT_TIME}${UNTIL}`,
    format: ({ node, time, until }) => `pause ${formatNodeName(node)}@${time}..${until}`,
    describe: ({ node, time, until }) =>
      `${formatNodeName(node)} pauses at time ${time}, and goes on at ${until}`,
    describeEvent: ({ node, time }) => `${formatNodeName(node)} pauses at ${time}`,
    input: ({ node, time }) => ({ kind: 'paused', node, time }),
    fields: { node: 'node', time: 'time', until: 'time' },
    answerSet: {
      fault: 'pause(N, T)',
      clauses: (bounds) => {
        const most = boundOf(bounds, 'pauses');
        if (most === 0) return [];
        return [
          `{ paused(N, T) : ${fallibleNode(bounds)}, T = ${FIRST}..eff - 1 }`,
          'pause(N, T) :- paused(N, T), not paused(N, T - 1)',
          ...atMost('pause(N, T)', most),
        ];
      },
    },
    sign: { mark: '‖', meaning: 'pause' },
    strike: ({ node, until }) => ({ node, happens: `pauses until ${until}` }),
    recovery: ({ node, until: time }) => ({ node, time, happens: 'goes on' }),
    read,
    objection,
  },

  events: (scope) => fallibleNodes(scope).flatMap((node) => eventsAt(node, scope)),
  faults: (scope) =>
    fallibleNodes(scope).flatMap((node) =>
      eventsAt(node, scope).flatMap((event) =>
        timesFrom(event.time + 1, scope.bounds.eff + 1).map((until) => ({ ...event, until })),
      ),
    ),
  countEvents: (nodes, bounds) =>
    boundOf(bounds, 'pauses') === 0
      ? 0
      : countFallibleNodes(nodes, bounds) * timesFrom(FIRST, bounds.eff).length,
  row: ({ node }, places) => places.get(node),
  compare: (a, b) => compareStrings(a.node, b.node) || a.until - b.until,

  eventsOf: eventsOfSpell,
  faultsOf: (events) => spellsOf(events, (a, b) => a.node === b.node),
  counts: ({ node, time }) => ({ unless: at(node, time - 1) }),
  within: spellsWithin,

  joins: (fault, others, bounds) =>
    others.length < boundOf(bounds, 'pauses') &&
    others.every((other) => other.node !== fault.node || areApart(fault, other)),
  most: (scope) =>
    Math.min(
      boundOf(scope.bounds, 'pauses'),
      fallibleNodes(scope).length * Math.floor(Math.max(0, scope.bounds.eff - 1) / 2),
    ),
  limit: (bounds) => boundOf(bounds, 'pauses'),
  truth(faults) {
    const byNode = groupBy(faults, ({ node }) => node);
    return ({ node, time }) =>
      byNode.get(node)?.some((fault) => fault.time <= time && time < fault.until) ?? false;
  },

  fate: 'lost',
  removing: () => [],
  downing: () => [],
  recovering: () => [],
  pausing: (node, time) => [at(node, time)],
  pauses: (bounds) => boundOf(bounds, 'pauses') > 0,
  /** Who pauses at other times does not at one of those, or does at another. */
  altering: (node, _, bounds) => timesFrom(FIRST, bounds.eff).map((time) => at(node, time)),

  draw: (events, _, most, random) => {
    const rows = [...groupBy(events, ({ node }) => node).values()];
    return pauseKind.faultsOf(drawSpells(rows, most, random).toSorted((a, b) => a.time - b.time));
  },
  samples: (scope) => sampleFew(pauseKind, pauseKind.faults!(scope), scope.bounds),
};

/** The event that a node pauses at a time. */
function at(node: string, time: number): Pause {
  return { kind: 'pause', node, time, until: time + 1 };
}

function eventsAt(node: string, { bounds }: FaultScope): readonly Pause[] {
  return boundOf(bounds, 'pauses') === 0 ? [] : timesFrom(FIRST, bounds.eff).map((time) => at(node, time));
}

function read([name, from, to]: readonly Word[], reader: WordReader): Pause | undefined {
  const { eff } = reader.bounds;
  const node = reader.node(name);
  const span = readSpan([from, to], reader, eff, `a pause ends by EFF ${eff}`);
  if (node === undefined || span === undefined) return undefined;
  if (span.time >= FIRST) return { kind: 'pause', node, ...span };
  const message = `${formatNodeName(node)} has not started before ${FIRST}, and pauses no earlier`;
  reader.object({ code: 'RUN108', message, expected: `a time from ${FIRST}`, span: from.span }, from);
  return undefined;
}

function objection(fault: Pause, others: readonly Pause[], bounds: FaultScope['bounds']): Objection {
  const other = others.find((each) => each.node === fault.node && !areApart(fault, each));
  if (other === undefined) return tooMany('pauses', bounds);
  const message = `two pauses of ${formatNodeName(fault.node)} overlap, or follow at once`;
  return { code: 'RUN108', message, hint: 'write them as one' };
}
