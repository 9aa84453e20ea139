/**
 * A saga (Garcia-Molina and Salem 1987, "Sagas"): a journey is booked step by step, and where a step fails, those before it are
 * undone by compensations.
 *
 * Modelled: a coordinator that books a room, and then a flight, of which there is none left, so that the room is to
 * be given back. Where no answer comes in time, it gives up as well. The requests of both are asked again until they are answered.
 * Left out: journeys that succeed, and a coordinator that crashes.
 *
 * The bugs: the compensation is sent once, and may be lost; and a booking that comes late, after its own compensation, finds
 * nothing that tells against it. The repair: the hotel keeps in mind what was taken back.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { coordinator: ['c'], hotel: ['hotel'], airline: ['airline'] } as const;

type Nodes = typeof NODES;

type Message =
  | { readonly type: 'book' }
  | { readonly type: 'booked' }
  | { readonly type: 'refused' }
  | { readonly type: 'take back' }
  | { readonly type: 'taken back' };

/** Timesteps for which a saga waits for each answer. An answer arrives after two. */
const PATIENCE = 3;

type Stage = 'booking the room' | 'booking the flight' | 'taking back' | 'done';

/** @param insists whether the compensation is sent until it is answered */
const coordinator = (
  insists: boolean,
): RoleHandlers<Nodes, 'coordinator', { stage: Stage }, Message, Stage> => ({
  init: () => ({ stage: 'booking the room' }),
  onStart(_, { send, timers }) {
    send('hotel', { type: 'book' });
    timers.set('patience', PATIENCE);
  },
  onTimer(state, name, { send, timers }) {
    if (state.stage === 'done') return;
    state.stage = 'taking back';
    send('hotel', { type: 'take back' });
    if (insists) timers.set(name, PATIENCE);
  },
  onMessage: {
    booked(state, _, { send, timers }) {
      if (state.stage !== 'booking the room') return;
      state.stage = 'booking the flight';
      send('airline', { type: 'book' });
      timers.set('patience', PATIENCE);
    },
    refused(state, _, { send, timers }) {
      if (state.stage !== 'booking the flight') return;
      state.stage = 'taking back';
      send('hotel', { type: 'take back' });
      if (insists) timers.set('patience', PATIENCE);
      else timers.cancel('patience');
    },
    'taken back'(state, _, { timers }) {
      state.stage = 'done';
      timers.cancel('patience');
    },
  },
  observe: ({ stage }) => stage,
});

interface Hotel {
  booked: boolean;
  takenBack: boolean;
}

/** @param keepsInMind whether a booking that was taken back is refused */
const hotel = (keepsInMind: boolean): RoleHandlers<Nodes, 'hotel', Hotel, Message, boolean> => ({
  init: () => ({ booked: false, takenBack: false }),
  onMessage: {
    book(state, _, { from, send }) {
      if (keepsInMind && state.takenBack) return;
      state.booked = true;
      send(from, { type: 'booked' });
    },
    'take back'(state, _, { from, send }) {
      state.booked = false;
      state.takenBack = true;
      send(from, { type: 'taken back' });
    },
  },
  observe: ({ booked }) => booked,
});

const airline: RoleHandlers<Nodes, 'airline', null, Message, null> = {
  init: () => null,
  onMessage: {
    book(_, __, { from, send }) {
      send(from, { type: 'refused' });
    },
  },
  observe: () => null,
};

const specification: RoleSpecification<Nodes, { coordinator: Stage; hotel: boolean; airline: null }> = {
  'no room is left booked': {
    pre: ({ at }) => ['taking back', 'done'].includes(at('c').observed),
    post: ({ at }) => !at('hotel').observed || 'the journey is off, and the room is booked',
  },
};

interface Care {
  readonly insists: boolean;
  readonly keepsInMind: boolean;
}

const saga = (name: string, expect: 'violated' | 'certified', { insists, keepsInMind }: Care) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 14, eff: 6, crashes: 0, delays: 1, longestDelay: 4 },
    messages: type<Message>(),
    roles: { coordinator: coordinator(insists), hotel: hotel(keepsInMind), airline },
    specification,
  });

/** The compensation is lost. */
export const once = saga('a saga that takes back once', 'violated', { insists: false, keepsInMind: true });

/** The room is booked late, and has been taken back by then. */
export const forgetful = saga('a saga whose hotel forgets what was taken back', 'violated', {
  insists: true,
  keepsInMind: false,
});

export const careful = saga('a saga that insists and keeps in mind', 'certified', {
  insists: true,
  keepsInMind: true,
});
