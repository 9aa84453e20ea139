/**
 * Groups of nodes that do not reach each other for some timesteps: one fault, however many channels it cuts. `cut(P,t)`,
 * "the partition P goes on at t", is an input for each way to part nodes and each time.
 */
import { boundOf, endOfPartitions } from '../../model/bounds.js';
import { groupBy } from '../../model/group.js';
import { compareStrings } from '../../model/order.js';
import { quote } from '../../model/text/quote.js';
import { formatNodeName, QUOTED_NAME, splitNodeNames } from '../../model/text/node-names.js';
import { formatLink, type Channel } from '../../model/text/reliable.js';
import { countFallibleChannels, reliableChannels, reliableLinks } from './fallible.js';
import { timesBefore, type FaultKind, type FaultScope } from './kind.js';
import { AT_TIME, atMost, readSpan, UNTIL, type Word, type WordReader } from './notation.js';
import { objectionToSpell, spellKind } from './spell-kind.js';
import type { Spell } from './spells.js';

/**
 * At `time`, ..., `until` - 1, nothing that is sent crosses from one group to the other; or, one way, from `from` to `to`
 * alone. A node that is in neither is cut from nobody.
 */
export interface Partition extends Spell {
  readonly kind: 'partition';
  /** In the order of their names; of both ways, the group with the first name of all. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ways: 'both' | 'one';
  /**
   * The links between the groups that it leaves alone, such as `a->b`, as the bounds take them to be reliable; in the order
   * of their texts. Absent where it cuts all.
   */
  readonly spares?: readonly string[];
  readonly time: number;
  /** Up to EFF, or to the bound `partitionsBefore`. */
  readonly until: number;
}

/** The source of a pattern for some names with commas between them; a group of its own. */
const NAMES = String.raw`((?:${QUOTED_NAME}|[^;@|>"])+?)`;

export const partitionKind: FaultKind<Partition> = {
  kind: 'partition',
  notation: {
    verb: 'part',
    example: 'part a,b | c@2..4',
    pattern: String.raw`${NAMES}\s*([|>])\s*${NAMES}${AT_TIME}${UNTIL}`,
    format: (fault) => `part ${groupsText(fault)}@${fault.time}..${fault.until}`,
    place: groupsText,
    describe: ({ time, until, spares = [], ...groups }) =>
      `${groupsInWords(groups)}: nothing that is sent from time ${time} on arrives, until ${until}` +
      (spares.length === 0 ? '' : `, but by ${listed(spares)}`),
    describeEvent: ({ time, ...groups }) => `part ${groupsText(groups)}, at ${time}`,
    input: ({ from, to, ways, time }) => ({ kind: 'cut', from, to, ways, time }),
    fields: { from: 'nodes', to: 'nodes', ways: 'ways', spares: 'links', time: 'time', until: 'time' },
    answerSet: {
      fault: 'partition(P, T)',
      clauses: (bounds, nodes) => {
        const most = boundOf(bounds, 'partitions');
        if (most === 0) return [];
        return [
          ...shapesWithin({ nodes, bounds }).flatMap(answerSetShape),
          `{ cut(P, T) : way(P), T = 1..${lastTimeOfPartitions(bounds)} }`,
          'partition(P, T) :- cut(P, T), not cut(P, T - 1)',
          ...atMost('partition(P, T)', most),
          'lost(A, B, T) :- cut(P, T), crosses(P, A, B)',
        ];
      },
    },
    sign: { mark: '≈', meaning: 'partition' },
    strike: (fault) => ({ node: undefined, happens: `${groupsText(fault)} until ${fault.until}` }),
    read,
    objection: objectionToSpell<Partition>({
      bound: 'partitions',
      same: shapeName,
      inWords: (fault) => `partitions ${groupsText(fault)}`,
    }),
  },

  ...spellKind<Partition>({
    bound: 'partitions',
    same: shapeName,
    end: endOfPartitions,
    events: (scope) => shapesWithin(scope).flatMap((shape) => eventsAt(shape, scope)),
  }),
  countEvents: (nodes, bounds) =>
    boundOf(bounds, 'partitions') === 0
      ? 0
      : countShapes(nodes, bounds) * Math.max(0, endOfPartitions(bounds) - 1),
  row: (fault, places) => rowOf(fault, places),
  compare: (a, b) =>
    compareStrings(a.ways, b.ways) ||
    compareNames(a.from, b.from) ||
    compareNames(a.to, b.to) ||
    a.until - b.until,

  most: ({ nodes, bounds }) =>
    Math.min(
      boundOf(bounds, 'partitions'),
      countShapes(nodes.length, bounds) * Math.floor(endOfPartitions(bounds) / 2),
    ),

  fate: 'lost',
  removing: () => [],
  cuts,
  channelsOf: channelsCut,
  downing: () => [],
  recovering: () => [],
  altering: () => [],
};

