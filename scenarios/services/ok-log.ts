/**
 * OK Log (Peter Bourgon 2017, "OK Log: distributed and coordination-free log management"). A forwarder tails a
 * log and sends it to any ingester. Ingesters hold what they got in segments. Stores ask ingesters for segments,
 * replicate them among themselves, and only then tell the ingester to drop its own. Nobody elects anybody and
 * no ingester knows another: a segment that is handed over and not committed in time is handed over again, and
 * a record that is stored twice is known by its identifier.
 *
 * Modelled: one record, so that a segment is either there or not; a forwarder that sends it to the ingesters in
 * turn until one acknowledges it; two ingesters, asked in turn by two stores, each of which replicates to the
 * other; the time limits on both sides of a handover. A crash stands for the loss of a machine with its disk.
 * Left out: merging and ageing of segments, the message by which a store gives a segment back (the ingester's
 * time limit stands for it), queries, and machines that join later. With two stores the crash of one halts
 * replication for good; what was acknowledged must be safe all the same.
 *
 * The design acknowledges a record once an ingester has it, and so loses it with an ingester that is lost for
 * good before a store has asked for the segment. To acknowledge only what is replicated repairs that; the price
 * is that the forwarder waits longer, and sends more.
 */
import {
  defineScenario,
  type,
  type Bounds,
  type Context,
  type MessageContext,
  type Specification,
} from 'ldfi';

/** Timesteps until the forwarder turns to the other ingester. */
const ACKNOWLEDGEMENT_LIMIT = 4;
/** Timesteps until an ingester takes a handover for failed: more than a good one takes. */
const COMMIT_LIMIT = 6;
/** Timesteps until a store takes replication for failed: more than the two until a reply. */
const REPLICATION_LIMIT = 3;

type Node = 'forwarder' | Ingester | 'store1' | 'store2';
type Ingester = 'ingester1' | 'ingester2';

type Message =
  // The forwarder's record, and the ingester's acknowledgement.
  | { readonly type: 'record' }
  | { readonly type: 'accepted' }
  // A store asks an ingester for a segment, gets it, and says that it is safe.
  | { readonly type: 'next' }
  | { readonly type: 'segment' }
  | { readonly type: 'commit' }
  // From store to store.
  | { readonly type: 'replicate' }
  | { readonly type: 'replicated' };

interface ForwarderState {
  readonly role: 'forwarder';
  /** Whom it sends to next. */
  readonly next: Ingester;
  readonly acknowledged: boolean;
}

interface IngesterState {
  readonly role: 'ingester';
  readonly segment: 'none' | 'waiting' | 'handed over';
}

interface StoreState {
  readonly role: 'store';
  /** Whom it asks next. */
  readonly next: Ingester;
  /** The ingester whose segment is being replicated. */
  readonly source: Node | null;
  readonly stored: boolean;
}

type State = ForwarderState | IngesterState | StoreState;
type Here = Context<Node, Message>;
type Reply = MessageContext<Node, Message>;

interface Design {
  /** When an ingester acknowledges a record. */
  readonly acknowledges: 'on receipt' | 'once replicated';
  /** When an ingester drops a segment. */
  readonly drops: 'once handed over' | 'once replicated';
  /** How many stores have a segment that is committed. */
  readonly copies: 1 | 2;
}

function initial(node: Node): State {
  switch (node) {
    case 'forwarder':
      return { role: 'forwarder', next: 'ingester1', acknowledged: false };
    case 'ingester1':
    case 'ingester2':
      return { role: 'ingester', segment: 'none' };
    case 'store1':
      return { role: 'store', next: 'ingester1', source: null, stored: false };
    case 'store2':
      return { role: 'store', next: 'ingester2', source: null, stored: false };
  }
}

const isIngester = (node: Node) => node === 'ingester1' || node === 'ingester2';
const otherThan = (ingester: Ingester) => (ingester === 'ingester1' ? 'ingester2' : 'ingester1');

function forward(state: ForwarderState, { send, timers }: Here): State {
  if (state.acknowledged) return state;
  send(state.next, { type: 'record' });
  timers.set('acknowledgement', ACKNOWLEDGEMENT_LIMIT);
  return { ...state, next: otherThan(state.next) };
}

/** An ingester gets a record. */
function ingest(design: Design, state: IngesterState, { send }: Here): State {
  if (design.acknowledges === 'on receipt') send('forwarder', { type: 'accepted' });
  return state.segment === 'none' ? { ...state, segment: 'waiting' } : state;
}

/** A store asks an ingester. */
function handOver(design: Design, state: IngesterState, { from, send, timers }: Reply): State {
  if (state.segment !== 'waiting') return state;
  send(from, { type: 'segment' });
  if (design.drops === 'once handed over') return { ...state, segment: 'none' };
  timers.set('commit', COMMIT_LIMIT);
  return { ...state, segment: 'handed over' };
}

