/**
 * Viewstamped replication (Oki and Liskov, "Viewstamped Replication", 1988; Liskov and Cowling, "Viewstamped
 * Replication Revisited", 2012): the replicas take turns at being primary, and a view change hands on to the
 * next primary what the last one may have executed.
 *
 * Modelled: views, each with the primary whose turn it is; the three messages of a view change; operations that
 * the primary executes when a majority has logged them. Each primary has one operation of a client of its
 * own. A primary sends its whole log where the paper has state transfer for replicas that missed some.
 * Timeouts are drawn once for all: each replica looks at fixed timesteps, none at the same time as another,
 * whether it has heard of a primary since it last looked.
 * Left out: clients' tables of requests, recovery, and reconfiguration.
 *
 * The bugs: a new primary goes on from its own log rather than from the log of the latest view that a majority
 * tells it of; and a new primary that does not wait for a majority to tell it.
 */
import { defineScenario, type, type Context, type Handlers, type Specification } from 'ldfi';

type Log = readonly string[];

type Message =
  /** I follow nobody before this view any more. */
  | { readonly type: 'startViewChange'; readonly view: number }
  /** To the primary of a view, from who follows nobody before it. */
  | { readonly type: 'doViewChange'; readonly view: number; readonly offer: Offer }
  | { readonly type: 'startView'; readonly view: number; readonly log: Log; readonly executed: number }
  | { readonly type: 'prepare'; readonly view: number; readonly log: Log; readonly executed: number }
  | { readonly type: 'prepareOk'; readonly view: number; readonly length: number };

/** A log, and the last view in which it was in use. */
interface Offer {
  readonly lastNormal: number;
  readonly log: Log;
  readonly executed: number;
}

type Status =
  | { readonly kind: 'normal' }
  /** In between views: with who has given up the former one, and, of the next primary, what it was offered. */
  | {
      readonly kind: 'changing';
      readonly agreed: readonly string[];
      readonly offered: readonly string[];
      readonly best: Offer | null;
    };

interface State {
  readonly view: number;
  readonly status: Status;
  /** The last view in which the status was normal. */
  readonly lastNormal: number;
  readonly log: Log;
  /** What was executed cannot be taken back. */
  readonly executed: Log;
  /** Of a primary: who else has its log. */
  readonly copies: readonly string[];
  /** Whether there was a sign of a primary, or of one to come, since the replica last looked. */
  readonly heard: boolean;
}

/** What the outside sees of a replica. */
type View = Pick<State, 'executed'>;

interface Options {
  readonly name: string;
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly expect: 'violated' | 'certified';
  /** Whether a new primary ignores the logs that it is offered. */
  readonly keepOwnLog?: boolean;
  /** Whether a new primary waits for no one. */
  readonly startAlone?: boolean;
}

const NODES = ['a', 'b', 'c'];
/** The most replicas that may crash, and one less than a majority. */
const F = 1;
/** Timesteps until an answer arrives: replicas act at 1, 3, 5, ..., and others answer between. */
const ROUND_TRIP = 2;

type ReplicaContext = Context<string, Message>;

const handlers = (options: Options): Handlers<string, State, Message, View> => ({
  messages: type<Message>(),
  init: () => ({
    view: 0,
    status: { kind: 'normal' },
    lastNormal: 0,
    log: [],
    executed: [],
    copies: [],
    heard: false,
  }),

  onStart(state, context) {
    return context.self === primaryOf(state.view) ? propose(state, 'prepare', context) : state;
  },

  // A primary shows that it is there; any other replica looks whether one is.
  onTick(state, context) {
    const { self, time } = context;
    if (state.status.kind === 'normal' && self === primaryOf(state.view)) {
      if (time % ROUND_TRIP === 1) tell(state, 'prepare', context);
      return state;
    }
    const turn = 1 + ROUND_TRIP * NODES.indexOf(self);
    if (time < turn || (time - turn) % (ROUND_TRIP * NODES.length) !== 0) return state;
    if (state.heard) return { ...state, heard: false };
    return offer(giveUp(state, state.view + 1, context), context, options);
  },

  onMessage: {
    startViewChange(state, { view }, context) {
      if (view < state.view || (view === state.view && state.status.kind === 'normal')) return state;
      const joined = view > state.view ? giveUp({ ...state, heard: true }, view, context) : state;
      if (joined.status.kind === 'normal') return joined;
      const agreed = including(joined.status.agreed, context.from);
      return offer({ ...joined, status: { ...joined.status, agreed } }, context, options);
    },

    doViewChange(state, message, context) {
      if (message.view < state.view) return state;
      const joined = message.view > state.view ? giveUp(state, message.view, context) : state;
      return consider(joined, message.offer, context.from, context, options);
    },

    startView: (state, message, context) => follow(state, message, context),
    prepare: (state, message, context) => follow(state, message, context),

    prepareOk(state, { view, length }, context) {
      if (view !== state.view || length < state.log.length || state.executed.length === length) return state;
      const copies = including(state.copies, context.from);
      return copies.length < F ? { ...state, copies } : execute({ ...state, copies: [] }, length);
    },
  },

  observe: ({ executed }) => ({ executed }),
});

