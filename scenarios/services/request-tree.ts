/**
 * A request to a gateway, and the calls of services that it takes, in the shape that tracing systems record
 * (Sigelman and others 2010, "Dapper, a large-scale distributed systems tracing infrastructure"): a tree of
 * spans, each with its parent, the service that was called, and how that ended. Looking for what such trees
 * rest on is how lineage-driven fault injection was put to work on a large site (Alvaro and others 2016,
 * "Automating failure testing research at internet scale").
 *
 * Modelled: one request. The gateway calls an accounts service, which it needs, and an adverts service, which
 * it can do without. Accounts runs twice, and a call that fails is tried again with the other one; each of the
 * two calls the one database, and may answer from a cache instead. Every call has a time limit. A call is a
 * span at its caller, and names its parent because the call carries the parent's identifier. Spans of a node
 * that has crashed count as recorded.
 * Left out: what the answers say and how old a cached one is, load and limits on retries across requests, and
 * whoever asked the gateway; where the gateway itself crashes, nothing is asked of a run.
 *
 * Two accounts services look like no single point of failure, but for the database behind both of them.
 */
import {
  defineScenario,
  type,
  type Bounds,
  type Context,
  type MessageContext,
  type Specification,
} from 'ldfi';

type Node = 'gateway' | Replica | 'database' | 'adverts';
type Replica = 'accounts1' | 'accounts2';

/** Timesteps until a call of a service that calls nobody has failed: more than the two until its answer. */
const LEAF_LIMIT = 3;
/** As long as accounts may take: a call of it is two messages and a failed call of the database. */
const ACCOUNTS_LIMIT = LEAF_LIMIT + 3;

interface Span {
  /** That of its parent, and its place among its parent's spans: `1.2` is the second call for `1`. */
  readonly id: string;
  readonly parent: string | null;
  readonly service: Node;
  readonly outcome: 'open' | Answer | 'timed out';
}

/** `degraded`: without all that should be in it. */
type Answer = 'ok' | 'degraded' | 'failed';

type Message =
  | { readonly type: 'call'; readonly span: string }
  | { readonly type: 'answer'; readonly span: string; readonly answer: Answer };

interface State {
  /** In the order in which they were opened. */
  readonly spans: readonly Span[];
}

type Here = Context<Node, Message>;
type Reply = MessageContext<Node, Message>;

interface Design {
  /** Whom the gateway calls, in turn. */
  readonly accounts: readonly Replica[];
  /** How often it calls them at most. */
  readonly attempts: number;
  /** In timesteps. */
  readonly accountsLimit: number;
  /** Whether accounts answers from a cache where the database does not. */
  readonly cache: boolean;
  /** Whether the gateway answers without adverts where there are none. */
  readonly advertsOptional: boolean;
}

const ROOT = '1';

const isAnswered = ({ outcome }: Span) => outcome === 'ok' || outcome === 'degraded';
const isAccounts = ({ service }: Span) => service === 'accounts1' || service === 'accounts2';

function close(state: State, id: string, outcome: Span['outcome']): State {
  return { spans: state.spans.map((span) => (span.id === id ? { ...span, outcome } : span)) };
}

function call(state: State, parent: string, service: Node, limit: number, { send, timers }: Here): State {
  const id = `${parent}.${state.spans.filter((span) => span.parent === parent).length + 1}`;
  send(service, { type: 'call', span: id });
  timers.set(id, limit);
  return { spans: [...state.spans, { id, parent, service, outcome: 'open' }] };
}

function callAccounts(design: Design, state: State, here: Here): State {
  const before = state.spans.filter(isAccounts).length;
  if (before === design.attempts) return close(state, ROOT, 'failed');
  return call(state, ROOT, design.accounts[before % design.accounts.length], design.accountsLimit, here);
}

/** The gateway gets the request. */
function begin(design: Design, here: Here): State {
  const root: Span = { id: ROOT, parent: null, service: 'gateway', outcome: 'open' };
  const asked = callAccounts(design, { spans: [root] }, here);
  return call(asked, ROOT, 'adverts', LEAF_LIMIT, here);
}

/** A call of the gateway has ended: another one, the answer to the request, or waiting for the rest. */
function proceed(design: Design, state: State, ended: Span, here: Here): State {
  if (state.spans[0].outcome !== 'open') return state;
  if (!isAnswered(ended) && isAccounts(ended)) return callAccounts(design, state, here);
  if (!isAnswered(ended) && !design.advertsOptional) return close(state, ROOT, 'failed');
  const calls = state.spans.filter(({ parent }) => parent === ROOT);
  const accounts = calls.find((span) => isAccounts(span) && isAnswered(span));
  const adverts = calls.find(({ service }) => service === 'adverts');
  if (accounts === undefined || adverts?.outcome === 'open') return state;
  const complete = accounts.outcome === 'ok' && adverts?.outcome === 'ok';
  return close(state, ROOT, complete ? 'ok' : 'degraded');
}

