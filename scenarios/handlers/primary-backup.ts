/**
 * A primary with one backup and failover (Alsberg and Day, "A Principle for Resilient Sharing of Distributed
 * Resources", 1976; Budhiraja et al., "The Primary-Backup Approach", 1993), with the view service that
 * courses on distributed systems use (MIT 6.824): it says who is in charge, so that two never are.
 *
 * Modelled: replicas P and B, clients X and Y that write at the same time, the view service V. A client
 * sends its write to both replicas until one of them tells it its place in the log; the backup leaves that to the
 * primary. The view service drops a replica that it does not hear of for good, rightly or not, and the
 * other goes on alone.
 * Left out: reads, a replica that joins, and the crash of the view service: without it nobody fails over.
 *
 * The bugs: the primary acknowledges a write before the backup has it; replicas without a view service,
 * each of which goes on alone when it hears nothing of the other, whether that has crashed or not; and a
 * backup that has taken over and still takes copies from a former primary that does not know.
 */
import { defineScenario, type, type Context, type Handlers, type Specification } from 'ldfi';

const REPLICAS = ['P', 'B'] as const;
const CLIENTS = ['X', 'Y'] as const;
const SERVICE = 'V';

type Replica = (typeof REPLICAS)[number];
type Client = (typeof CLIENTS)[number];
type Node = Replica | Client | typeof SERVICE;

/** Writes by who wrote them, in order. */
type Log = readonly Client[];

type Message =
  | { readonly type: 'write' }
  | { readonly type: 'done'; readonly place: number }
  | { readonly type: 'copy'; readonly log: Log }
  | { readonly type: 'copied'; readonly length: number }
  | { readonly type: 'alive' }
  | { readonly type: 'view'; readonly members: readonly Replica[] };

interface State {
  /** Who is in charge, and backs it up, as far as the node knows. */
  readonly members: readonly Replica[];
  /** Of a replica. */
  readonly log: Log;
  /** Of a client: the place of its write in the log, counted from 1, once it has been told. */
  readonly place: number | null;
  /** Of the view service: it has dropped nobody lately. */
  readonly settled: boolean;
}

interface Options {
  readonly name: string;
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly expect: 'violated' | 'certified';
  /** Whether a write is acknowledged only when the backup has it. */
  readonly waitForBackup: boolean;
  /** Whether the view service says who is dropped; if not, each replica does, for itself. */
  readonly viewService: boolean;
  /** Whether a backup that has taken over still takes copies. */
  readonly takeCopies?: boolean;
}

/** So long without a sign of life, and a replica is dropped. */
const PATIENCE = 3;
/** A write is answered after four timesteps, if nothing is lost. */
const RETRY = 4;
/** Until a new view is known, and a client has tried again and been answered. */
const REPAIR = 8;

const handlers = (options: Options): Handlers<Node, State, Message, State> => ({
  messages: type<Message>(),
  init: () => ({ members: REPLICAS, log: [], place: null, settled: true }),

  onStart(state, context) {
    if (isClient(context.self)) submit(state, context);
    for (const replica of watched(context.self, options)) context.timers.set(replica, PATIENCE);
    report(state, context, options);
  },

  onTick(state, context) {
    report(state, context, options);
  },

  onTimer(state, timer, context) {
    if (timer === 'retry') submit(state, context);
    if (timer === 'settled') return { ...state, settled: true };
    const members = state.members.filter((replica) => replica !== timer);
    if (members.length === state.members.length || members.length === 0) return state;
    context.timers.set('settled', REPAIR);
    return { ...state, members, settled: false };
  },

  onMessage: {
    alive(state, _, { from, timers }) {
      if (state.members.length === REPLICAS.length) timers.set(from, PATIENCE);
    },

    view: (state, { members }) => ({ ...state, members }),

    write(state, _, context) {
      const { self, from, send } = context;
      if (self !== state.members[0] || !isClient(from)) return state;
      const log = state.log.includes(from) ? state.log : [...state.log, from];
      const [, backup] = state.members;
      if (backup !== undefined) send(backup, { type: 'copy', log });
      if (backup === undefined || !options.waitForBackup) acknowledge(log, context);
      return { ...state, log };
    },

    copy(state, { log }, { self, from, send }) {
      if (self === state.members[0] && !options.takeCopies) return state;
      const longer = log.length > state.log.length ? log : state.log;
      send(from, { type: 'copied', length: longer.length });
      return { ...state, log: longer };
    },

    copied(state, { length }, context) {
      acknowledge(state.log.slice(0, length), context);
    },

    done: (state, { place }) => ({ ...state, place: state.place ?? place }),
  },

  observe: (state) => state,
});

