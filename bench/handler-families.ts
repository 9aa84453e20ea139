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

/** What a protocol leaves out where it is to be broken. */
interface Broken {
  /** Whether what is not acknowledged is not told again. */
  readonly once?: boolean;
}

/** Whoever has the message tells all that have not said that they have it. */
export function acknowledgedDelivery(size: number, bounds: Bounds, { once }: Broken = {}): Promise<Row> {
  const nodes = nodeNames(size);
  const tell = ({ has, acknowledged }: Receiver, { self, send }: Context<string, Told>) => {
    if (!has) return;
    for (const node of nodes) {
      if (node === self || acknowledged.has(node)) continue;
      send(node, { type: 'message' });
      if (once) acknowledged.add(node);
    }
  };
  return familyRow(bounds, once ? 'violated' : 'certified', {
    name: `${once ? 'delivery told once' : 'acknowledged delivery'} on ${size} nodes`,
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

/** The first node asks all others for their votes, and commits when it has them all. It blocks where a node crashes. */
export function twoPhaseCommit(size: number, bounds: Bounds, { once }: Broken = {}): Promise<Row> {
  const nodes = nodeNames(size);
  const [coordinator, ...participants] = nodes;
  return familyRow(bounds, once || bounds.crashes > 0 ? 'violated' : 'certified', {
    name: `two-phase commit${once ? ' told once' : ''} on ${size} nodes`,
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
          if (committed) {
            if (!once) send(participant, { type: 'commit' });
          } else if (!votes.has(participant)) send(participant, { type: 'prepare' });
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

type Call =
  | { readonly type: 'request'; readonly term: number }
  | { readonly type: 'grant'; readonly term: number }
  | { readonly type: 'heartbeat'; readonly term: number };

interface Elector {
  role: 'follower' | 'candidate' | 'leader';
  term: number;
  votedFor: string | null;
  /** Of a candidate. */
  readonly votes: Set<string>;
  /** Whether it has heard of a leader, or of one to come, since it last looked. */
  heard: boolean;
}

/**
 * Raft's election: no two nodes lead in one term. They look in turn, one each round trip, whether they have heard of a leader.
 *
 * @param twice whether a node votes for whoever asks it, and not once a term
 */
export function raftElection(
  size: number,
  bounds: Bounds,
  { twice }: { twice?: boolean } = {},
): Promise<Row> {
  const nodes = nodeNames(size);
  return familyRow(bounds, twice ? 'violated' : 'certified', {
    name: `raft's election${twice ? ' with two votes' : ''} on ${size} nodes`,
    nodes,
    bounds,
    handlers: {
      messages: type<Call>(),
      init: (): Elector => ({
        role: 'follower',
        term: 0,
        votedFor: null,
        votes: new Set<string>(),
        heard: false,
      }),
      tickAtStart: true,
      onTick(state, { self, time, broadcast }) {
        if (state.role === 'leader') {
          broadcast({ type: 'heartbeat', term: state.term });
          return;
        }
        if ((time - 1 - ROUND_TRIP * nodes.indexOf(self)) % (ROUND_TRIP * size) !== 0) return;
        const campaigns = !state.heard;
        state.heard = false;
        if (!campaigns) return;
        state.term += 1;
        state.role = 'candidate';
        state.votedFor = self;
        state.votes.clear();
        state.votes.add(self);
        broadcast({ type: 'request', term: state.term });
      },
      onMessage: {
        request(state, { term }, { from, send }) {
          if (term < state.term) return;
          if (term > state.term) follow(state, term);
          if (state.votedFor !== null && state.votedFor !== from && !twice) return;
          state.votedFor = from;
          state.heard = true;
          send(from, { type: 'grant', term });
        },
        grant(state, { term }, { from }) {
          if (term !== state.term || state.role !== 'candidate') return;
          state.votes.add(from);
          if (2 * state.votes.size > size) state.role = 'leader';
        },
        heartbeat(state, { term }) {
          if (term < state.term) return;
          if (term > state.term) follow(state, term);
          else if (state.role === 'candidate') state.role = 'follower';
          state.heard = true;
        },
      },
      observe: (state) => state,
    },
    specification: {
      'election safety': {
        always({ nodes }) {
          const terms = nodes
            .filter(({ observed }) => observed.role === 'leader')
            .map(({ observed }) => observed.term);
          return new Set(terms).size === terms.length;
        },
      },
    },
  });
}

/** Timesteps until an answer arrives. */
const ROUND_TRIP = 2;

function follow(state: Elector, term: number): void {
  state.term = term;
  state.role = 'follower';
  state.votedFor = null;
}

/** Whoever has heard of it tells nodes ever further on, so that all have heard in a few timesteps; nothing is forgotten. */
export function gossip(size: number, bounds: Bounds): Promise<Row> {
  const nodes = nodeNames(size);
  const steps = nodes.map((_, power) => 2 ** power).filter((step) => step < size);
  const tell = (
    { heard }: { heard: boolean },
    { self, send }: Context<string, { readonly type: 'rumour' }>,
  ) => {
    if (!heard) return;
    for (const step of steps) send(nodes[(nodes.indexOf(self) + step) % size], { type: 'rumour' });
  };
  return familyRow(bounds, 'certified', {
    name: `gossip on ${size} nodes`,
    nodes,
    bounds,
    handlers: {
      messages: type<{ readonly type: 'rumour' }>(),
      init: (node) => ({ heard: node === nodes[0] }),
      keep: (state) => state,
      restore: (kept: { heard: boolean }) => kept,
      onStart: tell,
      onTick: tell,
      onMessage: {
        rumour(state) {
          state.heard = true;
        },
      },
      observe: ({ heard }) => heard,
    },
    specification: {
      spread: {
        pre: ({ correct }) => correct.some(({ observed }) => observed),
        post: ({ correct }) => correct.every(({ observed }) => observed),
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
