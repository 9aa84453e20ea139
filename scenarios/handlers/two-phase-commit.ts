/**
 * Two-phase commit (Gray, "Notes on Data Base Operating Systems", 1978): a coordinator asks all participants
 * to prepare, commits if all of them vote yes, and tells everyone.
 *
 * Modelled: one transaction of three willing participants; the coordinator repeats what may have been lost.
 * Left out: votes against, and the recovery of a crashed node from its log, since no node recovers here.
 *
 * The bug is in the protocol itself: it blocks. A participant that has voted yes may do nothing without the
 * coordinator, and the coordinator nothing without all votes, so that a crash of either leaves the others
 * waiting. A timeout in the coordinator repairs the one half. Nothing repairs the other but a third phase,
 * in three-phase-commit.ts: participants that ask each other help each other only sometimes.
 */
import { defineScenario, type, type Handlers, type Specification } from 'ldfi';

const COORDINATOR = 'C';
const PARTICIPANTS = ['a', 'b', 'd'] as const;

type Node = typeof COORDINATOR | (typeof PARTICIPANTS)[number];
type Decision = 'commit' | 'abort';

type Message =
  | { readonly type: 'prepare' }
  | { readonly type: 'vote' }
  | { readonly type: 'outcome'; readonly decision: Decision }
  /** Has anyone heard of the outcome? */
  | { readonly type: 'ask' };

interface State {
  readonly decision: Decision | null;
  /** Of the coordinator: who has voted yes. */
  readonly votes: readonly Node[];
  /** Of a participant: it has voted yes, and may no longer abort on its own. */
  readonly prepared: boolean;
}

/** What the outside sees of a node. */
type View = Pick<State, 'decision' | 'prepared'>;

interface Options {
  readonly name: string;
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly expect: 'violated' | 'certified';
  /** Whether a coordinator that waits too long for votes aborts. */
  readonly timeout?: boolean;
  /** Whether a participant that waits too long for the outcome asks the others. */
  readonly cooperative?: boolean;
  /** Whether nothing is asked of the others once the coordinator has crashed. */
  readonly excused?: boolean;
}

/** Votes arrive two timesteps after the first request; the coordinator waits one timestep more. */
const PATIENCE_FOR_VOTES = 3;
/** An outcome arrives two timesteps after a vote was cast, and an abort that was timed out a timestep later. */
const PATIENCE_FOR_OUTCOME = 3;

const handlers = ({ timeout, cooperative }: Options): Handlers<Node, State, Message, View> => ({
  messages: type<Message>(),
  init: () => ({ decision: null, votes: [], prepared: false }),

  onStart(_, { self, broadcast, timers }) {
    if (self !== COORDINATOR) return;
    broadcast({ type: 'prepare' });
    if (timeout) timers.set('votes', PATIENCE_FOR_VOTES);
  },

  // The coordinator repeats itself: first to those that have not voted, then to everyone.
  onTick({ decision, votes }, { self, send }) {
    if (self !== COORDINATOR) return;
    for (const participant of PARTICIPANTS) {
      if (decision !== null) send(participant, { type: 'outcome', decision });
      else if (!votes.includes(participant)) send(participant, { type: 'prepare' });
    }
  },

  onTimer(state, timer, { self, send, broadcast, timers }) {
    if (state.decision !== null) return state;
    if (timer === 'votes') {
      broadcast({ type: 'outcome', decision: 'abort' });
      return { ...state, decision: 'abort' };
    }
    for (const peer of PARTICIPANTS) if (peer !== self) send(peer, { type: 'ask' });
    timers.set('outcome', 1);
    return state;
  },

  onMessage: {
    prepare(state, _, { send, timers }) {
      if (state.decision === 'abort') return;
      send(COORDINATOR, { type: 'vote' });
      if (cooperative && !state.prepared) timers.set('outcome', PATIENCE_FOR_OUTCOME);
      return { ...state, prepared: true };
    },

    vote(state, _, { from, broadcast }) {
      if (state.decision !== null) return;
      const votes = PARTICIPANTS.filter((one) => one === from || state.votes.includes(one));
      if (votes.length < PARTICIPANTS.length) return { ...state, votes };
      broadcast({ type: 'outcome', decision: 'commit' });
      return { ...state, votes, decision: 'commit' };
    },

    outcome: (state, { decision }) => ({ ...state, decision }),

    // Whoever is asked and has promised nothing decides for everyone.
    ask(state, _, { from, send }) {
      const decision = state.decision ?? (state.prepared ? null : 'abort');
      if (decision !== null) send(from, { type: 'outcome', decision });
      return { ...state, decision };
    },
  },

  observe: ({ decision, prepared }) => ({ decision, prepared }),
});

const specification = ({ excused }: Options): Specification<Node, View> => ({
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
  // A participant that is prepared does not wait for ever.
  termination: {
    pre: ({ correct, at }) =>
      correct.some(({ observed }) => observed.prepared) && !(excused && at(COORDINATOR).crashed),
    post({ nodes, correct }) {
      if (nodes.filter(({ observed }) => observed.decision !== null).length >= 2) return true;
      const waiting = correct.filter(({ observed }) => observed.prepared && observed.decision === null);
      return `prepared, and never told an outcome: ${waiting.map(({ node }) => node).join(', ')}`;
    },
  },
});

const twoPhaseCommit = (options: Options) =>
  defineScenario({
    name: options.name,
    nodes: [COORDINATOR, ...PARTICIPANTS],
    bounds: options.bounds,
    expect: options.expect,
    handlers: handlers(options),
    specification: specification(options),
  });

/** Messages may be lost, and nobody crashes. */
export const withoutCrashes = twoPhaseCommit({
  name: '2pc without crashes',
  bounds: { eot: 7, eff: 3, crashes: 0 },
  expect: 'certified',
});

/** The coordinator crashes when everyone has voted. */
export const blocking = twoPhaseCommit({
  name: '2pc',
  bounds: { eot: 8, eff: 3, crashes: 1 },
  expect: 'violated',
});

/** The coordinator lives, and still waits for the vote of a participant that crashed. */
export const excused = twoPhaseCommit({
  name: '2pc excused',
  bounds: { eot: 6, eff: 0, crashes: 1 },
  excused: true,
  expect: 'violated',
});

/** The repair of the former. */
export const excusedTimeout = twoPhaseCommit({
  name: '2pc excused, with timeout',
  bounds: { eot: 6, eff: 0, crashes: 1 },
  excused: true,
  timeout: true,
  expect: 'certified',
});

/** The timeout is of no use to those who wait for a coordinator that crashed. */
export const timeout = twoPhaseCommit({
  name: '2pc with timeout',
  bounds: { eot: 6, eff: 0, crashes: 1 },
  timeout: true,
  expect: 'violated',
});

/** Everyone asks, and nobody knows. */
export const cooperative = twoPhaseCommit({
  name: '2pc with cooperative termination',
  bounds: { eot: 8, eff: 0, crashes: 1 },
  timeout: true,
  cooperative: true,
  expect: 'violated',
});
