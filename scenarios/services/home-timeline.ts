/**
 * Home timelines by fan-out on write, as social networks have published theirs (for one, Raffi Krikorian 2012,
 * "Timelines at scale"). Timelines are read far more often than posts are written, so a post is inserted into the
 * timelines of all followers when it is written, and a read finds it there.
 *
 * Modelled: one post of one author, whose service stores it, has it replicated, and then acknowledges it; its
 * fan-out to five followers, whose timelines two nodes hold; and a reader that reads all five timelines five
 * times, which is 25 reads for one write. The rate is not what decides here: that each read is a chance to see
 * that the post is missing, and that the last one counts, is. With `retry`, what a timeline did not confirm is
 * inserted again. With `merge`, the reader also asks the service and its replica for recent posts and puts them
 * into what it shows.
 * Left out: the order within a timeline, followers that come and go, authors with too many followers to fan out
 * to, and replicas of timelines: what a node holds is gone when it crashes, until it is built anew.
 *
 * A retry makes up for what is lost on the way, and not for a node that crashes, be it the one that retries or
 * the one that holds the timeline. To merge makes up for both, for as long as the post counts as recent.
 */
import {
  defineScenario,
  type,
  type Bounds,
  type Context,
  type MessageContext,
  type Specification,
} from 'ldfi';

/** Timesteps until the author posts again: more than it takes to replicate the post and to answer. */
const ACKNOWLEDGEMENT_LIMIT = 5;
/** Timesteps until an insertion is tried again: more than the two until it is confirmed. */
const CONFIRMATION_LIMIT = 3;
/** The times at which all timelines are read. An answer takes two timesteps. */
const READ_TIMES = [2, 5, 8, 11, 14];

type Node = 'author' | 'service' | 'replica' | TimelineNode | 'reader';
type TimelineNode = 'timeline1' | 'timeline2';
type Follower = 'ann' | 'bob' | 'cat' | 'dan' | 'eve';

const homes: Readonly<Record<Follower, TimelineNode>> = {
  ann: 'timeline1',
  bob: 'timeline1',
  cat: 'timeline2',
  dan: 'timeline2',
  eve: 'timeline2',
};
const followers = Object.keys(homes) as Follower[];

type Message =
  // The write: from the author to the service, and from that to its replica.
  | { readonly type: 'post' }
  | { readonly type: 'acknowledged' }
  | { readonly type: 'replicate' }
  | { readonly type: 'replicated' }
  // The fan-out.
  | { readonly type: 'insert'; readonly follower: Follower }
  | { readonly type: 'inserted'; readonly follower: Follower }
  // A read, answered where the post is in the timeline, or recent.
  | { readonly type: 'read'; readonly follower: Follower }
  | { readonly type: 'entry'; readonly follower: Follower }
  | { readonly type: 'recent' }
  | { readonly type: 'recent entry' };

interface AuthorState {
  readonly role: 'author';
  readonly acknowledged: boolean;
}

/** The service and its replica; the replica neither replicates nor fans out. */
interface PostsState {
  readonly role: 'posts';
  readonly post: 'none' | 'stored' | 'replicated';
  readonly recent: boolean;
  /** Whose timelines may lack the post, where the service retries. */
  readonly unconfirmed: readonly Follower[];
}

interface TimelineState {
  readonly role: 'timeline';
  /** Those in whose timelines the post is. */
  readonly entries: readonly Follower[];
}

interface ReaderState {
  readonly role: 'reader';
  /** Those to whom the last read showed the post. */
  readonly shown: readonly Follower[];
}

type State = AuthorState | PostsState | TimelineState | ReaderState;
type Here = Context<Node, Message>;
type Reply = MessageContext<Node, Message>;

interface Design {
  readonly retry: boolean;
  readonly merge: boolean;
  /** For how many timesteps a post is recent; Infinity for longer than a run. */
  readonly recentFor: number;
}

function initial(node: Node): State {
  switch (node) {
    case 'author':
      return { role: 'author', acknowledged: false };
    case 'service':
    case 'replica':
      return { role: 'posts', post: 'none', recent: false, unconfirmed: [] };
    case 'timeline1':
    case 'timeline2':
      return { role: 'timeline', entries: [] };
    case 'reader':
      return { role: 'reader', shown: [] };
  }
}

/** The followers in one order, each once, so that equal sets are equal states. */
const union = (some: readonly Follower[], more: readonly Follower[]) =>
  followers.filter((follower) => some.includes(follower) || more.includes(follower));

function post({ send, timers }: Here): void {
  send('service', { type: 'post' });
  timers.set('acknowledgement', ACKNOWLEDGEMENT_LIMIT);
}

/** The service gets the post, perhaps again. */
function write(design: Design, state: PostsState, here: Here): State {
  if (state.post === 'replicated') return acknowledge(state, here);
  here.send('replica', { type: 'replicate' });
  return state.post === 'none' ? fanOut(design, store(design, state, here), followers, here) : state;
}

function acknowledge(state: PostsState, { send }: Here): State {
  send('author', { type: 'acknowledged' });
  return { ...state, post: 'replicated' };
}

function store(design: Design, state: PostsState, { timers }: Here): PostsState {
  if (state.post !== 'none') return state;
  if (Number.isFinite(design.recentFor)) timers.set('recent', design.recentFor);
  return { ...state, post: 'stored', recent: true };
}

