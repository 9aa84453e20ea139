/** Who may fail: all nodes, and all channels between two of them, but those that bounds take to be reliable. */
import type { Reliable } from '../../model/bounds.js';
import { groupBy } from '../../model/group.js';
import { formatLink, readLink, type Channel } from '../../model/text/reliable.js';
import type { ChannelTime } from './channel.js';
import type { FaultScope } from './kind.js';

/** What bounds say of that. */
interface Trust {
  readonly reliable?: Reliable;
}

/** The nodes that may fail, in their order. */
export function fallibleNodes({ nodes, bounds }: FaultScope): readonly string[] {
  const reliable = new Set(bounds.reliable?.nodes);
  return reliable.size === 0 ? nodes : nodes.filter((node) => !reliable.has(node));
}

/** How many nodes may fail, of so many. */
export function countFallibleNodes(nodes: number, { reliable }: Trust): number {
  return nodes - new Set(reliable?.nodes).size;
}

/**
 * The channels that may fail at each of some times, by sender, then by receiver. Without a time, nothing is made of pairs of
 * thousands of nodes.
 */
export function fallibleChannelTimes(scope: FaultScope, times: readonly number[]): readonly ChannelTime[] {
  const channels = times.length === 0 ? [] : fallibleChannels(scope);
  return times.flatMap((time) => channels.map(({ from, to }) => ({ from, to, time })));
}

/** The channels that may fail, by sender, then by receiver. */
function fallibleChannels({ nodes, bounds }: FaultScope): readonly Channel[] {
  const isReliable = reliableChannels(bounds);
  return nodes.flatMap((from) =>
    nodes.filter((to) => to !== from && !isReliable({ from, to })).map((to) => ({ from, to })),
  );
}

/** How many channels between two different nodes may fail, of so many nodes. */
export function countFallibleChannels(nodes: number, bounds: Trust): number {
  return nodes * (nodes - 1) - reliableLinks(bounds).length;
}

/** Whether a channel is taken to be reliable. */
export function reliableChannels(bounds: Trust): (channel: Channel) => boolean {
  const links = groupBy(reliableLinks(bounds), ({ from }) => from);
  const receivers = new Map([...links].map(([from, each]) => [from, new Set(each.map(({ to }) => to))]));
  return ({ from, to }) => receivers.get(from)?.has(to) ?? false;
}

/** Each once. */
export function reliableLinks({ reliable }: Trust): readonly Channel[] {
  const links = (reliable?.links ?? []).flatMap((text) => readLink(text) ?? []);
  return [...new Map(links.map((link) => [formatLink(link), link])).values()];
}
