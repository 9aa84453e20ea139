/**
 * Kinds of faults that there are not, for what everything but kinds has to do for any of them: a node that is down for
 * some timesteps, a message that is late, and one that comes twice.
 */
import type { Bounds } from '../../src/injector/bounds.js';
import {
  SAMPLE_WORDS,
  timesBefore,
  type FaultKind,
  type FaultScope,
  type Timed,
} from '../../src/injector/faults/kind.js';
import type { ChannelTime } from '../../src/injector/faults/channel.js';
import type { FaultNotation, FieldsOf } from '../../src/injector/faults/notation.js';

/** The node does nothing at `time`, ..., `until` - 1, and starts again then. */
export interface Nap extends Timed {
  readonly kind: 'nap';
  readonly node: string;
  readonly until: number;
}

/** What is sent arrives `by` timesteps later: instead of in time, or once more. */
export interface Detoured<Kind extends string> extends Timed {
  readonly kind: Kind;
  readonly from: string;
  readonly to: string;
  readonly by: number;
}

/** @param limit the most naps of all nodes */
export function napKind(limit: number): FaultKind<Nap> {
  const at = (node: string, time: number, until = time + 1): Nap => ({ kind: 'nap', node, time, until });
  const faults = ({ nodes, bounds: { eot } }: FaultScope) =>
    nodes.flatMap((node) =>
      timesBefore(eot).flatMap((time) =>
        timesBefore(eot - time + 1).map((long) => at(node, time, time + long)),
      ),
    );
  const eventsOf = ({ node, time, until }: Nap) =>
    timesBefore(until - time + 1).map((i) => at(node, time + i - 1));
  return {
    kind: 'nap',
    lasting: true,
    notation: notationOf(
      'nap',
      { node: 'node', time: 'time', until: 'time' },
      ({ node, time, until }: Nap) => `nap ${node}@${time}..${until}`,
    ),
    events: ({ nodes, bounds: { eot } }) =>
      nodes.flatMap((node) => timesBefore(eot).map((time) => at(node, time))),
    faults,
    countEvents: (nodes, { eot }) => nodes * (eot - 1),
    row: ({ node }, places) => places.get(node),
    compare: (a, b) => compareTexts(a.node, b.node) || a.until - b.until,
    eventsOf,
    faultsOf(events) {
      const spans: Nap[] = [];
      for (const event of events) {
        const before = spans.findIndex(({ node, until }) => node === event.node && until === event.time);
        if (before === -1) spans.push(event);
        else spans[before] = { ...spans[before], until: event.until };
      }
      return spans;
    },
    counts: ({ node, time }) => ({ unless: at(node, time - 1) }),
    within: ({ node, time, until }) =>
      timesBefore(until - time + 1)
        .toReversed()
        .flatMap((long) =>
          timesBefore(until - time - long + 2).map((i) => at(node, time + i - 1, time + i - 1 + long)),
        ),
    joins: (fault, others) =>
      others.length < limit &&
      others.every(
        ({ node, time, until }) => node !== fault.node || until < fault.time || fault.until < time,
      ),
    most: ({ nodes, bounds: { eot } }) => Math.min(limit, nodes.length * Math.ceil((eot - 1) / 2)),
    limit: () => limit,
    truth: (naps) => (event) =>
      naps.some(({ node, time, until }) => node === event.node && time <= event.time && event.time < until),
    fate: 'not sent',
    removing: ({ from, time }) => [at(from, time)],
    downing: (node, time) => [at(node, time)],
    recovering: (node, time) => [at(node, time - 1)],
    recovers: () => true,
    altering: (node, _, { eot }) => timesBefore(eot).map((time) => at(node, time)),
    ...drawn(faults, limit),
  };
}

/**
 * @param instead whether what is late does not arrive in time
 * @param longest the most timesteps by which it is late
 */
