/** The law of the causal past: whatever of a run is not in the past of its violations may be lost, and they stay. */
import { expect } from 'vitest';
import type { FaultSet, Omission } from '../../src/injector/faults.js';
import { isViolated, violationsOf, type Run } from '../../src/injector/run.js';

/**
 * Fails where a violation goes away.
 *
 * @param picks which channel-times that are not in the past are taken away; one `true` and all are
 * @returns how many channel-times were taken away
 */
export function expectRestToBeOfNoAccount(
  replay: (faults: FaultSet) => Run,
  faults: FaultSet,
  picks: readonly boolean[],
): number {
  const run = replay(faults);
  if (!isViolated(run)) return 0;
  const taken = channelsOutside(run).filter((_, index) => picks[index % picks.length]);
  const violations = violationsOf(replay([...faults, ...taken]));
  expect(violations).toEqual(expect.arrayContaining([...violationsOf(run)]));
  return taken.length;
}

/** The channel-times on which something arrives, and nothing of the past. */
function channelsOutside({ messages }: Run): readonly Omission[] {
  const channels = new Map<string, Omission>();
  for (const { from, to, sent: time, fate } of messages)
    if (from !== to && fate === 'delivered')
      channels.set(JSON.stringify([from, to, time]), { kind: 'omission', from, to, time });
  for (const { from, to, sent: time, causal } of messages)
    if (causal) channels.delete(JSON.stringify([from, to, time]));
  return [...channels.values()];
}
