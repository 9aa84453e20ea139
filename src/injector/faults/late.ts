/**
 * What those kinds of faults have in common by which all that is sent on a channel at one time arrives later: then alone,
 * or then as well. Of one kind, there is at most one fault of a channel at one time.
 */
import { boundOf, type BoundName, type Bounds } from '../../model/bounds.js';
import { groupBy } from '../../model/group.js';
import { compareStrings } from '../../model/order.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { plural } from '../../model/text/numbers.js';
import { inTime } from '../../model/world.js';
import { countFallibleChannels, fallibleChannelTimes } from './fallible.js';
import { drawFew, sampleFew } from './few.js';
import type { ChannelTime } from './channel.js';
import { timesBefore, type FaultKind, type FaultScope, type Timed } from './kind.js';
import {
  AT_TIME,
  atMost,
  fallibleChannel,
  LATER,
  NAME,
  readChannel,
  tooMany,
  type AnswerSetNotation,
  type FaultNotation,
  type Objection,
  type Word,
  type WordReader,
} from './notation.js';

/** All that `from` sends to `to` at `time` arrives `by` timesteps later than in time. `from` differs from `to`. */
export interface Late<Kind extends string> extends Timed, ChannelTime {
  readonly kind: Kind;
  readonly by: number;
}

/** What such kinds are told apart by. */
export interface LateTraits<Kind extends string> extends Pick<FaultNotation<Late<Kind>>, 'verb' | 'sign'> {
  readonly kind: Kind;
  /** The bound of how many there are. */
  readonly bound: BoundName;
  /** Whether it does not arrive in time. */
  readonly instead: boolean;
  /** What happens to all that is sent on a channel. */
  readonly happens: (later: string) => string;
  /** What an input of a certificate is called. */
  readonly input: 'late' | 'again';
}

export function lateKind<Kind extends string>(traits: LateTraits<Kind>): FaultKind<Late<Kind>> {
  const { kind, bound, instead } = traits;
  const through = (channel: ChannelTime, by: number): Late<Kind> => ({ kind, ...channel, by });
  const events = (scope: FaultScope) => {
    const { bounds } = scope;
    const times = timesBefore(boundOf(bounds, bound) === 0 ? 0 : bounds.eff);
    return fallibleChannelTimes(scope, times).flatMap((channel) =>
      delaysAt(channel.time, bounds).map((by) => through(channel, by)),
    );
  };
  const late: FaultKind<Late<Kind>> = {
    kind,
    lasting: false,
    notation: notationOf(traits),

    events,
    countEvents: (nodes, bounds) =>
      boundOf(bounds, bound) === 0
        ? 0
        : countFallibleChannels(nodes, bounds) *
          timesBefore(bounds.eff).reduce((sum, time) => sum + delaysAt(time, bounds).length, 0),
    row({ from, to, by }, places) {
      const [place, other] = [places.get(from), places.get(to)];
      if (place === undefined || other === undefined || place === other) return undefined;
      return ((by - 1) * places.size + place) * places.size + other;
    },
    compare: (a, b) => compareStrings(a.from, b.from) || compareStrings(a.to, b.to) || a.by - b.by,

    eventsOf: (fault) => [fault],
    faultsOf: (all) => all,
    counts: () => 'always',
    within: (fault) => [fault],

    joins: (fault, others, bounds) =>
      others.length < boundOf(bounds, bound) && !others.some((other) => isOfSame(fault, other)),
    most: ({ nodes, bounds }) =>
      Math.min(boundOf(bounds, bound), events({ nodes, bounds }).filter(({ by }) => by === 1).length),
    rivals: ({ by, ...channel }, bounds) =>
      delaysAt(channel.time, bounds)
        .filter((other) => other !== by)
        .map((other) => through(channel, other)),
    limit: (bounds) => boundOf(bounds, bound),
    truth(faults) {
      const delays = new Map(faults.map((fault) => [channelName(fault), fault.by]));
      return (event) => delays.get(channelName(event)) === event.by;
    },

    fate: 'lost',
    removing: () => [],
    detours: (channel, bounds) =>
      boundOf(bounds, bound) === 0 || channel.time >= bounds.eff
        ? []
        : delaysAt(channel.time, bounds).map((by) => ({ event: through(channel, by), by, instead })),
    longestDelay: (bounds) => (boundOf(bounds, bound) === 0 ? 0 : boundOf(bounds, 'longestDelay')),
    lateness: ({ by }) => by,
    channelOf: ({ from, to, time }) => ({ from, to, time }),
    downing: () => [],
    recovering: () => [],
    altering: () => [],

    draw: (all, _, most, random) => drawFew([...groupBy(all, channelName).values()], most, random),
    samples: (scope) => sampleFew(late, events(scope), scope.bounds),
  };
  return late;
}

