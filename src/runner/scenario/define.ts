/** Scenarios as TypeScript writes them: a protocol, its nodes, the bounds to check within, and what to expect. */
import type { Bounds } from '../../injector/bounds.js';
import type { VerdictName } from '../../model/verdict-names.js';
import type {
  HandlerProtocol,
  Handlers,
  MessageLike,
  Specification,
  TypeOf,
} from '../../model/handlers/protocol.js';
import type {
  Placement,
  RoleHandlers,
  RoleNodeContext,
  RoleSpecification,
} from '../../model/handlers/roles.js';
import type { Operations } from '../../model/handlers/operations/object-model.js';
import type { WrittenProtocol } from '../../model/protocol.js';
import type { Program } from '../../model/rules/program.js';
import { callerStatement } from '../../model/diagnostics/place.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import { handlerKind } from '../kinds/handlers.js';
import { isRecord } from '../shape.js';
import { makeKnown } from '../kinds/kinds.js';

// Here alone protocols by handlers are written.
makeKnown(handlerKind);

/** What every kind of scenario says. @typeParam Nodes how it names its nodes */
interface ScenarioBase<Nodes> {
  /** What reports call it. */
  readonly name: string;
  readonly nodes: Nodes;
  readonly bounds: Bounds;
  /** The verdict it should get; reports say whether it did. */
  readonly expect?: VerdictName;
}

/** A scenario by rules; the program derives `pre` and `post`. */
export interface RuleScenario<Node extends string> extends ScenarioBase<readonly Node[]> {
  readonly rules: Program;
  readonly handlers?: undefined;
  readonly roles?: undefined;
  readonly messages?: undefined;
}

/** A scenario by handlers, with the properties that must hold. */
export interface HandlerScenario<
  Node extends string,
  State,
  Message extends MessageLike,
  Observation,
  Kept = unknown,
  Recorded extends Operations = Operations,
> extends ScenarioBase<readonly Node[]> {
  readonly handlers: Handlers<Node, State, Message, Observation, Kept, Recorded>;
  readonly specification: Specification<Node, Observation>;
  readonly rules?: undefined;
  readonly roles?: undefined;
  // By this the compiler tells the kinds apart: the types of roles depend on what it is about to infer.
  readonly messages?: undefined;
}

/**
 * A scenario by handlers whose nodes have roles: `nodes` are lists by role, and `roles` says what those of each do.
 *
 * @typeParam States by role, as are `Observations` and `Kept`
 */
export interface RoleScenario<
  Placed extends Placement,
  States,
  Message extends MessageLike,
  Observations,
  Kept,
  Recorded extends Operations = Operations,
> extends ScenarioBase<Placed> {
  /** The type of the messages of all roles: `type<Message>()`. */
  readonly messages: TypeOf<Message>;
  /** The type of the operations that handlers record: `type<RegisterOperations<number>>()`. Default: any. */
  readonly operations?: TypeOf<Recorded>;
  // Three types that are inferred by role are three mapped types, each of which says what one of them is inferred from.
  readonly roles: {
    readonly [Role in keyof States]: RoleHandlers<
      Placed,
      Role & keyof Placed,
      States[Role],
      Message,
      Observations[Role & keyof Observations],
      Kept[Role & keyof Kept],
      Recorded
    >;
  } & {
    readonly [Role in keyof Observations]: {
      observe(
        state: States[Role & keyof States],
        context: RoleNodeContext<Placed, Role & keyof Placed>,
      ): Observations[Role];
    };
  } & {
    readonly [Role in keyof Kept]: {
      keep?(state: States[Role & keyof States]): Kept[Role];
      restore?(
        kept: Kept[Role],
        context: RoleNodeContext<Placed, Role & keyof Placed>,
      ): States[Role & keyof States];
    };
  } & { readonly [Role in keyof Placed]: unknown };
  readonly specification: RoleSpecification<Placed, Observations>;
  readonly rules?: undefined;
  readonly handlers?: undefined;
}

/**
 * What {@link defineScenario} makes, and a scenario file exports.
 *
 * @typeParam Type of its messages
 * @typeParam Field of the states of its nodes
 */
