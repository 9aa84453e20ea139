/**
 * Chain replication (van Renesse and Schneider, "Chain Replication for Supporting High Throughput and
 * Availability", 2004): writes enter at the head, are passed down the chain, and are done at the tail. A master
 * takes replicas that have crashed out of the chain.
 *
 * Modelled: replicas a, b, c in this order, a client C with one write, a master M that misses heartbeats.
 * As in the paper, links lose nothing and the master crashes never, so that it is never wrong about a crash;
 * the specification says nothing where it does crash.
 * Left out: queries, which the tail answers; adding a replica; what a replica may forget once a write is done.
 *
 * The bugs: a replica does not pass its writes on again when its successor has failed, and a write that was
 * with a failed middle node stays there; the head, not the tail, tells the client that its write is done.
 */
import { defineScenario, type, type Context, type Handlers, type Specification } from 'ldfi';

const CHAIN = ['a', 'b', 'c'] as const;

type Replica = (typeof CHAIN)[number];
type Node = Replica | 'C' | 'M';

type Message =
  | { readonly type: 'write' }
  | { readonly type: 'done' }
  | { readonly type: 'heartbeat' }
  | { readonly type: 'removed'; readonly replica: Replica };

interface State {
  /** Who is left in the chain, as far as the node knows. */
  readonly chain: readonly Replica[];
  /** Of a replica, whether it has the write; of the client, whether it is done. */
  readonly stored: boolean;
  /** Of the master: no replica was removed lately. */
  readonly settled: boolean;
}

interface Options {
  readonly name: string;
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly expect: 'violated' | 'certified';
  /** Whether a replica passes its write to a new successor. */
  readonly passAgain: boolean;
  /** Who tells the client that a write is done. */
  readonly answers: 'head' | 'tail';
}

/** Timesteps without a heartbeat until the master takes a replica for crashed. */
const PATIENCE = 3;
/** Timesteps until a removal is known, what was stuck is passed on, and the client is told. */
const REPAIR = 5;

const handlers = ({ passAgain, answers }: Options): Handlers<Node, State, Message, State> => ({
  messages: type<Message>(),
  init: () => ({ chain: CHAIN, stored: false, settled: true }),

  onStart(state, context) {
    if (context.self === 'C') context.send('a', { type: 'write' });
    if (context.self === 'M') for (const replica of CHAIN) context.timers.set(replica, PATIENCE);
    beat(state, context);
  },
  onTick: beat,

  onTimer(state, timer, { broadcast, timers }) {
    const replica = state.chain.find((one) => one === timer);
    if (replica === undefined) return { ...state, settled: true };
    broadcast({ type: 'removed', replica });
    timers.set('settled', REPAIR);
    return { ...without(state, replica), settled: false };
  },

  onMessage: {
    heartbeat(_, __, { from, timers }) {
      timers.set(from, PATIENCE);
    },

    write(state, _, context) {
      const next: State = { ...state, stored: true };
      passOn(next, context);
      answer(next, context, answers);
      return next;
    },

    done: (state) => ({ ...state, stored: true }),

    removed(state, { replica }, context) {
      const { self } = context;
      const next = without(state, replica);
      if (self === 'C') {
        if (replica === successor(state, self) && !state.stored) passOn(next, context);
      } else if (state.stored) {
        if (replica === successor(state, self) && passAgain) passOn(next, context);
        answer(next, context, answers);
      }
      return next;
    },
  },

  observe: (state) => state,
});

function beat(_: State, { self, send }: Context<Node, Message>): void {
  if (self !== 'C' && self !== 'M') send('M', { type: 'heartbeat' });
}

/** The next in the chain; of the client, the head. */
function successor({ chain }: State, self: Node): Replica | undefined {
  return chain[chain.findIndex((replica) => replica === self) + 1];
}

function without(state: State, removed: Replica): State {
  return { ...state, chain: state.chain.filter((replica) => replica !== removed) };
}

function passOn(state: State, { self, send }: Context<Node, Message>): void {
  const next = successor(state, self);
  if (next !== undefined) send(next, { type: 'write' });
}

/** Tells the client that its write is done, where that is up to this replica. */
function answer({ chain }: State, { self, send }: Context<Node, Message>, answers: Options['answers']): void {
  if (self === (answers === 'tail' ? chain.at(-1) : chain[0])) send('C', { type: 'done' });
}

const specification: Specification<Node, State> = {
  // A write that is done is on every replica that is up and in the chain.
  durable: {
    pre: ({ at }) => at('C').observed.stored && !at('M').crashed,
    post({ at }) {
      const lacking = at('M')
        .observed.chain.map(at)
        .filter(({ crashed, observed }) => !crashed && !observed.stored);
      return lacking.length === 0 || `the write is done, and ${lacking[0].node} does not have it`;
    },
  },
  // A write is done once the master has noticed every crash and the chain has had time to close.
  served: {
    pre({ at, correct }) {
      const { chain, settled } = at('M').observed;
      const up = CHAIN.filter((replica) => correct.some(({ node }) => node === replica));
      if (at('C').crashed || at('M').crashed || up.length === 0) return false;
      return settled && chain.length === up.length;
    },
    post: ({ at }) => at('C').observed.stored || 'the chain is whole, and C still waits for its write',
  },
};

const chainReplication = (options: Options) =>
  defineScenario({
    name: options.name,
    nodes: [...CHAIN, 'C', 'M'],
    bounds: options.bounds,
    expect: options.expect,
    handlers: handlers(options),
    specification,
  });

/** Any two replicas may crash, at any times. */
export const chain = chainReplication({
  name: 'chain replication',
  bounds: { eot: 14, eff: 0, crashes: 2 },
  passAgain: true,
  answers: 'tail',
  expect: 'certified',
});

/** b crashes before it has passed the write on, and a does not pass it to c. */
export const forgetful = chainReplication({
  name: 'chain replication that forgets what was passed on',
  bounds: { eot: 14, eff: 0, crashes: 1 },
  passAgain: false,
  answers: 'tail',
  expect: 'violated',
});

/** a tells C that the write is done; b crashes before it has the write, and a before it has passed it to c. */
export const headAnswers = chainReplication({
  name: 'chain replication in which the head answers',
  bounds: { eot: 14, eff: 0, crashes: 2 },
  passAgain: true,
  answers: 'head',
  expect: 'violated',
});
