/**
 * Fluent Bit, tailing a log file and forwarding it (its documentation of the inputs' `DB`, of `storage.type`, of
 * the `forward` output's `require_ack_response` and of `Retry_Limit`). How far the file has been read is kept in
 * a database on disk. What has been read and not yet been forwarded is a chunk, in memory or also on disk. A
 * chunk that the server does not acknowledge is sent again, once by default, and then discarded.
 *
 * Modelled: one line; its process; the process that a supervisor starts in its place; the disk with the log file,
 * the database and the chunks; and the server. A node that has crashed stays down in this checker's model, so
 * the process started anew is a node of its own, and so is the disk that outlives both. The new process looks at
 * the disk now and then whether or not the old one still runs, as one that was started too soon would. A chunk
 * on disk and the offset behind it are saved together. What the disk does not do because a message to it is
 * lost stands for an error of input or output.
 * Left out: limits of memory, the server's own buffers (it stores what reaches it), log rotation, and
 * `storage.keep.rejected`, which sets a discarded chunk aside. Where the disk or the server crash, nothing is
 * asked of a run: the line itself, or the place that it was to be sent to, is gone.
 */
import {
  defineScenario,
  type,
  type Bounds,
  type Context,
  type MessageContext,
  type Specification,
} from 'ldfi';

/** Timesteps until a chunk is sent again: more than the two until an answer. */
const ANSWER_LIMIT = 3;
/** Timesteps from one look at the disk to the next. */
const REFRESH_INTERVAL = 4;

type Node = 'process' | 'restarted' | 'disk' | 'server';

type Message =
  // A process asks the disk for what is still to be done, and is given a chunk or a line that nobody has read.
  | { readonly type: 'read' }
  | { readonly type: 'pending' }
  // What a process saves: that the line has been read, with its chunk or without, and that the chunk is done with.
  | { readonly type: 'save'; readonly chunk: boolean }
  | { readonly type: 'remove' }
  // From a process to the server and back.
  | { readonly type: 'chunk' }
  | { readonly type: 'accepted' };

interface ProcessState {
  readonly role: 'process';
  readonly sending: boolean;
  /** How often the chunk has been sent again; counted where that is limited. */
  readonly retries: number;
}

interface DiskState {
  readonly role: 'disk';
  /** Whether the database says that the line has been read. */
  readonly read: boolean;
  readonly chunk: boolean;
}

interface ServerState {
  readonly role: 'server';
  readonly stored: boolean;
}

type State = ProcessState | DiskState | ServerState;
type Here = Context<Node, Message>;
type Reply = MessageContext<Node, Message>;

interface Design {
  /** `require_ack_response`. */
  readonly acknowledged: boolean;
  /** `storage.type`. */
  readonly storage: 'memory' | 'filesystem';
  /** `Retry_Limit`. */
  readonly retryLimit: number | 'no_limits';
}

function initial(node: Node): State {
  switch (node) {
    case 'process':
    case 'restarted':
      return { role: 'process', sending: false, retries: 0 };
    case 'disk':
      return { role: 'disk', read: false, chunk: false };
    case 'server':
      return { role: 'server', stored: false };
  }
}

/** An idle process looks for work: the first one from the start, the other one between its looks. */
function look(state: State, { self, time, send }: Here): void {
  if (state.role !== 'process' || state.sending) return;
  const turn = self === 'process' ? 1 : 0;
  if (time % REFRESH_INTERVAL === turn) send('disk', { type: 'read' });
}

function take(design: Design, state: ProcessState, here: Reply): State {
  if (state.sending) return state;
  here.send('disk', { type: 'save', chunk: design.storage === 'filesystem' });
  return transmit(design, state, here);
}

function transmit(design: Design, state: ProcessState, here: Here): State {
  here.send('server', { type: 'chunk' });
  if (!design.acknowledged) return finish(design, here);
  here.timers.set('answer', ANSWER_LIMIT);
  return { ...state, sending: true };
}

/** The server does not answer. */
function retry(design: Design, state: ProcessState, here: Here): State {
  if (design.retryLimit === 'no_limits') return transmit(design, state, here);
  if (state.retries === design.retryLimit) return finish(design, here);
  return transmit(design, { ...state, retries: state.retries + 1 }, here);
}

/** The chunk was forwarded, or given up. */
function finish(design: Design, { send, timers }: Here): State {
  timers.cancel('answer');
  if (design.storage === 'filesystem') send('disk', { type: 'remove' });
  return { role: 'process', sending: false, retries: 0 };
}

interface Observation {
  /** Of the server. */
  readonly stored: boolean;
}

const specification: Specification<Node, Observation> = {
  'at least once': {
    pre: ({ at }) => !at('disk').crashed && !at('server').crashed,
    post: ({ at }) =>
      at('server').observed.stored || 'the disk and the server run, and the server has never had the line',
  },
};

function fluentBit(name: string, design: Design, bounds: Bounds, expect: 'certified' | 'violated') {
  return defineScenario({
    name: `fluent-bit ${name}`,
    nodes: ['process', 'restarted', 'disk', 'server'],
    bounds,
    expect,
    handlers: {
      messages: type<Message>(),
      init: initial,
      onStart(state, here) {
        look(state, here);
      },
      onTick(state, here) {
        look(state, here);
      },
      onTimer: (state, _, here) => (state.role === 'process' ? retry(design, state, here) : state),
      onMessage: {
        read(state, _, { from, send }) {
          if (state.role === 'disk' && (state.chunk || !state.read)) send(from, { type: 'pending' });
        },
        pending: (state, _, here) => (state.role === 'process' ? take(design, state, here) : state),
        save: (state, { chunk }) => (state.role === 'disk' ? { ...state, read: true, chunk } : state),
        remove: (state) => (state.role === 'disk' ? { ...state, chunk: false } : state),
        chunk(state, _, { from, send }) {
          if (state.role !== 'server') return state;
          if (design.acknowledged) send(from, { type: 'accepted' });
          return { ...state, stored: true };
        },
        accepted: (state, _, here) => (state.role === 'process' ? finish(design, here) : state),
      },
      observe: (state): Observation => ({ stored: state.role === 'server' && state.stored }),
    },
    specification,
  });
}

const memory: Design = { acknowledged: true, storage: 'memory', retryLimit: 'no_limits' };
const filesystem: Design = { ...memory, storage: 'filesystem' };

const omissions: Bounds = { eot: 18, eff: 8, crashes: 0 };
const omissionsAndCrash: Bounds = { eot: 18, eff: 8, crashes: 1 };

/** Without `require_ack_response` a chunk is done with once it is sent. */
export const fluentBitUnacknowledged = fluentBit(
  'without acknowledgements',
  { ...memory, acknowledged: false },
  omissions,
  'violated',
);

/** With it, and the default limit of one retry, the second loss is the last. */
export const fluentBitRetryLimit = fluentBit(
  'with one retry',
  { ...memory, retryLimit: 1 },
  omissions,
  'violated',
);

/** Repaired: as many retries as it takes, while no process crashes. */
export const fluentBitAcknowledged = fluentBit('with acknowledgements', memory, omissions, 'certified');

/** A crash: the database says that the line has been read, and the chunk was in memory. */
export const fluentBitMemory = fluentBit('with a crash', memory, omissionsAndCrash, 'violated');

/** Repaired: the process that is started anew finds the chunk on disk. */
export const fluentBitFilesystem = fluentBit(
  'with storage on disk and a crash',
  filesystem,
  omissionsAndCrash,
  'certified',
);
