/**
 * What some nodes have, or some part of it, as it changes with time: a column for each, beside the picture of a run. What
 * is meant is said as `a`, all that changes at a node; as `term`, a field of states, a timer or a relation at every node;
 * or as `a.term`, one of these at one node.
 */
import type { HandlerRun, Run, RuleRun } from '../../../injector/run.js';
import { compareStrings } from '../../../model/order.js';
import { groupBy } from '../../../model/group.js';
import { printValue } from '../../../model/rules/print.js';
import { formatData, formatKey } from '../../../model/text/data.js';
import { visible } from '../../../model/text/display.js';
import { truncate } from '../../../model/text/text.js';
import { fieldsOf } from '../state-fields.js';

/** The most columns of a terminal that one takes. */
const WIDEST = 24;

export interface Watched {
  readonly node: string;
  /** `a.term` */
  readonly title: string;
  /** What is there once all is handled that happens at a time; empty where nothing is. */
  readonly at: (time: number) => string;
}

/** Undefined where a run has nothing of that name. */
export function watchedIn(run: Run, name: string): readonly Watched[] | undefined {
  const all = run.language === 'rules' ? factsIn(run) : [...statesIn(run), ...timersIn(run)];
  const part = (node: string) => all.filter((each) => each.node === node);
  const own = run.nodes.includes(name)
    ? part(name).filter((each) => changes(run, each))
    : all.filter(({ node, field }) => field === name || `${node}.${field}` === name);
  return own.length === 0 && !run.nodes.includes(name) ? undefined : own;
}

/** The same, each once; names that nothing has are passed over. */
export function watchedColumns(run: Run, names: readonly string[]): readonly Watched[] {
  const all = names.flatMap((name) => watchedIn(run, name) ?? []);
  return [...new Map(all.map((each) => [each.title, each])).values()];
}

/** What specifications are read by is no node's. */
const SPECIFICATION: ReadonlySet<string> = new Set(['pre', 'post', 'always', 'alwaysPost']);

interface Part extends Watched {
  readonly field: string;
}

function changes({ eot }: Run, { at }: Watched): boolean {
  return new Set(Array.from({ length: eot }, (_, index) => at(index + 1))).size > 1;
}

function statesIn({ nodes, states }: HandlerRun): readonly Part[] {
  return nodes.flatMap((node) => {
    const own = new Map(
      states.filter((each) => each.node === node).map(({ time, state }) => [time, fieldsOf(state)]),
    );
    const names = new Set([...own.values()].flatMap((fields) => [...fields.keys()]));
    return [...names].map((field) => ({
      node,
      field,
      title: `${visible(node)}.${formatKey(field)}`,
      at: (time: number) => {
        const fields = own.get(time);
        return fields?.has(field) === true ? formatData(fields.get(field), WIDEST) : '';
      },
    }));
  });
}

/** When each timer fires next, and when it does; empty where it is not set. */
function timersIn({ nodes, states, events }: HandlerRun): readonly Part[] {
  return nodes.flatMap((node) => {
    const own = new Map(
      states.filter((each) => each.node === node).map(({ time, timers = {} }) => [time, timers]),
    );
    const fired = new Set(
      events.flatMap((each) =>
        each.kind === 'timer' && each.node === node ? [`${each.time} ${each.name}`] : [],
      ),
    );
    const names = new Set([...own.values()].flatMap((timers) => Object.keys(timers)));
    return [...names].map((name) => ({
      node,
      field: name,
      title: `${visible(node)} timer ${visible(name)}`,
      at: (time: number) => {
        const left = own.get(time)?.[name];
        return [
          ...(fired.has(`${time} ${name}`) ? ['fires'] : []),
          ...(left === undefined ? [] : [left === 0 ? 'due' : `at ${time + left}`]),
        ].join(', ');
      },
    }));
  });
}

/** By relation, with the columns after the node. */
function factsIn({ nodes, facts }: RuleRun): readonly Part[] {
  const own = facts.filter(
    ({ relation, tuple }) => nodes.includes(String(tuple[0])) && !SPECIFICATION.has(relation),
  );
  const parts = groupBy(own, ({ relation, tuple }) => JSON.stringify([tuple[0], relation]));
  const ordered = [...parts.values()].toSorted(
    ([a], [b]) =>
      compareStrings(a.relation, b.relation) ||
      nodes.indexOf(String(a.tuple[0])) - nodes.indexOf(String(b.tuple[0])),
  );
  return ordered.map(([first, ...others]) => {
    const node = String(first.tuple[0]);
    const byTime = groupBy([first, ...others], ({ time }) => time);
    return {
      node,
      field: first.relation,
      title: `${visible(node)}.${first.relation}`,
      at: (time: number) => {
        const texts = (byTime.get(time) ?? []).map(({ tuple: [, ...rest] }) =>
          rest.map(printValue).join(' '),
        );
        return texts.length === 1 && texts[0] === '' ? 'yes' : truncate(visible(texts.join(', ')), WIDEST);
      },
    };
  });
}
