/** Names for what happens in a run: by where and when it happens, so that one can be found in another run again. */
import { formatNodeName } from '../model/text/node-names.js';
import type { ChannelTime } from './faults.js';

/** Tells apart what happens at the same place and time by its order, from 1. */
export class RunIds {
  private readonly counts = new Map<string, number>();

  /** Of the next message that is sent on a channel at a time: `a->b@3#1`. */
  message({ from, to, time }: ChannelTime): string {
    return this.next(`${formatNodeName(from)}->${formatNodeName(to)}@${time}`);
  }

  /** Of the next event at a node at a time: `a@3#1`. */
  event(node: string, time: number): string {
    return this.next(`${formatNodeName(node)}@${time}`);
  }

  private next(place: string): string {
    const count = (this.counts.get(place) ?? 0) + 1;
    this.counts.set(place, count);
    return `${place}#${count}`;
  }
}
