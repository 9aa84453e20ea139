/** What the compiler takes and refuses of handlers by role. There is nothing to run: type checking is the test. */
import {
  defineScenario,
  type,
  type RoleContext,
  type RoleHandlers,
  type RoleSpecification,
} from '../../src/index.js';

type Message =
  | { readonly type: 'write'; readonly value: string }
  | { readonly type: 'copy'; readonly value: string }
  | { readonly type: 'written' };

const bounds = { eot: 6, eff: 3, crashes: 1 } as const;

/** A primary, its backup, and clients: nothing but messages and nodes is written down. */
export const primaryBackup = defineScenario({
  name: 'primary and backup',
  nodes: { client: ['x', 'y'], primary: ['p'], backup: ['b'] },
  bounds,
  messages: type<Message>(),
  roles: {
    client: {
      init: (node: 'x' | 'y') => ({ written: false, name: node }),
      onStart(state, { self, role, send, nodesOf }) {
        const [primary] = nodesOf('primary');
        primary satisfies 'p';
        role satisfies 'client';
        send(primary, { type: 'write', value: self });
        // @ts-expect-error There is no such node.
        send('z', { type: 'write', value: self });
        // @ts-expect-error A message of that type has a value.
        send('p', { type: 'write' });
        // @ts-expect-error There is no such role.
        nodesOf('server');
        // @ts-expect-error Only the primary has a log.
        if (state.log) send('p', { type: 'write', value: self });
      },
      onMessage: { written: (state) => ({ ...state, written: true }) },
      observe: ({ written }) => written,
    },
    primary: {
      init: () => ({ log: [] as string[] }),
      keep: ({ log }) => log,
      restore: (log: string[], { self }) => ({ log: (self satisfies 'p') === 'p' ? log : [] }),
      onMessage: {
        write(state, { value }, { from, send }) {
          state.log.push(value);
          send('b', { type: 'copy', value });
          from satisfies 'x' | 'y' | 'p' | 'b';
        },
      },
      observe: ({ log }) => log,
    },
    backup: {
      init: (): { readonly copy: string | null } => ({ copy: null }),
      onMessage: {
        copy: (_, { value }, { send }) => {
          for (const client of ['x', 'y'] as const) send(client, { type: 'written' });
          return { copy: value };
        },
      },
      observe: ({ copy }) => copy,
    },
  },
  specification: {
    copied: {
      pre: ({ at }) => at('x').observed satisfies boolean,
      post({ at, nodes, nodesOf }) {
        const { observed, role } = at('p');
        observed satisfies string[];
        role satisfies 'primary';
        nodesOf('backup')[0].observed satisfies string | null;
        // @ts-expect-error There is no such node.
        at('z');
        // @ts-expect-error A client shows whether its write is written.
        at('y').observed satisfies number;
        for (const view of nodes) if (view.role === 'client') view.observed satisfies boolean;
        return observed.length > 0;
      },
    },
  },
});

const common = {
  bounds,
  messages: type<Message>(),
  specification: { anything: { always: () => true } },
} as const;

export const wrongState = defineScenario({
  ...common,
  name: 'a state of another type',
  nodes: { client: ['x'] },
  roles: {
    client: {
      init: () => ({ written: false }),
      // @ts-expect-error That is no state of a client.
      onTick: () => ({ written: 1 }),
      observe: (state) => state,
    },
  },
});

export const withoutPrimary = defineScenario({
  ...common,
  name: 'a role without handlers',
  nodes: { client: ['x'], primary: ['p'] },
  // @ts-expect-error Nobody knows what a primary does.
  roles: { client: { init: () => 0, observe: (state) => state } },
});

/** The synod of Paxos, of which several variants share parts that stand by themselves. */
const NODES = { proposer: ['p', 'q'], acceptor: ['a', 'b', 'c'] } as const;

