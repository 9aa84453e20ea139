/**
 * The alternating-bit protocol (Bartlett, Scantlebury and Wilkinson 1969, "A note on reliable full-duplex transmission over
 * half-duplex links"): packets are numbered modulo two, each is sent again until it is acknowledged, and a packet with
 * the number of the one before is a copy. It is a sliding window of one packet.
 *
 * Modelled: one stream of four packets from a sender to a receiver, and acknowledgements.
 * Left out: corrupted packets, and windows of more than one packet.
 *
 * The bug is in where it is used: the protocol takes a channel that loses packets and keeps their order. Where a packet
 * may overtake another, a late copy has the number of the next packet but one, and is taken for it. The repair: numbers
 * that do not come again for as long as a copy may be on its way; here, that never come again.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { sender: ['s'], receiver: ['r'] } as const;

type Nodes = typeof NODES;

type Message =
  | { readonly type: 'packet'; readonly number: number; readonly content: number }
  | { readonly type: 'acknowledgement'; readonly number: number };

const PACKETS = 4;

/** Timesteps after which a packet is sent again. An acknowledgement arrives after two. */
const PATIENCE = 3;

/** @param numbers how many numbers there are */
const sender = (numbers: number): RoleHandlers<Nodes, 'sender', { sending: number }, Message, number> => ({
  init: () => ({ sending: 0 }),
  onStart({ sending }, { send, timers }) {
    send('r', { type: 'packet', number: sending % numbers, content: sending });
    timers.set('patience', PATIENCE);
  },
  onTimer({ sending }, name, { send, timers }) {
    send('r', { type: 'packet', number: sending % numbers, content: sending });
    timers.set(name, PATIENCE);
  },
  onMessage: {
    acknowledgement(state, { number }, { send, timers }) {
      if (number !== state.sending % numbers) return;
      state.sending++;
      timers.cancel('patience');
      if (state.sending === PACKETS) return;
      send('r', { type: 'packet', number: state.sending % numbers, content: state.sending });
      timers.set('patience', PATIENCE);
    },
  },
  observe: ({ sending }) => sending,
});

const receiver = (
  numbers: number,
): RoleHandlers<Nodes, 'receiver', number[], Message, readonly number[]> => ({
  init: () => [],
  onMessage: {
    packet(taken, { number, content }, { send }) {
      if (number === taken.length % numbers) taken.push(content);
      send('s', { type: 'acknowledgement', number });
    },
  },
  observe: (taken) => taken,
});

const specification: RoleSpecification<Nodes, { sender: number; receiver: readonly number[] }> = {
  'packets are taken once, and in order': {
    always: ({ at }) => {
      const taken = at('r').observed;
      return taken.every((content, place) => content === place) || `r has taken ${taken.join(', ')}`;
    },
  },
  'what is acknowledged was taken': {
    step: (_, after) => after.node !== 's' || after.observed <= PACKETS,
  },
};

const stream = (name: string, expect: 'violated' | 'certified', numbers: number, order: 'kept' | 'lost') =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds:
      order === 'kept'
        ? { eot: 12, eff: 6, crashes: 0 }
        : { eot: 12, eff: 6, crashes: 0, omissions: 1, delays: 1, longestDelay: 5 },
    messages: type<Message>(),
    roles: { sender: sender(numbers), receiver: receiver(numbers) },
    specification,
  });

export const inOrder = stream('alternating bit over a channel in order', 'certified', 2, 'kept');

export const outOfOrder = stream('alternating bit over a channel that reorders', 'violated', 2, 'lost');

export const numbered = stream('numbered packets over a channel that reorders', 'certified', PACKETS, 'lost');
