/** What the nodes of a run know, as what changes from one timestep to the next. */
import type { ClientOperation, HandlerRun, RuleRun, Run } from '../../../injector/run.js';
import { printTuple } from '../../../model/rules/print.js';
import { formatData, formatKey } from '../../../model/text/data.js';
import { operationText } from '../../../model/handlers/operations/record.js';
import { visible } from '../../../model/text/display.js';
import { operationWords } from '../../text/operations.js';
import { fieldsOf } from '../../text/state-fields.js';
import type { SceneTables } from './numbering.js';
import type { SceneChange } from './scene.js';

/** The items of a node at a time, by node and time: what is at no node is behind the last. */
type Known = (node: number, time: number) => ReadonlySet<number>;

/** For each node, and for what is at none, its changes by time. */
export function statesOf(run: Run, tables: SceneTables): readonly (readonly SceneChange[])[] {
  const known = run.language === 'rules' ? factsKnown(run, tables) : fieldsKnown(run, tables);
  return [...run.nodes.keys(), run.nodes.length].map((node) => changesOf(node, run.eot, known));
}

function changesOf(node: number, eot: number, known: Known): readonly SceneChange[] {
  const changes: SceneChange[] = [];
  let before: ReadonlySet<number> = new Set();
  for (let time = 1; time <= eot; time++) {
    const now = known(node, time);
    const added = [...now].filter((item) => !before.has(item));
    const removed = [...before].filter((item) => !now.has(item));
    if (added.length + removed.length > 0) changes.push([time, added, removed]);
    before = now;
  }
  return changes;
}

function factsKnown({ facts, nodes }: RuleRun, tables: SceneTables): Known {
  const known = new KnownItems();
  for (const { relation, tuple, time } of facts) {
    const node = locationOf(tuple[0], nodes);
    known.add(node, time, factItem({ relation, tuple }, tables));
  }
  return known.at;
}

/** The node that a fact is at, by its first column. */
export function locationOf(first: unknown, nodes: readonly string[]): number {
  const node = typeof first === 'string' ? nodes.indexOf(first) : -1;
  return node === -1 ? nodes.length : node;
}

/** @returns its number */
export function factItem(
  { relation, tuple }: Pick<RuleRun['facts'][number], 'relation' | 'tuple'>,
  tables: SceneTables,
): number {
  return tables.item(relation, printTuple('', tuple));
}

function fieldsKnown({ states, nodes, operations = [] }: HandlerRun, tables: SceneTables): Known {
  const known = new KnownItems();
  for (const { node, text, time } of operationsAt(operations))
    known.add(nodes.indexOf(node), time, tables.item('operation', text));
  for (const { node, time, state, timers = {} } of states) {
    const place = nodes.indexOf(node);
    for (const [field, value] of fieldsOf(state))
      known.add(place, time, tables.item(formatKey(field), formatData(value)));
    for (const [name, left] of Object.entries(timers))
      known.add(
        place,
        time,
        tables.item(`timer ${visible(name)}`, left === 0 ? 'due' : `fires at ${time + left}`),
      );
  }
  return known.at;
}

/** What clients wait for, and what they get. */
function* operationsAt(operations: readonly ClientOperation[]) {
  for (const each of operations) {
    yield { node: each.node, time: each.began, text: operationText(each.operation) };
    if (each.ended !== undefined) yield { node: each.node, time: each.ended, text: operationWords(each) };
  }
}

class KnownItems {
  private readonly items = new Map<string, Set<number>>();

  add(node: number, time: number, item: number): void {
    const key = `${node}@${time}`;
    const known = this.items.get(key) ?? new Set();
    this.items.set(key, known.add(item));
  }

  readonly at: Known = (node, time) => this.items.get(`${node}@${time}`) ?? NOTHING;
}

const NOTHING: ReadonlySet<number> = new Set();
