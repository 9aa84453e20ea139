/**
 * A lock that is leased for some time, held by workers that look at clocks of their own: who believes to hold it still,
 * while another holds it already, writes over the other's work.
 *
 * Modelled: a lock service, which gives the lock to whoever asks first when the term is over by its own clock; and two
 * workers, each of which asks until it is told, and holds the lock until its own clock says that the term is over. A clock
 * stands still for one timestep where the fault `slow` happens to its node.
 * Left out: clocks that run fast, workers that ask once more, and giving the lock back early.
 *
 * The bug: a worker counts its term from when it was told, which is later than when the term began. While clocks are right
 * and messages in time that goes well, if only just; a clock that stands still once is enough. The repair: count from when
 * it asked. What of the term is over when the answer arrives is the margin, and clocks may be wrong by no more: three times
 * are one too many.
 */
import { defineScenario, type, type Bounds, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { worker: ['a', 'b'], lock: ['l'] } as const;

type Nodes = typeof NODES;

/** `at`: when it asked for the term, by the worker's own clock. */
type Message =
  | { readonly type: 'ask'; readonly at: number }
  | { readonly type: 'granted'; readonly at: number };

/** Timesteps, by whichever clock. */
const TERM = 4;

interface Worker {
  clock: number;
  phase: 'asks' | 'holds' | 'is done';
  /** When its term is over. */
  ends: number;
}

interface Lock {
  clock: number;
  holder: string | undefined;
  /** When the holder asked. */
  at: number;
  ends: number;
}

type Start = 'when it was told' | 'when it asked';

const worker = (countsFrom: Start): RoleHandlers<Nodes, 'worker', Worker, Message, Worker['phase']> => ({
  init: () => ({ clock: 0, phase: 'asks', ends: 0 }),
  tickAtStart: true,
  onTick(state, { send, fault }) {
    if (!fault('slow')) state.clock++;
    if (state.phase === 'asks') send('l', { type: 'ask', at: state.clock });
    if (state.phase === 'holds' && state.clock >= state.ends) state.phase = 'is done';
  },
  onMessage: {
    granted(state, { at }) {
      if (state.phase !== 'asks') return;
      state.phase = 'holds';
      state.ends = TERM + (countsFrom === 'when it asked' ? at : state.clock);
    },
  },
  observe: ({ phase }) => phase,
});

const lock: RoleHandlers<Nodes, 'lock', Lock, Message, string | undefined> = {
  init: () => ({ clock: 0, holder: undefined, at: 0, ends: 0 }),
  tickAtStart: true,
  onTick(state, { fault }) {
    if (!fault('slow')) state.clock++;
  },
  onMessage: {
    ask(state, { at }, { from, send }) {
      if (state.clock >= state.ends) {
        state.holder = from;
        state.at = at;
        state.ends = state.clock + TERM;
      }
      if (state.holder === from) send(from, { type: 'granted', at: state.at });
    },
  },
  observe: ({ holder }) => holder,
};

const specification: RoleSpecification<Nodes, { worker: Worker['phase']; lock: string | undefined }> = {
  'one at a time': {
    always: ({ at }) =>
      at('a').observed !== 'holds' || at('b').observed !== 'holds' || 'a and b both hold the lock',
  },
  'each in turn': {
    pre: () => true,
    post: ({ at }) => at('a').observed !== 'asks' && at('b').observed !== 'asks',
  },
};

const lockOf = (name: string, expect: 'violated' | 'certified', countsFrom: Start, bounds: Partial<Bounds>) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 14, eff: 8, crashes: 0, omissions: 1, ...bounds },
    messages: type<Message>(),
    roles: { worker: worker(countsFrom), lock },
    specification,
  });

/** a's clock stands still once while a holds the lock. */
export const fromTold = lockOf('a lock that is held from when it was told', 'violated', 'when it was told', {
  omissions: 0,
  named: { slow: 1 },
});

export const fromAsked = lockOf(
  'a lock that is held from when it was asked for',
  'certified',
  'when it asked',
  {
    named: { slow: 2 },
  },
);

/** The margin is two timesteps. */
export const tooSlow = lockOf('a lock whose clocks are too slow', 'violated', 'when it asked', {
  omissions: 0,
  named: { slow: 3 },
});
