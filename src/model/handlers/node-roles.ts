/** Which role each node has, and with it which handlers. */
import type { HandlerCall, HandlerEvent } from './errors.js';
import type { AnyHandlers, HandlerProtocol, NodeContext } from './protocol.js';

/** What handlers know of a node, and where there are roles of its own and others'. */
type OwnContext = NodeContext<string> & {
  readonly role?: string;
  readonly nodesOf?: (role: string) => readonly string[];
};

/** A call that is made on a node. */
export type NodeCall = HandlerCall & { readonly node: string };

export class NodeRoles {
  private readonly roles: ReadonlyMap<string, string>;
  private readonly contexts: ReadonlyMap<string, OwnContext>;

  /** @param nodes each in a role, where there are roles */
  constructor(
    private readonly protocol: HandlerProtocol,
    private readonly nodes: readonly string[],
  ) {
    this.roles = new Map(
      protocol.roles === undefined
        ? []
        : Object.entries(protocol.placement).flatMap(([role, its]) => its.map((node) => [node, role])),
    );
    this.contexts = new Map(nodes.map((node) => [node, Object.freeze(this.newContext(node))]));
  }

  get specification(): HandlerProtocol['specification'] {
    return this.protocol.specification;
  }

  /** Whether there are roles. */
  get any(): boolean {
    return this.protocol.roles !== undefined;
  }

  /** The role of a node; undefined where there are no roles. */
  of(node: string): string | undefined {
    return this.roles.get(node);
  }

  handlersOf(node: string): AnyHandlers {
    const { roles, handlers } = this.protocol;
    return roles === undefined ? handlers : roles[this.roles.get(node)!];
  }

  /** In the order of all. @throws RangeError when there is no such role */
  nodesOf(role: string): readonly string[] {
    const { roles } = this.protocol;
    if (roles === undefined || !Object.hasOwn(roles, role))
      throw new RangeError(`there is no role ${JSON.stringify(role)}`);
    return this.nodes.filter((node) => this.roles.get(node) === role);
  }

  contextOf(node: string): OwnContext {
    return this.contexts.get(node)!;
  }

  /** A call of one of its handlers, as it is told. */
  callAt(node: string, time: number, event: HandlerEvent, state: unknown): NodeCall {
    const role = this.of(node);
    return { node, ...(role !== undefined && { role }), time, event, state };
  }

  private newContext(self: string): OwnContext {
    const { nodes } = this;
    const role = this.of(self);
    if (role === undefined) return { self, nodes };
    return { self, nodes, role, nodesOf: (other) => Object.freeze(this.nodesOf(other)) };
  }
}
