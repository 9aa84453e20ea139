import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Tellings } from '../../src/cli/tellings.js';
import type { WorkEvent } from '../../src/cli/work.js';

/** How many events each item has. */
const items = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 });

function said(item: number, event: number): WorkEvent {
  return { kind: 'said', text: `${item}.${event}` };
}

/** Threads that take items in order and tell of them, each step by the thread that the choice falls on. */
function tellInTurns(
  tellings: Tellings,
  counts: readonly number[],
  threads: number,
  choices: readonly number[],
) {
  let next = 0;
  const at = Array.from({ length: threads }, () => ({ item: -1, told: 0 }));
  const step = (thread: number): boolean => {
    const own = at[thread];
    if (own.item >= counts.length) return false;
    if (own.item >= 0 && own.told < counts[own.item]) tellings.add(own.item, said(own.item, own.told++));
    else {
      if (own.item >= 0) tellings.close(own.item);
      at[thread] = { item: next++, told: 0 };
    }
    return true;
  };
  for (const choice of choices) step(choice % threads);
  for (let thread = 0; thread < threads; thread++) while (step(thread));
}

function inOrder(counts: readonly number[]): readonly string[] {
  return counts.flatMap((count, item) => Array.from({ length: count }, (_, event) => `${item}.${event}`));
}

it('what threads tell is told as if one had gone through all items', () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(3)), (counts, threads, choices) => {
      const told: string[] = [];
      let over = 0;
      const tellings = new Tellings(
        (event) => told.push(event.kind === 'said' ? event.text : event.kind),
        () => over++,
      );
      tellInTurns(tellings, counts, threads, choices);
      expect(told).toEqual(inOrder(counts));
      expect(over).toBe(counts.length);
      expect(tellings.told).toBe(counts.length);
    }),
  );
});

it('of progress that waits the last is kept', () => {
  const told: string[] = [];
  const tellings = new Tellings(
    (event) => told.push(event.kind),
    () => undefined,
  );
  const progressed = { kind: 'progressed', progress: {} } as WorkEvent;
  for (const event of [said(1, 0), progressed, progressed, said(1, 1), progressed]) tellings.add(1, event);
  tellings.close(0);
  expect(told).toEqual(['said', 'progressed', 'said', 'progressed']);
});
