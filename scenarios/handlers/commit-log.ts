/**
 * Two-phase commit whose coordinator is restarted (Gray 1978, "Notes on Data Base Operating Systems"). A coordinator that
 * finds no decision in its log takes the transaction for aborted.
 *
 * Modelled: a coordinator and two participants, which vote yes and have all that they know on disk. What is sent is repeated until it is
 * answered.
 * Left out: participants that vote no, crashes for good, and the end of a transaction, after which the log forgets it.
 *
 * The bug: the coordinator tells its decision before it is in its log. The repair: it writes it down first.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { coordinator: ['C'], participant: ['p', 'q'] } as const;

type Nodes = typeof NODES;

type Decision = 'commit' | 'abort';

type Message =
  | { readonly type: 'prepare' }
  | { readonly type: 'yes' }
  | { readonly type: 'decided'; readonly decision: Decision };

interface Coordinator {
  readonly votes: Set<string>;
  decision: Decision | null;
}

/** @param isLogged whether the decision is on disk before it is told */
const coordinator = (
  isLogged: boolean,
): RoleHandlers<Nodes, 'coordinator', Coordinator, Message, Decision | null, Decision | null> => ({
  init: () => ({ votes: new Set<string>(), decision: null }),
  keep: ({ decision }) => (isLogged ? decision : null),
  restore: (decision) => ({ votes: new Set<string>(), decision: decision ?? 'abort' }),
  tickAtStart: true,
  onTick({ decision }, { nodesOf, send }) {
    for (const participant of nodesOf('participant'))
      send(participant, decision === null ? { type: 'prepare' } : { type: 'decided', decision });
  },
  onMessage: {
    yes(state, _, { from, nodesOf }) {
      state.votes.add(from);
      if (state.votes.size === nodesOf('participant').length) state.decision ??= 'commit';
    },
  },
  observe: ({ decision }) => decision,
});

const participant: RoleHandlers<
  Nodes,
  'participant',
  { decision: Decision | null },
  Message,
  Decision | null,
  { decision: Decision | null }
> = {
  init: () => ({ decision: null }),
  keep: (state) => state,
  restore: (kept) => kept,
  onMessage: {
    prepare({ decision }, _, { from, send }) {
      if (decision === null) send(from, { type: 'yes' });
    },
    decided(state, { decision }) {
      state.decision ??= decision;
    },
  },
  observe: ({ decision }) => decision,
};

const specification: RoleSpecification<
  Nodes,
  { coordinator: Decision | null; participant: Decision | null }
> = {
  agreement: {
    never: ({ nodes }) => {
      const decisions = new Set(nodes.map(({ observed }) => observed).filter((each) => each !== null));
      return decisions.size > 1 && 'it is committed and aborted';
    },
  },
  termination: {
    pre: () => true,
    post: ({ nodes }) => nodes.every(({ observed }) => observed !== null) || 'somebody does not know',
  },
};

const commit = (name: string, expect: 'violated' | 'certified', isLogged: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 9, eff: 4, crashes: 0, restarts: 1, crashesBefore: 6 },
    messages: type<Message>(),
    roles: { coordinator: coordinator(isLogged), participant },
    specification,
  });

/** The coordinator tells p and q to commit, is restarted, and finds nothing in its log. */
export const toldFirst = commit('two-phase commit that tells before it logs', 'violated', false);

export const loggedFirst = commit('two-phase commit that logs before it tells', 'certified', true);