/** By how many timesteps what is sent at a time may be late: so that it still arrives by EOT. */
function delaysAt(time: number, bounds: Bounds): readonly number[] {
  return timesBefore(1 + Math.min(boundOf(bounds, 'longestDelay'), bounds.eot - inTime(time)));
}

function isOfSame(a: Late<string>, b: Late<string>): boolean {
  return a.time === b.time && a.from === b.from && a.to === b.to;
}

function channelName({ from, to, time }: ChannelTime): string {
  return JSON.stringify([from, to, time]);
}

function notationOf<Kind extends string>({
  kind,
  verb,
  bound,
  instead,
  sign,
  happens,
  input,
}: LateTraits<Kind>): FaultNotation<Late<Kind>> {
  const format = ({ from, to, time, by }: Late<Kind>) =>
    `${verb} ${formatNodeName(from)}->${formatNodeName(to)}@${time}+${by}`;
  return {
    verb,
    example: `${verb} a->b@1+2`,
    pattern: String.raw`${NAME}\s*->\s*${NAME}${AT_TIME}${LATER}`,
    format,
    place: ({ from, to }) => `${formatNodeName(from)}->${formatNodeName(to)}`,
    describe: ({ from, to, time, by }) =>
      `everything ${formatNodeName(from)} sends to ${formatNodeName(to)} at time ${time} ` +
      happens(`${plural(by, 'timestep')} later`),
    describeEvent: format,
    input: ({ from, to, time, by }) => ({ kind: input, from, to, time, by }),
    fields: { from: 'node', to: 'node', time: 'time', by: 'timesteps' },
    answerSet: answerSetOf(kind, bound, instead),
    sign,
    read: ([sender, receiver, at, later]: readonly Word[], reader: WordReader) => {
      const { bounds } = reader;
      const { eff, eot } = bounds;
      const channel = readChannel([sender, receiver, at], reader, {
        never: 'late',
        reason: `a ${kind} is admissible at times before EFF ${eff}`,
      });
      if (channel === undefined) return undefined;
      const longest = boundOf(bounds, 'longestDelay');
      const most = Math.min(longest, eot - inTime(channel.time));
      const reason =
        most < longest
          ? `what is sent at ${channel.time} has to arrive by EOT ${eot}`
          : `what is late is so by ${plural(longest, 'timestep')} at most`;
      const hint = most < longest ? undefined : 'admit more by `--longest-delay`';
      const by = reader.count(later, most, { unit: 'timestep', reason, hint });
      return by === undefined ? undefined : { kind, ...channel, by };
    },
    objection(fault, others, bounds): Objection {
      if (!others.some((other) => isOfSame(fault, other))) return tooMany(bound, bounds);
      const message = `there is another ${kind} of what ${formatNodeName(fault.from)} sends to ${formatNodeName(fault.to)} at ${fault.time}`;
      return { code: 'RUN108', message };
    },
  };
}

/** In the language of clingo. */
function answerSetOf(kind: string, bound: BoundName, instead: boolean): AnswerSetNotation {
  const fault = `${kind}(A, B, T, D)`;
  return {
    fault,
    detour: { fault, instead },
    clauses(bounds) {
      const most = boundOf(bounds, bound);
      if (most === 0) return [];
      const longest = boundOf(bounds, 'longestDelay');
      const sent = `${fallibleChannel(bounds)}, T = 1..eff - 1`;
      return [`{ ${fault} : D = 1..${longest}, T + 1 + D <= last } 1 :- ${sent}`, ...atMost(fault, most)];
    },
  };
}
