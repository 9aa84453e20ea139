/**
 * A decision that is told to two participants, one after the other, by a coordinator that may crash between the two
 * (Skeen 1981, "Nonblocking Commit Protocols", on partial broadcasts).
 *
 * Modelled: a coordinator that decides to commit and tells p and q in one timestep, over links that lose nothing; and
 * participants that abort where they have heard nothing for a while.
 * Left out: votes, decisions to abort, and coordinators that start again.
 *
 * The bug: who hears the decision keeps it. The repair: it is passed on to the other at once, which waits long enough for
 * that. Where nodes crash between timesteps alone, the coordinator tells both or neither, and the bug is not there.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { coordinator: ['C'], participant: ['p', 'q'] } as const;

type Nodes = typeof NODES;

type Outcome = 'commit' | 'abort' | null;

type Message = { readonly type: 'commit' };

/** When the coordinator decides, and until when participants wait: for it, and for what the other would pass on. */
const DECIDES = 2;
const PATIENCE = 4;

const coordinator: RoleHandlers<Nodes, 'coordinator', null, Message, null> = {
  init: () => null,
  onTick(_, { time, nodesOf, send }) {
    if (time === DECIDES)
      for (const participant of nodesOf('participant')) send(participant, { type: 'commit' });
  },
  onMessage: { commit: () => undefined },
  observe: () => null,
};

/** @param passesOn whether a participant tells the other what it hears from the coordinator */
const participant = (
  passesOn: boolean,
): RoleHandlers<Nodes, 'participant', { outcome: Outcome }, Message, Outcome> => ({
  init: () => ({ outcome: null }),
  onStart(_, { timers }) {
    timers.set('give up', PATIENCE);
  },
  onTimer(state) {
    state.outcome ??= 'abort';
  },
  onMessage: {
    commit(state, message, { self, nodesOf, send }) {
      const isNew = state.outcome === null;
      state.outcome ??= 'commit';
      if (!isNew || !passesOn) return;
      for (const other of nodesOf('participant')) if (other !== self) send(other, message);
    },
  },
  observe: ({ outcome }) => outcome,
});

const specification: RoleSpecification<Nodes, { coordinator: null; participant: Outcome }> = {
  agreement: {
    pre: () => true,
    post: ({ correct }) => {
      const outcomes = new Set(correct.map(({ observed }) => observed).filter((each) => each !== null));
      return outcomes.size < 2 || 'one participant commits, and the other aborts';
    },
  },
};

const decision = (name: string, expect: 'violated' | 'certified', passesOn: boolean, withinStep: number) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 8, eff: 0, crashes: 1, withinStep },
    messages: type<Message>(),
    roles: { coordinator, participant: participant(passesOn) },
    specification,
  });

/** C tells p and crashes; q hears nothing, and gives up. */
export const kept = decision('a decision that is kept to oneself', 'violated', false, 1);

export const unasked = decision(
  'a decision that is kept, by crashes between timesteps',
  'certified',
  false,
  0,
);

export const passedOn = decision('a decision that is passed on', 'certified', true, 1);
