/** Parts of runs of rules that follow from what was sent. */
import { compareMessages, type Message, type NodeEvent } from './run.js';
import { RunIds } from './run-ids.js';

/** In order, and with the ids that follow from it: of what a program sends at once nothing comes first. */
export function identified(messages: readonly Omit<Message, 'id'>[]): readonly Message[] {
  const ids = new RunIds();
  return [...messages].sort(compareMessages).map((message) => {
    const { from, to, sent: time } = message;
    return { id: ids.message({ from, to, time }), ...message };
  });
}

/** What every node received, by time, then node. */
export function receipts(messages: readonly Message[], nodes: readonly string[]): readonly NodeEvent[] {
  const ids = new RunIds();
  const places = new Map(nodes.map((node, place) => [node, place]));
  return messages
    .flatMap(({ id, to, arrivals }) => arrivals.map((time) => ({ id, to, time })))
    .sort((a, b) => a.time - b.time || places.get(a.to)! - places.get(b.to)!)
    .map(({ id, to, time }): NodeEvent => ({
      id: ids.event(to, time),
      node: to,
      time,
      kind: 'receipt',
      message: id,
      causes: [],
    }));
}
