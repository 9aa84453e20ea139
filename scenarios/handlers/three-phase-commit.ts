/**
 * Three-phase commit (Skeen, "Nonblocking Commit Protocols", 1981): between the vote and the commit, everyone
 * learns that all have voted yes. Nobody then needs to wait for ever: a participant that has not learned it may
 * abort, and one that has may commit.
 *
 * Modelled: one transaction of three willing participants, and the timeouts of the synchronous model. A
 * coordinator that waits too long, for votes or for acknowledgements, aborts; a participant that waits too long
 * aborts before the second phase, and commits after it. What a node decides it writes down first, and tells
 * from the next timestep on.
 * Left out: the election of a new coordinator, and recovery.
 *
 * The bug is in the assumptions: the protocol is right about one crash in a network that loses nothing, and
 * about no more than that. When a participant crashes before it acknowledges, and the coordinator when it has
 * written down that it therefore aborts, the other two commit. Lost messages do the same. The fix is to let a
 * majority decide, as in paxos.ts.
 */
import { defineScenario, type, type Handlers, type Specification } from 'ldfi';

const COORDINATOR = 'C';
const PARTICIPANTS = ['a', 'b', 'd'] as const;

type Node = typeof COORDINATOR | (typeof PARTICIPANTS)[number];
type Decision = 'commit' | 'abort';
/** Of the coordinator, what it collects; of a participant, whether it has voted, and knows that all have. */
type Phase = 'idle' | 'votes' | 'acknowledgements' | 'uncertain' | 'ready';

type Message =
  | { readonly type: 'canCommit' }
  | { readonly type: 'vote' }
  | { readonly type: 'preCommit' }
  | { readonly type: 'acknowledge' }
  | { readonly type: 'outcome'; readonly decision: Decision }
  /** From a participant to itself, so that whatever the coordinator sent at the same time comes first. */
  | { readonly type: 'waited'; readonly phase: Phase };

interface State {
  readonly phase: Phase;
  /** Of the coordinator: who has answered in this phase. */
  readonly answers: readonly Node[];
  readonly decision: Decision | null;
}

/** What the outside sees of a node. */
type View = Pick<State, 'phase' | 'decision'>;

interface Options {
  readonly name: string;
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly expect: 'violated' | 'certified';
}

/** Answers take two timesteps. A participant waits one more, and so hears first of an abort. */
const PATIENCE = 3;

const handlers: Handlers<Node, State, Message, View> = {
  messages: type<Message>(),
  init: (node) => ({ phase: node === COORDINATOR ? 'votes' : 'idle', answers: [], decision: null }),

  onStart(_, { self, broadcast, timers }) {
    if (self !== COORDINATOR) return;
    broadcast({ type: 'canCommit' });
    timers.set('votes', PATIENCE);
  },

  onTick({ decision }, { self, broadcast }) {
    if (self === COORDINATOR && decision !== null) broadcast({ type: 'outcome', decision });
  },

  onTimer(state, timer, { self, send }) {
    if (state.decision !== null || state.phase !== timer) return state;
    if (self === COORDINATOR) return { ...state, decision: 'abort' };
    send(self, { type: 'waited', phase: state.phase });
    return state;
  },

  onMessage: {
    canCommit(state, _, { from, send, timers }) {
      send(from, { type: 'vote' });
      timers.set('uncertain', PATIENCE);
      return { ...state, phase: 'uncertain' };
    },

    vote(state, _, { from, broadcast, timers }) {
      if (state.phase !== 'votes' || state.decision !== null) return state;
      const answers = joined(state.answers, from);
      if (answers.length < PARTICIPANTS.length) return { ...state, answers };
      broadcast({ type: 'preCommit' });
      timers.set('acknowledgements', PATIENCE);
      return { ...state, phase: 'acknowledgements', answers: [] };
    },

    preCommit(state, _, { from, send, timers }) {
      if (state.phase !== 'uncertain' || state.decision !== null) return state;
      send(from, { type: 'acknowledge' });
      timers.set('ready', PATIENCE);
      return { ...state, phase: 'ready' };
    },

    acknowledge(state, _, { from }) {
      if (state.phase !== 'acknowledgements' || state.decision !== null) return state;
      const answers = joined(state.answers, from);
      return { ...state, answers, decision: answers.length < PARTICIPANTS.length ? null : 'commit' };
    },

    outcome(state, { decision }) {
      return state.decision === null ? { ...state, decision } : state;
    },

    waited(state, { phase }) {
      if (state.phase !== phase || state.decision !== null) return state;
      return { ...state, decision: phase === 'ready' ? 'commit' : 'abort' };
    },
  },

  observe: ({ phase, decision }) => ({ phase, decision }),
};

function joined(answers: readonly Node[], one: Node): readonly Node[] {
  return PARTICIPANTS.filter((participant) => participant === one || answers.includes(participant));
}

const specification: Specification<Node, View> = {
  // What a node decided before it crashed counts.
  agreement: {
    pre: ({ nodes }) => nodes.some(({ observed }) => observed.decision !== null),
    post({ nodes }) {
      const committed = nodes.find(({ observed }) => observed.decision === 'commit');
      const aborted = nodes.find(({ observed }) => observed.decision === 'abort');
      if (committed === undefined || aborted === undefined) return true;
      return `${committed.node} commits, and ${aborted.node} aborts`;
    },
  },
  // Whoever crashes, those that have voted do not wait for ever.
  termination: {
    pre: ({ correct }) =>
      correct.some(({ node, observed }) => node !== COORDINATOR && observed.phase !== 'idle'),
    post({ nodes, correct }) {
      if (nodes.filter(({ observed }) => observed.decision !== null).length >= 2) return true;
      const waiting = correct.filter(({ observed }) => observed.decision === null);
      return `undecided to the end: ${waiting.map(({ node }) => node).join(', ')}`;
    },
  },
};

const threePhaseCommit = ({ name, bounds, expect }: Options) =>
  defineScenario({ name, nodes: [COORDINATOR, ...PARTICIPANTS], bounds, expect, handlers, specification });

export const oneCrash = threePhaseCommit({
  name: '3pc with one crash',
  bounds: { eot: 8, eff: 0, crashes: 1 },
  expect: 'certified',
});

/** A participant crashes before it acknowledges, and the coordinator when it has decided to abort. */
export const twoCrashes = threePhaseCommit({
  name: '3pc with two crashes',
  bounds: { eot: 8, eff: 0, crashes: 2 },
  expect: 'violated',
});

/** A participant is not told of the second phase, the coordinator aborts and crashes, and the others commit. */
export const losses = threePhaseCommit({
  name: '3pc with losses',
  bounds: { eot: 9, eff: 7, crashes: 1 },
  expect: 'violated',
});
