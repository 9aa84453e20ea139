/**
 * A publisher numbers its events, so that whoever subscribes sees where one is missing, and asks for it again.
 *
 * Modelled: three events, and a count of them that the publisher tells at each timestep, by which the subscriber notices that
 * the last one is missing.
 * Left out: several subscribers, and events that the publisher no longer has.
 *
 * The bug: the subscriber counts on from the first event that it gets. Where the very first one is lost, no gap shows. The
 * repair: it knows from where it has subscribed.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { publisher: ['p'], subscriber: ['s'] } as const;

type Nodes = typeof NODES;

type Message =
  | { readonly type: 'event'; readonly number: number }
  | { readonly type: 'count'; readonly events: number }
  | { readonly type: 'missing'; readonly number: number };

const EVENTS = 3;

const publisher: RoleHandlers<Nodes, 'publisher', { published: number }, Message, number> = {
  init: () => ({ published: 0 }),
  tickAtStart: true,
  onTick(state, { send }) {
    if (state.published < EVENTS) send('s', { type: 'event', number: ++state.published });
    send('s', { type: 'count', events: state.published });
  },
  onMessage: {
    missing(_, { number }, { send }) {
      send('s', { type: 'event', number });
    },
  },
  observe: ({ published }) => published,
};

interface Subscriber {
  /** The number of the first event that it wants; undefined where that is the first that it gets. */
  first: number | undefined;
  readonly events: Set<number>;
}

const subscriber = (
  first: number | undefined,
): RoleHandlers<Nodes, 'subscriber', Subscriber, Message, number> => ({
  init: () => ({ first, events: new Set<number>() }),
  onMessage: {
    event(state, { number }) {
      state.first ??= number;
      state.events.add(number);
    },
    count({ first, events }, { events: count }, { send }) {
      if (first === undefined) return;
      for (let number = first; number <= count; number++)
        if (!events.has(number)) send('p', { type: 'missing', number });
    },
  },
  observe: ({ events }) => events.size,
});

const specification: RoleSpecification<Nodes, { publisher: number; subscriber: number }> = {
  'no event is missed': {
    pre: ({ at }) => at('p').observed === EVENTS,
    post: ({ at }) => at('s').observed === EVENTS || `s knows ${at('s').observed} of ${EVENTS} events`,
  },
};

const subscription = (name: string, expect: 'violated' | 'certified', first: number | undefined) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 8, eff: 4, crashes: 0 },
    messages: type<Message>(),
    roles: { publisher, subscriber: subscriber(first) },
    specification,
  });

export const fromWhatComes = subscription('a subscription from what comes first', 'violated', undefined);

export const fromTheFirst = subscription('a subscription from a number', 'certified', 1);
