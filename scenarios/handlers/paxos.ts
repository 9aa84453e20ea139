/**
 * The synod of Paxos (Lamport, "The Part-Time Parliament", 1998; "Paxos Made Simple", 2001): nodes agree on one
 * value, whatever is lost and whoever crashes.
 *
 * Modelled: every node is an acceptor; a and b are proposers too, a with ballot 1 and b, somewhat later, with
 * ballot 2. A proposer repeats its requests to whoever has not answered.
 * Left out: learners other than the proposers, refusals, and a proposer's further ballots: b's is the
 * highest, so that it need not try again.
 *
 * The bugs are the three checks that agreement rests on, each left out once: an acceptor that accepts a ballot
 * lower than it has promised; a proposer that proposes its own value where it was told of another; a
 * proposer that is content with less than a majority. And there is one that shows only where nodes start again after an
 * outage: what acceptors have promised and accepted has to be on disk.
 */
import { defineScenario, type, type Bounds, type Context, type Handlers, type Specification } from 'ldfi';

type Value = 'from a' | 'from b';

interface Proposal {
  readonly ballot: number;
  readonly value: Value;
}

/** A proposer has one ballot, so that answers need not name it. */
type Message =
  | { readonly type: 'prepare'; readonly ballot: number }
  | { readonly type: 'promise'; readonly accepted: Proposal | null }
  | { readonly type: 'propose'; readonly ballot: number; readonly value: Value }
  | { readonly type: 'accept' };

/** What a proposer is at, with those that have answered so far. */
type Attempt =
  | { readonly kind: 'preparing'; readonly answers: readonly string[]; readonly highest: Proposal | null }
  | { readonly kind: 'proposing'; readonly answers: readonly string[]; readonly value: Value }
  | { readonly kind: 'chosen'; readonly value: Value };

interface State {
  /** As an acceptor: the highest ballot heard of, and the last proposal accepted. */
  readonly promised: number;
  readonly accepted: Proposal | null;
  /** As a proposer. */
  readonly attempt: Attempt | null;
}

/** The value that a proposer knows to be chosen. */
interface View {
  readonly chosen: Value | null;
}

interface Options {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly expect: 'violated' | 'certified';
  /** Default a majority. */
  readonly quorum?: number;
  /** Whether acceptors accept what is lower than they have promised. */
  readonly breakPromises?: boolean;
  /** Whether acceptors forget in an outage what they have promised and accepted. */
  readonly forget?: boolean;
  /** Whether proposers ignore what acceptors have accepted. */
  readonly ignoreAccepted?: boolean;
}

/** Timesteps until an answer arrives. */
const ROUND_TRIP = 2;

/** Who proposes what, and from when. */
const PROPOSERS: Readonly<Record<string, Proposal & { readonly start: number }>> = {
  a: { ballot: 1, value: 'from a', start: 1 },
  b: { ballot: 2, value: 'from b', start: 2 },
};

const handlers = ({ nodes, ...options }: Options): Handlers<string, State, Message, View, State> => ({
  messages: type<Message>(),
  init: () => ({ promised: 0, accepted: null, attempt: null }),
  keep: (state) => (options.forget ? { ...state, promised: 0, accepted: null } : state),
  restore: (kept) => kept,

  onStart: campaign,
  onTick: campaign,

  onMessage: {
    prepare(state, { ballot }, { from, send }) {
      if (ballot < state.promised) return;
      send(from, { type: 'promise', accepted: state.accepted });
      return heed(state, ballot);
    },

    promise(state, { accepted }, { self, from, send }) {
      const { attempt } = state;
      if (attempt?.kind !== 'preparing') return;
      const answers = joined(attempt.answers, from);
      const highest = higher(attempt.highest, accepted);
      if (answers.length < quorumOf(nodes, options))
        return { ...state, attempt: { ...attempt, answers, highest } };
      const { ballot, value: own } = PROPOSERS[self];
      const value = options.ignoreAccepted ? own : (highest?.value ?? own);
      for (const acceptor of nodes) send(acceptor, { type: 'propose', ballot, value });
      return { ...state, attempt: { kind: 'proposing', answers: [], value } };
    },

    propose(state, { ballot, value }, { from, send }) {
      if (ballot < state.promised && !options.breakPromises) return;
      send(from, { type: 'accept' });
      return { ...heed(state, ballot), accepted: { ballot, value } };
    },

    accept(state, _, { from }) {
      const { attempt } = state;
      if (attempt?.kind !== 'proposing') return;
      const answers = joined(attempt.answers, from);
      if (answers.length < quorumOf(nodes, options)) return { ...state, attempt: { ...attempt, answers } };
      return { ...state, attempt: { kind: 'chosen', value: attempt.value } };
    },
  },

  observe: ({ attempt }) => ({ chosen: attempt?.kind === 'chosen' ? attempt.value : null }),
});

