/**
 * Raft (Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", 2014): a majority elects
 * a leader, the leader copies its log to the others, and what a majority has logged is committed for good.
 *
 * Modelled: elections with terms, votes and the comparison of logs; replication with the consistency check, an
 * entry a message as in the authors' TLA+ specification, and back along the log where a follower refuses;
 * the commit index. Beside each node sits a client, which hands it one command whenever it begins to lead,
 * and takes the command for done when that node has committed it.
 * Election timeouts are drawn once for all: each node looks at fixed timesteps, none at the same time as
 * another, whether it has heard of a leader since it last looked. Which runs there are is up to the faults.
 * Left out: answers to what is out of date, snapshots, changes of membership, and recovery after a crash.
 *
 * The bugs: a node that hears of no leader any more campaigns in the term that it is in, where it may have
 * voted for another; a leader commits its command before a majority has logged it; a leader commits an entry of
 * an earlier term when a majority has logged it, though that majority may still elect a leader without it
 * (section 5.4.2 of the paper).
 */
import {
  count,
  defineScenario,
  type,
  type Context,
  type HandlerOutcome,
  type Handlers,
  type Judgement,
  type Specification,
} from 'ldfi';

interface Entry {
  readonly term: number;
  readonly command: string;
}
type Log = readonly Entry[];

type Message =
  | {
      readonly type: 'request';
      readonly term: number;
      readonly lastIndex: number;
      readonly lastTerm: number;
    }
  | { readonly type: 'vote'; readonly term: number }
  /** At most one entry, to follow the one at `previous`; with none, a sign of life. */
  | {
      readonly type: 'append';
      readonly term: number;
      readonly previous: number;
      readonly previousTerm: number;
      readonly entry: Entry | null;
      readonly commit: number;
    }
  /** The log is as the leader's up to `index`; or, refused, has another entry there or none. */
  | {
      readonly type: 'appended';
      readonly term: number;
      readonly index: number;
      readonly refused: boolean;
    };

type Role =
  | { readonly kind: 'follower' }
  | { readonly kind: 'candidate'; readonly votes: readonly string[] }
  /** Up to where each has the leader's log, by node; 0 where nothing is known, or left to commit. */
  | { readonly kind: 'leader'; readonly matches: Readonly<Record<string, number>> };

interface State {
  readonly role: Role;
  readonly term: number;
  readonly votedFor: string | null;
  /** Entry 1 is the first. */
  readonly log: Log;
  /** How many entries are committed, and in which term the node learned that of the last. */
  readonly commit: number;
  readonly commitTerm: number;
  /** Whether there was a sign of a leader, or of one to come, since the node last looked. */
  readonly heard: boolean;
}

interface View {
  readonly committed: Log;
  readonly commitTerm: number;
  /** Of a leader. */
  readonly leads: { readonly term: number; readonly log: Log } | null;
}

interface Options {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly expect: 'violated' | 'certified';
  /** What nodes have logged before time 1; default nothing. */
  readonly logs?: Readonly<Record<string, Log>>;
  /** Whether a node that campaigns stays in its term. */
  readonly voteTwice?: boolean;
  /** Whether a leader commits what it has logged alone. */
  readonly commitAtOnce?: boolean;
  /** Whether a leader counts the copies of entries of earlier terms. */
  readonly commitEarlierTerms?: boolean;
}

/** Timesteps until an answer arrives: leaders and candidates act at 1, 3, 5, ..., and others answer between. */
const ROUND_TRIP = 2;

