/** The laws of a run: it is whole, in order, and plain data. */
import { expect } from 'vitest';
import { dataText } from '../../src/model/data.js';
import { groupBy } from '../../src/model/group.js';
import type { HandlerRun, Message, NodeEvent, Run } from '../../src/injector/run.js';
import { fromJson, toJson } from '../../src/report/json/findings.js';
import type { RunResult } from '../../src/runner/result.js';

/** What was met, so that a test can ask that it was. */
export interface Met {
  receipts: number;
  timers: number;
  changes: number;
}

/** Fails where a run is not as runs are. */
export function expectRunToBeWhole(run: Run, met: Met): void {
  const messages = byId(run.messages);
  const events = byId(run.events);
  expect(structuredClone(run)).toStrictEqual(run);
  expectOrder(run.events, run.nodes);
  for (const message of run.messages) {
    expect(message.arrivals.length > 0).toBe(message.fate === 'delivered');
    for (const arrival of message.arrivals) {
      expect(arrival).toBeGreaterThan(message.sent);
      expect(arrival).toBeLessThanOrEqual(run.eot);
    }
  }
  run.events.forEach((event, place) => {
    for (const cause of event.causes)
      expect(run.events.indexOf(events.get(cause)!), `${cause} of ${event.id}`).toBeLessThan(place);
    if (event.kind === 'receipt') expectReceipt(event, messages, events);
    if (event.kind === 'receipt') met.receipts++;
    if (event.kind === 'timer') met.timers++;
    // Whatever set it did so before.
    if (event.kind === 'timer') expect(event.causes).toHaveLength(1);
  });
  if (run.language === 'handlers') expectChangesToHaveEvents(run, met);
}

/** Fails where what is written of a run is not that run again. */
export async function expectToComeBack(result: RunResult): Promise<void> {
  const findings = { results: [], runs: [result], verifications: [], diagnostics: [] };
  const { runs } = await fromJson(JSON.parse(JSON.stringify(toJson(findings))));
  expect(runs).toStrictEqual([result]);
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  const named = new Map(items.map((item) => [item.id, item]));
  expect(named.size).toBe(items.length);
  return named;
}

function expectOrder(events: readonly NodeEvent[], nodes: readonly string[]): void {
  events.slice(1).forEach((event, index) => {
    const before = events[index];
    const later = before.time - event.time || nodes.indexOf(before.node) - nodes.indexOf(event.node);
    expect(later).toBeLessThanOrEqual(0);
  });
}

/** What was received was sent to whom received it, arrived then, and was sent by its cause. */
function expectReceipt(
  event: NodeEvent & { readonly kind: 'receipt' },
  messages: ReadonlyMap<string, Message>,
  events: ReadonlyMap<string, NodeEvent>,
): void {
  const message = messages.get(event.message)!;
  expect(message.to).toBe(event.node);
  expect(message.arrivals).toContain(event.time);
  for (const cause of event.causes)
    expect(events.get(cause)).toMatchObject({ node: message.from, time: message.sent });
}

/** A state changes only where its node does something. */
function expectChangesToHaveEvents({ states, events, nodes, eot }: HandlerRun, met: Met): void {
  expect(states.map(({ time, node }) => `${time} ${node}`)).toEqual(
    Array.from({ length: eot }, (_, index) => nodes.map((node) => `${index + 1} ${node}`)).flat(),
  );
  for (const [node, ofNode] of groupBy(states, (state) => state.node))
    ofNode.slice(1).forEach(({ time, state }, index) => {
      if (dataText(state) === dataText(ofNode[index].state)) return;
      met.changes++;
      expect(events.some((event) => event.node === node && event.time === time)).toBe(true);
    });
}
