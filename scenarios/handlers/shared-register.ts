/**
 * A register on three replicas, of which a majority is enough to write and to read (Attiya, Bar-Noy and Dolev, "Sharing Memory
 * Robustly in Message-Passing Systems", 1995), held against what one register would do.
 *
 * Modelled: a writer who stores one value, a reader who reads again and again, and replicas that keep the later version. Whoever is
 * not answered asks once more. Versions are the writer's own count, since there is one writer.
 * Left out: several writers, who first ask a majority for the highest version.
 *
 * The bug: one replica is asked, or a majority is, and what it has seen is given at once. A value that few replicas have may be
 * read, and then the one before it. The repair: a reader first stores at a majority what it is about to give.
 */
import {
  defineScenario,
  models,
  type,
  type RoleContext,
  type RoleHandlers,
  type RoleSpecification,
} from 'ldfi';

const REPLICAS = ['a', 'b', 'c'] as const;
const NODES = { writer: ['w'], reader: ['r'], replica: REPLICAS } as const;
const MAJORITY = 2;
const READS = 2;
/** An answer takes two timesteps. */
const PATIENCE = 3;

type Nodes = typeof NODES;
/** 0 is what was there before. */
type Version = 0 | 1;

/** Answers have the number of the request. */
type Message =
  | { readonly type: 'store'; readonly version: Version; readonly request: number }
  | { readonly type: 'stored'; readonly request: number }
  | { readonly type: 'look'; readonly request: number }
  | { readonly type: 'version'; readonly version: Version; readonly request: number };

const writer: RoleHandlers<Nodes, 'writer', { stored: Set<string> }, Message, number> = {
  init: () => ({ stored: new Set() }),
  onStart(state, context) {
    context.invoke({ type: 'write', value: 1 });
    askOthers(state.stored, { type: 'store', version: 1, request: 0 }, context);
  },
  onTimer({ stored }, _, context) {
    if (stored.size < MAJORITY) askOthers(stored, { type: 'store', version: 1, request: 0 }, context);
  },
  onMessage: {
    stored(state, _, { from, complete }) {
      if (state.stored.size === MAJORITY) return;
      state.stored.add(from);
      if (state.stored.size === MAJORITY) complete();
    },
  },
  observe: ({ stored }) => stored.size,
};

interface Reader {
  phase: 'looking' | 'storing' | 'done';
  /** The latest that was seen in this read. */
  version: Version;
  answers: Set<string>;
  request: number;
  reads: number;
}

/** @param quorum how many answers are enough @param writesBack whether what is read is stored first */
const reader = (
  quorum: number,
  writesBack: boolean,
): RoleHandlers<Nodes, 'reader', Reader, Message, number> => ({
  init: () => ({ phase: 'looking', version: 0, answers: new Set(), request: 0, reads: 0 }),
  onStart: look,
  onTimer(state, _, context) {
    ask(state, context);
  },
  onMessage: {
    version(state, { version, request }, context) {
      if (state.request !== request) return;
      state.answers.add(context.from);
      if (version > state.version) state.version = version;
      if (state.answers.size < quorum) return;
      if (writesBack) enter('storing', state, context);
      else finish(state, context);
    },
    stored(state, { request }, context) {
      if (state.request !== request) return;
      state.answers.add(context.from);
      if (state.answers.size === MAJORITY) finish(state, context);
    },
  },
  observe: ({ reads }) => reads,
});

type ReaderContext = RoleContext<Nodes, Message, 'reader'>;

function look(state: Reader, context: ReaderContext): void {
  context.invoke({ type: 'read' });
  state.version = 0;
  enter('looking', state, context);
}

function finish(state: Reader, context: ReaderContext): void {
  context.complete(state.version);
  state.reads++;
  if (state.reads < READS) look(state, context);
  else enter('done', state, context);
}

function enter(phase: Reader['phase'], state: Reader, context: ReaderContext): void {
  state.phase = phase;
  state.answers.clear();
  state.request++;
  ask(state, context);
}

function ask({ phase, version, answers, request }: Reader, context: ReaderContext): void {
  if (phase === 'looking') askOthers(answers, { type: 'look', request }, context);
  if (phase === 'storing') askOthers(answers, { type: 'store', version, request }, context);
}

/** Asks who has not answered, and again when an answer might have come. */
function askOthers(
  answered: ReadonlySet<string>,
  message: Message,
  { send, timers }: RoleContext<Nodes, Message>,
): void {
  for (const replica of REPLICAS) if (!answered.has(replica)) send(replica, message);
  timers.set('again', PATIENCE);
}

const replica: RoleHandlers<Nodes, 'replica', { version: Version }, Message, Version> = {
  init: () => ({ version: 0 }),
  onMessage: {
    store(state, { version, request }, { from, send }) {
      if (version > state.version) state.version = version;
      send(from, { type: 'stored', request });
    },
    look({ version }, { request }, { from, send }) {
      send(from, { type: 'version', version, request });
    },
  },
  observe: ({ version }) => version,
};

const specification: RoleSpecification<Nodes, { writer: number; reader: number; replica: Version }> = {
  'one register': { linearizable: models.register<number>(0) },
  // A majority of the replicas is enough to go on.
  'reads come to an end': {
    pre: ({ at, nodesOf }) =>
      !at('r').crashed && nodesOf('replica').filter(({ crashed }) => !crashed).length >= MAJORITY,
    post: ({ at }) => at('r').observed === READS || 'the reader waits, though a majority is up',
  },
};

const sharedRegister = (
  name: string,
  expect: 'violated' | 'certified',
  { quorum, writesBack }: { readonly quorum: number; readonly writesBack: boolean },
) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 18, eff: 4, crashes: 1 },
    messages: type<Message>(),
    roles: { writer, reader: reader(quorum, writesBack), replica },
    specification,
  });

/** The first to answer has the new value, and is not the first to answer again. */
export const readingOne = sharedRegister('a shared register, read from one replica', 'violated', {
  quorum: 1,
  writesBack: false,
});

/** Only one of a majority has the new value, and the next majority is another. */
export const readingMost = sharedRegister('a shared register, read from a majority', 'violated', {
  quorum: MAJORITY,
  writesBack: false,
});

export const writingBack = sharedRegister('a shared register, written back by readers', 'certified', {
  quorum: MAJORITY,
  writesBack: true,
});
