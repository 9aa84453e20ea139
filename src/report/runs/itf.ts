/**
 * A run in the Informal Trace Format (Apalache's ADR 15), which the tools around TLA+ and Quint read: a state for each
 * logical timestep, once everything that happens then has been handled.
 */
import { areColumns, type Message, type Run } from '../../injector/run.js';
import { formatSchedule } from '../../injector/schedule.js';
import { downtime } from '../../injector/world.js';
import type { Data } from '../../model/data.js';
import { groupBy } from '../../model/group.js';
import type { RunResult } from '../../runner/result.js';

/** What a trace says of a value. */
type Itf = string | number | boolean | readonly Itf[] | { readonly [name: string]: Itf };

const DESCRIPTION = 'https://apalache-mc.org/docs/adr/015adr-trace.html';

export function asItf({ name, run }: Pick<RunResult, 'name' | 'run'>): string {
  const isDown = downtime(run.faults);
  const times = Array.from({ length: run.eot }, (_, index) => index + 1);
  const shown = run.language === 'rules' ? 'facts' : 'state';
  const trace = {
    '#meta': {
      format: 'ITF',
      'format-description': DESCRIPTION,
      source: name,
      description: `one run, under ${formatSchedule(run.faults) || 'no faults'}`,
    },
    vars: ['time', 'down', 'sent', shown],
    states: times.map((time, index) => ({
      '#meta': { index },
      time,
      down: set(run.nodes.filter((node) => isDown(node, time))),
      sent: run.messages.filter(({ sent }) => sent === time).map(messageOf),
      [shown]: shownAt(run, time),
    })),
  };
  return `${JSON.stringify(trace, undefined, 2)}\n`;
}

function messageOf({ id, from, to, name, fate, arrivals, payload }: Message): Itf {
  const carried = areColumns(payload) ? { '#tup': payload.map(valueOf) } : valueOf(payload);
  // Readers in Python know no field that is called `from`.
  return { id, sender: from, receiver: to, name, fate, arrivals, payload: carried };
}

/** Of rules the tuples of each relation, of handlers the state of each node. */
function shownAt(run: Run, time: number): Itf {
  if (run.language === 'handlers') {
    const states = run.states.filter((each) => each.time === time);
    return { '#map': states.map(({ node, state }): Itf => [node, valueOf(state)]) };
  }
  const facts = groupBy(
    run.facts.filter((each) => each.time === time),
    ({ relation }) => relation,
  );
  return {
    '#map': [...facts].map(([relation, alike]): Itf => [
      relation,
      set(alike.map(({ tuple }) => ({ '#tup': tuple.map(valueOf) }))),
    ]),
  };
}

function set(items: readonly Itf[]): Itf {
  return { '#set': items };
}

/** The format knows integers, but no other numbers, and nothing that is nothing. */
function valueOf(data: Data): Itf {
  if (typeof data === 'string' || typeof data === 'boolean') return data;
  if (typeof data === 'number' && Number.isSafeInteger(data)) return data;
  if (typeof data !== 'object' || data === null) return { '#unserializable': String(data) };
  if (isList(data)) return data.map(valueOf);
  const entries = Object.entries(data);
  // A record's field that begins so would read as something else.
  return entries.some(([name]) => name.startsWith('#'))
    ? { '#map': entries.map(([name, value]): Itf => [name, valueOf(value)]) }
    : Object.fromEntries(entries.map(([name, value]) => [name, valueOf(value)]));
}

/** `Array.isArray` does not tell a list that is readonly from an object. */
function isList(data: readonly Data[] | object): data is readonly Data[] {
  return Array.isArray(data);
}
