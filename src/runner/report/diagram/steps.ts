/**
 * What a space-time diagram shows of a run. Protocols repeat themselves: everything that is retried until it
 * is acknowledged, and every heartbeat, is sent at each timestep. What a reader needs is each message the
 * first time it gets through, each message that a fault took, and what a crashed node would have said; the
 * rest is counted. Where that is still too much to read, messages are told apart by relation and channel
 * alone, and not by what they carry: first those of relations that carry something new all the time
 * (counters, clocks), then all.
 */
import type { Execution, Message } from '../../../injector/execution.js';
import type { Omission } from '../../../injector/faults.js';
import { groupBy } from '../../../model/check/group.js';
import { compareStrings } from '../../../model/order.js';
import { formatPayload } from '../facts.js';

/** Consecutive timesteps drawn as one row where nothing of them is shown, otherwise a single timestep. */
export interface Step {
  readonly from: number;
  readonly to: number;
  /** Nodes that crash here, in the order of the execution's nodes. */
  readonly crashes: readonly string[];
  readonly rows: readonly Row[];
  readonly hidden: Hidden;
}

/** Messages that no row shows, because one like them was shown before. */
export interface Hidden {
  readonly delivered: number;
  /** Of crashed nodes. */
  readonly unsent: number;
}

/** Messages of one sender that have the same destinations. */
export interface Row {
  readonly from: string;
  /** In the order of the execution's nodes. */
  readonly ends: readonly End[];
  /** What was sent, each once; empty for an omission that took nothing. */
  readonly labels: readonly string[];
}

export interface End {
  readonly to: string;
  readonly fate: Message['fate'];
}

export interface Selection {
  readonly steps: readonly Step[];
  readonly hidden: Hidden;
}

/** Rows that are read at a glance; where there are more, relations that carry counters are folded. */
const GLANCE_ROWS = 16;
/** Rows that still fit on a screen with what stands around them; where there are more, every relation is. */
const SCREEN_ROWS = 30;
/** The different facts on one channel from which on a relation counts as one that carries a counter. */
const COUNTING = 4;

/** @param mark a logical timestep that starts a step of its own, so that it can be marked */
export function selectSteps(execution: Execution, mark: number | undefined): Selection {
  const fine = selectWith(execution, () => false, mark);
  if (rowCount(fine) <= GLANCE_ROWS) return fine;
  const counting = countingRelations(execution.messages);
  const folded = selectWith(execution, (relation) => counting.has(relation), mark);
  return rowCount(folded) <= SCREEN_ROWS ? folded : selectWith(execution, () => true, mark);
}

function rowCount(selection: Selection): number {
  return selection.steps.reduce((sum, step) => sum + step.rows.length, 0);
}

function countingRelations(messages: readonly Message[]): ReadonlySet<string> {
  const channels = groupValues(messages, ({ from, to, relation }) => JSON.stringify([from, to, relation]));
  const counting = channels.filter(
    (channel) => new Set(channel.map(({ tuple }) => JSON.stringify(tuple))).size >= COUNTING,
  );
  return new Set(counting.map((channel) => channel[0].relation));
}

/** Whether messages of a relation are told apart by channel alone. */
type Coarse = (relation: string) => boolean;

function selectWith(execution: Execution, coarse: Coarse, mark: number | undefined): Selection {
  const novelty = new Novelty(coarse);
  const steps: Step[] = [];
  let hidden = NONE_HIDDEN;
  for (let time = 1; time < execution.eot; time++) {
    const sent = execution.messages.filter((message) => message.time === time);
    const shown = sent.filter((message) => novelty.admits(message));
    const step = stepOf(execution, time, sent, shown, coarse);
    hidden = addHidden(hidden, step.hidden);
    append(steps, step, mark);
  }
  const end: Step = { from: execution.eot, to: execution.eot, crashes: [], rows: [], hidden: NONE_HIDDEN };
  return { steps: [...steps, end], hidden };
}

function stepOf(
  execution: Execution,
  time: number,
  sent: readonly Message[],
  shown: readonly Message[],
  coarse: Coarse,
): Step {
  return {
    from: time,
    to: time,
    crashes: execution.nodes.filter((node) => crashTime(execution, node) === time),
    rows: [...rowsOf(shown, execution, coarse), ...idleOmissions(execution, sent, time)],
    hidden: countHidden(sent.filter((message) => !shown.includes(message))),
  };
}