const handlers = (options: Options): Handlers<string, State, Message, View> => ({
  messages: type<Message>(),
  init(node) {
    const log = options.logs?.[node] ?? [];
    const term = Math.max(0, ...Object.values(options.logs ?? {}).map(lastTermOf));
    return { role: { kind: 'follower' }, term, votedFor: null, log, commit: 0, commitTerm: 0, heard: false };
  },

  onStart: lookAround(options),
  onTick: lookAround(options),

  onMessage: {
    request(before, { term, lastIndex, lastTerm }, { from, send }) {
      const state = inTerm(before, term);
      if (term < state.term || (state.votedFor ?? from) !== from) return state;
      const last = lastTermOf(state.log);
      if (lastTerm < last || (lastTerm === last && lastIndex < state.log.length)) return state;
      send(from, { type: 'vote', term });
      return { ...state, votedFor: from, heard: true };
    },

    vote(before, { term }, context) {
      const state = inTerm(before, term);
      const { role } = state;
      if (term < state.term || role.kind !== 'candidate') return state;
      const votes = [...new Set([...role.votes, context.from])].sort();
      if (!isMajority(votes.length, context)) return { ...state, role: { ...role, votes } };
      return lead(state, context, options);
    },

    append(before, { term, previous, previousTerm, entry, commit }, { from, send }) {
      const state = inTerm(before, term);
      if (term < state.term) return state;
      const following: State = { ...state, role: { kind: 'follower' }, heard: true };
      const matches = previous === 0 || state.log[previous - 1]?.term === previousTerm;
      const index = previous + (matches && entry !== null ? 1 : 0);
      send(from, { type: 'appended', term, index, refused: !matches });
      if (!matches) return following;
      const log = entry === null ? state.log : logged(state.log, previous, entry);
      return commitUpTo(Math.min(commit, index), { ...following, log });
    },

    appended(before, { term, index, refused }, context) {
      const state = inTerm(before, term);
      const { role } = state;
      if (term < state.term || role.kind !== 'leader') return state;
      if (refused) {
        append(state, context.from, index - 1, context);
        return state;
      }
      if (index < state.log.length) append(state, context.from, index, context);
      if (index <= state.commit) return state;
      const matches = { ...role.matches, [context.from]: Math.max(index, role.matches[context.from]) };
      return committed({ ...state, role: { ...role, matches } }, context, options);
    },
  },

  observe: ({ role, term, log, commit, commitTerm }) => ({
    committed: log.slice(0, commit),
    commitTerm,
    leads: role.kind === 'leader' ? { term, log } : null,
  }),
});

/** What a node does when it is its turn: a leader shows that it is there, any other looks whether someone leads. */
const lookAround =
  ({ voteTwice }: Options) =>
  (state: State, context: Context<string, Message>): State => {
    const { self, nodes, time, broadcast } = context;
    if (state.role.kind === 'leader') {
      if (time % ROUND_TRIP === 1)
        for (const to of nodes) if (to !== self) append(state, to, inherited(state), context);
      return state;
    }
    const turn = 1 + ROUND_TRIP * nodes.indexOf(self);
    if (time < turn || (time - turn) % (ROUND_TRIP * nodes.length) !== 0) return state;
    if (state.heard) return { ...state, heard: false };
    // In a term that is not new, it may have voted for another.
    const term = voteTwice && state.term > 0 ? state.term : state.term + 1;
    broadcast({ type: 'request', term, lastIndex: state.log.length, lastTerm: lastTermOf(state.log) });
    return {
      ...state,
      term,
      votedFor: self,
      role: { kind: 'candidate', votes: [self] },
    };
  };

/** A node that hears of a later term follows. */
function inTerm(state: State, term: number): State {
  return term <= state.term ? state : { ...state, term, votedFor: null, role: { kind: 'follower' } };
}

/** A new leader logs the command of its client, and sends it to everyone. */
function lead(elected: State, context: Context<string, Message>, { commitAtOnce }: Options): State {
  const { self, nodes } = context;
  const { term } = elected;
  const log = [...elected.log, { term, command: `of ${self} in term ${term}` }];
  const matches = Object.fromEntries(nodes.map((node) => [node, 0]));
  const state: State = { ...elected, role: { kind: 'leader', matches }, log };
  for (const to of nodes) if (to !== self) append(state, to, inherited(state), context);
  return commitAtOnce ? commitUpTo(log.length, state) : state;
}

function append(state: State, to: string, previous: number, { send }: Context<string, Message>): void {
  const { term, log, commit } = state;
  const previousTerm = log[previous - 1]?.term ?? 0;
  send(to, { type: 'append', term, previous, previousTerm, entry: log[previous] ?? null, commit });
}

/** How many entries a leader had when it began to lead: where it supposes the others' logs to end. */
function inherited({ log, term }: State): number {
  return count(log, (entry) => entry.term < term);
}

/** The log with an entry after so many others; what follows it stays, unless it contradicts it. */
function logged(log: Log, previous: number, entry: Entry): Log {
  return log[previous]?.term === entry.term ? log : [...log.slice(0, previous), entry];
}

/** Commits what a majority has, if it is of the leader's term, and with it all before it. */
function committed(state: State, context: Context<string, Message>, { commitEarlierTerms }: Options): State {
  if (state.role.kind !== 'leader') return state;
  const { matches } = state.role;
  for (let index = state.log.length; index > state.commit; index--) {
    const copies = 1 + count(matches, (match) => match >= index);
    if (!isMajority(copies, context)) continue;
    if (state.log[index - 1].term < state.term && !commitEarlierTerms) continue;
    const uncommitted = Object.fromEntries(
      Object.entries(matches).map(([node, match]) => [node, match > index ? match : 0]),
    );
    return commitUpTo(index, { ...state, role: { kind: 'leader', matches: uncommitted } });
  }
  return state;
}

