/**
 * Elections as in Raft (Ongaro and Ousterhout 2014, section 5.2): each node has one vote in a term, and whoever has the votes
 * of a majority leads in it.
 *
 * Modelled: one term, in which a and b campaign at the same time and ask again until it is over; and c, whose vote decides.
 * Any node may be restarted. It does not campaign again in the same term.
 * Left out: logs, and later terms.
 *
 * The bug: a node keeps its vote in memory, and has another one when it was restarted. The repair: the vote goes to disk before it is
 * given, as the paper asks.
 */
import { defineScenario, type, type Context, type HandlerOutcome } from 'ldfi';

interface State {
  votedFor: string | null;
  /** Who has voted for it; nothing, where it does not campaign. */
  votes: Set<string> | null;
}

type Message = { readonly type: 'request' } | { readonly type: 'vote' };

const CANDIDATES = ['a', 'b'];

function campaign({ votes }: State, { broadcast }: Context<string, Message>): void {
  if (votes !== null) broadcast({ type: 'request' });
}

function twoLeaders({ nodes }: HandlerOutcome<string, boolean>): string | boolean {
  const leaders = nodes.filter(({ observed }) => observed).map(({ node }) => node);
  return leaders.length > 1 && `${leaders.join(' and ')} lead in one term`;
}

const election = (name: string, expect: 'violated' | 'certified', isOnDisk: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: [...CANDIDATES, 'c'],
    bounds: { eot: 8, eff: 4, crashes: 0, restarts: 1 },
    handlers: {
      messages: type<Message>(),
      init: (): State => ({ votedFor: null, votes: null }),
      keep: ({ votedFor }) => (isOnDisk ? votedFor : null),
      restore: (votedFor) => ({ votedFor, votes: null }),
      onStart(state, context) {
        if (!CANDIDATES.includes(context.self) || context.restarted) return;
        state.votedFor = context.self;
        state.votes = new Set([context.self]);
        campaign(state, context);
      },
      onTick: campaign,
      onMessage: {
        request(state, _, { from, send }) {
          state.votedFor ??= from;
          if (state.votedFor === from) send(from, { type: 'vote' });
        },
        vote({ votes }, _, { from }) {
          votes?.add(from);
        },
      },
      observe: ({ votes }) => (votes?.size ?? 0) > 1,
    },
    specification: { 'election safety': { never: twoLeaders } },
  });

/** c hears of b first, votes for it, is restarted, and votes for a. */
export const inMemory = election('votes in memory', 'violated', false);

export const onDisk = election('votes on disk', 'certified', true);
