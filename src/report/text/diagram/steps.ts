/**
 * What a space-time diagram shows of a run. A message is drawn at its time, with what it carries, wherever it may
 * be the one that matters: where a violation may rest on it, where the failure-free run does not send it at that
 * time, and where a fault took it or made it late. Beyond that protocols repeat themselves, as whatever is retried until it is
 * acknowledged does, and every heartbeat: of the rest a reader needs each message the first time it gets through,
 * and what a crashed node would have said, and what is left is counted. Of timers, those are drawn that a violation may rest on. Where even that is too much to read, the
 * rest is told apart by relation and channel alone: first that of relations that carry something new all the time
 * (counters, clocks), then all. Timesteps in which the same is drawn are drawn as one.
 */
import {
  sendingText,
  type Message,
  type Course,
  type Violation,
  payloadText,
} from '../../../injector/run.js';
import { kindOf } from '../../../injector/faults.js';
import type { Strike } from '../../../injector/faults/notation.js';
import { groupBy } from '../../../model/group.js';
import { listed } from '../../../model/text/numbers.js';
import { visible } from '../../../model/text/display.js';
import { inTime } from '../../../model/world.js';
import type { Divergence } from '../../../runner/result.js';
import { payloadWriter } from '../facts.js';
import { violationsAt } from '../violations.js';
import { ByTime } from './by-time.js';
import { Novelty, type HiddenAs } from './novelty.js';
import type { Watched } from './watched.js';
import { idleFaults, lateRows, rowsOf, type Row, type RowStyle } from './rows.js';

/** What a fault does to the node at which it begins or is over, and how that is marked. */
export interface Marked extends Strike {
  readonly mark: string;
}

/** A timestep, or consecutive ones in which the same is drawn. */
export interface DiagramStep {
  readonly from: number;
  readonly to: number;
  /** Faults that begin or are over here: those between nodes, then those at one, in the order of the run's nodes. */
  readonly strikes: readonly Marked[];
  /** Timers that fire here, of which a violation may rest; by node. */
  readonly fired: readonly Fired[];
  readonly rows: readonly Row[];
  readonly hidden: Hidden;
  /** What violates the specification from here on. */
  readonly violations: readonly Violation[];
}

/** What marks that a timer fires. */
export const TIMER = '◷';

/** Timers of one node that fire at the same time. */
export interface Fired {
  readonly node: string;
  readonly names: readonly string[];
}

/** `timer patience fires` */
export function firedText({ names }: Fired): string {
  const [verb, noun] = names.length === 1 ? ['fires', 'timer'] : ['fire', 'timers'];
  return `${noun} ${listed(names.map(visible))} ${verb}`;
}

/** Counts of messages that no row shows. */
export type Hidden = Readonly<Record<HiddenAs, number>>;

export interface DrawnSteps {
  readonly steps: readonly DiagramStep[];
  readonly hidden: Hidden;
}

/** Rows that are read at a glance; where there are more, relations that carry counters are folded. */
const GLANCE_ROWS = 16;
/** Rows that still fit on a screen with what stands around them; where there are more, every relation is. */
const SCREEN_ROWS = 30;
/** The different facts on one channel from which on a relation counts as one that carries a counter. */
const COUNTING = 4;

/**
 * @param divergence from the failure-free run; its time starts a step of its own, so that it can be marked
 * @param watched a time at which any of these changes starts a step of its own, too
 */
export function selectSteps(
  run: Course,
  divergence: Divergence | undefined,
  watched: readonly Watched[] = [],
): DrawnSteps {
  const required = requiredOf(run, divergence);
  const write = payloadWriter(run.messages.filter(required));
  const isMarked = (time: number) =>
    time === divergence?.time || watched.some(({ at }) => at(time) !== at(time - 1));
  const course = new ByTime(run);
  const select = (coarse: RowStyle['coarse']) =>
    selectWith(course, { nodes: run.nodes, required, coarse, write }, isMarked);
  const fine = select(() => false);
  if (rowCount(fine) <= GLANCE_ROWS) return fine;
  const counting = countingRelations(run.messages);
  const folded = select((relation) => counting.has(relation));
  return rowCount(folded) <= SCREEN_ROWS ? folded : select(() => true);
}