/** Promises a ballot. A proposer that promises a higher one than its own gives its own up. */
function heed(state: State, ballot: number): State {
  if (ballot <= state.promised) return state;
  return { ...state, promised: ballot, attempt: state.attempt?.kind === 'chosen' ? state.attempt : null };
}

/** A proposer begins when its time has come, and asks again whoever has not answered after a round trip. */
function campaign(state: State, { self, nodes, send, time }: Context<string, Message>): State {
  const proposer = PROPOSERS[self];
  if (proposer === undefined || state.attempt?.kind === 'chosen') return state;
  const { ballot, start } = proposer;
  if (state.promised > ballot || time < start || (time - start) % ROUND_TRIP !== 0) return state;
  const attempt = state.attempt ?? { kind: 'preparing', answers: [], highest: null };
  for (const acceptor of nodes.filter((node) => !attempt.answers.includes(node))) {
    if (attempt.kind === 'preparing') send(acceptor, { type: 'prepare', ballot });
    else send(acceptor, { type: 'propose', ballot, value: attempt.value });
  }
  return { ...heed(state, ballot), attempt };
}

function quorumOf(nodes: readonly string[], { quorum }: Pick<Options, 'quorum'>): number {
  return quorum ?? Math.floor(nodes.length / 2) + 1;
}

function joined(answers: readonly string[], one: string): readonly string[] {
  return [...new Set([...answers, one])].sort();
}

function higher(one: Proposal | null, other: Proposal | null): Proposal | null {
  return (one?.ballot ?? 0) >= (other?.ballot ?? 0) ? one : other;
}

/** Who is down for long has no time left to come to a choice. */
const specification = (options: Options): Specification<string, View> => {
  const { agreement, progress } = properties(options);
  return (options.bounds.restarts ?? 0) > 0 ? { agreement } : { agreement, progress };
};

const properties = ({ nodes, ...options }: Options) =>
  ({
    // What a proposer knew before it crashed counts.
    agreement: {
      pre: ({ nodes }) => nodes.some(({ observed }) => observed.chosen !== null),
      post({ at }) {
        const [a, b] = [at('a').observed.chosen, at('b').observed.chosen];
        return (
          a === null || b === null || a === b || `to a the value ${a} is chosen, and to b the value ${b}`
        );
      },
    },
    progress: {
      pre: ({ correct, at }) => correct.length >= quorumOf(nodes, options) && !at('b').crashed,
      post: ({ at }) => at('b').observed.chosen !== null || 'a majority is up, and b has no value chosen',
    },
  }) satisfies Specification<string, View>;

const paxos = (options: Options) =>
  defineScenario({
    name: options.name,
    nodes: options.nodes,
    bounds: options.bounds,
    expect: options.expect,
    handlers: handlers(options),
    specification: specification(options),
  });

const three = ['a', 'b', 'c'];
const five = ['a', 'b', 'c', 'd', 'e'];
const threeNodeBounds = { eot: 12, eff: 8, crashes: 0 };

export const threeNodes = paxos({
  name: 'paxos on three nodes',
  nodes: three,
  bounds: threeNodeBounds,
  expect: 'certified',
});

export const fiveNodes = paxos({
  name: 'paxos on five nodes',
  nodes: five,
  bounds: { eot: 8, eff: 4, crashes: 2 },
  expect: 'certified',
});

/** b has a majority's promise, and a's proposal is accepted all the same. */
export const brokenPromises = paxos({
  name: 'paxos with broken promises',
  nodes: three,
  bounds: threeNodeBounds,
  breakPromises: true,
  expect: 'violated',
});

/** a's value is chosen, and b proposes its own. */
export const ignoredProposals = paxos({
  name: 'paxos with ignored proposals',
  nodes: three,
  bounds: threeNodeBounds,
  ignoreAccepted: true,
  expect: 'violated',
});

/** Two of five are not a majority: b asks two others than those that have accepted a's value. */
export const smallQuorum = paxos({
  name: 'paxos with a quorum of two in five',
  nodes: five,
  bounds: { eot: 8, eff: 5, crashes: 0 },
  quorum: 2,
  expect: 'violated',
});

const restartBounds = { eot: 10, eff: 6, crashes: 0, restarts: 1, partitions: 1 };

/** While b is cut off, c accepts a's value; it has forgotten that when b asks it at last. */
export const forgetfulAcceptors = paxos({
  name: 'paxos whose acceptors forget',
  nodes: three,
  bounds: restartBounds,
  forget: true,
  expect: 'violated',
});

export const onDisk = paxos({
  name: 'paxos on disk',
  nodes: three,
  bounds: restartBounds,
  expect: 'certified',
});
