/**
 * Nodes that stop for good: between two timesteps, or in the midst of one, when some of what they send then has left.
 * `down(n,t)`, "n has crashed at or before t", is an input for each time t; and where nodes may crash within a timestep,
 * `down(n,t,k)` as well, "n has crashed before t, or at t after k messages or more". So of the crashes of a node at one time
 * the one that lets nothing leave is the least, and what a counterexample lets leave is as little as will do.
 */
import type { Downtime } from '../../model/handlers/joint/step-faults.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { boundOf, endOfCrashes, type NamedBounds } from '../../model/bounds.js';
import { compareStrings } from '../../model/order.js';
import { plural } from '../../model/text/numbers.js';
import { countFallibleNodes, fallibleNodes } from './fallible.js';
import { sampleBits } from './few.js';
import {
  SAMPLE_WORDS,
  timesAfter,
  timesBefore,
  type FaultKind,
  type FaultScope,
  type Interrupting,
} from './kind.js';
import {
  AFTER,
  AT_TIME,
  endOfCrashesText,
  fallibleNode,
  lastTimeOfCrashes,
  NAME,
  type Objection,
  type Word,
  type WordReader,
} from './notation.js';

/** `node` sends nothing at any time >= `time`, but for the first messages that leave it then, and does not recover. */
export interface Crash {
  readonly kind: 'crash';
  readonly node: string;
  readonly time: number;
  /** How many of the messages that it sends to others at `time` still leave, from 1. Default: none. */
  readonly after?: number;
}