/** In the language of clingo. */
function lastTimeOfPartitions(bounds: FaultScope['bounds']): string {
  const end = endOfPartitions(bounds);
  return end === bounds.eff ? 'eff - 1' : String(end - 1);
}

/** Who is parted from whom. */
type Shape = Pick<Partition, 'from' | 'to' | 'ways' | 'spares'>;

/** Those that cut something. */
function shapesWithin(scope: FaultScope): readonly Shape[] {
  const { nodes, bounds } = scope;
  if (boundOf(bounds, 'partitions') === 0 || countFallibleChannels(nodes.length, bounds) === 0) return [];
  if (reliableLinks(bounds).length === 0) return shapesOf(nodes);
  return shapesOf(nodes)
    .map((shape) => sparing(shape, bounds))
    .filter((shape) => channelsCut(shape).length > 0);
}

/** The same, but for links that are taken to be reliable. */
function sparing(shape: Shape, bounds: FaultScope['bounds']): Shape {
  const spares = channelsBetween(shape).filter(reliableChannels(bounds)).map(formatLink).sort(compareStrings);
  return spares.length === 0 ? shape : { ...shape, spares };
}

/** Each way to put nodes into two groups, one at least into each; both ways, and one way. */
function shapesOf(nodes: readonly string[]): readonly Shape[] {
  const sorted = [...nodes].sort(compareStrings);
  const shapes: Shape[] = [];
  for (let code = 0; code < 3 ** sorted.length; code++) {
    const on = (side: number) => sorted.filter((_, place) => Math.floor(code / 3 ** place) % 3 === side);
    const [from, to] = [on(1), on(2)];
    if (from.length === 0 || to.length === 0) continue;
    shapes.push({ from, to, ways: 'one' });
    if (compareStrings(from[0], to[0]) < 0) shapes.push({ from, to, ways: 'both' });
  }
  return shapes;
}

/**
 * How many those are: of 3^n ways to choose, those with an empty group aside, each one way, and by halves both ways. Of
 * more nodes than a check takes partitions of, those that cut nothing but reliable links are among them.
 */
function countShapes(nodes: number, bounds: FaultScope['bounds']): number {
  if (countFallibleChannels(nodes, bounds) === 0) return 0;
  const all = (3 * (3 ** nodes - 2 ** (nodes + 1) + 1)) / 2;
  return nodes > MOST_PARTED ? all : all - countSpared(reliableLinks(bounds));
}

/** Of more nodes, if anything may be cut at all, there are more partitions than the faults that a check tells apart. */
const MOST_PARTED = 13;

/** The ways to part nodes that cut none but some links. */
function countSpared(links: readonly Channel[]): number {
  const names = new Set(links.map(formatLink));
  const mutual = links.filter(({ from, to }) => names.has(formatLink({ from: to, to: from })));
  return countGroups(links) + countGroups(mutual) / 2;
}

/** The pairs of groups of which each node of the first has a link to each of the second. */
function countGroups(links: readonly Channel[]): number {
  const targets = [...groupBy(links, ({ from }) => from).values()].map((each) => each.map(({ to }) => to));
  const withMore = (from: number, common: readonly string[]): number =>
    targets.slice(from).reduce((sum, each, index) => {
      const shared = common.filter((node) => each.includes(node));
      return shared.length === 0 ? sum : sum + 2 ** shared.length - 1 + withMore(from + index + 1, shared);
    }, 0);
  return withMore(0, [...new Set(links.map(({ to }) => to))]);
}

function eventsAt(shape: Shape, { bounds }: FaultScope): readonly Partition[] {
  return timesBefore(endOfPartitions(bounds)).map((time) => ({
    kind: 'partition',
    ...shape,
    time,
    until: time + 1,
  }));
}

