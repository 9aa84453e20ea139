/**
 * Roles: what nodes that do different things have of their own, which is handlers, and with them a state, an observation
 * and what is kept of it. Messages are common to all. A protocol without roles is one role.
 */
import type { Operations } from './operations/object-model.js';
import type { Context, MessageLike, Moment, Next, NodeContext, NodeView, PropertyOf } from './protocol.js';

/** The nodes of each role. The order of all nodes is that of the roles, and within one that of its list. */
export type Placement = Readonly<Record<string, readonly string[]>>;

/** The nodes of a role; without one, all nodes. */
export type NodeIn<Placed, Role = keyof Placed> = Role extends keyof Placed
  ? Placed[Role] extends readonly (infer Node extends string)[]
    ? Node
    : never
  : never;

/** The role of a node. */
export type RoleOf<Placed, Node extends string> = {
  [Role in keyof Placed]: Node extends NodeIn<Placed, Role> ? Role : never;
}[keyof Placed];

/** What a node knows of its own role, and of others'. */
export interface InRole<Placed extends Placement, Role extends keyof Placed = keyof Placed> {
  readonly self: NodeIn<Placed, Role>;
  /** That of this node. */
  readonly role: Role;
  /** The nodes of a role, in the scenario's order. */
  readonly nodesOf: <Other extends keyof Placed>(role: Other) => readonly NodeIn<Placed, Other>[];
}

/** The context of a handler of a role. */
export type RoleContext<
  Placed extends Placement,
  Message extends MessageLike,
  Role extends keyof Placed = keyof Placed,
  Recorded extends Operations = Operations,
> = InRole<Placed, Role> & Context<NodeIn<Placed>, Message, Recorded>;

/** The context of a handler of a role that receives a message. */
export type RoleMessageContext<
  Placed extends Placement,
  Message extends MessageLike,
  Role extends keyof Placed = keyof Placed,
  Recorded extends Operations = Operations,
> = RoleContext<Placed, Message, Role, Recorded> & { readonly from: NodeIn<Placed> };

/** What is known of a node of a role where nothing happens to it. */
export type RoleNodeContext<Placed extends Placement, Role extends keyof Placed = keyof Placed> = InRole<
  Placed,
  Role
> &
  NodeContext<NodeIn<Placed>>;

/** What the nodes of one role do, as {@link Handlers} say of all. */
export interface RoleHandlers<
  Placed extends Placement,
  Role extends keyof Placed,
  State,
  Message extends MessageLike,
  Observation,
  Kept = unknown,
  Recorded extends Operations = Operations,
> {
  init(node: NodeIn<Placed, Role>, nodes: readonly NodeIn<Placed>[]): State;
  /** Its parameter in `restore` wants a type: the compiler does not infer it from here. */
  keep?(state: State): Kept;
  restore?(kept: Kept, context: RoleNodeContext<Placed, Role>): State;
  onStart?(state: State, context: RoleContext<Placed, Message, Role, Recorded>): Next<State>;
  readonly tickAtStart?: boolean;
  onTick?(state: State, context: RoleContext<Placed, Message, Role, Recorded>): Next<State>;
  /** Of those types of messages that are sent to nodes of this role. Default: none is. */
  readonly onMessage?: RoleMessageHandlers<Placed, Role, State, Message, Recorded>;
  onTimer?(state: State, name: string, context: RoleContext<Placed, Message, Role, Recorded>): Next<State>;
  observe(state: State, context: RoleNodeContext<Placed, Role>): Observation;
}

/** What the nodes of one role do with messages, by their type. */
export type RoleMessageHandlers<
  Placed extends Placement,
  Role extends keyof Placed,
  State,
  Message extends MessageLike,
  Recorded extends Operations = Operations,
> = {
  readonly [Type in Message['type']]?: (
    state: State,
    message: Extract<Message, { readonly type: Type }>,
    context: RoleMessageContext<Placed, Message, Role, Recorded>,
  ) => Next<State>;
};

/** What the outside sees of one node of a role. */
export interface RoleView<Node extends string, Role, Observation> extends NodeView<Node, Observation> {
  readonly role: Role;
}

/** What the outside sees of a node, of whichever role that is: to ask for `role` tells the type of `observed`. */
export type AnyRoleView<Placed extends Placement, Observations> = {
  [Role in keyof Placed & keyof Observations]: RoleView<NodeIn<Placed, Role>, Role, Observations[Role]>;
}[keyof Placed & keyof Observations];

/** What the outside sees of all nodes at one time. @typeParam Observations by role */
export interface RoleOutcome<Placed extends Placement, Observations> extends Moment {
  /** In the scenario's order. */
  readonly nodes: readonly AnyRoleView<Placed, Observations>[];
  /** Those that are not down. */
  readonly correct: readonly AnyRoleView<Placed, Observations>[];
  /** @throws RangeError when there is no such node */
  readonly at: <Node extends NodeIn<Placed>>(
    node: Node,
  ) => RoleView<Node, RoleOf<Placed, Node>, Observations[RoleOf<Placed, Node> & keyof Observations]>;
  /** The nodes of a role, those that are down too, in the scenario's order. */
  readonly nodesOf: <Role extends keyof Placed & keyof Observations>(
    role: Role,
  ) => readonly RoleView<NodeIn<Placed, Role>, Role, Observations[Role]>[];
}

/** Properties by name, of what the outside sees of nodes by their roles. @typeParam Observations by role */
export type RoleSpecification<Placed extends Placement, Observations> = Readonly<
  Record<string, PropertyOf<RoleOutcome<Placed, Observations>>>
>;
