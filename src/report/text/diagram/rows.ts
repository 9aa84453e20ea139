/**
 * The messages of one timestep as rows, one for each sender and set of destinations. Within one timestep
 * everything on a channel meets the same fate, since faults are of channels, so that destinations alone tell
 * rows apart.
 */
import { payloadText, type Fate, type Message, type Course } from '../../../injector/run.js';
import { kindOf } from '../../../injector/faults.js';
import { fates } from '../../../injector/world.js';
import { groupBy } from '../../../model/group.js';
import { compareStrings } from '../../../model/order.js';
import { inTime } from '../../../model/world.js';
import type { Distinctions } from './novelty.js';

/** Messages of one sender that have the same destinations. */
export interface Row {
  readonly from: string;
  /** In the order of the run's nodes. */
  readonly ends: readonly ArrowEnd[];
  /** What was sent, each once, with how often; empty for a fault that took nothing. */
  readonly labels: readonly string[];
  /** Whether all labels are to be read. */
  readonly whole: boolean;
}

/** Where an arrow of a row goes, and what becomes of it. */
export interface ArrowEnd {
  readonly to: string;
  readonly fate: ArrowFate;
}

/** What becomes of what is sent, as an arrow shows it. */
export type ArrowFate = Fate | 'late' | 'twice';

/** Whether an arrow is of what does not arrive at all. */
export function isTaken(fate: ArrowFate): boolean {
  return fate === 'lost' || fate === 'not sent';
}

function arrowFate({ sent, arrivals, fate }: Pick<Message, 'sent' | 'arrivals' | 'fate'>): ArrowFate {
  if (fate !== 'delivered') return fate;
  if (arrivals[0] > inTime(sent)) return 'late';
  return arrivals.length > 1 ? 'twice' : fate;
}

/** What rows are made by. */
export interface RowStyle extends Distinctions {
  readonly nodes: readonly string[];
  /** A message without its destination, as text. */
  readonly write: (message: Message) => string;
}

/** @param messages of one timestep */
export function rowsOf(messages: readonly Message[], style: RowStyle): readonly Row[] {
  const { nodes } = style;
  const rows = groupValues(castsOf(messages, style), (cast) =>
    JSON.stringify([cast[0].from, destinations(cast, nodes)]),
  );
  return rows
    .map((casts) => rowOf(casts.flat(), style))
    .sort((a, b) => nodes.indexOf(a.from) - nodes.indexOf(b.from) || compareStrings(orderOf(a), orderOf(b)));
}

/** Messages that arrive late, as if they were sent one timestep before they do; told by when they were. */
export function lateRows(late: readonly Message[], style: RowStyle): readonly Row[] {
  return [...groupBy(late, ({ sent }) => sent)].flatMap(([sent, all]) =>
    rowsOf(
      all.map((message) => ({ ...message, arrivals: [inTime(sent)] })),
      { ...style, write: (message) => `${style.write(message)}, sent at ${sent}` },
    ),
  );
}

/** Faults of a channel on which nothing was sent: they are given by hand, and would otherwise not be seen. */
export function idleFaults({ faults, eot }: Course, sent: readonly Message[], time: number): readonly Row[] {
  const became = fates(faults, eot);
  const channels = faults.flatMap((fault) => kindOf(fault).channelOf?.(fault) ?? []);
  return channels
    .filter((channel) => channel.time === time)
    .filter(({ from, to }) => !sent.some((message) => message.from === from && message.to === to))
    .map((channel) => ({
      from: channel.from,
      ends: [{ to: channel.to, fate: arrowFate({ sent: time, ...became(channel) }) }],
      labels: [],
      whole: true,
    }));
}

/** What is sent to several destinations at once, once each. */
function castsOf(
  messages: readonly Message[],
  { required, coarse }: RowStyle,
): readonly (readonly Message[])[] {
  const times = new Map<string, number>();
  return groupValues(messages, (message) => {
    const { from, to, name } = message;
    const payload = payloadText(message);
    const same = JSON.stringify([from, to, name, payload]);
    const earlier = times.get(same) ?? 0;
    times.set(same, earlier + 1);
    const carried = coarse(name) && !required(message) ? [] : [payload, earlier];
    return JSON.stringify([from, from === to, name, carried]);
  });
}

function rowOf(messages: readonly Message[], { nodes, required, write }: RowStyle): Row {
  const ends = destinations(messages, nodes).map((to) => ({
    to,
    fate: arrowFate(messages.find((message) => message.to === to)!),
  }));
  return {
    from: messages[0].from,
    ends,
    labels: labelsOf(messages, write),
    whole: messages.some((message) => required(message)),
  };
}

/** Messages that differ only in what a short text leaves out keep a label each. */
function labelsOf(messages: readonly Message[], write: RowStyle['write']): readonly string[] {
  const contentOf = (message: Message) => JSON.stringify([message.name, payloadText(message)]);
  return groupValues(messages, contentOf).map((alike) => {
    const toOne = alike.filter(({ to }) => to === alike[0].to).length;
    return toOne === 1 ? write(alike[0]) : `${write(alike[0])} ×${toOne}`;
  });
}

function destinations(messages: readonly Message[], nodes: readonly string[]): readonly string[] {
  return nodes.filter((node) => messages.some((message) => message.to === node));
}

function orderOf(row: Row): string {
  return JSON.stringify([row.labels, row.ends]);
}

function groupValues<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  return [...groupBy(items, keyOf).values()];
}
