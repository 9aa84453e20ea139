/** One protocol within one set of bounds, as each program has it. */
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { acknowledgedDeliveryRules, bounded, paxos as paxosRules, twoPhaseCommitRules } from '../families.js';
import { acknowledgedDelivery, raftElection, twoPhaseCommit } from '../handler-families.js';
import { handlersRow } from '../library.js';
import type { Row } from '../rows.js';
import type { Verdict } from './answer.js';
import type { Model } from './spin.js';

export interface PeerRow {
  readonly name: string;
  readonly expected: Verdict;
  readonly handlers: () => Promise<Row>;
  readonly model: Model;
  readonly rules: Rules | undefined;
  /** Whether tests decide it too. */
  readonly isSmall: boolean;
}

export interface Rules {
  readonly row: () => Promise<Row>;
  /** Whether they are the same timestep by timestep, so that as many faults violate. */
  readonly twin: boolean;
}

export const peerRows: readonly PeerRow[] = [
  delivery(3, '8/6/1'),
  delivery(3, '8/6/1', true),
  delivery(5, '6/4/1'),
  delivery(5, '8/6/1'),
  commit(4, '8/4/0'),
  commit(4, '8/4/0', true),
  commit(7, '8/4/0'),
  commit(4, '8/4/1'),
  commit(6, '8/4/1'),
  commit(7, '8/4/1'),
  paxos(3, '8/4/1'),
  paxos(3, '12/8/1', true),
  paxos(3, '20/16/1'),
  paxos(5, '10/6/2'),
  paxos(5, '12/8/2'),
  election(3, '12/6/1'),
  election(3, '12/6/1', true),
  election(3, '28/22/1'),
  election(5, '18/11/2'),
];

function delivery(nodes: number, text: string, once = false): PeerRow {
  const bounds = boundsOf(text);
  const expected = once ? 'violated' : 'certified';
  return {
    name: nameOf(once ? 'delivery told once' : 'acknowledged delivery', nodes, bounds),
    expected,
    handlers: () => acknowledgedDelivery(nodes, bounds, { once }),
    model: { file: 'delivery', nodes, bounds, macros: once ? ['ONCE'] : [] },
    rules: { row: () => acknowledgedDeliveryRules(nodes, bounds, expected, once), twin: true },
    isSmall: nodes <= 3,
  };
}

function commit(nodes: number, text: string, once = false): PeerRow {
  const bounds = boundsOf(text);
  const expected = once || bounds.crashes > 0 ? 'violated' : 'certified';
  return {
    name: nameOf(once ? 'two-phase commit told once' : 'two-phase commit', nodes, bounds),
    expected,
    handlers: () => twoPhaseCommit(nodes, bounds, { once }),
    model: { file: 'two-phase-commit', nodes, bounds, macros: once ? ['ONCE'] : [] },
    rules: { row: () => twoPhaseCommitRules(nodes, bounds, expected, once), twin: true },
    isSmall: nodes <= 4 && bounds.crashes === 0,
  };
}

/** The rules are another Paxos: proposers ask at every timestep, and there is no progress to be made. */
function paxos(nodes: 3 | 5, text: string, broken = false): PeerRow {
  const bounds = boundsOf(text);
  const expected = broken ? 'violated' : 'certified';
  const scenario = broken ? 'paxos with broken promises' : `paxos on ${nodes === 3 ? 'three' : 'five'} nodes`;
  return {
    name: nameOf(broken ? 'Paxos with broken promises' : 'Paxos', nodes, bounds),
    expected,
    handlers: () => handlersRow('paxos', scenario, bounds, expected),
    model: { file: 'paxos', nodes, bounds, macros: broken ? ['BROKEN'] : [] },
    rules: {
      row: () => (broken ? bounded('paxos-unchecked', bounds, expected) : paxosRules(nodes, 2, bounds)),
      twin: false,
    },
    isSmall: nodes === 3 && bounds.eot <= 12,
  };
}

function election(nodes: number, text: string, twice = false): PeerRow {
  const bounds = boundsOf(text);
  return {
    name: nameOf(twice ? 'Raft’s election with two votes' : 'Raft’s election', nodes, bounds),
    expected: twice ? 'violated' : 'certified',
    handlers: () => raftElection(nodes, bounds, { twice }),
    model: { file: 'raft-election', nodes, bounds, macros: twice ? ['TWICE'] : [] },
    rules: undefined,
    isSmall: nodes <= 3 && bounds.eot <= 12,
  };
}

function nameOf(protocol: string, nodes: number, bounds: Bounds): string {
  return `${protocol} on ${nodes} nodes ${formatBounds(bounds)}`;
}

/** @param text as `8/6/1` */
function boundsOf(text: string): Bounds {
  const [eot, eff, crashes] = text.split('/').map(Number);
  return { eot, eff, crashes };
}