function requiredOf({ messages }: Course, divergence: Divergence | undefined): RowStyle['required'] {
  const always = messages.filter((message) => message.causal || message.fate === 'lost' || isLate(message));
  const names = new Set(always.concat(divergence?.sent ?? []).map(sendingText));
  return (message) => names.has(sendingText(message));
}

/** Whether a fault had it arrive at another time than in time, or twice. */
function isLate({ sent, arrivals }: Message): boolean {
  return arrivals.some((arrival) => arrival !== inTime(sent));
}

function rowCount(selection: DrawnSteps): number {
  return selection.steps.reduce((sum, step) => sum + step.rows.length + step.fired.length, 0);
}

function countingRelations(messages: readonly Message[]): ReadonlySet<string> {
  const channels = groupBy(messages, ({ from, to, name }) => JSON.stringify([from, to, name]));
  const counting = [...channels.values()].filter(
    (channel) => new Set(channel.map(payloadText)).size >= COUNTING,
  );
  return new Set(counting.map((channel) => channel[0].name));
}

function selectWith(course: ByTime, style: RowStyle, isMarked: (time: number) => boolean): DrawnSteps {
  const { eot } = course.run;
  const novelty = new Novelty(style);
  const steps: DiagramStep[] = [];
  let hidden = NONE_HIDDEN;
  for (let time = 1; time <= eot; time++) {
    const step = stepOf(course, time, style, novelty);
    hidden = addHidden(hidden, step.hidden);
    const last = steps.at(-1);
    if (last !== undefined && !isMarked(time) && time < eot && looksAlike(last, step)) {
      steps[steps.length - 1] = { ...last, to: step.to, hidden: addHidden(last.hidden, step.hidden) };
    } else steps.push(step);
  }
  return { steps, hidden };
}

function stepOf(course: ByTime, time: number, style: RowStyle, novelty: Novelty): DiagramStep {
  const { run } = course;
  const sent = course.sent(time);
  const drawn: Message[] = [];
  const hidden = { ...NONE_HIDDEN };
  for (const message of sent) {
    const as = novelty.take(message);
    if (as === undefined) drawn.push(message);
    else hidden[as]++;
  }
  return {
    from: time,
    to: time,
    strikes: strikesAt(run, time),
    fired: firedAt(course, time),
    rows: [...rowsOf(drawn, style), ...idleFaults(run, sent, time), ...lateRows(course.late(time), style)],
    hidden,
    violations: violationsAt(run, time),
  };
}

/** Whether a step draws what the last one does, and nothing happens in either that has a time of its own. */
function looksAlike(last: DiagramStep, step: DiagramStep): boolean {
  const isEventful = ({ strikes, violations }: DiagramStep) => strikes.length > 0 || violations.length > 0;
  const drawn = ({ rows, fired }: DiagramStep) => JSON.stringify([rows, fired]);
  return !isEventful(last) && !isEventful(step) && drawn(last) === drawn(step);
}

function firedAt(course: ByTime, time: number): readonly Fired[] {
  const { nodes } = course.run;
  return [...groupBy(course.timers(time), ({ node }) => node)]
    .map(([node, own]) => ({ node, names: own.map(({ name }) => name) }))
    .sort((a, b) => nodes.indexOf(a.node) - nodes.indexOf(b.node));
}

const NONE_HIDDEN: Hidden = { repeated: 0, varied: 0, unsent: 0 };

function addHidden(a: Hidden, b: Hidden): Hidden {
  return {
    repeated: a.repeated + b.repeated,
    varied: a.varied + b.varied,
    unsent: a.unsent + b.unsent,
  };
}

/** Faults that begin or are over at a time, each at one node. */
function strikesAt({ nodes, faults }: Course, time: number): readonly Marked[] {
  const strikes = faults.flatMap((fault): readonly Marked[] => {
    const { notation } = kindOf(fault);
    const strike = fault.time === time ? notation.strike?.(fault) : undefined;
    const recovery = notation.recovery?.(fault);
    return [
      ...(strike === undefined ? [] : [{ ...strike, mark: notation.sign.mark }]),
      ...(recovery?.time === time ? [{ ...recovery, mark: RECOVERY }] : []),
    ];
  });
  return [undefined, ...nodes].flatMap((node) => strikes.filter((strike) => strike.node === node));
}

/** What marks that a fault is over. */
const RECOVERY = '↑';
