/**
 * Fluentd's forwarding (its documentation of `out_forward`, `in_forward` and of buffers). An agent sends chunks
 * of events to an aggregator, which buffers them and sends them on to a store. With `require_ack_response` the
 * sender of a chunk keeps it until the receiver says that it has it, and sends it again where that takes too
 * long, to the servers in turn. Without, it is done with a chunk once that is written to the connection.
 *
 * Modelled: one chunk; an agent, an aggregator with its standby, and a store; aggregators that buffer in memory
 * or in files. A memory buffer is lost with its process. A file buffer is not, but a node that has crashed stays
 * down in this checker's model, so the files are on a volume, a node of its own, that both aggregators mount.
 * The standby stands for the process that a supervisor starts anew: it looks through the volume now and then and
 * sends what it finds, even if the other process still runs. That the volume cannot be reached, or is lost, is
 * among the faults. The store keeps what has reached it; where it crashes itself, nothing is asked of a run.
 * Left out: heartbeats (a missing acknowledgement alone says that a server is gone), full buffers, and the time
 * for which a chunk is filled before it is sent.
 *
 * Forwarding is at least once: a chunk sent twice may be stored twice. The last scenario shows that it may.
 */
import {
  defineScenario,
  type,
  type Bounds,
  type Context,
  type HandlerOutcome,
  type MessageContext,
  type Specification,
} from 'ldfi';

/** Timesteps until what was sent is sent again: more than it takes to write a chunk to files and to answer. */
const ANSWER_LIMIT = 5;
/** Timesteps between two looks through the volume. */
const SCAN_INTERVAL = 4;

type Node = 'agent' | Aggregator | 'volume' | 'store';
type Aggregator = 'aggregator' | 'standby';

type Message =
  // From the agent to an aggregator, and from that to the store.
  | { readonly type: 'chunk' }
  | { readonly type: 'accepted' }
  // Between an aggregator and the volume.
  | { readonly type: 'write' }
  | { readonly type: 'written' }
  | { readonly type: 'scan' }
  | { readonly type: 'found' }
  | { readonly type: 'remove' };

interface AgentState {
  readonly role: 'agent';
  readonly next: Aggregator;
  /** Whether the chunk is still in its buffer. */
  readonly buffered: boolean;
}

interface AggregatorState {
  readonly role: 'aggregator';
  /** `writing`: on its way to the volume. `buffered`: safe, as far as buffers are, and on its way to the store. */
  readonly chunk: 'none' | 'writing' | 'buffered';
}

interface VolumeState {
  readonly role: 'volume';
  readonly holds: boolean;
}

interface StoreState {
  readonly role: 'store';
  /** How many times the chunk was stored; 2 stands for more, too. */
  readonly copies: number;
}

type State = AgentState | AggregatorState | VolumeState | StoreState;
type Here = Context<Node, Message>;
type Reply = MessageContext<Node, Message>;

interface Design {
  /** `require_ack_response`, of the agent and of the aggregators. */
  readonly acknowledged: boolean;
  readonly buffer: 'memory' | 'file';
  /** Whether a file buffer waits until a chunk is written before it accepts it. */
  readonly synced: boolean;
}

interface Observation {
  /** The agent has forwarded the chunk, and dropped its own. */
  readonly forwarded: boolean;
  readonly copies: number;
}

function initial(node: Node): State {
  switch (node) {
    case 'agent':
      return { role: 'agent', next: 'aggregator', buffered: true };
    case 'aggregator':
    case 'standby':
      return { role: 'aggregator', chunk: 'none' };
    case 'volume':
      return { role: 'volume', holds: false };
    case 'store':
      return { role: 'store', copies: 0 };
  }
}

/** The agent sends its chunk to the servers in turn. */
function forward(design: Design, state: AgentState, { send, timers }: Here): State {
  send(state.next, { type: 'chunk' });
  if (!design.acknowledged) return { ...state, buffered: false };
  timers.set('answer', ANSWER_LIMIT);
  return { ...state, next: state.next === 'aggregator' ? 'standby' : 'aggregator' };
}

/** An aggregator sends the chunk in its buffer to the store. */
function flush(design: Design, state: AggregatorState, { send, timers }: Here): State {
  send('store', { type: 'chunk' });
  if (!design.acknowledged) return { ...state, chunk: 'none' };
  timers.set('answer', ANSWER_LIMIT);
  return { ...state, chunk: 'buffered' };
}

/** An aggregator gets a chunk. It keeps no record of chunks that have left its buffer. */
function accept(design: Design, state: AggregatorState, here: Reply): State {
  const { from, send } = here;
  const safe = state.chunk === 'buffered' || design.buffer === 'memory';
  if (design.acknowledged && (safe || !design.synced)) send(from, { type: 'accepted' });
  if (state.chunk === 'buffered') return state;
  if (design.buffer === 'memory') return flush(design, state, here);
  return write(state, here);
}

function write(state: AggregatorState, { send, timers }: Here): State {
  send('volume', { type: 'write' });
  timers.set('answer', ANSWER_LIMIT);
  return { ...state, chunk: 'writing' };
}

/** The volume has the chunk of an aggregator. */
function written(design: Design, state: AggregatorState, here: Reply): State {
  if (state.chunk !== 'writing') return state;
  if (design.synced) here.send('agent', { type: 'accepted' });
  return flush(design, state, here);
}

