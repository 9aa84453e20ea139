/** Nodes that stop for good. `down(n,t)`, "n has crashed at or before t", is an input for each time t. */
import { formatNodeName } from '../../model/text/node-names.js';
import { endOfCrashes } from '../../model/bounds.js';
import { compareStrings } from '../../model/order.js';
import { countFallibleNodes, fallibleNodes } from './fallible.js';
import { sampleBits } from './few.js';
import { SAMPLE_WORDS, timesBefore, type FaultKind, type FaultScope } from './kind.js';
import {
  AT_TIME,
  endOfCrashesText,
  fallibleNode,
  lastTimeOfCrashes,
  NAME,
  type Objection,
  type Word,
  type WordReader,
} from './notation.js';

/** `node` sends nothing at any time >= `time`, and does not recover. */
export interface Crash {
  readonly kind: 'crash';
  readonly node: string;
  readonly time: number;
}

export const crashKind: FaultKind<Crash> = {
  kind: 'crash',
  lasting: true,
  notation: {
    verb: 'crash',
    example: 'crash C@6',
    pattern: `${NAME}${AT_TIME}`,
    format: ({ node, time }) => `crash ${formatNodeName(node)}@${time}`,
    describe: ({ node, time }) => `${formatNodeName(node)} crashes at time ${time}`,
    describeEvent: (event) => `${crashKind.notation.format(event)}, or earlier`,
    input: ({ node, time }) => ({ kind: 'down', node, time }),
    fields: { node: 'node', time: 'time' },
    answerSet: {
      fault: 'crash(N, T)',
      clauses: (bounds) => [
        `{ crash(N, T) : T = 1..${lastTimeOfCrashes(bounds)} } 1 :- ${fallibleNode(bounds)}`,
        ':- #count { N, T : crash(N, T) } > crashes',
        'down(N, T) :- crash(N, C), time(T), T >= C',
        'lost(A, B, T) :- down(A, T), node(B)',
      ],
    },
    sign: { mark: '†', meaning: 'crash' },
    strike: ({ node }) => ({ node, happens: 'crashes' }),
    read,
    objection,
  },

  events: (scope) =>
    scope.bounds.crashes === 0
      ? []
      : fallibleNodes(scope).flatMap((node) =>
          timesBefore(endOfCrashes(scope.bounds)).map((time): Crash => ({ kind: 'crash', node, time })),
        ),
  countEvents: (nodes, bounds) =>
    bounds.crashes === 0 ? 0 : countFallibleNodes(nodes, bounds) * (endOfCrashes(bounds) - 1),
  row: ({ node }, places) => places.get(node),
  compare: (a, b) => compareStrings(a.node, b.node),

  eventsOf: until,
  faultsOf(events) {
    const down = new Set<string>();
    return events.filter(({ node }) => !down.has(node) && down.add(node));
  },
  counts: ({ time }, bounds) => (time === endOfCrashes(bounds) - 1 ? 'always' : 'never'),
  within: until,

  joins: (fault, others, { crashes }) =>
    others.length < crashes && !others.some(({ node }) => node === fault.node),
  most: (scope) =>
    endOfCrashes(scope.bounds) === 1 ? 0 : Math.min(scope.bounds.crashes, fallibleNodes(scope).length),
  /** Who is down stays down. */
  entails: ({ node, time }, bounds) =>
    time + 1 < endOfCrashes(bounds) ? { kind: 'crash', node, time: time + 1 } : undefined,
  limit: ({ crashes }) => crashes,
  truth(faults) {
    const times = new Map(faults.map(({ node, time }) => [node, time]));
    return ({ node, time }) => (times.get(node) ?? Infinity) <= time;
  },

  earlier: ({ node, time }) => (time === 1 ? undefined : { kind: 'crash', node, time: time - 1 }),

  fate: 'not sent',
  removing: ({ from, time }, bounds) => downing(from, time, bounds),
  downing,
  recovering: () => [],
  /** Who has crashed is down from then on, and was not before; who has not is not down in the end. */
  altering(node, faults, bounds) {
    const time = faults.find((fault) => fault.node === node)?.time;
    const times = time === undefined ? [endOfCrashes(bounds) - 1] : [time, time - 1];
    return times.map((each) => ({ kind: 'crash', node, time: each }));
  },

  draw(_, scope, most, random) {
    const standing = [...fallibleNodes(scope)];
    const times = endOfCrashes(scope.bounds) - 1;
    const left = drawNumber(standing.length, most, times, random);
    return Array.from({ length: left }, () => {
      const [node] = standing.splice(Math.floor(random() * standing.length), 1);
      return { kind: 'crash', node, time: 1 + Math.floor(random() * times) } as const;
    });
  },
  samples(scope) {
    const crashing = sampleTimes(scope);
    return sampleBits(
      crashing.map(
        (times) =>
          ({ node, time }) =>
            (times.get(node) ?? Infinity) <= time,
      ),
    );
  },
};

function read([name, at]: readonly Word[], reader: WordReader): Crash | undefined {
  const node = reader.node(name);
  const end = endOfCrashes(reader.bounds);
  const time = reader.time(
    at,
    end - 1,
    `a crash is admissible at times before ${endOfCrashesText(reader.bounds)}`,
  );
  return node === undefined || time === undefined ? undefined : { kind: 'crash', node, time };
}

function objection({ node }: Crash, others: readonly Crash[], { crashes }: FaultScope['bounds']): Objection {
  if (others.some((other) => other.node === node)) {
    const message = `${formatNodeName(node)} crashes twice; a node crashes at most once`;
    return { code: 'RUN108', message };
  }
  const message = `the bounds admit at most ${crashes} ${crashes === 1 ? 'crash' : 'crashes'}`;
  return { code: 'RUN109', message, hint: `admit more by \`--crashes ${crashes + 1}\`` };
}

/** Who has crashed is down for good, also after the last time at which anybody crashes. */
function downing(node: string, time: number, bounds: FaultScope['bounds']): readonly Crash[] {
  return [{ kind: 'crash', node, time: Math.min(time, endOfCrashes(bounds) - 1) }];
}

/** A crash at each time from its own to the last admissible one. */
function until(fault: Crash, bounds: FaultScope['bounds']): readonly Crash[] {
  return Array.from({ length: Math.max(0, endOfCrashes(bounds) - fault.time) }, (_, i) => ({
    ...fault,
    time: fault.time + i,
  }));
}

/** How many nodes crash, in proportion to the ways that so many can: C(nodes, k) * times^k. */
function drawNumber(nodes: number, most: number, times: number, random: () => number): number {
  const ways = [1];
  for (let k = 1; k <= Math.min(nodes, most); k++) ways.push((ways[k - 1] * (nodes - k + 1) * times) / k);
  let left = random() * ways.reduce((total, some) => total + some, 0);
  const drawn = ways.findIndex((some) => (left -= some) < 0);
  return Math.max(0, drawn);
}

/** Of each sample, when which nodes crash: every crash has its turn, in as many samples as others. */
function sampleTimes(scope: FaultScope): readonly ReadonlyMap<string, number>[] {
  const { bounds } = scope;
  const nodes = fallibleNodes(scope);
  const times = Math.max(1, endOfCrashes(bounds) - 1);
  let turn = 0;
  return Array.from({ length: 32 * SAMPLE_WORDS }, (_, number) => {
    const crashed = new Map<string, number>();
    if (number === 0) return crashed;
    for (let left = Math.min(bounds.crashes, nodes.length); left > 0; left--) {
      crashed.set(nodes[turn % nodes.length], 1 + (Math.floor(turn / nodes.length) % times));
      turn++;
    }
    return crashed;
  });
}