function primaryOf(view: number): string {
  return NODES[view % NODES.length];
}

function including(some: readonly string[], one: string): readonly string[] {
  return NODES.filter((node) => node === one || some.includes(node));
}

/** A primary logs the operation of its client, and sends its log. */
function propose(state: State, type: 'startView' | 'prepare', context: ReplicaContext): State {
  const next: State = {
    ...state,
    log: [...state.log, `of ${context.self} in view ${state.view}`],
    copies: [],
  };
  tell(next, type, context);
  return next;
}

function tell(
  { view, log, executed }: State,
  type: 'startView' | 'prepare',
  { broadcast }: ReplicaContext,
): void {
  broadcast({ type, view, log, executed: executed.length });
}

/** Takes over the log of the primary of a view that is not over. */
function follow(
  state: State,
  { view, log, executed }: Extract<Message, { type: 'startView' | 'prepare' }>,
  { from, send }: ReplicaContext & { readonly from: string },
): State {
  if (view < state.view) return state;
  send(from, { type: 'prepareOk', view, length: log.length });
  const status: Status = { kind: 'normal' };
  return execute({ ...state, view, status, lastNormal: view, log, copies: [], heard: true }, executed);
}

/** Executes the operations up to so many that it has not executed yet. */
function execute(state: State, length: number): State {
  return { ...state, executed: [...state.executed, ...state.log.slice(state.executed.length, length)] };
}

/** Follows nobody before a view any more, and says so. */
function giveUp(state: State, view: number, { broadcast }: ReplicaContext): State {
  broadcast({ type: 'startViewChange', view });
  return { ...state, view, copies: [], status: { kind: 'changing', agreed: [], offered: [], best: null } };
}

/** When enough others have given up the former view, offers the next primary its log. */
function offer(state: State, context: ReplicaContext, options: Options): State {
  const { view, status, lastNormal, log, executed } = state;
  const { self, send } = context;
  const needed = options.startAlone && self === primaryOf(view) ? 0 : F;
  if (status.kind === 'normal' || status.agreed.length < needed) return state;
  const mine: Offer = { lastNormal, log, executed: executed.length };
  if (self === primaryOf(view)) return consider(state, mine, self, context, options);
  send(primaryOf(view), { type: 'doViewChange', view, offer: mine });
  return state;
}

/** With the logs of a majority, the next primary goes on from the one of the latest view, of these the longest. */
function consider(state: State, one: Offer, from: string, context: ReplicaContext, options: Options): State {
  const { status, view } = state;
  if (status.kind === 'normal') return state;
  const offered = including(status.offered, from);
  const best = better(status.best, one);
  if (offered.length <= F && !options.startAlone) return { ...state, status: { ...status, offered, best } };
  const log = options.keepOwnLog ? state.log : best.log;
  const next: State = { ...state, status: { kind: 'normal' }, lastNormal: view, log };
  return propose(execute(next, best.executed), 'startView', context);
}

function better(one: Offer | null, other: Offer): Offer {
  if (one === null || other.lastNormal > one.lastNormal) return other;
  return other.lastNormal === one.lastNormal && other.log.length > one.log.length ? other : one;
}

const specification: Specification<string, View> = {
  // All replicas execute the same operations in the same order, crashed ones as far as they came.
  order: {
    pre: ({ nodes }) => nodes.some(({ observed }) => observed.executed.length > 0),
    post({ nodes }) {
      for (const { node, observed } of nodes) {
        for (const other of nodes) {
          const theirs = other.observed.executed;
          const index = observed.executed.findIndex((one, i) => i < theirs.length && theirs[i] !== one);
          if (index === -1) continue;
          const [mine, their] = [observed.executed[index], theirs[index]];
          return `as operation ${index + 1}, ${node} executed that ${mine}, and ${other.node} that ${their}`;
        }
      }
      return true;
    },
  },
};

const viewstamped = (options: Options) =>
  defineScenario({
    name: options.name,
    nodes: NODES,
    bounds: options.bounds,
    expect: options.expect,
    handlers: handlers(options),
    specification,
  });

export const viewChange = viewstamped({
  name: 'viewstamped replication',
  bounds: { eot: 12, eff: 6, crashes: 1 },
  expect: 'certified',
});

/** b hears nothing of a, which executes its operation with c; b then takes c along, and ignores what c has. */
export const ownLog = viewstamped({
  name: 'viewstamped replication with the log of the new primary',
  bounds: { eot: 12, eff: 6, crashes: 1 },
  keepOwnLog: true,
  expect: 'violated',
});

/** b hears nothing of a, and goes on before it has heard of anyone. */
export const startsAlone = viewstamped({
  name: 'viewstamped replication without a majority',
  bounds: { eot: 12, eff: 6, crashes: 1 },
  startAlone: true,
  expect: 'violated',
});
