/**
 * What the compiler takes and refuses of handlers. There is nothing to run: type checking is the test, by this
 * project's compiler here, and by others on the published declarations (`tools/installed-beside.sh`).
 */
import { count, defineScenario, every, some, type } from '../../src/index.js';

type Message = { readonly type: 'promote'; readonly role: Role } | { readonly type: 'demote' };
type Role = 'primary' | 'replica';

interface State {
  readonly role: Role;
  readonly term: number;
  readonly log: string[];
  readonly voted: { readonly for: string | null; readonly as: Role };
}

const common = {
  name: 'roles',
  nodes: ['a', 'b'],
  bounds: { eot: 4, eff: 2, crashes: 0 },
  specification: { anything: { always: () => true } },
} as const;

const first: State = { role: 'replica', term: 0, log: [], voted: { for: null, as: 'replica' } };

/** Literals stay what they are, wherever they are returned. */
export const literals = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: (): State => ({ role: 'replica', term: 0, log: [], voted: { for: null, as: 'replica' } }),
    onStart: (state) => ({ ...state, role: 'primary' }),
    onTick(state, { time }) {
      if (time <= 2) return;
      return { ...state, role: 'primary', log: [...state.log, 'tick'] };
    },
    onTimer: (state, name) => (name === 'retry' ? { ...state, role: 'replica' } : undefined),
    onMessage: {
      promote(state, { role }, { from }) {
        if (role === state.role) return;
        if (role === 'primary') return { ...state, role: 'primary', voted: { for: from, as: 'primary' } };
        return { ...state, role };
      },
      demote: () => ({ role: 'replica', term: 1, log: ['demoted'], voted: { for: 'a', as: 'primary' } }),
    },
    observe: ({ role }) => role,
  },
});

type Phase = { readonly phase: 'idle' } | { readonly phase: 'busy'; readonly since: number };

export const unions = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: (): Phase => ({ phase: 'idle' }),
    onMessage: {
      promote: (_, __, { time }) => ({ phase: 'busy', since: time }),
      demote: () => ({ phase: 'idle' }),
    },
    observe: ({ phase }) => phase,
  },
});

export const primitives = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: (): Role => 'replica',
    onMessage: {
      promote: () => 'primary',
      demote: (_, __, { self }) => (self === 'a' ? 'primary' : 'replica'),
    },
    observe: (role) => role,
  },
});

export const tuples = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: (): { readonly last: readonly [number, Role] } => ({ last: [0, 'replica'] }),
    onMessage: {
      promote: ({ last }) => ({ last: [last[0] + 1, 'primary'] }),
      demote: () => ({ last: [0, 'replica'] }),
    },
    observe: ({ last }) => last,
  },
});

/** Without a type of its own, a state has those that `init` gives: any string, any number. */
export const inferred = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: (node) => ({ role: node === 'a' ? 'primary' : 'replica', term: 0, up: false }),
    onMessage: {
      promote: (state) => ({ ...state, role: 'primary', up: true }),
      demote: () => ({ role: 'none', term: 2, up: true }),
    },
    observe: ({ up }) => up,
  },
});

interface Votes {
  role: Role;
  votes: Set<string>;
  terms: Map<string, number[]>;
}

/** Handlers change what they are given, where its type lets them, or return the next state. */
export const drafts = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: (): Votes => ({ role: 'replica', votes: new Set(), terms: new Map() }),
    onStart(state, { self }) {
      state.votes.add(self);
    },
    onTick: (state) => void state.terms.get('a')?.push(1),
    // @ts-expect-error A set of votes is no state: the braces are missing.
    onTimer: (state, name) => state.votes.add(name),
    onMessage: {
      promote(state, { role }, { from }) {
        state.role = role;
        state.terms.set(from, [1]);
      },
      demote: (state) => ({ ...state, role: 'replica', votes: new Set<string>() }),
    },
    observe: ({ votes }) => votes.size,
  },
});

/** What is readonly stays so. */
export const unchangeable = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: (): { readonly role: Role; readonly votes: ReadonlySet<string> } => ({
      role: 'replica',
      votes: new Set(),
    }),
    onMessage: {
      promote(state) {
        // @ts-expect-error The field is readonly.
        state.role = 'primary';
      },
      demote(state, _, { from }) {
        // @ts-expect-error The set is readonly.
        state.votes = new Set([from]);
      },
    },
    observe: ({ role }) => role,
  },
});

/** What is of another type, or lacks a field, is refused. */
export const mistakes = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: () => first,
    // @ts-expect-error There is no such role.
    onStart: (state) => ({ ...state, role: 'leader' }),
    // @ts-expect-error The term is a number.
    onTick: (state) => ({ ...state, term: '1' }),
    // @ts-expect-error The log is one of strings.
    onTimer: (state) => ({ ...state, log: [1] }),
    onMessage: {
      // @ts-expect-error A literal further down is another, too.
      promote: (state) => ({ ...state, voted: { for: null, as: 'nobody' } }),
      // @ts-expect-error The log and the vote are missing.
      demote: () => ({ role: 'replica', term: 1 }),
    },
    observe: ({ role }) => role,
  },
});

export const moreMistakes = defineScenario({
  ...common,
  handlers: {
    messages: type<Message>(),
    init: () => first,
    // @ts-expect-error A state is no string, though the compiler is told to keep literals.
    onStart: () => '',
    // @ts-expect-error Nor an empty array.
    onTick: () => [],
    // @ts-expect-error Nor an empty object.
    onTimer: () => ({}),
    onMessage: {
      promote(_, __, { send }) {
        // @ts-expect-error There is no such node.
        send('c', { type: 'demote' });
      },
      demote(_, __, { send }) {
        // @ts-expect-error There is no such message.
        send('b', { type: 'unknown' });
      },
    },
    observe: ({ role }) => role,
  },
});

/** Elements are what they are in the container, under what they are in it. */
export function tally(
  votes: ReadonlySet<Role>,
  terms: ReadonlyMap<Role, number>,
  log: readonly string[],
  matches: Readonly<Record<string, number>>,
): number {
  const all: boolean = every(votes, (vote) => vote === 'primary');
  const any: boolean = some(terms, (term, role) => term > 1 && role === 'replica');
  // @ts-expect-error: there is no such role
  some(votes, (vote) => vote === 'leader');
  // @ts-expect-error: a test says yes or no
  count(log, (entry) => entry);
  return (
    count(log, (entry, index) => entry.length > index) +
    count(matches, (match) => match > 1) +
    (all || any ? 1 : 0)
  );
}