/** A receiver has accepted the chunk: whoever sent it drops it. */
function accepted(design: Design, state: State, { send, timers }: Reply): State {
  timers.cancel('answer');
  if (state.role === 'agent') return { ...state, buffered: false };
  if (state.role !== 'aggregator') return state;
  if (design.buffer === 'file') send('volume', { type: 'remove' });
  return { ...state, chunk: 'none' };
}

function sendAgain(design: Design, state: State, here: Here): State {
  if (state.role === 'agent') return forward(design, state, here);
  if (state.role !== 'aggregator') return state;
  return state.chunk === 'writing' ? write(state, here) : flush(design, state, here);
}

function scan(design: Design, state: State, { time, send }: Here): void {
  const due = design.buffer === 'file' && time % SCAN_INTERVAL === 0;
  if (due && state.role === 'aggregator' && state.chunk === 'none') send('volume', { type: 'scan' });
}

type Outcome = HandlerOutcome<Node, Observation>;

const isServer = (node: Node) => node === 'aggregator' || node === 'standby';
const isStored = ({ at }: Outcome) => at('store').observed.copies > 0;

const atLeastOnce: Specification<Node, Observation> = {
  durability: {
    pre: ({ at }) => at('agent').observed.forwarded && !at('store').crashed,
    post: (outcome) =>
      isStored(outcome) || 'the agent has dropped the chunk as forwarded, and the store runs and has none',
  },
  progress: {
    pre: ({ nodes }) => nodes.every(({ node, crashed }) => !crashed || isServer(node)),
    post: (outcome) => isStored(outcome) || 'all but the servers run, and the store has no chunk',
  },
};

const exactlyOnce: Specification<Node, Observation> = {
  once: {
    always: ({ at }) => at('store').observed.copies < 2 || 'the store has the chunk twice',
  },
};

interface Check {
  readonly bounds: Bounds;
  readonly expect: 'certified' | 'violated';
  readonly specification?: Specification<Node, Observation>;
}

function fluentd(name: string, design: Design, { bounds, expect, specification }: Check) {
  const nodes: readonly Node[] = ['agent', 'aggregator', 'standby', 'store'];
  return defineScenario({
    name: `fluentd ${name}`,
    nodes: design.buffer === 'file' ? [...nodes, 'volume'] : nodes,
    bounds,
    expect,
    handlers: {
      messages: type<Message>(),
      init: initial,
      onStart: (state, here) => (state.role === 'agent' ? forward(design, state, here) : state),
      onTick(state, here) {
        scan(design, state, here);
      },
      onTimer: (state, _, here) => sendAgain(design, state, here),
      onMessage: {
        chunk(state, _, here) {
          if (state.role === 'aggregator') return accept(design, state, here);
          if (state.role !== 'store') return state;
          if (design.acknowledged) here.send(here.from, { type: 'accepted' });
          return { ...state, copies: Math.min(state.copies + 1, 2) };
        },
        accepted: (state, _, here) => accepted(design, state, here),
        write(state, _, { from, send }) {
          send(from, { type: 'written' });
          return state.role === 'volume' ? { ...state, holds: true } : state;
        },
        written: (state, _, here) => (state.role === 'aggregator' ? written(design, state, here) : state),
        scan(state, _, { from, send }) {
          if (state.role === 'volume' && state.holds) send(from, { type: 'found' });
        },
        found: (state, _, here) => (state.role === 'aggregator' ? flush(design, state, here) : state),
        remove: (state) => (state.role === 'volume' ? { ...state, holds: false } : state),
      },
      observe: (state): Observation => ({
        forwarded: state.role === 'agent' && !state.buffered,
        copies: state.role === 'store' ? state.copies : 0,
      }),
    },
    specification: specification ?? atLeastOnce,
  });
}

const memory: Design = { acknowledged: true, buffer: 'memory', synced: false };
const file: Design = { acknowledged: true, buffer: 'file', synced: true };

const omissions: Bounds = { eot: 16, eff: 5, crashes: 0 };
const omissionsAndCrash: Bounds = { eot: 20, eff: 6, crashes: 1 };

/** Without `require_ack_response`, whatever a connection loses is gone. */
export const fluentdUnacknowledged = fluentd(
  'without acknowledgements',
  { ...memory, acknowledged: false },
  { bounds: omissions, expect: 'violated' },
);

/** With it, memory buffers do, while no process crashes. */
export const fluentdAcknowledged = fluentd('with acknowledgements', memory, {
  bounds: omissions,
  expect: 'certified',
});

/** The aggregator accepts a chunk and crashes with it. */
export const fluentdMemoryBuffer = fluentd('with memory buffers and a crash', memory, {
  bounds: omissionsAndCrash,
  expect: 'violated',
});

/** Repaired: a chunk is accepted once it is in files that outlive the process. */
export const fluentdFileBuffer = fluentd('with file buffers and a crash', file, {
  bounds: omissionsAndCrash,
  expect: 'certified',
});

/** Files do not help where a chunk is accepted before it is in them. */
export const fluentdUnsynced = fluentd(
  'with file buffers written late',
  { ...file, synced: false },
  { bounds: omissionsAndCrash, expect: 'violated' },
);

/** At least once is not exactly once: where an answer is lost, a chunk is sent, and stored, again. */
export const fluentdExactlyOnce = fluentd('exactly once', memory, {
  bounds: omissions,
  expect: 'violated',
  specification: exactlyOnce,
});
