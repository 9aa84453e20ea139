/** Lost messages. Molly's unit of loss is the channel at one timestep, and not the single message. */
import { hashTriple } from '../../lineage/hash-table.js';
import { boundOf } from '../../model/bounds.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { compareStrings } from '../../model/order.js';
import { drawFew, sampleFew } from './few.js';
import { countFallibleChannels, fallibleChannelTimes } from './fallible.js';
import { SAMPLE_WORDS, timesBefore, type FaultKind, type FaultScope } from './kind.js';
import {
  AT_TIME,
  atMost,
  fallibleChannel,
  NAME,
  readChannel,
  tooMany,
  type Objection,
  type Word,
  type WordReader,
} from './notation.js';

/** Everything `from` sends to `to` at `time` is lost. `from` differs from `to`. */
export interface Omission {
  readonly kind: 'omission';
  readonly from: string;
  readonly to: string;
  readonly time: number;
}

export const omissionKind: FaultKind<Omission> = {
  kind: 'omission',
  lasting: false,
  notation: {
    verb: 'drop',
    example: 'drop a->b@1',
    pattern: String.raw`${NAME}\s*->\s*${NAME}${AT_TIME}`,
    format: ({ from, to, time }) => `drop ${formatNodeName(from)}->${formatNodeName(to)}@${time}`,
    place: ({ from, to }) => `${formatNodeName(from)}->${formatNodeName(to)}`,
    describe: ({ from, to, time }) =>
      `everything ${formatNodeName(from)} sends to ${formatNodeName(to)} at time ${time} is lost`,
    describeEvent: (event) => omissionKind.notation.format(event),
    input: ({ from, to, time }) => ({ kind: 'lost', from, to, time }),
    fields: { from: 'node', to: 'node', time: 'time' },
    answerSet: {
      fault: 'omission(A, B, T)',
      clauses: (bounds) => [
        `{ omission(A, B, T) : ${fallibleChannel(bounds)}, T = 1..eff - 1 }`,
        ...atMost('omission(A, B, T)', boundOf(bounds, 'omissions')),
        'lost(A, B, T) :- omission(A, B, T)',
      ],
    },
    sign: { mark: '✗', meaning: 'lost' },
    read,
    objection,
  },

  events: (scope) => {
    const { bounds } = scope;
    const times = timesBefore(boundOf(bounds, 'omissions') === 0 ? 0 : bounds.eff);
    return fallibleChannelTimes(scope, times).map((channel): Omission => ({ kind: 'omission', ...channel }));
  },
  countEvents,
  row({ from, to }, places) {
    const place = places.get(from);
    const other = places.get(to);
    return place === undefined || other === undefined || place === other
      ? undefined
      : place * places.size + other;
  },
  compare: (a, b) => compareStrings(a.from, b.from) || compareStrings(a.to, b.to),

  eventsOf: (fault) => [fault],
  faultsOf: (events) => events,
  counts: () => 'always',
  within: (fault) => [fault],

  joins: (fault, others, bounds) =>
    others.length < boundOf(bounds, 'omissions') && !others.some((other) => isSame(fault, other)),
  most: ({ nodes, bounds }: FaultScope) =>
    Math.min(boundOf(bounds, 'omissions'), countEvents(nodes.length, bounds)),
  limit: (bounds) => boundOf(bounds, 'omissions'),
  truth(faults) {
    const omitted = new Set(faults.map(nameOf));
    return (event) => omitted.has(nameOf(event));
  },

  fate: 'lost',
  removing: (channel) => [{ kind: 'omission', ...channel }],
  channelOf: ({ from, to, time }) => ({ from, to, time }),
  downing: () => [],
  recovering: () => [],
  stepwise: {
    happens: 'loses',
    waysAfter: (events, time) => 1n << BigInt(events.filter((event) => event.time >= time).length),
  },
  altering: () => [],

  draw: (events, _, most, random) =>
    drawFew(
      events.map((event) => [event]),
      most,
      random,
    ),
  samples: (scope) =>
    boundOf(scope.bounds, 'omissions') === Infinity
      ? (_, input) => odds(input)
      : sampleFew(omissionKind, omissionKind.events(scope), scope.bounds),
};

function read(words: readonly Word[], reader: WordReader): Omission | undefined {
  const reason = `an omission is admissible at times before EFF ${reader.bounds.eff}`;
  const channel = readChannel(words, reader, { never: 'lost', reason });
  return channel && { kind: 'omission', ...channel };
}

function objection(fault: Omission, others: readonly Omission[], bounds: FaultScope['bounds']): Objection {
  if (others.some((other) => isSame(fault, other)))
    return { code: 'RUN108', message: `\`${omissionKind.notation.format(fault)}\` is given twice` };
  return tooMany('omissions', bounds);
}

function countEvents(nodes: number, bounds: FaultScope['bounds']): number {
  const { eff } = bounds;
  if (boundOf(bounds, 'omissions') === 0) return 0;
  return countFallibleChannels(nodes, bounds) * Math.max(0, eff - 1);
}

function isSame(a: Omission, b: Omission): boolean {
  return a.time === b.time && a.from === b.from && a.to === b.to;
}

function nameOf({ from, to, time }: Omission): string {
  return JSON.stringify([from, to, time]);
}

/** In each word of samples, the odds of an omission are halved once more, from even odds down. */
function odds(input: number): readonly number[] {
  const words = Array.from({ length: SAMPLE_WORDS }, (_, word) => {
    let bits = -1;
    for (let half = 0; half <= word; half++) bits &= hashTriple(input, word, half);
    return bits;
  });
  words[0] &= -2;
  return words;
}