function fanOut(design: Design, state: PostsState, to: readonly Follower[], { send, timers }: Here): State {
  for (const follower of to) send(homes[follower], { type: 'insert', follower });
  if (!design.retry) return state;
  timers.set('confirmation', CONFIRMATION_LIMIT);
  return { ...state, unconfirmed: to };
}

function confirm(state: PostsState, follower: Follower, { timers }: Here): State {
  const unconfirmed = state.unconfirmed.filter((one) => one !== follower);
  if (unconfirmed.length === 0) timers.cancel('confirmation');
  return { ...state, unconfirmed };
}

/** Reads all timelines: what an earlier read showed does not count any more. */
function read(design: Design, state: ReaderState, { send }: Here): State {
  for (const follower of followers) send(homes[follower], { type: 'read', follower });
  if (design.merge) for (const node of ['service', 'replica'] as const) send(node, { type: 'recent' });
  return { ...state, shown: [] };
}

function onTimer(design: Design, state: State, timer: string, here: Here): State {
  if (state.role === 'author') post(here);
  if (state.role !== 'posts') return state;
  return timer === 'recent' ? { ...state, recent: false } : fanOut(design, state, state.unconfirmed, here);
}

function answerRecent(state: State, { from, send }: Reply): void {
  if (state.role === 'posts' && state.recent) send(from, { type: 'recent entry' });
}

interface Observation {
  /** Of the author. */
  readonly acknowledged: boolean;
  /** Of the reader. */
  readonly shown: readonly Follower[];
}

const specification: Specification<Node, Observation> = {
  delivery: {
    pre: ({ at }) => at('author').observed.acknowledged && !at('reader').crashed,
    post({ at }) {
      const missing = followers.filter((follower) => !at('reader').observed.shown.includes(follower));
      const them = missing.join(', ');
      return missing.length === 0 || `the post is acknowledged, and the last read did not show it to ${them}`;
    },
  },
  progress: {
    pre: ({ nodes, correct }) => correct.length === nodes.length,
    post: ({ at }) =>
      at('author').observed.acknowledged || 'nothing has crashed, and the post is not acknowledged',
  },
};

function homeTimeline(name: string, design: Design, bounds: Bounds, expect: 'certified' | 'violated') {
  return defineScenario({
    name: `home-timeline ${name}`,
    nodes: ['author', 'service', 'replica', 'timeline1', 'timeline2', 'reader'],
    bounds,
    expect,
    handlers: {
      messages: type<Message>(),
      init: initial,
      onStart(state, here) {
        if (state.role === 'author') post(here);
      },
      onTick: (state, here) =>
        state.role === 'reader' && READ_TIMES.includes(here.time) ? read(design, state, here) : state,
      onTimer: (state, timer, here) => onTimer(design, state, timer, here),
      onMessage: {
        post: (state, _, here) => (state.role === 'posts' ? write(design, state, here) : state),
        acknowledged(state, _, { timers }) {
          timers.cancel('acknowledgement');
          return state.role === 'author' ? { ...state, acknowledged: true } : state;
        },
        replicate(state, _, here) {
          here.send('service', { type: 'replicated' });
          return state.role === 'posts' ? store(design, state, here) : state;
        },
        replicated: (state, _, here) => (state.role === 'posts' ? acknowledge(state, here) : state),
        insert(state, { follower }, { from, send }) {
          send(from, { type: 'inserted', follower });
          return state.role === 'timeline' ? { ...state, entries: union(state.entries, [follower]) } : state;
        },
        inserted: (state, { follower }, here) =>
          state.role === 'posts' ? confirm(state, follower, here) : state,
        read(state, { follower }, { from, send }) {
          const found = state.role === 'timeline' && state.entries.includes(follower);
          if (found) send(from, { type: 'entry', follower });
        },
        entry: (state, { follower }) =>
          state.role === 'reader' ? { ...state, shown: union(state.shown, [follower]) } : state,
        recent(state, _, here) {
          answerRecent(state, here);
        },
        'recent entry': (state) => (state.role === 'reader' ? { ...state, shown: followers } : state),
      },
      observe: (state): Observation => ({
        acknowledged: state.role === 'author' && state.acknowledged,
        shown: state.role === 'reader' ? state.shown : [],
      }),
    },
    specification,
  });
}

const bare: Design = { retry: false, merge: false, recentFor: Infinity };

const omissions: Bounds = { eot: 16, eff: 5, crashes: 0 };
const omissionsAndCrash: Bounds = { eot: 16, eff: 5, crashes: 1 };

/** Inserted once, and nothing else. */
export const homeTimelineBare = homeTimeline('without either', bare, omissions, 'violated');

/** Repaired: inserted until it is confirmed, while no node crashes. */
export const homeTimelineRetry = homeTimeline('with retry', { ...bare, retry: true }, omissions, 'certified');

/** The followers whose timelines were on the node that crashed have none. */
export const homeTimelineRetryAndCrash = homeTimeline(
  'with retry and a crash',
  { ...bare, retry: true },
  omissionsAndCrash,
  'violated',
);

/** Repaired: the post is recent, and one of the two that have it answers. */
export const homeTimelineMerge = homeTimeline(
  'with merged recent posts',
  { ...bare, merge: true },
  omissionsAndCrash,
  'certified',
);

/** To merge is no retry: when the post is no longer recent, what was not inserted is not there. */
export const homeTimelineBriefMerge = homeTimeline(
  'with recent posts merged briefly',
  { ...bare, merge: true, recentFor: 6 },
  omissions,
  'violated',
);