const NONE_HIDDEN: Hidden = { delivered: 0, unsent: 0 };

function countHidden(messages: readonly Message[]): Hidden {
  const unsent = messages.filter((message) => message.fate === 'sender crashed').length;
  return { delivered: messages.length - unsent, unsent };
}

function addHidden(a: Hidden, b: Hidden): Hidden {
  return { delivered: a.delivered + b.delivered, unsent: a.unsent + b.unsent };
}

/** When `node` crashes in this run; undefined where it does not. */
export function crashTime(execution: Execution, node: string): number | undefined {
  return execution.faults.find((fault) => fault.kind === 'crash' && fault.node === node)?.time;
}

/** Remembers what was shown. Messages must be offered by increasing time. */
class Novelty {
  private readonly delivered = new Set<string>();
  private readonly unsent = new Set<string>();

  constructor(private readonly coarse: Coarse) {}

  admits(message: Message): boolean {
    const key = this.keyOf(message);
    switch (message.fate) {
      case 'omitted':
        return true;
      case 'delivered': {
        const known = this.delivered.has(key);
        this.delivered.add(key);
        return !known;
      }
      case 'sender crashed': {
        const known = this.delivered.has(key) || this.unsent.has(key);
        this.unsent.add(key);
        return !known;
      }
    }
  }

  private keyOf(message: Message): string {
    const { from, to, relation, tuple } = message;
    return JSON.stringify(this.coarse(relation) ? [from, to, relation] : [from, relation, tuple]);
  }
}

/** Adds a step, or lengthens the last one where nothing of either is shown. */
function append(steps: Step[], step: Step, mark: number | undefined): void {
  const last = steps.at(-1);
  const quiet = (some: Step) => some.rows.length === 0 && some.crashes.length === 0;
  if (last === undefined || !quiet(last) || !quiet(step) || step.from === mark) steps.push(step);
  else steps[steps.length - 1] = { ...last, to: step.to, hidden: addHidden(last.hidden, step.hidden) };
}

/**
 * One row for each sender and set of destinations. Within one timestep everything on a channel meets the
 * same fate, since faults are of channels, so that destinations alone tell rows apart.
 */
function rowsOf(messages: readonly Message[], execution: Execution, coarse: Coarse): Row[] {
  const { nodes } = execution;
  const casts = groupValues(messages, ({ from, to, relation, tuple }) =>
    JSON.stringify([from, from === to, relation, coarse(relation) ? [] : tuple.slice(1)]),
  );
  const rows = groupValues(casts, (cast) => JSON.stringify([cast[0].from, destinations(cast, nodes)]));
  return rows
    .map((group) => rowOf(group.flat(), execution))
    .sort((a, b) => nodes.indexOf(a.from) - nodes.indexOf(b.from) || compareStrings(orderOf(a), orderOf(b)));
}

function rowOf(messages: readonly Message[], { nodes, language }: Execution): Row {
  const first = messages[0];
  const ends = destinations(messages, nodes).map((to) => ({
    to,
    fate: messages.find((message) => message.to === to)!.fate,
  }));
  return { from: first.from, ends, labels: labelsOf(messages, language) };
}

/** Messages that differ only in what a short text leaves out keep a label each. */
function labelsOf(messages: readonly Message[], language: Execution['language']): readonly string[] {
  const different = groupBy(messages, ({ relation, tuple }) => JSON.stringify([relation, tuple.slice(1)]));
  return [...different.values()].map(([message]) => formatPayload(message, language));
}

function destinations(messages: readonly Message[], nodes: readonly string[]): string[] {
  return nodes.filter((node) => messages.some((message) => message.to === node));
}

function orderOf(row: Row): string {
  return JSON.stringify([row.labels, row.ends]);
}

/** Omissions of a channel on which nothing was sent: faults given by hand, which would otherwise not be seen. */
function idleOmissions(execution: Execution, sent: readonly Message[], time: number): Row[] {
  return execution.faults
    .filter((fault): fault is Omission => fault.kind === 'omission' && fault.time === time)
    .filter(({ from, to }) => !sent.some((message) => message.from === from && message.to === to))
    .map(({ from, to }) => ({ from, ends: [{ to, fate: 'omitted' }], labels: [] }));
}

function groupValues<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  return [...groupBy(items, keyOf).values()];
}