/** The call of the database has ended: accounts answers the gateway. */
function answer(design: Design, state: State, ended: Span, { send }: Here): State {
  const instead = design.cache ? 'degraded' : 'failed';
  const result = ended.outcome === 'ok' ? 'ok' : instead;
  if (ended.parent !== null) send('gateway', { type: 'answer', span: ended.parent, answer: result });
  return state;
}

/** Ends a call that is under way; an answer that comes too late changes nothing. */
function end(design: Design, state: State, id: string, outcome: Span['outcome'], here: Here): State {
  const span = state.spans.find((one) => one.id === id && one.outcome === 'open');
  if (span === undefined) return state;
  here.timers.cancel(id);
  const [ended, closed] = [{ ...span, outcome }, close(state, id, outcome)];
  return here.self === 'gateway' ? proceed(design, closed, ended, here) : answer(design, closed, ended, here);
}

/** A service is called: accounts calls the database, the others answer. */
function serve(state: State, span: string, here: Reply): State {
  switch (here.self) {
    case 'accounts1':
    case 'accounts2':
      return call(state, span, 'database', LEAF_LIMIT, here);
    case 'gateway':
    case 'database':
    case 'adverts':
      here.send(here.from, { type: 'answer', span, answer: 'ok' });
      return state;
  }
}
type Observation = readonly Span[];

const specification: Specification<Node, Observation> = {
  answered: {
    pre: ({ at }) => !at('gateway').crashed,
    post({ nodes, at }) {
      const root = at('gateway').observed.find(({ id }) => id === ROOT);
      if (root !== undefined && isAnswered(root)) return true;
      const unanswered = nodes
        .flatMap(({ observed }) => observed)
        .filter((span) => !isAnswered(span) && span !== root)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, service, outcome }) => `${id} to ${service} (${outcome})`);
      return `the request was not answered; these calls were not either: ${unanswered.join(', ')}`;
    },
  },
  tree: {
    always({ nodes }) {
      const spans = nodes.flatMap(({ observed }) => observed);
      const orphan = spans.find(({ parent }) => parent !== null && !spans.some(({ id }) => id === parent));
      return orphan === undefined || `no node has the parent of the span ${orphan.id}`;
    },
  },
};

function requestTree(name: string, design: Design, bounds: Bounds, expect: 'certified' | 'violated') {
  return defineScenario({
    name: `request-tree ${name}`,
    nodes: ['gateway', ...design.accounts, 'database', 'adverts'],
    bounds,
    expect,
    handlers: {
      messages: type<Message>(),
      init: (): State => ({ spans: [] }),
      onStart: (state, here) => (here.self === 'gateway' ? begin(design, here) : state),
      onTimer: (state, span, here) => end(design, state, span, 'timed out', here),
      onMessage: {
        call: (state, { span }, here) => serve(state, span, here),
        answer: (state, { span, answer }, here) => end(design, state, span, answer, here),
      },
      observe: ({ spans }): Observation => spans,
    },
    specification,
  });
}

const tolerant: Design = {
  accounts: ['accounts1', 'accounts2'],
  attempts: 3,
  accountsLimit: ACCOUNTS_LIMIT,
  cache: true,
  advertsOptional: true,
};

const omissions: Bounds = { eot: 20, eff: 5, crashes: 0 };
const omissionsAndCrash: Bounds = { eot: 20, eff: 5, crashes: 1 };

/** Whatever is called has something to take its place. */
export const requestTreeTolerant = requestTree(
  'without a single point of failure',
  tolerant,
  omissionsAndCrash,
  'certified',
);

/** The database answers for both accounts services. */
export const requestTreeSharedDatabase = requestTree(
  'with a shared database',
  { ...tolerant, cache: false },
  omissionsAndCrash,
  'violated',
);

/** To ask the same service again is no help when it has crashed. */
export const requestTreeOneAccounts = requestTree(
  'with one accounts service',
  { ...tolerant, accounts: ['accounts1'] },
  omissionsAndCrash,
  'violated',
);

/** The gateway gives up just before accounts answers from its cache, and every time it does. */
export const requestTreeImpatient = requestTree(
  'with an impatient gateway',
  { ...tolerant, accountsLimit: ACCOUNTS_LIMIT - 1 },
  omissionsAndCrash,
  'violated',
);

/** One lost message is a lost request. */
export const requestTreeWithoutRetry = requestTree(
  'without retry',
  { ...tolerant, attempts: 1 },
  omissions,
  'violated',
);

/** What the request could do without takes it down. */
export const requestTreeMandatoryAdverts = requestTree(
  'without a fallback for adverts',
  { ...tolerant, advertsOptional: false },
  omissions,
  'violated',
);
