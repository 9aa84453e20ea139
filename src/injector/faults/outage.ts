/**
 * Nodes that are down for some timesteps, and start again. `out(n,t)`, "an outage of n goes on at t", is an input for each
 * time t.
 */
import { boundOf, endOfCrashes } from '../../model/bounds.js';
import { groupBy } from '../../model/group.js';
import { compareStrings } from '../../model/order.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { countFallibleNodes, fallibleNodes } from './fallible.js';
import { sampleFew } from './few.js';
import { timesBefore, type FaultKind, type FaultScope } from './kind.js';
import {
  AT_TIME,
  atMost,
  endOfCrashesText,
  fallibleNode,
  lastTimeOfCrashes,
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

/** `node` does nothing at `time`, ..., `until` - 1, and starts again at `until` with what it had kept. */
export interface Outage extends Spell {
  readonly kind: 'outage';
  readonly node: string;
  readonly time: number;
  /** Up to EOT, or to where the bounds say that crashes end. */
  readonly until: number;
}

export const outageKind: FaultKind<Outage> = {
  kind: 'outage',
  lasting: true,
  notation: {
    verb: 'restart',
    example: 'restart a@2..4',
    pattern: `${NAME}${AT_TIME}${UNTIL}`,
    format: ({ node, time, until }) => `restart ${formatNodeName(node)}@${time}..${until}`,
    describe: ({ node, time, until }) =>
      `${formatNodeName(node)} is down from time ${time}, and starts again at ${until}`,
    describeEvent: ({ node, time }) => `${formatNodeName(node)} is down at ${time}, and starts again later`,
    input: ({ node, time }) => ({ kind: 'out', node, time }),
    fields: { node: 'node', time: 'time', until: 'time' },
    answerSet: {
      fault: 'outage(N, T)',
      clauses: (bounds) => {
        const most = boundOf(bounds, 'restarts');
        if (most === 0) return [];
        return [
          `{ out(N, T) : ${fallibleNode(bounds)}, T = 1..${lastTimeOfCrashes(bounds)} }`,
          'outage(N, T) :- out(N, T), not out(N, T - 1)',
          ...atMost('outage(N, T)', most),
          'lost(A, B, T) :- out(A, T), node(B)',
        ];
      },
    },
    sign: { mark: '‡', meaning: 'outage' },
    strike: ({ node, until }) => ({ node, happens: `is down until ${until}` }),
    recovery: ({ node, until: time }) => ({ node, time, happens: 'starts again' }),
    read,
    objection,
  },

  events: (scope) => fallibleNodes(scope).flatMap((node) => eventsAt(node, scope)),
  faults: (scope) =>
    fallibleNodes(scope).flatMap((node) =>
      eventsAt(node, scope).flatMap((event) =>
        timesFrom(event.time + 1, endOfCrashes(scope.bounds) + 1).map((until) => ({ ...event, until })),
      ),
    ),
  countEvents: (nodes, bounds) =>
    boundOf(bounds, 'restarts') === 0 ? 0 : countFallibleNodes(nodes, bounds) * (endOfCrashes(bounds) - 1),
  row: ({ node }, places) => places.get(node),
  compare: (a, b) => compareStrings(a.node, b.node) || a.until - b.until,

  eventsOf: eventsOfSpell,
  faultsOf: (events) => spellsOf(events, (a, b) => a.node === b.node),
  counts: ({ node, time }) => ({ unless: at(node, time - 1) }),
  within: spellsWithin,

  joins: (fault, others, bounds) =>
    others.length < boundOf(bounds, 'restarts') &&
    others.every((other) => other.node !== fault.node || areApart(fault, other)),
  most: (scope) =>
    Math.min(
      boundOf(scope.bounds, 'restarts'),
      fallibleNodes(scope).length * Math.floor(endOfCrashes(scope.bounds) / 2),
    ),
  limit: (bounds) => boundOf(bounds, 'restarts'),
  truth(faults) {
    const byNode = groupBy(faults, ({ node }) => node);
    return ({ node, time }) =>
      byNode.get(node)?.some((fault) => fault.time <= time && time < fault.until) ?? false;
  },

  fate: 'not sent',
  removing: ({ from, time }) => [at(from, time)],
  downing: (node, time) => [at(node, time)],
  recovering: (node, time) => [at(node, time - 1)],
  recovers: (bounds) => boundOf(bounds, 'restarts') > 0,
  /** Who was down at other times was not down at one of those, or was just before or after. */
  altering: (node, _, bounds) => timesBefore(endOfCrashes(bounds)).map((time) => at(node, time)),

  draw: (events, _, most, random) => {
    const rows = [...groupBy(events, ({ node }) => node).values()];
    return outageKind.faultsOf(drawSpells(rows, most, random).toSorted((a, b) => a.time - b.time));
  },
  samples: (scope) => sampleFew(outageKind, outageKind.faults!(scope), scope.bounds),
};

/** The event that a node is down at a time. */
function at(node: string, time: number): Outage {
  return { kind: 'outage', node, time, until: time + 1 };
}

function eventsAt(node: string, { bounds }: FaultScope): readonly Outage[] {
  return boundOf(bounds, 'restarts') === 0
    ? []
    : timesBefore(endOfCrashes(bounds)).map((time) => at(node, time));
}

function read([name, from, to]: readonly Word[], reader: WordReader): Outage | undefined {
  const { bounds } = reader;
  const node = reader.node(name);
  const reason = `an outage ends by ${endOfCrashesText(bounds)}`;
  const span = readSpan([from, to], reader, endOfCrashes(bounds), reason);
  return node === undefined || span === undefined ? undefined : { kind: 'outage', node, ...span };
}

function objection(fault: Outage, others: readonly Outage[], bounds: FaultScope['bounds']): Objection {
  const other = others.find((each) => each.node === fault.node && !areApart(fault, each));
  if (other === undefined) return tooMany('restarts', bounds);
  const message = `two outages of ${formatNodeName(fault.node)} overlap, or follow at once`;
  return { code: 'RUN108', message, hint: 'write them as one' };
}
