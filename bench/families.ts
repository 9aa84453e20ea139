/**
 * Rows that grow: scenarios within bounds that their headers do not give, with more nodes and more proposers.
 * EOT, EFF and crashes are bounds, and need no text of their own; the facts that name nodes are generated.
 */
import type { Bounds } from '../src/injector/bounds.js';
import type { SourceHost } from '../src/model/rules/dedalus/load.js';
import { fileSystemHost } from '../src/runner/files/file-system.js';
import type { VerdictName } from '../src/runner/result.js';
import { fromFile, row, SCENARIOS, type Load, type Row } from './rows.js';

/** The nodes that the delivery scenarios themselves name. */
const OWN_NODES = 3;

/** A scenario within the given bounds. */
export function bounded(name: string, bounds: Bounds, expected: VerdictName): Promise<Row> {
  return newRow(name, fromFile(`${SCENARIOS}/${name}.ded`, fileSystemHost), bounds, expected);
}

/** A scenario of the delivery family (`redun-deliv`, ...) on so many nodes; every node knows all others. */
export function delivery(
  name: string,
  nodes: number,
  bounds: Bounds,
  expected: VerdictName = 'certified',
): Promise<Row> {
  const names = nodeNames(nodes);
  const facts = names.flatMap((from, i) =>
    names
      .filter((to, j) => to !== from && Math.max(i, j) >= OWN_NODES)
      .map((to) => `node("${from}", "${to}")@1;`),
  );
  const clauses = [`include "${name}.ded";`, ...facts];
  return generatedRow(`${name} on ${nodes} nodes`, names, clauses, bounds, expected);
}

/** The synod of Paxos: the first nodes propose, each with a ballot of its own, and all nodes are acceptors. */
export function paxos(nodes: number, proposers: number, bounds: Bounds): Promise<Row> {
  const names = nodeNames(nodes);
  const majority = Math.floor(nodes / 2) + 1;
  const facts = [
    ...names
      .slice(0, proposers)
      .flatMap((proposer, i) => [
        `candidate("${proposer}", ${i + 1}, "from ${proposer}")@1;`,
        `majority("${proposer}", ${majority})@1;`,
        ...names.map((acceptor) => `acceptor("${proposer}", "${acceptor}")@1;`),
      ]),
    ...names.map((acceptor) => `voted("${acceptor}", 0, "none")@1;`),
    'voted(A, Ballot, Value) :- propose(A, _, Ballot, Value), promised(A, Ballot);',
  ];
  const title = `paxos on ${nodes} nodes, ${proposers} ${proposers === 1 ? 'proposer' : 'proposers'}`;
  return generatedRow(title, names, ['include "shared/paxos.ded";', ...facts], bounds, 'certified');
}

/** The twins in rules of `bench/handler-families.ts`, timestep by timestep, each with its bug where it is to have it. */
export function acknowledgedDeliveryRules(
  size: number,
  bounds: Bounds,
  expected: VerdictName,
  once: boolean,
): Promise<Row> {
  const nodes = nodeNames(size);
  const facts = nodes.flatMap((node) =>
    nodes.filter((other) => other !== node).map((other) => `other("${node}", "${other}")@1;`),
  );
  const bug = once ? ['acknowledged(N, Other)@next :- tells(N, Other);'] : [];
  const clauses = [`include "${PEERS}/delivery.ded";`, `has("${nodes[0]}")@1;`, ...facts, ...bug];
  return generatedRow(`delivery by rules on ${size} nodes`, nodes, clauses, bounds, expected);
}

export function twoPhaseCommitRules(
  size: number,
  bounds: Bounds,
  expected: VerdictName,
  once: boolean,
): Promise<Row> {
  const nodes = nodeNames(size);
  const [coordinator, ...participants] = nodes;
  const facts = participants.map((participant) => `participant("${coordinator}", "${participant}")@1;`);
  const repeats = once ? [] : ['commit(P, C)@async :- committed(C), participant(C, P);'];
  const clauses = [`include "${PEERS}/two-phase-commit.ded";`, ...facts, ...repeats];
  return generatedRow(`two-phase commit by rules on ${size} nodes`, nodes, clauses, bounds, expected);
}

/** From where scenarios are. */
const PEERS = '../../bench/peers';

async function newRow(name: string, load: Load, bounds: Bounds, expected: VerdictName): Promise<Row> {
  return row(name, { scenario: await load(), load, bounds, expected });
}

/** A program that is in no file. @param name of the row, and of the program */
function generatedRow(
  name: string,
  nodes: readonly string[],
  clauses: readonly string[],
  bounds: Bounds,
  expected: VerdictName,
): Promise<Row> {
  return newRow(name, generated(name, nodes, clauses), bounds, expected);
}

function generated(title: string, nodes: readonly string[], clauses: readonly string[]): Load {
  const text = [`// ldfi: nodes ${nodes.join(', ')}`, ...clauses, ''].join('\n');
  const path = `${SCENARIOS}/${title}.ded`;
  return fromFile(path, withText(path, text));
}

/** a, b, c, ...; beyond the alphabet n27, n28, ... */
export function nodeNames(size: number): readonly string[] {
  return Array.from({ length: size }, (_, i) =>
    i < 26 ? String.fromCharCode('a'.charCodeAt(0) + i) : `n${i + 1}`,
  );
}

/** The file system, with one file more. */
function withText(path: string, text: string): SourceHost {
  return {
    ...fileSystemHost,
    read: (wanted) =>
      wanted === path ? { kind: 'text', text, identity: path } : fileSystemHost.read(wanted),
  };
}
