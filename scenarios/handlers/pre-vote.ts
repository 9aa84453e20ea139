/**
 * A node of Raft that was cut off, and comes back (Ongaro 2014, "Consensus: Bridging Theory and Practice", section 9.6).
 *
 * Modelled: three nodes; a leads, and is heard of by b at all times. A partition may cut c off for a while, in
 * both ways or one. Who has not heard of a leader for some timesteps asks for votes in a new term; and who hears of a later term
 * than its own follows it.
 * Left out: logs, crashes, and messages that are lost by themselves.
 *
 * The bug is one of availability: c has gone on to a later term by the time it comes back, and the leader, whom all others
 * hear, gives up. The repair, pre-vote: before it begins a term, a node asks whether the others would vote for it; and who has heard of
 * a leader lately would not.
 */
import { defineScenario, type, type Context } from 'ldfi';

interface State {
  term: number;
  leads: boolean;
  /** When a leader was last heard of. */
  heard: number;
  /** Who would vote for it, or has. */
  votes: Set<string>;
}

type Message =
  | { readonly type: 'append'; readonly term: number }
  | { readonly type: 'may I' }
  | { readonly type: 'you may' }
  | { readonly type: 'request'; readonly term: number }
  | { readonly type: 'vote'; readonly term: number };

const PATIENCE = 3;

type NodeContext = Context<'a' | 'b' | 'c', Message>;

/** Whether a leader has been heard of lately. */
function isLed({ leads, heard }: State, { time }: NodeContext): boolean {
  return leads || time - heard < PATIENCE;
}

function begin(state: State, { self, broadcast }: NodeContext): void {
  state.term++;
  state.leads = false;
  state.votes = new Set([self]);
  broadcast({ type: 'request', term: state.term });
}

function follow(state: State, term: number): void {
  if (term <= state.term) return;
  state.term = term;
  state.leads = false;
}

const raft = (name: string, expect: 'violated' | 'certified', asksBefore: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: ['a', 'b', 'c'],
    bounds: {
      eot: 11,
      eff: 7,
      crashes: 0,
      omissions: 0,
      partitions: 1,
      reliable: { links: ['a->b', 'b->a'] },
    },
    handlers: {
      messages: type<Message>(),
      init: (node): State => ({ term: 1, leads: node === 'a', heard: 1, votes: new Set<string>() }),
      tickAtStart: true,
      onTick(state, context) {
        const { self, broadcast } = context;
        if (state.leads) broadcast({ type: 'append', term: state.term });
        else if (!isLed(state, context)) {
          if (!asksBefore) begin(state, context);
          else {
            state.votes = new Set([self]);
            broadcast({ type: 'may I' });
          }
        }
      },
      onMessage: {
        append(state, { term }, { time }) {
          if (term < state.term) return;
          follow(state, term);
          state.heard = time;
        },
        'may I'(state, _, context) {
          if (!isLed(state, context)) context.send(context.from, { type: 'you may' });
        },
        'you may'(state, _, context) {
          if (isLed(state, context)) return;
          state.votes.add(context.from);
          if (state.votes.size > 1) begin(state, context);
        },
        request(state, { term }, { from, send }) {
          if (term <= state.term) return;
          follow(state, term);
          send(from, { type: 'vote', term });
        },
        vote(state, { term }, { from }) {
          if (term !== state.term) return;
          state.votes.add(from);
          state.leads = state.votes.size > 1;
        },
      },
      observe: ({ leads, term }) => ({ leads, term }),
    },
    specification: {
      'who is heard goes on to lead': { always: ({ at }) => at('a').observed.leads || 'a has given up' },
      'c follows in the end': {
        pre: () => true,
        post: ({ at }) => at('c').observed.term === at('a').observed.term,
      },
    },
  });

/** c is cut off, and comes back in a later term. */
export const without = raft('raft without pre-vote', 'violated', false);

export const withPreVote = raft('raft with pre-vote', 'certified', true);