function drop(design: Design, state: IngesterState, { send, timers }: Here): State {
  timers.cancel('commit');
  if (design.acknowledges === 'once replicated') send('forwarder', { type: 'accepted' });
  return { ...state, segment: 'none' };
}

function ask(state: StoreState, { send }: Here): State {
  if (state.source !== null) return state;
  send(state.next, { type: 'next' });
  return { ...state, next: otherThan(state.next) };
}

/** A store gets a segment. */
function keep(design: Design, state: StoreState, { self, from, send, timers }: Reply): State {
  if (design.copies === 1) {
    send(from, { type: 'commit' });
    return { ...state, stored: true };
  }
  send(self === 'store1' ? 'store2' : 'store1', { type: 'replicate' });
  timers.set('replication', REPLICATION_LIMIT);
  return { ...state, stored: true, source: from };
}

/** A store hears that the other one has the segment too. */
function commit(state: StoreState, { send, timers }: Here): State {
  if (state.source === null) return state;
  timers.cancel('replication');
  send(state.source, { type: 'commit' });
  return { ...state, source: null };
}

/** What nobody answered in time is tried again. */
function giveUp(state: State, here: Here): State {
  switch (state.role) {
    case 'forwarder':
      return forward(state, here);
    case 'ingester':
      return { ...state, segment: 'waiting' };
    case 'store':
      return { ...state, source: null };
  }
}

interface Observation {
  /** Of the forwarder. */
  readonly acknowledged: boolean;
  /** Of a store. */
  readonly stored: boolean;
}

const specification: Specification<Node, Observation> = {
  durability: {
    pre: ({ at }) => at('forwarder').observed.acknowledged,
    post: ({ correct }) =>
      correct.some(({ observed }) => observed.stored) ||
      'the forwarder has an acknowledgement, and no store that runs has the record',
  },
  progress: {
    pre: ({ nodes }) => nodes.every(({ node, crashed }) => !crashed || isIngester(node)),
    post: ({ at }) =>
      at('forwarder').observed.acknowledged ||
      'the forwarder and the stores run, and the record was never acknowledged',
  },
};

function okLog(name: string, design: Design, bounds: Bounds, expect: 'certified' | 'violated') {
  return defineScenario({
    name: `ok-log ${name}`,
    nodes: ['forwarder', 'ingester1', 'ingester2', 'store1', 'store2'],
    bounds,
    expect,
    handlers: {
      messages: type<Message>(),
      init: initial,
      onStart: (state, here) => (state.role === 'forwarder' ? forward(state, here) : state),
      onTick: (state, here) => (state.role === 'store' ? ask(state, here) : state),
      onTimer: (state, _, here) => giveUp(state, here),
      onMessage: {
        record: (state, _, here) => (state.role === 'ingester' ? ingest(design, state, here) : state),
        accepted(state, _, { timers }) {
          timers.cancel('acknowledgement');
          return state.role === 'forwarder' ? { ...state, acknowledged: true } : state;
        },
        next: (state, _, here) => (state.role === 'ingester' ? handOver(design, state, here) : state),
        segment: (state, _, here) => (state.role === 'store' ? keep(design, state, here) : state),
        replicate(state, _, { from, send }) {
          send(from, { type: 'replicated' });
          return state.role === 'store' ? { ...state, stored: true } : state;
        },
        replicated: (state, _, here) => (state.role === 'store' ? commit(state, here) : state),
        commit: (state, _, here) => (state.role === 'ingester' ? drop(design, state, here) : state),
      },
      observe: (state): Observation => ({
        acknowledged: state.role === 'forwarder' && state.acknowledged,
        stored: state.role === 'store' && state.stored,
      }),
    },
    specification,
  });
}

const published: Design = { acknowledges: 'on receipt', drops: 'once replicated', copies: 2 };
const replicated: Design = { ...published, acknowledges: 'once replicated' };

/** Bounds that leave the time after the last omission to send, hand over and replicate once more. */
const omissions: Bounds = { eot: 24, eff: 6, crashes: 0 };
const omissionsAndCrash: Bounds = { eot: 18, eff: 5, crashes: 1 };

/** As designed, while no machine is lost: all that fails on the way is tried again. */
export const okLogWithoutCrashes = okLog('without crashes', published, omissions, 'certified');

/** An ingester that drops what it hands over: all rests on one message. */
export const okLogDropsEarly = okLog(
  'drops what it hands over',
  { ...published, drops: 'once handed over' },
  omissions,
  'violated',
);

/** As designed, and an ingester is lost before a store has asked it. */
export const okLogWithCrash = okLog('with a crash', published, omissionsAndCrash, 'violated');

/** Repaired: nothing is acknowledged before two stores have it. */
export const okLogAcknowledgesReplicated = okLog(
  'acknowledges what is replicated',
  replicated,
  omissionsAndCrash,
  'certified',
);

/** An acknowledgement is worth no more than the copies that it stands for. */
export const okLogOneCopy = okLog(
  'with one copy',
  { ...replicated, copies: 1 },
  omissionsAndCrash,
  'violated',
);