export const crashKind: FaultKind<Crash> = {
  kind: 'crash',
  lasting: true,
  notation: {
    verb: 'crash',
    example: 'crash C@6',
    pattern: `${NAME}${AT_TIME}${AFTER}`,
    format: ({ node, time, after }) =>
      `crash ${formatNodeName(node)}@${time}${after === undefined ? '' : ` after ${after}`}`,
    place: ({ node }) => formatNodeName(node),
    describe: ({ node, time, after }) =>
      `${formatNodeName(node)} crashes at time ${time}${after === undefined ? '' : `, after ${plural(after, 'message')}`}`,
    describeEvent: (event) =>
      `${crashKind.notation.format(event)}${event.after === undefined ? '' : ' or more'}, or earlier`,
    input: ({ node, time, after }) => ({
      kind: 'down',
      node,
      time,
      ...(after !== undefined && { after }),
    }),
    fields: { node: 'node', time: 'time', after: 'messages' },
    answerSet: {
      fault: 'crash(N, T)',
      clauses: (bounds) => [
        `{ crash(N, T) : T = 1..${lastTimeOfCrashes(bounds)} } 1 :- ${fallibleNode(bounds)}`,
        ':- #count { N, T : crash(N, T) } > crashes',
        'down(N, T) :- crash(N, C), time(T), T >= C',
        ...(withinStep(bounds) === 0
          ? ['lost(A, B, T) :- down(A, T), node(B)']
          : [
              `{ after(N, T, K) : K = 1..${withinStep(bounds)} } 1 :- crash(N, T)`,
              'lost(A, B, T) :- down(A, T), node(B), not stops(A, T, _)',
            ]),
      ],
    },
    sign: { mark: '†', meaning: 'crash' },
    strike: ({ node, after }) => ({
      node,
      happens: after === undefined ? 'crashes' : `crashes after ${plural(after, 'message')}`,
    }),
    read,
    objection,
  },

  events: (scope) =>
    scope.bounds.crashes === 0
      ? []
      : fallibleNodes(scope).flatMap((node) =>
          timesBefore(endOfCrashes(scope.bounds)).flatMap((time) =>
            crashesAt(node, time, withinStep(scope.bounds)),
          ),
        ),
  countEvents: (nodes, bounds) =>
    bounds.crashes === 0 ? 0 : countFallibleNodes(nodes, bounds) * countMoments(bounds),
  row: ({ node, after = 0 }, places, bounds) => (after > withinStep(bounds) ? undefined : places.get(node)),
  moment: ({ time, after = 0 }, bounds) => time * (withinStep(bounds) + 1) - after,
  compare: (a, b) => compareStrings(a.node, b.node) || (b.after ?? 0) - (a.after ?? 0),

  eventsOf: until,
  faultsOf(events) {
    const down = new Set<string>();
    return events.filter(({ node }) => !down.has(node) && down.add(node));
  },
  counts: ({ time, after }, bounds) =>
    time === endOfCrashes(bounds) - 1 && after === undefined ? 'always' : 'never',
  within: until,

  joins: (fault, others, { crashes }) =>
    others.length < crashes && !others.some(({ node }) => node === fault.node),
  most: (scope) =>
    endOfCrashes(scope.bounds) === 1 ? 0 : Math.min(scope.bounds.crashes, fallibleNodes(scope).length),
  /** Who is down stays down. */
  entails: ({ node, time, after = 0 }, bounds) =>
    after > 0
      ? crash(node, time, after - 1)
      : time + 1 < endOfCrashes(bounds)
        ? crash(node, time + 1, withinStep(bounds))
        : undefined,
  limit: ({ crashes }) => crashes,
  truth(faults) {
    const crashes = new Map(faults.map((fault) => [fault.node, fault]));
    return (event) => {
      const fault = crashes.get(event.node);
      return fault !== undefined && isTrueOf(event, fault);
    };
  },

  earlier: ({ node, time }) => (time === 1 ? undefined : { kind: 'crash', node, time: time - 1 }),

  fate: 'not sent',
  removing: ({ from, time }, bounds) => downing(from, time, bounds),
  downing,
  interrupting,
  interrupts: (bounds) => bounds.crashes > 0 && withinStep(bounds) > 0,
  leaving: ({ after = 0 }) => after,
  recovering: () => [],
  stepwise: { happens: 'stops', waysAfter },
  /** Who has crashed is down from then on, and was not before; who has not is not down in the end. */
  altering(node, faults, bounds) {
    const fault = faults.find((each) => each.node === node);
    if (fault === undefined) return [crash(node, endOfCrashes(bounds) - 1)];
    const { time, after = 0 } = fault;
    const earlier = after < withinStep(bounds) ? crash(node, time, after + 1) : crash(node, time - 1);
    return [fault, earlier];
  },

  draw(_, scope, most, random) {
    const standing = [...fallibleNodes(scope)];
    const moments = countMoments(scope.bounds);
    const left = drawNumber(standing.length, most, moments, random);
    return Array.from({ length: left }, () => {
      const [node] = standing.splice(Math.floor(random() * standing.length), 1);
      return crashAt(node, Math.floor(random() * moments), scope.bounds);
    });
  },
  samples(scope) {
    return sampleBits(sampleCrashes(scope).map((faults) => crashKind.truth(faults)));
  },
};

function withinStep(bounds: NamedBounds): number {
  return boundOf(bounds, 'withinStep');
}

/** At how many moments a node may crash. */
function countMoments(bounds: FaultScope['bounds']): number {
  return (endOfCrashes(bounds) - 1) * (withinStep(bounds) + 1);
}

function crash(node: string, time: number, after = 0): Crash {
  return { kind: 'crash', node, time, ...(after > 0 && { after }) };
}

/** The crash of a node at one of its moments, numbered from 0. */
function crashAt(node: string, moment: number, bounds: FaultScope['bounds']): Crash {
  const ofEach = withinStep(bounds) + 1;
  return crash(node, 1 + Math.floor(moment / ofEach), ofEach - 1 - (moment % ofEach));
}

/** The crashes of a node at a time, the one that lets the most leave first. */
function crashesAt(node: string, time: number, most: number): readonly Crash[] {
  return Array.from({ length: most + 1 }, (_, fewer) => crash(node, time, most - fewer));
}

/** Whether an event is true of a crash of the same node. */
function isTrueOf(event: Crash, { time, after = 0 }: Crash): boolean {
  return time < event.time || (time === event.time && after >= (event.after ?? 0));
}

