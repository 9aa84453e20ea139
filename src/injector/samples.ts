/** Some admissible fault sets, as unlike each other as may be: what a condition is first tried on. */
import type { SampleInputs } from '../lineage/samples.js';
import { hashTriple } from '../lineage/hash-table.js';
import type { FaultSpace } from './fault-space.js';

/** By word, of 32 fault sets each: how many times the odds of an omission are halved. */
const HALVINGS = [1, 2, 3, 4];
const COUNT = 32 * HALVINGS.length;

/** The same fault sets each time. In none of them more nodes crash than may, and the first is free of faults. */
export function sampleFaultSets(space: FaultSpace): SampleInputs {
  const crashes = crashTimes(space);
  return {
    words: HALVINGS.length,
    of: (input) => {
      const event = space.events[input];
      return event.kind === 'omission' ? omitted(input) : downBy(crashes, event.node, event.time);
    },
  };
}

/** Of each fault set, when which nodes crash: every crash has its turn, in as many fault sets as others. */
function crashTimes({ nodes, bounds }: FaultSpace): readonly ReadonlyMap<string, number>[] {
  const times = Math.max(1, bounds.eot - 1);
  let turn = 0;
  return Array.from({ length: COUNT }, (_, number) => {
    const crashed = new Map<string, number>();
    if (number === 0) return crashed;
    for (let left = bounds.crashes; left > 0; left--) {
      crashed.set(nodes[turn % nodes.length], 1 + (Math.floor(turn / nodes.length) % times));
      turn++;
    }
    return crashed;
  });
}

function downBy(
  crashes: readonly ReadonlyMap<string, number>[],
  node: string,
  time: number,
): readonly number[] {
  const words = HALVINGS.map(() => 0);
  crashes.forEach((crashed, number) => {
    if ((crashed.get(node) ?? Infinity) <= time) words[number >> 5] |= 1 << (number & 31);
  });
  return words;
}

function omitted(input: number): readonly number[] {
  const words = HALVINGS.map((halvings, word) => {
    let bits = -1;
    for (let half = 0; half < halvings; half++) bits &= hashTriple(input, word, half);
    return bits;
  });
  words[0] &= -2;
  return words;
}