type Nodes = typeof NODES;
type Synod =
  | { readonly type: 'prepare'; readonly ballot: number }
  | { readonly type: 'promise'; readonly accepted: Proposal | null }
  | { readonly type: 'propose'; readonly proposal: Proposal }
  | { readonly type: 'accept' };

interface Proposal {
  readonly ballot: number;
  readonly value: string;
}

interface Proposer {
  readonly proposal: Proposal;
  readonly promised: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
}

interface Acceptor {
  promised: number;
  accepted: Proposal | null;
}

function askAll({ proposal }: Proposer, { nodesOf, send }: RoleContext<Nodes, Synod, 'proposer'>): void {
  for (const acceptor of nodesOf('acceptor')) send(acceptor, { type: 'prepare', ballot: proposal.ballot });
}

const proposer: RoleHandlers<Nodes, 'proposer', Proposer, Synod, string | null> = {
  init: (node) => ({
    proposal: { ballot: node === 'p' ? 1 : 2, value: `of ${node}` },
    promised: new Set(),
    accepted: new Set(),
  }),
  onStart: askAll,
  onMessage: {
    promise(state, { accepted }, { from, nodesOf, send }) {
      const promised = new Set([...state.promised, from]);
      const proposal = { ...state.proposal, value: accepted?.value ?? state.proposal.value };
      if (promised.size === 2) for (const to of nodesOf('acceptor')) send(to, { type: 'propose', proposal });
      return { ...state, proposal, promised };
    },
    accept: (state, _, { from }) => ({ ...state, accepted: new Set([...state.accepted, from]) }),
  },
  observe: ({ proposal, accepted }) => (accepted.size >= 2 ? proposal.value : null),
};

const acceptor: RoleHandlers<Nodes, 'acceptor', Acceptor, Synod, number, Acceptor> = {
  init: () => ({ promised: 0, accepted: null }),
  keep: (state) => state,
  restore: (kept) => kept,
  onMessage: {
    prepare(state, { ballot }, { from, send }) {
      if (ballot < state.promised) return;
      state.promised = ballot;
      send(from, { type: 'promise', accepted: state.accepted });
    },
    propose(state, { proposal }, { from, send }) {
      if (proposal.ballot < state.promised) return;
      state.accepted = proposal;
      send(from, { type: 'accept' });
    },
  },
  observe: ({ promised }) => promised,
};

const agreement: RoleSpecification<Nodes, { proposer: string | null; acceptor: number }> = {
  agreement: {
    always({ nodesOf }) {
      const [first, second] = nodesOf('proposer').map(({ observed }) => observed);
      return first === null || second === null || first === second;
    },
  },
};

export const paxos = defineScenario({
  name: 'paxos by roles',
  nodes: NODES,
  bounds,
  messages: type<Synod>(),
  roles: { proposer, acceptor },
  specification: agreement,
});

/** Properties of every form know what nodes of each role show; the role tells which that is. */
export const forms: RoleSpecification<Nodes, { proposer: string | null; acceptor: number }> = {
  'promises only grow': {
    step: (before, after) =>
      before.role !== 'acceptor' || after.role !== 'acceptor' || before.observed <= after.observed,
  },
  'no two values': { never: ({ nodesOf }) => nodesOf('proposer').some(({ observed }) => observed === '') },
  'somebody decides': {
    leadsTo: {
      when: ({ quiet, happened, time }) => time > 2 && quiet(2) && !happened('crash'),
      then: ({ nodesOf }) => nodesOf('proposer').some(({ observed }) => observed !== null) || 'nobody did',
      within: 3,
    },
  },
};

export const mistaken: RoleSpecification<Nodes, { proposer: string | null; acceptor: number }> = {
  // @ts-expect-error What leads to something says within how many timesteps.
  unbounded: { leadsTo: { when: () => true, then: () => true } },
  // @ts-expect-error Whether something is asked is true or false, and no sentence.
  asked: { leadsTo: { when: () => 'so', then: () => true, within: 1 } },
};
