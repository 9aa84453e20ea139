/** Scenarios as TypeScript writes them: a protocol, its nodes, the bounds to check within, and what to expect. */
import type { Bounds } from '../../injector/bounds.js';
import type { VerdictName } from '../../model/verdict-names.js';
import type { HandlerProtocol, Handlers, MessageLike, Specification } from '../../model/handlers/protocol.js';
import type { WrittenProtocol } from '../../model/protocol.js';
import type { Program } from '../../model/rules/program.js';
import { callerSpan } from '../../model/diagnostics/place.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';

/** What both kinds of scenario say. */
interface ScenarioBase<Node extends string> {
  /** What reports call it. */
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly bounds: Bounds;
  /** The verdict it should get; reports say whether it did. */
  readonly expect?: VerdictName;
}

/** A scenario by rules; the program derives `pre` and `post`. */
export interface RuleScenario<Node extends string> extends ScenarioBase<Node> {
  readonly rules: Program;
  readonly handlers?: undefined;
}

/** A scenario by handlers, with the properties that must hold. */
export interface HandlerScenario<
  Node extends string,
  State,
  Message extends MessageLike,
  Observation,
  Kept = unknown,
> extends ScenarioBase<Node> {
  readonly handlers: Handlers<Node, State, Message, Observation, Kept>;
  readonly specification: Specification<Node, Observation>;
  readonly rules?: undefined;
}

/** What {@link defineScenario} makes, and a scenario file exports. */
export interface Scenario {
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
}

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
>(scenario: RuleScenario<Node> | HandlerScenario<Node, State, Message, Observation, Kept>): Scenario {
  const { name, nodes, bounds, expect } = scenario;
  const span = callerSpan();
  const protocol: Scenario['protocol'] =
    scenario.rules === undefined
      ? { kind: 'handlers', ...untyped(scenario), span }
      : { kind: 'rules', program: scenario.rules };
  const fields = Object.keys(scenario);
  return {
    kind: 'scenario',
    name,
    nodes: ownList(nodes),
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

/** The checker runs handlers on any nodes, states and messages; which those are was the compiler's to check. */
function untyped<Node extends string, State, Message extends MessageLike, Observation, Kept>({
  handlers,
  specification,
}: HandlerScenario<Node, State, Message, Observation, Kept>): Pick<
  HandlerProtocol,
  'handlers' | 'specification'
> {
  return { handlers, specification } as unknown as Pick<HandlerProtocol, 'handlers' | 'specification'>;
}