export interface Scenario<Type extends string = string, Field extends string = string> {
  readonly kind: 'scenario';
  readonly name: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly expect: VerdictName | undefined;
  readonly protocol: WrittenProtocol;
  /** The line that defined it, for complaints: of a source whose text is not known yet. */
  readonly span: SourceSpan;
  /** The names of all fields that it was given, for complaints about those that there are not. */
  readonly fields: readonly string[];
  /** Never there: what the compiler knows of the scenario. */
  readonly known?: { readonly types: Type; readonly fields: Field };
}

/** The names of the fields of a state; of several states, those of each. */
type FieldOf<State> = State extends object ? keyof State & string : never;

/**
 * Says what a protocol is and how to check it. What it is given is looked at when the scenario is checked, so
 * that all that is wrong with it is told at once.
 *
 * @example
 * export default defineScenario({
 *   name: 'ping',
 *   nodes: ['a', 'b'],
 *   bounds: { eot: 4, eff: 2, crashes: 0 },
 *   handlers: {
 *     messages: type<{ type: 'ping' }>(),
 *     init: () => ({ pinged: false }),
 *     onStart: (_, { self, send }) => (self === 'a' ? send('b', { type: 'ping' }) : undefined),
 *     onMessage: { ping: () => ({ pinged: true }) },
 *     observe: (state) => state.pinged,
 *   },
 *   specification: {
 *     delivery: { pre: () => true, post: ({ at }) => at('b').observed || 'b was not pinged' },
 *   },
 * });
 */
// One signature, not two: the compiler then says of a mistake where it is, and not that no overload fits.
export function defineScenario<
  const Node extends string,
  State,
  Message extends MessageLike,
  Observation,
  Kept = unknown,
  const Placed extends Placement = Placement,
  States = unknown,
  Observations = unknown,
  KeptByRole = unknown,
  Recorded extends Operations = Operations,
>(
  scenario:
    | RuleScenario<Node>
    | HandlerScenario<Node, State, Message, Observation, Kept, Recorded>
    | RoleScenario<Placed, States, Message, Observations, KeptByRole, Recorded>,
): Scenario<Message['type'], FieldOf<State> | FieldOf<States[keyof States]>> {
  const { name, bounds, expect } = scenario;
  const span = callerStatement();
  const protocol: Scenario['protocol'] =
    scenario.rules === undefined ? untyped(scenario, span) : { kind: 'rules', program: scenario.rules };
  const fields = Object.keys(scenario);
  return {
    kind: 'scenario',
    name,
    nodes: ownList(allNodes(scenario)),
    bounds: ownRecord(bounds),
    expect,
    protocol,
    span,
    fields,
  };
}

/** What the author does to the list later is no part of the scenario. What is no list is told of when it is checked. */
function ownList<Items extends readonly unknown[]>(list: Items): Items {
  return Array.isArray(list) ? (Object.freeze([...list]) as unknown as Items) : list;
}

function ownRecord<Fields extends object>(fields: Fields): Fields {
  return typeof fields === 'object' && fields !== null ? Object.freeze({ ...fields }) : fields;
}

/** All nodes, in the order of their roles. What is no lists by role is told of when it is checked. */
function allNodes({ roles, nodes }: { readonly roles?: unknown; readonly nodes: object }): readonly string[] {
  if (roles === undefined || typeof nodes !== 'object' || nodes === null) return nodes as readonly string[];
  return (Object.values(nodes) as readonly (readonly string[])[]).flat();
}

/** What an author gives of handlers, with roles or without. */
interface GivenHandlers {
  readonly handlers?: unknown;
  readonly roles?: unknown;
  readonly nodes: unknown;
  readonly specification: unknown;
}

/** Of each role, which messages it receives: none where it does not say. What is no role is left as it is, to be told of. */
function withMessages(roles: unknown): unknown {
  if (!isRecord(roles)) return roles;
  return Object.fromEntries(
    Object.entries(roles).map(([role, handlers]) => [
      role,
      isRecord(handlers) && handlers.onMessage === undefined ? { ...handlers, onMessage: {} } : handlers,
    ]),
  );
}

/** The checker runs handlers on any nodes, states and messages; which those are was the compiler's to check. */
function untyped(
  { handlers, roles, nodes, specification }: GivenHandlers,
  span: SourceSpan,
): HandlerProtocol {
  const given = roles === undefined ? { handlers } : { roles: withMessages(roles), placement: nodes };
  return { kind: 'handlers', ...given, specification, span } as HandlerProtocol;
}
