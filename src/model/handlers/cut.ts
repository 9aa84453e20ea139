/** What leaves a node that stops in the midst of a timestep: the first of the messages that it sends to others. */

/** Messages in the order in which they were sent, cut in two. */
export interface Cut<Sent> {
  /** With what the node sends to itself meanwhile, which counts for nothing. */
  readonly leaving: readonly Sent[];
  readonly kept: readonly Sent[];
  /** How many more may leave. */
  readonly left: number;
}

/** @param most how many may leave, from 1 */
export function cutAfter<Sent>(
  most: number,
  sent: readonly Sent[],
  isToOther: (message: Sent) => boolean,
): Cut<Sent> {
  let left = most;
  const end = sent.findIndex((message) => isToOther(message) && --left === 0);
  return end === -1
    ? { leaving: sent, kept: [], left }
    : { leaving: sent.slice(0, end + 1), kept: sent.slice(end + 1), left };
}