function read([name, at, count]: readonly Word[], reader: WordReader): Crash | undefined {
  const node = reader.node(name);
  const end = endOfCrashes(reader.bounds);
  const time = reader.time(
    at,
    end - 1,
    `a crash is admissible at times before ${endOfCrashesText(reader.bounds)}`,
  );
  const most = withinStep(reader.bounds);
  // To let none leave is to crash before.
  const after = /^0*$/.test(count.text)
    ? 0
    : reader.count(count, most, {
        unit: 'message',
        reason:
          most === 0
            ? 'a node crashes between two timesteps, and not within one'
            : `a crash lets at most ${plural(most, 'message')} leave`,
        hint: 'admit more by `--within-step`',
      });
  if (node === undefined || time === undefined || after === undefined) return undefined;
  return crash(node, time, after);
}

function objection({ node }: Crash, others: readonly Crash[], { crashes }: FaultScope['bounds']): Objection {
  if (others.some((other) => other.node === node)) {
    const message = `${formatNodeName(node)} crashes twice; a node crashes at most once`;
    return { code: 'RUN108', message };
  }
  const message = `the bounds admit at most ${crashes} ${crashes === 1 ? 'crash' : 'crashes'}`;
  return { code: 'RUN109', message, hint: `admit more by \`--crashes ${crashes + 1}\`` };
}

function interrupting(
  node: string,
  time: number,
  bounds: FaultScope['bounds'],
): readonly Interrupting<Crash>[] {
  const most = withinStep(bounds);
  if (time >= endOfCrashes(bounds)) return [];
  return Array.from({ length: most }, (_, index) => {
    const messages = index + 1;
    const before = time === 1 ? undefined : crash(node, time - 1);
    return {
      messages,
      event: crash(node, time, messages),
      unless: messages < most ? crash(node, time, messages + 1) : before,
    };
  });
}

/** Who has crashed is down for good, also after the last time at which anybody crashes. */
function downing(node: string, time: number, bounds: FaultScope['bounds']): readonly Crash[] {
  return [{ kind: 'crash', node, time: Math.min(time, endOfCrashes(bounds) - 1) }];
}

/** Nodes that have not stopped may, each at one of the times that are left. */
function waysAfter(events: readonly Crash[], time: number, { stopped }: Downtime, scope: FaultScope): bigint {
  const fallible = fallibleNodes(scope).length;
  const times = BigInt(timesAfter(events, time));
  let ways = 0n;
  let stops = 1n;
  for (let more = 0; more <= Math.min(scope.bounds.crashes, fallible) - stopped; more++) {
    ways += stops;
    stops = (stops * BigInt(fallible - stopped - more) * times) / BigInt(more + 1);
  }
  return ways;
}

/** A crash at each moment from its own to the last admissible one. */
function until(fault: Crash, bounds: FaultScope['bounds']): readonly Crash[] {
  const { node, time: first } = fault;
  const most = withinStep(bounds);
  return Array.from({ length: Math.max(0, endOfCrashes(bounds) - first) }, (_, later) =>
    crashesAt(node, first + later, later === 0 ? (fault.after ?? 0) : most),
  ).flat();
}

/** How many nodes crash, in proportion to the ways that so many can: C(nodes, k) * moments^k. */
function drawNumber(nodes: number, most: number, moments: number, random: () => number): number {
  const ways = [1];
  for (let k = 1; k <= Math.min(nodes, most); k++) ways.push((ways[k - 1] * (nodes - k + 1) * moments) / k);
  let left = random() * ways.reduce((total, some) => total + some, 0);
  const drawn = ways.findIndex((some) => (left -= some) < 0);
  return Math.max(0, drawn);
}

/** Of each sample, which nodes crash when: every crash has its turn, in as many samples as others. */
function sampleCrashes(scope: FaultScope): readonly (readonly Crash[])[] {
  const { bounds } = scope;
  const nodes = fallibleNodes(scope);
  const moments = Math.max(1, countMoments(bounds));
  let turn = 0;
  return Array.from({ length: 32 * SAMPLE_WORDS }, (_, number) => {
    const most = number === 0 ? 0 : Math.min(bounds.crashes, nodes.length);
    return Array.from({ length: most }, () => {
      const node = nodes[turn % nodes.length];
      return crashAt(node, Math.floor(turn++ / nodes.length) % moments, bounds);
    });
  });
}
