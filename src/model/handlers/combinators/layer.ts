/**
 * A layer around a protocol: something that each node does besides, such as to send again what got lost. The protocol is as
 * it was: its handlers are given its own state and its own messages, and properties are shown what it shows.
 *
 * What the layer remembers stands beside the protocol's state, and not within it, so that whoever returns a new state need
 * not know of it.
 */
import type {
  AnyHandlers,
  Context,
  HandlerProtocol,
  MessageContext,
  MessageLike,
  Next,
  NodeContext,
} from '../protocol.js';

export type AnyContext = Context<string, MessageLike>;
export type AnyMessageContext = MessageContext<string, MessageLike>;

/** @typeParam Memory what each node remembers for the layer; its fields stand beside `state`, the protocol's own */
export interface Layer<Memory extends object> {
  /** Before time 1, and after an outage. */
  memory(): Memory;
  /** At each start, before the protocol's own. */
  started?(memory: Memory, context: AnyContext): void;
  /** At each later time, before the protocol's own tick. */
  ticked(memory: Memory, context: AnyContext): void;
  /** The protocol sends a message to another node: to be sent on, as it is or not. */
  sent(memory: Memory, to: string, message: MessageLike, context: AnyContext): void;
  /**
   * A message of the protocol has arrived from another node.
   *
   * @param give hands it to the protocol, which is called at once
   */
  arrived(
    memory: Memory,
    message: MessageLike,
    context: AnyMessageContext,
    give: (message: MessageLike) => void,
  ): void;
  /** A call of the protocol has returned. */
  returned?(memory: Memory, context: AnyContext): void;
  /** Messages of the layer itself, by their types, which no message of the protocol has. */
  readonly own: Readonly<
    Record<string, (memory: Memory, message: MessageLike, context: AnyMessageContext) => void>
  >;
}

/** The local state of a node in a layer. */
type Layered<Memory> = Memory & { state: unknown };

/** Of handlers in a layer, what is in it, and how others are put in its place. */
const INSIDE = Symbol('inside');
interface Inside {
  readonly handlers: AnyHandlers;
  readonly around: (handlers: AnyHandlers) => AnyHandlers;
}

/** The protocol, with the handlers of each role changed. */
export function withHandlers(
  protocol: HandlerProtocol,
  change: (handlers: AnyHandlers) => AnyHandlers,
): HandlerProtocol {
  if (protocol.roles === undefined) return { ...protocol, handlers: change(protocol.handlers) };
  const roles = Object.entries(protocol.roles).map(([role, handlers]) => [role, change(handlers)]);
  return { ...protocol, roles: Object.fromEntries(roles) as typeof protocol.roles };
}

/** Changes the handlers that are in all layers. */
export function withInnermost(
  handlers: AnyHandlers,
  change: (handlers: AnyHandlers) => AnyHandlers,
): AnyHandlers {
  const inside = (handlers as { readonly [INSIDE]?: Inside })[INSIDE];
  return inside === undefined ? change(handlers) : inside.around(withInnermost(inside.handlers, change));
}

/** The handlers that are in all layers. */
export function innermost(handlers: AnyHandlers): AnyHandlers {
  const inside = (handlers as { readonly [INSIDE]?: Inside })[INSIDE];
  return inside === undefined ? handlers : innermost(inside.handlers);
}

/** Puts handlers into a layer. */
export function layered<Memory extends object>(handlers: AnyHandlers, layer: Layer<Memory>): AnyHandlers {
  const begin = (state: unknown): Layered<Memory> => ({ ...layer.memory(), state });
  const inside: Inside = { handlers, around: (others) => layered(others, layer) };
  const around = {
    ...handlers,
    [INSIDE]: inside,
    init: (node: string, nodes: readonly string[]) => begin(handlers.init(node, nodes)),
    ...(handlers.keep !== undefined && { keep: (own: Layered<Memory>) => handlers.keep!(own.state) }),
    ...(handlers.restore !== undefined && {
      restore: (kept: unknown, context: NodeContext<string>) => begin(handlers.restore!(kept, context)),
    }),
    // The layer begins its own ticks after the start.
    tickAtStart: false,
    onStart(own: Layered<Memory>, context: AnyContext) {
      layer.started?.(own, context);
      call(layer, own, context, (state, inner) => handlers.onStart?.(state, inner));
      if (handlers.tickAtStart === true)
        call(layer, own, context, (state, inner) => handlers.onTick?.(state, inner));
    },
    onTick(own: Layered<Memory>, context: AnyContext) {
      layer.ticked(own, context);
      call(layer, own, context, (state, inner) => handlers.onTick?.(state, inner));
    },
    ...(handlers.onTimer !== undefined && {
      onTimer(own: Layered<Memory>, name: string, context: AnyContext) {
        call(layer, own, context, (state, inner) => handlers.onTimer!(state, name, inner));
      },
    }),
    onMessage: { ...receiving(handlers.onMessage, layer), ...layer.own },
    observe: (own: Layered<Memory>, context: NodeContext<string>) => handlers.observe(own.state, context),
  };
  return around as AnyHandlers;
}

type AnyMessageHandlers = AnyHandlers['onMessage'];

function receiving<Memory extends object>(
  handlers: AnyMessageHandlers,
  layer: Layer<Memory>,
): AnyMessageHandlers {
  const types = Object.keys(handlers).map((type): [string, AnyMessageHandlers[string]] => [
    type,
    (own, message, context) => {
      const memory = own as Layered<Memory>;
      const give = (given: MessageLike): void => {
        call(layer, memory, context, (state, inner) => handlers[type](state, given, inner));
      };
      // What a node sends to itself is never lost, and goes past the layer.
      if (context.from === context.self) give(message);
      else layer.arrived(memory, message, context, give);
    },
  ]);
  return Object.fromEntries(types);
}

/** Calls the protocol, which then sends by the layer. */
function call<Memory extends object, Own extends AnyContext>(
  layer: Layer<Memory>,
  own: Layered<Memory>,
  context: Own,
  handler: (state: unknown, context: Own) => Next<unknown>,
): void {
  const send: AnyContext['send'] = (to, message) => {
    if (to === context.self) context.send(to, message);
    else layer.sent(own, to, message, context);
  };
  const broadcast: AnyContext['broadcast'] = (message) => {
    for (const node of context.nodes) if (node !== context.self) send(node, message);
  };
  const next: unknown = handler(own.state, sendingBy(context, { send, broadcast }));
  if (next !== undefined) own.state = next;
  layer.returned?.(own, context);
}

/** The same context with other ways of sending. To copy it would ask for the time, on which the call would then rest. */
function sendingBy<Own extends AnyContext>(context: Own, ways: Pick<AnyContext, 'send' | 'broadcast'>): Own {
  const properties = {
    ...Object.getOwnPropertyDescriptors(context),
    ...Object.getOwnPropertyDescriptors(ways),
  };
  return Object.freeze(Object.defineProperties({}, properties)) as Own;
}
