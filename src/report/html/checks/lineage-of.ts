/** Lineage for a page: what the outcome rests on first, as much as a page can take. */
import type { Run } from '../../../injector/run.js';
import type { Lineage, Vertex, VertexName } from '../../../lineage/lineage.js';
import { dataText, type Data } from '../../../model/data.js';
import { sentenceOf, sentenceText } from '../../explanations/sentences.js';
import type { SceneTables } from './numbering.js';
import type { SceneFault, SceneLineage } from './scene.js';
import { factItem, locationOf } from './states-of.js';

/** Vertices that a page has of one run. */
const MOST = 20_000;

/** @param faults of the scene */
export function sceneLineage(
  { vertices, because, goals }: Lineage,
  run: Run,
  faults: readonly SceneFault[],
  tables: SceneTables,
): SceneLineage {
  const kept = [...vertices].slice(0, MOST);
  const numbers = new Map<VertexName, number>(kept.map(([name], index) => [name, index]));
  const numbered = (names: readonly VertexName[]) => names.flatMap((name) => numbers.get(name) ?? []);
  const messages = messageNumbers(run);
  const subjectOf = (vertex: Vertex): number | null => {
    switch (vertex.kind) {
      case 'fact':
        return factItem(vertex, tables);
      case 'fault':
        return numberOrNull(faults.findIndex(({ text }) => text === vertex.fault));
      case 'message':
        return messages({ ...vertex, to: vertex.node });
      case 'absence':
        return vertex.of.kind === 'message' ? messages({ ...vertex.of, to: vertex.node }) : null;
      case 'state':
      case 'firing':
      case 'call':
        return null;
    }
  };
  return {
    goals: numbered(goals),
    vertices: kept.map(([name, vertex]) => ({
      kind: vertex.kind,
      text: tables.text(sentenceText(sentenceOf(vertex))),
      node: nodeOf(vertex, run.nodes),
      time: vertex.time,
      because: numbered(because.get(name)!),
      place: 'place' in vertex ? tables.place(vertex.place) : null,
      of: subjectOf(vertex),
    })),
    left: vertices.size - kept.length,
  };
}

function nodeOf(vertex: Vertex, nodes: readonly string[]): number | null {
  if (vertex.kind === 'fact') return locationOf(vertex.tuple[0], nodes);
  return vertex.node === undefined ? null : numberOrNull(nodes.indexOf(vertex.node));
}

function numberOrNull(index: number): number | null {
  return index === -1 ? null : index;
}

/** A message as its run, and as lineage, has it. */
interface Sending {
  readonly from: string;
  readonly to: string | undefined;
  readonly sent: number;
  readonly name: string;
  readonly payload: unknown;
}

function messageNumbers({ messages, language }: Run): (sending: Sending) => number | null {
  const numbers = new Map<string, number>();
  for (const [number, message] of messages.entries()) numbers.set(sendingKey(message), number);
  // Of rules, lineage has the whole tuple, and a run what is behind the destination.
  const own = ({ payload, ...rest }: Sending): Sending => ({
    ...rest,
    payload: language === 'rules' && Array.isArray(payload) ? payload.slice(1) : payload,
  });
  return (sending) => numbers.get(sendingKey(own(sending))) ?? null;
}

function sendingKey({ from, to, sent, name, payload }: Sending): string {
  return JSON.stringify([from, to, sent, name, dataText(payload as Data)]);
}
