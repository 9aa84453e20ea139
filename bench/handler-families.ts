/** Protocols by handlers that grow with their nodes, in the style in which each call says what it looks at. */
import type { Bounds } from '../src/injector/bounds.js';
import { type, type Context, type MessageLike } from '../src/model/handlers/protocol.js';
import { defineScenario, type HandlerScenario, type Scenario } from '../src/runner/scenario/define.js';
import { prepareScenario } from '../src/runner/scenario/prepare.js';
import type { VerdictName } from '../src/runner/result.js';
import { nodeNames } from './families.js';
import { row, type Load, type Row } from './rows.js';

type Told = { readonly type: 'message' } | { readonly type: 'acknowledgement' };

interface Receiver {
  has: boolean;
  readonly acknowledged: Set<string>;
}

/** Whoever has the message tells all that have not said that they have it. */
export function acknowledgedDelivery(size: number, bounds: Bounds): Promise<Row> {
  const nodes = nodeNames(size);
  const tell = ({ has, acknowledged }: Receiver, { self, send }: Context<string, Told>) => {
    if (!has) return;
    for (const node of nodes) if (node !== self && !acknowledged.has(node)) send(node, { type: 'message' });
  };
  return familyRow(bounds, 'certified', {
    name: `acknowledged delivery on ${size} nodes`,
    nodes,
    bounds,
    handlers: {
      messages: type<Told>(),
      init: (node): Receiver => ({ has: node === nodes[0], acknowledged: new Set<string>() }),
      onStart: tell,
      onTick: tell,
      onMessage: {
        message(state, _, { from, send }) {
          state.has = true;
          state.acknowledged.add(from);
          send(from, { type: 'acknowledgement' });
        },
        acknowledgement(state, _, { from }) {
          state.acknowledged.add(from);
        },
      },
      observe: ({ has }) => has,
    },
    specification: {
      delivered: {
        pre: ({ correct }) => correct.some(({ observed }) => observed),
        post: ({ correct }) => correct.every(({ observed }) => observed),
      },
    },
  });
}

type Vote = { readonly type: 'prepare' } | { readonly type: 'vote' } | { readonly type: 'commit' };

interface Participant {
  prepared: boolean;
  committed: boolean;
  readonly votes: Set<string>;
}

/** The first node asks all others for their votes, and commits when it has them all. */
export function twoPhaseCommit(size: number, bounds: Bounds): Promise<Row> {
  const nodes = nodeNames(size);
  const [coordinator, ...participants] = nodes;
  return familyRow(bounds, 'violated', {
    name: `two-phase commit on ${size} nodes`,
    nodes,
    bounds,
    handlers: {
      messages: type<Vote>(),
      init: (): Participant => ({ prepared: false, committed: false, votes: new Set<string>() }),
      onStart(_, { self, broadcast }) {
        if (self === coordinator) broadcast({ type: 'prepare' });
      },
      onTick({ committed, votes }, { self, send }) {
        if (self !== coordinator) return;
        for (const participant of participants) {
          if (committed) send(participant, { type: 'commit' });
          else if (!votes.has(participant)) send(participant, { type: 'prepare' });
        }
      },
      onMessage: {
        prepare(state, _, { send }) {
          state.prepared = true;
          send(coordinator, { type: 'vote' });
        },
        vote(state, _, { from, broadcast }) {
          if (state.committed) return;
          state.votes.add(from);
          if (state.votes.size < participants.length) return;
          state.committed = true;
          broadcast({ type: 'commit' });
        },
        commit(state) {
          state.committed = true;
        },
      },
      observe: ({ prepared, committed }) => ({ prepared, committed }),
    },
    specification: {
      termination: {
        pre: ({ correct }) => correct.some(({ observed }) => observed.prepared),
        post: ({ correct }) => correct.every(({ observed }) => !observed.prepared || observed.committed),
      },
    },
  });
}

async function familyRow<State, Message extends MessageLike, Observation>(
  bounds: Bounds,
  expected: VerdictName,
  defined: HandlerScenario<string, State, Message, Observation>,
): Promise<Row> {
  const load = loadOf(defineScenario(defined));
  return row(defined.name, { scenario: await load(), load, bounds, expected });
}

function loadOf(defined: Scenario): Load {
  return () => {
    const location = { file: 'bench/handler-families.ts', scenario: defined.name };
    const { scenario } = prepareScenario(defined, { location, nodes: undefined, read: () => undefined });
    if (scenario === undefined) throw new Error(`${defined.name} has errors`);
    return Promise.resolve(scenario);
  };
}
