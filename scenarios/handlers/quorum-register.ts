/**
 * A register kept by a majority of replicas (Attiya, Bar-Noy and Dolev, "Sharing Memory Robustly in
 * Message-Passing Systems", 1995), with the read repair that Dynamo-like stores made popular.
 *
 * Modelled: three replicas a, b, c; a writer W that replaces the old value with a new one; a reader R that reads
 * while the write is under way and, when it is done, tells a second reader S to look as well. Everyone
 * repeats what may have been lost. Versions are the writer's own count, since there is one writer.
 * Left out: several writers, which first ask a majority for the highest version; and more than one write.
 *
 * The bug: a reader that has seen the new value and returns it at once. The write may have reached just one
 * replica, and a later reader may ask two others, and go back in time. The fix: it returns the value when a
 * majority has stored it, and stores it there itself. A reader that asks a single replica is not helped by that.
 */
import { defineScenario, type, type Context, type Handlers, type Specification } from 'ldfi';

const REPLICAS = ['a', 'b', 'c'] as const;
const MAJORITY = 2;
/** An answer arrives after two timesteps; after so many it is late. */
const PATIENCE = 3;

type Node = (typeof REPLICAS)[number] | 'W' | 'R' | 'S';
/** 0 is the old value, 1 the new one. */
type Version = 0 | 1;

type Message =
  | { readonly type: 'read' }
  | { readonly type: 'value'; readonly version: Version }
  | { readonly type: 'store'; readonly version: Version }
  | { readonly type: 'stored' }
  /** From the first reader to the second. */
  | { readonly type: 'look' };

/** What a client is doing: asking replicas, having them store a version, or nothing any more. */
type Phase = 'idle' | 'reading' | 'storing' | 'done';

interface State {
  /** Of a replica, what it has stored; of a client, the latest it has seen. */
  readonly version: Version;
  readonly phase: Phase;
  /** Of a client: the replicas that have answered in this phase. */
  readonly answers: readonly Node[];
}

/** The version that a reader returns, when it has. */
interface View {
  readonly returned: Version | null;
}

interface Options {
  readonly name: string;
  readonly bounds: { readonly eot: number; readonly eff: number; readonly crashes: number };
  readonly expect: 'violated' | 'certified';
  /** How many replicas a reader asks. */
  readonly quorum: number;
  /** Whether a reader has what it read stored by a majority. */
  readonly repair: boolean;
}

const handlers = ({ quorum, repair }: Options): Handlers<Node, State, Message, View> => ({
  messages: type<Message>(),
  init: (node) => ({ version: node === 'W' ? 1 : 0, phase: startOf(node), answers: [] }),

  onStart: request,
  onTimer: (state, _, context) => {
    request(state, context);
  },

  onMessage: {
    read({ version }, _, { from, send }) {
      send(from, { type: 'value', version });
    },

    store(state, { version }, { from, send }) {
      send(from, { type: 'stored' });
      return { ...state, version: later(version, state.version) };
    },

    value(state, message, context) {
      if (state.phase !== 'reading') return state;
      const answers = joined(state.answers, context.from);
      const version = later(message.version, state.version);
      if (answers.length < quorum) return { ...state, answers, version };
      return enter(repair ? 'storing' : 'done', version, context);
    },

    stored(state, _, context) {
      if (state.phase !== 'storing') return state;
      const answers = joined(state.answers, context.from);
      return answers.length < MAJORITY ? { ...state, answers } : enter('done', state.version, context);
    },

    look: (state, _, context) => (state.phase === 'idle' ? enter('reading', state.version, context) : state),
  },

  observe: ({ phase, version }) => ({ returned: phase === 'done' ? version : null }),
});

function startOf(node: Node): Phase {
  if (node === 'W') return 'storing';
  return node === 'R' ? 'reading' : 'idle';
}

function enter(phase: Phase, version: Version, context: Context<Node, Message>): State {
  const state: State = { phase, version, answers: [] };
  request(state, context);
  return state;
}

/** Asks whoever has not answered yet, and again when an answer might have come. */
function request({ phase, version, answers }: State, { self, send, timers }: Context<Node, Message>): void {
  for (const replica of REPLICAS.filter((one) => !answers.includes(one))) {
    if (phase === 'reading') send(replica, { type: 'read' });
    if (phase === 'storing') send(replica, { type: 'store', version });
  }
  if (phase === 'done' && self === 'R') send('S', { type: 'look' });
  if (phase !== 'idle') timers.set('again', PATIENCE);
}

function later(one: Version, other: Version): Version {
  return one > other ? one : other;
}

function joined(answers: readonly Node[], one: Node): readonly Node[] {
  return REPLICAS.filter((replica) => replica === one || answers.includes(replica));
}

const specification: Specification<Node, View> = {
  // S begins to read when R has returned, so that what R has seen is in its past.
  monotone: {
    pre: ({ at }) => at('R').observed.returned !== null && at('S').observed.returned !== null,
    post: ({ at }) =>
      at('S').observed.returned! >= at('R').observed.returned! ||
      'R returns the new value, and S, which reads after that, the old one',
  },
  // A majority of the replicas is enough to go on.
  available: {
    pre: ({ at }) =>
      REPLICAS.filter((replica) => !at(replica).crashed).length >= MAJORITY &&
      !at('R').crashed &&
      !at('S').crashed,
    post: ({ at }) => at('S').observed.returned !== null || 'S never returns, though a majority is up',
  },
};

const quorumRegister = (options: Options) =>
  defineScenario({
    name: options.name,
    nodes: [...REPLICAS, 'W', 'R', 'S'],
    bounds: options.bounds,
    expect: options.expect,
    handlers: handlers(options),
    specification,
  });

/** R sees the new value at the only replica that has it; S asks the others. */
export const withoutRepair = quorumRegister({
  name: 'quorum register without read repair',
  bounds: { eot: 14, eff: 4, crashes: 1 },
  quorum: MAJORITY,
  repair: false,
  expect: 'violated',
});

/** R returns the new value only when a majority has it. */
export const withRepair = quorumRegister({
  name: 'quorum register with read repair',
  bounds: { eot: 14, eff: 4, crashes: 1 },
  quorum: MAJORITY,
  repair: true,
  expect: 'certified',
});

/** A majority has the new value, and S asks the one replica that has not. */
export const readingOne = quorumRegister({
  name: 'quorum register that reads one replica',
  bounds: { eot: 14, eff: 4, crashes: 1 },
  quorum: 1,
  repair: true,
  expect: 'violated',
});