function isClient(node: Node): node is Client {
  return node === 'X' || node === 'Y';
}

/** Whom a node listens for. */
function watched(self: Node, { viewService }: Options): readonly Replica[] {
  if (viewService) return self === SERVICE ? REPLICAS : [];
  return self === 'P' || self === 'B' ? REPLICAS.filter((replica) => replica !== self) : [];
}

/** What everyone says at every timestep: replicas that they are there, and the view service who is dropped. */
function report({ members }: State, { self, send }: Context<Node, Message>, { viewService }: Options): void {
  if (self === SERVICE) {
    if (members.length === 1) for (const replica of REPLICAS) send(replica, { type: 'view', members });
  } else if (!isClient(self)) {
    send(viewService ? SERVICE : self === 'P' ? 'B' : 'P', { type: 'alive' });
  }
}

function submit({ place }: State, { send, timers }: Context<Node, Message>): void {
  if (place !== null) return;
  for (const replica of REPLICAS) send(replica, { type: 'write' });
  timers.set('retry', RETRY);
}

function acknowledge(log: Log, { send }: Context<Node, Message>): void {
  for (const [index, client] of log.entries()) send(client, { type: 'done', place: index + 1 });
}

const specification: Specification<Node, State> = {
  // The two writes have one order.
  order: {
    pre: ({ at }) => CLIENTS.some((client) => at(client).observed.place !== null),
    post({ at }) {
      const [x, y] = CLIENTS.map((client) => at(client).observed.place);
      return x === null || x !== y || `X and Y were both told that their writes have place ${x}`;
    },
  },
  // What a client was told is so in the log of whoever is in charge, and knows it.
  durable: {
    pre: ({ at }) => CLIENTS.some((client) => at(client).observed.place !== null),
    post({ at }) {
      const inCharge = at(at(SERVICE).observed.members[0]);
      if (inCharge.crashed || inCharge.observed.members[0] !== inCharge.node) return true;
      for (const client of CLIENTS) {
        const { place } = at(client).observed;
        const actual = inCharge.observed.log.indexOf(client) + 1;
        if (place !== null && place !== actual)
          return `${client} was told place ${place}, and ${inCharge.node} has its write ${actual === 0 ? 'nowhere' : `at place ${actual}`}`;
      }
      return true;
    },
  },
  // Once the view service has noticed every crash, and time has passed, everyone is answered.
  available: {
    pre({ at }) {
      const { members, settled } = at(SERVICE).observed;
      const needed: readonly Node[] = [SERVICE, ...members, ...CLIENTS];
      return settled && needed.every((node) => !at(node).crashed);
    },
    post({ at }) {
      const waiting = CLIENTS.find((client) => at(client).observed.place === null);
      return waiting === undefined || `${waiting} is never answered, though nobody in charge has crashed`;
    },
  },
};

const primaryBackup = (options: Options) =>
  defineScenario({
    name: options.name,
    nodes: [...REPLICAS, ...CLIENTS, SERVICE],
    bounds: options.bounds,
    expect: options.expect,
    handlers: handlers(options),
    specification,
  });

export const synchronous = primaryBackup({
  name: 'primary/backup with a view service',
  bounds: { eot: 16, eff: 4, crashes: 1 },
  waitForBackup: true,
  viewService: true,
  expect: 'certified',
});

/** What P copies to B is lost, and P crashes after it has told the clients. */
export const asynchronous = primaryBackup({
  name: 'primary/backup that acknowledges early',
  bounds: { eot: 16, eff: 4, crashes: 1 },
  waitForBackup: false,
  viewService: true,
  expect: 'violated',
});

/** B takes P for crashed: both are in charge, and put the two writes in different orders. */
export const splitBrain = primaryBackup({
  name: 'primary/backup without a view service',
  bounds: { eot: 16, eff: 4, crashes: 0 },
  waitForBackup: true,
  viewService: false,
  expect: 'violated',
});

/** V drops P, rightly or not, and P may not hear of it for a while. */
export const partitioned = primaryBackup({
  name: 'primary/backup in a long partition',
  bounds: { eot: 20, eff: 10, crashes: 0 },
  waitForBackup: true,
  viewService: true,
  expect: 'certified',
});

/** V drops P, P does not hear of it, and B confirms an order of P's that is not its own. */
export const formerPrimary = primaryBackup({
  name: 'primary/backup that takes copies from a former primary',
  bounds: { eot: 20, eff: 10, crashes: 0 },
  waitForBackup: true,
  viewService: true,
  takeCopies: true,
  expect: 'violated',
});