function commitUpTo(index: number, state: State): State {
  return index <= state.commit ? state : { ...state, commit: index, commitTerm: state.term };
}

function isMajority(count: number, { nodes }: Context<string, Message>): boolean {
  return count > nodes.length / 2;
}

function lastTermOf(log: Log): number {
  return log.at(-1)?.term ?? 0;
}

const specification: Specification<string, View> = {
  'election safety': { always: everyPair(twoLeaders) },
  'leader completeness': { always: everyPair(missingEntry) },
  'state machine safety': { always: everyPair(contradiction) },
};

type NodeView = HandlerOutcome<string, View>['nodes'][number];

/** Looks for something wrong between any node and any other, crashed ones as they were. */
function everyPair(
  wrong: (one: NodeView, other: NodeView) => string | undefined,
): (outcome: HandlerOutcome<string, View>) => Judgement {
  return ({ nodes }) => {
    for (const one of nodes) {
      for (const other of nodes) {
        const reason = one === other ? undefined : wrong(one, other);
        if (reason !== undefined) return reason;
      }
    }
    return true;
  };
}

function twoLeaders(one: NodeView, other: NodeView): string | undefined {
  const { term } = one.observed.leads ?? {};
  if (term === undefined || term !== other.observed.leads?.term) return undefined;
  return `${one.node} and ${other.node} both lead in term ${term}`;
}

/** A leader has whatever was committed in the terms before its own. */
function missingEntry(leader: NodeView, other: NodeView): string | undefined {
  const { leads } = leader.observed;
  const { committed, commitTerm } = other.observed;
  if (leads === null || leads.term <= commitTerm) return undefined;
  const missing = committed.find(({ command }, index) => leads.log[index]?.command !== command);
  if (missing === undefined) return undefined;
  return `${other.node} has committed the command ${missing.command}, and ${leader.node} leads in term ${leads.term} without it`;
}

function contradiction(one: NodeView, other: NodeView): string | undefined {
  const index = one.observed.committed.findIndex(({ command }, index) => {
    const theirs = other.observed.committed[index];
    return theirs !== undefined && theirs.command !== command;
  });
  if (index === -1) return undefined;
  const [mine, theirs] = [one, other].map(({ observed }) => observed.committed[index].command);
  return `as entry ${index + 1}, ${one.node} has committed the command ${mine}, and ${other.node} that ${theirs}`;
}

const raft = (options: Options) =>
  defineScenario({
    name: options.name,
    nodes: options.nodes,
    bounds: options.bounds,
    expect: options.expect,
    handlers: handlers(options),
    specification,
  });

const three = ['a', 'b', 'c'];
const five = ['a', 'b', 'c', 'd', 'e'];

export const threeNodes = raft({
  name: 'raft on three nodes',
  nodes: three,
  bounds: { eot: 12, eff: 6, crashes: 1 },
  expect: 'certified',
});

export const fiveNodes = raft({
  name: 'raft on five nodes',
  nodes: five,
  bounds: { eot: 10, eff: 5, crashes: 2 },
  expect: 'certified',
});

/** b has voted for a, hears no more of it, and leads in a's term with the vote of one that has not voted yet. */
export const votesTwice = raft({
  name: 'raft that votes twice after a timeout',
  nodes: three,
  bounds: { eot: 17, eff: 6, crashes: 1 },
  voteTwice: true,
  expect: 'violated',
});

/** a crashes before anyone has its entry, and its client has been told that the command is done. */
export const commitsAtOnce = raft({
  name: 'raft that acknowledges before a majority has the entry',
  nodes: three,
  bounds: { eot: 12, eff: 6, crashes: 1 },
  commitAtOnce: true,
  expect: 'violated',
});

/** The logs of the paper's figure 8 (b): a led in term 1 and b in term 2, and neither reached anyone. */
const figure8: Readonly<Record<string, Log>> = {
  a: [{ term: 1, command: 'of a in term 1' }],
  b: [{ term: 2, command: 'of b in term 2' }],
};

/** a copies the entry of term 1 to c and crashes; b, whose entry is of term 2, is elected and replaces it. */
export const commitsEarlierTerms = raft({
  name: 'raft that commits entries of earlier terms',
  nodes: three,
  bounds: { eot: 12, eff: 9, crashes: 1 },
  logs: figure8,
  commitEarlierTerms: true,
  expect: 'violated',
});

/** What a copies to c is committed with an entry of its own term, with which c no longer votes for b. */
export const commitsOwnTerm = raft({
  name: 'raft that commits entries of its own term',
  nodes: three,
  bounds: { eot: 12, eff: 9, crashes: 1 },
  logs: figure8,
  expect: 'certified',
});
