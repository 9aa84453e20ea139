/**
 * Random protocols whose nodes record operations as well: those of `handlers.ts`, of which some handlers begin an operation
 * or come to the end of one, before or after what they do, and give for a result what they know by then.
 */
import fc from 'fast-check';
import { models } from '../../../src/model/handlers/operations/models.js';
import type {
  AnyObjectModel,
  RecordedOperation,
} from '../../../src/model/handlers/operations/object-model.js';
import type {
  AnyHandlers,
  Context,
  HandlerProtocol,
  MessageLike,
} from '../../../src/model/handlers/protocol.js';
import { optional } from '../weights.js';
import { generatedHandlers, type GeneratedHandlers } from './handlers.js';
import { COUNTERS, MESSAGES, type Counter, type LocalState } from './language.js';

type Kind = 'looks' | 'changes';

interface DrawnObject {
  readonly model: AnyObjectModel;
  readonly looks: () => RecordedOperation;
  readonly changes: (value: number) => RecordedOperation;
}

const OBJECTS = {
  register: {
    model: models.register<number>(0),
    looks: () => ({ type: 'read' }),
    changes: (value) => ({ type: 'write', value }),
  },
  counter: {
    model: models.counter(),
    looks: () => ({ type: 'read' }),
    changes: (amount) => ({ type: 'add', amount }),
  },
  map: {
    model: models.map<number>(),
    looks: () => ({ type: 'get', key: 'x' }),
    changes: (value) => ({ type: 'set', key: value === 1 ? 'x' : 'y', value }),
  },
} as const satisfies Readonly<Record<string, DrawnObject>>;

type ObjectName = keyof typeof OBJECTS;

/** What a handler does with operations: it comes to the end of one where it waits for that, or begins one, or both in turn. */
interface Action {
  readonly ends: boolean;
  readonly begins: Kind | undefined;
  /** Whether it begins one, though it waits for another. */
  readonly givesUp: boolean;
  readonly first: boolean;
  readonly counter: Counter;
}

const NAMES = ['onStart', 'onTick', 'onTimer', ...MESSAGES] as const;
type Name = (typeof NAMES)[number];

interface Operations {
  readonly object: ObjectName;
  readonly actions: Readonly<Record<Name, Action | undefined>>;
}

const kind = fc.constantFrom<Kind>('changes', 'looks');
const begins = (percent: number) =>
  optional(
    percent,
    fc.record<Action>({
      ends: fc.constantFrom(false, true),
      begins: optional(90, kind),
      givesUp: fc.constantFrom(false, false, false, true),
      first: fc.boolean(),
      counter: fc.constantFrom(...COUNTERS),
    }),
  );
const ends = optional(
  80,
  fc.record<Action>({
    ends: fc.constantFrom(true, true, true, false),
    begins: optional(25, kind),
    givesUp: fc.constant(false),
    first: fc.constantFrom(false, false, true),
    counter: fc.constantFrom(...COUNTERS),
  }),
);

const operations: fc.Arbitrary<Operations> = fc.record({
  object: fc.constantFrom<ObjectName>('register', 'counter', 'map'),
  actions: fc.record({
    onStart: begins(90),
    onTick: begins(35),
    onTimer: begins(25),
    ask: ends,
    tell: ends,
    done: ends,
  }),
});

/** The state of a protocol, and what its node waits for. */
interface Waiting {
  readonly inner: LocalState;
  readonly waits: Kind | null;
}

/** Its first property is about the operations. */
export function generatedOperations(): fc.Arbitrary<GeneratedHandlers> {
  return fc.tuple(generatedHandlers(), operations).map(([generated, drawn]) => {
    const { choice, nodes, bounds } = generated;
    return {
      ...{ choice, nodes, bounds },
      protocol: withOperations(generated.protocol, drawn),
      toString: () => `${generated.toString()}\noperations: ${JSON.stringify(drawn)}`,
    };
  });
}

function withOperations(protocol: HandlerProtocol, drawn: Operations): HandlerProtocol {
  const specification = {
    linear: { linearizable: OBJECTS[drawn.object].model },
    ...protocol.specification,
  };
  if (protocol.roles === undefined)
    return {
      ...protocol,
      handlers: recording(protocol.handlers, drawn),
      specification,
    };
  const roles = Object.entries(protocol.roles).map(([role, handlers]) => [role, recording(handlers, drawn)]);
  return {
    ...protocol,
    roles: Object.fromEntries(roles) as Readonly<Record<string, AnyHandlers>>,
    specification,
  };
}

function recording(handlers: AnyHandlers, drawn: Operations): AnyHandlers {
  const around = (
    name: Name,
    state: unknown,
    context: Context<string, MessageLike>,
    work: (inner: unknown) => unknown,
  ): unknown => act(drawn, name, state as Waiting, context, work);
  return {
    ...handlers,
    init: (node, nodes) => ({ inner: handlers.init(node, nodes), waits: null }),
    ...(handlers.keep !== undefined && {
      keep: (state) => ({
        kept: handlers.keep!((state as Waiting).inner),
        waits: (state as Waiting).waits,
      }),
      restore: (all, context) => {
        const { kept, waits } = all as {
          readonly kept: unknown;
          readonly waits: Kind | null;
        };
        return { inner: handlers.restore!(kept, context), waits };
      },
    }),
    onStart: (state, context) =>
      around('onStart', state, context, (inner) => handlers.onStart?.(inner, context)),
    onTick: (state, context) =>
      around('onTick', state, context, (inner) => handlers.onTick?.(inner, context)),
    onTimer: (state, name, context) =>
      around('onTimer', state, context, (inner) => handlers.onTimer?.(inner, name, context)),
    onMessage: Object.fromEntries(
      MESSAGES.map((name) => [
        name,
        (state, message, context) =>
          around(name, state, context, (inner) => handlers.onMessage[name](inner, message, context)),
      ]),
    ),
    observe: (state, context) => handlers.observe((state as Waiting).inner, context),
  };
}

function act(
  { object, actions }: Operations,
  name: Name,
  state: Waiting,
  context: Context<string, MessageLike>,
  work: (inner: unknown) => unknown,
): unknown {
  const action = actions[name];
  let { waits } = state;
  const record = (inner: LocalState) => {
    if (action !== undefined)
      waits = recorded(OBJECTS[object], action, waits, inner[action.counter], context);
  };
  if (action?.first === true) record(state.inner);
  const returned = work(state.inner) as LocalState | undefined;
  if (action?.first === false) record(returned ?? state.inner);
  if (returned !== undefined) return { inner: returned, waits };
  if (waits !== state.waits) (state as { waits: Kind | null }).waits = waits;
  return undefined;
}

/** What a node waits for then. */
function recorded(
  { looks, changes }: DrawnObject,
  action: Action,
  waits: Kind | null,
  value: number,
  { invoke, complete }: Context<string, MessageLike>,
): Kind | null {
  let still = waits;
  if (action.ends && still !== null) {
    if (still === 'looks') complete(value);
    else complete();
    still = null;
  }
  if (action.begins === undefined || (still !== null && !action.givesUp)) return still;
  invoke(action.begins === 'looks' ? looks() : changes(value));
  return action.begins;
}
