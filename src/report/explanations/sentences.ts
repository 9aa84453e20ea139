/** What lineage consists of, in words. Times stand apart, so that the same at several times can be told at once. */
import type { AbsenceVertex, MessageVertex, StateVertex, Vertex } from '../../lineage/lineage.js';
import type { Data } from '../../model/data.js';
import { printTuple, printValue } from '../../model/rules/print.js';
import type { Tuple } from '../../model/rules/program.js';
import { formatData } from '../../model/text/data.js';
import { visible } from '../../model/text/display.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { changeTexts } from '../text/state-changes.js';

/** The columns that a state or a payload may take. */
const DATA_WIDTH = 60;

/** `before`, its times if it has any, and `after`. */
export interface Sentence {
  readonly before: string;
  /** Logical timesteps, in their order. */
  readonly times: readonly number[];
  readonly after: string;
}

export function sentenceText({ before, times, after }: Sentence): string {
  return `${before}${timesText(times)}${after}`;
}

/** `1–3, 5` */
export function timesText(times: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = ranges.at(-1);
    if (last?.to === time - 1) last.to = time;
    else ranges.push({ from: time, to: time });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** Something that is not at any time. */
export function timeless(before: string): Sentence {
  return { before, times: [], after: '' };
}

export function sentenceOf(vertex: Vertex): Sentence {
  const { time } = vertex;
  switch (vertex.kind) {
    case 'fact':
      return { before: `${printTuple(vertex.relation, vertex.tuple)}@`, times: [time], after: '' };
    case 'message':
      return { before: `${messageText(vertex)} arrives at `, times: [time], after: '' };
    case 'state':
      return timeless(stateText(vertex));
    case 'absence':
      return absenceSentence(vertex);
    case 'fault':
      return timeless(vertex.fault);
    case 'firing':
      return firingSentence(vertex);
    case 'call':
      return timeless(callText(vertex));
  }
}

function messageText({
  from,
  sent,
  name,
  payload,
  node,
}: Pick<MessageVertex, 'from' | 'sent' | 'name' | 'payload'> & {
  readonly node: string | undefined;
}): string {
  const to = node === undefined ? '' : `->${formatNodeName(node)}`;
  return `${contentText(name, payload)} ${formatNodeName(from)}${to}@${sent}`;
}

function contentText(name: string, payload: unknown): string {
  if (Array.isArray(payload)) return printTuple(name, payload as Tuple);
  const fields = formatData(payload, DATA_WIDTH);
  return fields === '{}' ? visible(name) : `${visible(name)} ${fields}`;
}

/**
 * What a node knew, where nothing is known of what it knew before. Shortened, two states can be told alike, so that those
 * of different times are never told as one.
 */
function stateText({ node, time, state, timers, crashed }: StateVertex): string {
  const told = [formatData(state, DATA_WIDTH), ...timerTexts(timers)].join(', ');
  const name = formatNodeName(node);
  return time === 0
    ? `${name} begins with ${told}`
    : `${name} ${crashed ? 'is down, with' : 'is'} ${told} from time ${time}`;
}

/** What became of a node since it was in another state. */
export function changeText(was: StateVertex, is: StateVertex): string {
  const { node, time, state, timers, crashed } = is;
  const name = formatNodeName(node);
  if (crashed) return `${name} is down from time ${time}`;
  const fields = changeTexts(was.state as Data, state as Data, DATA_WIDTH);
  const recorded = newlyRecorded(was, is);
  if (fields.length === 0 && recorded.length > 0) return `${name} ${recorded.join(' and ')} at time ${time}`;
  const changes = [...fields, ...recorded, ...(fields.length === 0 ? timerTexts(timers) : [])];
  return `${name}: ${changes.length === 0 ? 'as before' : changes.join(', ')} from time ${time}`;
}

/** What a node recorded of operations since it was in another state of the same timestep, or in this timestep. */
function newlyRecorded(was: StateVertex, { time, recorded = [] }: StateVertex): readonly string[] {
  return was.time === time ? recorded.slice(was.recorded?.length ?? 0) : recorded;
}

function timerTexts(timers: StateVertex['timers']): readonly string[] {
  return Object.entries(timers).map(([name, left]) => `timer ${visible(name)} in ${left}`);
}

function absenceSentence({ of, node, time }: AbsenceVertex): Sentence {
  if (of.kind === 'message')
    return { before: `${messageText({ ...of, node })} does not arrive at `, times: [time], after: '' };
  const columns = of.pattern.map((value) => (value === null ? '_' : printValue(value)));
  return { before: `no ${of.relation}(${columns.join(', ')})@`, times: [time], after: '' };
}

/** A rule fires for what it derives, which is told above it; a handler is called at a node. */
function firingSentence({ by, node, time }: Vertex & { readonly kind: 'firing' }): Sentence {
  if (node === undefined || by.includes(':-')) return timeless(oneLine(by));
  return { before: `${by} of ${formatNodeName(node)} at `, times: [time], after: '' };
}

/** A long rule is printed over several lines. */
export function oneLine(rule: string): string {
  return rule.replace(/\s*\n\s*/g, ' ');
}

function callText({ from, node, name, failed }: Vertex & { readonly kind: 'call' }): string {
  const caller = from === undefined ? '' : `${visible(from)} -> `;
  return `${caller}${visible(node)} ${visible(name)} ${failed ? 'failed' : 'succeeded'}`;
}