export function detourKind<Kind extends string>(
  kind: Kind,
  { instead, longest }: { readonly instead: boolean; readonly longest: number },
): FaultKind<Detoured<Kind>> {
  const through = (channel: ChannelTime, by: number): Detoured<Kind> => ({ kind, ...channel, by });
  const events = ({ nodes, bounds: { eff } }: FaultScope) =>
    timesBefore(eff).flatMap((time) =>
      nodes.flatMap((from) =>
        nodes
          .filter((to) => to !== from)
          .flatMap((to) => timesBefore(longest + 1).map((by) => through({ from, to, time }, by))),
      ),
    );
  return {
    kind,
    lasting: false,
    notation: notationOf(
      kind,
      { from: 'node', to: 'node', time: 'time', by: 'time' },
      ({ from, to, time, by }) => `${kind} ${from}->${to}@${time}+${by}`,
    ),
    events,
    countEvents: (nodes, { eff }) => nodes * (nodes - 1) * Math.max(0, eff - 1) * longest,
    row({ from, to, by }, places) {
      const [place, other] = [places.get(from), places.get(to)];
      if (place === undefined || other === undefined) return undefined;
      return (place * places.size + other) * longest + by - 1;
    },
    compare: (a, b) => compareTexts(a.from, b.from) || compareTexts(a.to, b.to) || a.by - b.by,
    eventsOf: (fault) => [fault],
    faultsOf: (all) => all,
    counts: () => 'always',
    within: (fault) => [fault],
    joins: (_, others) => others.length === 0,
    most: ({ nodes, bounds: { eff } }) => (nodes.length > 1 && eff > 1 ? 1 : 0),
    limit: () => 1,
    truth: (faults) => (event) => faults.some((fault) => nameOf(fault) === nameOf(event)),
    fate: 'lost',
    removing: () => [],
    detours: (channel) =>
      timesBefore(longest + 1).map((by) => ({ event: through(channel, by), by, instead })),
    longestDelay: () => longest,
    downing: () => [],
    recovering: () => [],
    altering: () => [],
    ...drawn(events, 1),
  };
}

/** None, or one; or where there may be more, sometimes a second. */
function drawn<F extends Timed>(
  faults: (scope: FaultScope) => readonly F[],
  limit: number,
): Pick<FaultKind<F>, 'draw' | 'samples'> & ThisType<FaultKind<F>> {
  return {
    draw(_, scope, most, random) {
      const all = faults(scope);
      const chosen: F[] = [];
      for (let left = Math.min(limit, most); left > 0 && all.length > 0; left--) {
        const fault = all[Math.floor(random() * (all.length + 1))];
        if (fault !== undefined && this.joins(fault, chosen, scope.bounds)) chosen.push(fault);
      }
      return chosen;
    },
    samples(scope) {
      const all = faults(scope);
      return (event) => {
        const words = new Array<number>(SAMPLE_WORDS).fill(0);
        for (let sample = 1; sample < 32 * SAMPLE_WORDS && all.length > 0; sample++)
          if (this.truth([all[sample % all.length]])(event)) words[sample >> 5] |= 1 << (sample & 31);
        return words;
      };
    },
  };
}

/** As much as is asked of faults that nobody reads. */
function notationOf<F extends Timed>(
  verb: string,
  fields: FieldsOf<F>,
  format: (fault: F) => string,
): FaultNotation<F> {
  return {
    verb,
    example: verb,
    pattern: '(x)',
    format,
    place: () => verb,
    describe: format,
    describeEvent: format,
    fields,
    input: ({ time }) => ({ kind: 'down', node: verb, time }),
    answerSet: { fault: verb, clauses: () => [] },
    sign: { mark: '?', meaning: verb },
    read: () => undefined,
    objection: (fault) => ({ code: 'RUN108', message: format(fault) }),
  };
}

function nameOf(fault: object): string {
  return JSON.stringify(fault);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Bounds as generated ones are, of which there are few enough fault sets of these kinds as well. */
export function narrowed({ eot, eff, crashes }: Bounds): Bounds {
  return { eot, eff: Math.min(eff, 2), crashes: Math.min(crashes, 1) };
}