/** Undefined where these are no groups of nodes that there are. */
function rowOf({ from, to, ways }: Shape, places: ReadonlyMap<string, number>): number | undefined {
  const all = [...from, ...to];
  const isWhole = from.length > 0 && to.length > 0 && new Set(all).size === all.length;
  const isSorted = [from, to].every((group) => group.every((name, i) => i === 0 || group[i - 1] < name));
  if (!isWhole || !isSorted || (ways === 'both' && to[0] < from[0])) return undefined;
  const codes = all.map((name, index) => {
    const place = places.get(name);
    return place === undefined ? NaN : (index < from.length ? 1 : 2) * 3 ** place;
  });
  const row = codes.reduce((sum, code) => sum + code, ways === 'both' ? 0 : 3 ** places.size);
  return Number.isNaN(row) ? undefined : row;
}

function cuts(shape: Shape, channel: Channel): boolean {
  return isBetween(shape, channel) && shape.spares?.includes(formatLink(channel)) !== true;
}

function isBetween({ from, to, ways }: Shape, channel: Channel): boolean {
  if (from.includes(channel.from) && to.includes(channel.to)) return true;
  return ways === 'both' && to.includes(channel.from) && from.includes(channel.to);
}

function channelsCut(shape: Shape): readonly Channel[] {
  return channelsBetween(shape).filter((channel) => cuts(shape, channel));
}

function channelsBetween({ from: left, to: right, ways }: Shape): readonly Channel[] {
  const there = left.flatMap((from) => right.map((to) => ({ from, to })));
  return ways === 'one' ? there : [...there, ...there.map(({ from, to }) => ({ from: to, to: from }))];
}

function shapeName({ from, to, ways }: Shape): string {
  return JSON.stringify([from, to, ways]);
}

function compareNames(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((name, i) => name !== b[i]);
  return different === -1 ? a.length - b.length : compareStrings(a[different], b[different] ?? '');
}

function groupsText({ from, to, ways }: Shape): string {
  return `${namesText(from)} ${ways === 'both' ? '|' : '>'} ${namesText(to)}`;
}

function groupsInWords({ from, to, ways }: Shape): string {
  const [one, other] = [from, to].map((names) => names.map(formatNodeName).join(', '));
  return ways === 'both' ? `between ${one} and ${other}` : `from ${one} to ${other}`;
}

/** What parts groups is no part of a name that is not in quotes. */
function namesText(names: readonly string[]): string {
  return names.map((name) => (name.includes('|') ? quote(name) : formatNodeName(name))).join(',');
}

function listed(texts: readonly string[]): string {
  return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter((text) => text !== '').join(' and ');
}

/** In the language of clingo. */
function answerSetShape(shape: Shape): readonly string[] {
  const name = quote(groupsText(shape));
  return [
    `way(${name})`,
    ...channelsCut(shape).map(({ from, to }) => `crosses(${name}, ${quote(from)}, ${quote(to)})`),
  ];
}

function read([left, sign, right, begins, ends]: readonly Word[], reader: WordReader): Partition | undefined {
  const { eff } = reader.bounds;
  const end = endOfPartitions(reader.bounds);
  const groups = [left, right].map((word) => readGroup(word, reader));
  const span = readSpan(
    [begins, ends],
    reader,
    end,
    `a partition ends by ${end === eff ? `EFF ${eff}` : end}`,
  );
  const [from, to] = groups;
  if (from === undefined || to === undefined || span === undefined) return undefined;
  const both = from.find((name) => to.includes(name));
  if (both !== undefined) {
    const message = `${formatNodeName(both)} is on both sides of a partition`;
    reader.object({ code: 'RUN108', message, expected: 'each node in one group at most' }, right);
    return undefined;
  }
  const [first, second] = sign.text === '>' || from[0] < to[0] ? [from, to] : [to, from];
  const ways = sign.text === '>' ? 'one' : 'both';
  return { kind: 'partition', ...sparing({ from: first, to: second, ways }, reader.bounds), ...span };
}

/** The nodes of one side, each once. */
function readGroup(word: Word, reader: WordReader): readonly string[] | undefined {
  const nodes = splitNodeNames(word.text).map(({ text, start }) => {
    const from = word.span.start + start;
    return reader.node({ text, span: { ...word.span, start: from, end: from + text.length } });
  });
  return nodes.includes(undefined)
    ? undefined
    : [...new Set(nodes as readonly string[])].sort(compareStrings);
}
