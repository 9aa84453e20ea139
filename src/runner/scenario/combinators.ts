/**
 * Ways to mend a scenario by handlers from outside: each makes another scenario of it, in which its nodes do something besides.
 * They are put around the whole scenario, since most of them have two ends, which roles would part.
 */
import type { Quorum } from '../../model/handlers/combinators/acknowledged.js';
import { withAcknowledged } from '../../model/handlers/combinators/acknowledged.js';
import { withKept } from '../../model/handlers/combinators/kept.js';
import { acknowledgementOf } from '../../model/handlers/combinators/post.js';
import { withReliable } from '../../model/handlers/combinators/reliable.js';
import { withRetries } from '../../model/handlers/combinators/retrying.js';
import type { HandlerProtocol } from '../../model/handlers/protocol.js';
import { suggest } from '../../model/text/suggest.js';
import { isRecord } from '../shape.js';
import type { Scenario } from './define.js';

/** One, or a list of them. */
export type OneOrMore<Name extends string> = Name | readonly Name[];

/** Options of {@link reliably}. */
export interface ReliablyOptions<Type extends string> {
  /** Types of messages; default all. */
  readonly messages?: OneOrMore<Type>;
  /** After how many timesteps what is not acknowledged is sent again; default 1. */
  readonly every?: number;
}

/** Options of {@link acknowledged}. */
export interface AcknowledgedOptions<Type extends string> {
  /** Types of messages that are held back. */
  readonly messages: OneOrMore<Type>;
  /** Types of messages that have to be acknowledged before; they are sent as by {@link reliably}. */
  readonly after: OneOrMore<Type>;
  /** By how many of those that one call of a handler sends them to; default `all`. Of fewer than a number, by all of them. */
  readonly by?: Quorum;
  /** After how many timesteps what is not acknowledged is sent again; default 1. */
  readonly every?: number;
}

/** Options of {@link retrying}. */
export interface RetryingOptions<Type extends string> {
  /** Types of messages that ask. */
  readonly ask: OneOrMore<Type>;
  /** Types of messages of which each from whoever was asked is an answer. */
  readonly answers: OneOrMore<Type>;
  /** After how many timesteps without an answer it is asked again; default 3, within which an answer comes where nothing fails. */
  readonly every?: number;
}

/**
 * The same scenario, in which messages of some types are sent again until whoever gets them has acknowledged them, and each is
 * handled once. Nodes forget what is not acknowledged in an outage; after one, what comes again is new to them.
 *
 * @throws TypeError where it is not by handlers, has no such messages, or sends them reliably already
 * @throws RangeError where `every` is no whole number from 1
 *
 * @example
 * export default reliably(scenario, { messages: 'ping' });
 */
export function reliably<Type extends string, Field extends string>(
  scenario: Scenario<Type, Field>,
  { messages, every = 1 }: ReliablyOptions<NoInfer<Type>> = {},
): Scenario<Type | `${Type}.ack`, Field> {
  const reader = new Given('reliably', scenario, { every });
  const types = messages === undefined ? reader.types : reader.known('messages', messages);
  reader.free(types);
  return reader.with((protocol) => withReliable(protocol, { messages: types, every }));
}

/**
 * The same scenario, in which messages of some types wait at their sender until all messages of others that it sent before, or
 * sends in the same call, are acknowledged: those that say that something is stored, until it is.
 *
 * @throws TypeError where it is not by handlers, has no such messages, or sends them reliably already
 * @throws RangeError where `by` is no quorum, or `every` no whole number from 1
 *
 * @example
 * export default acknowledged(scenario, { messages: 'written', after: 'copy' });
 */
export function acknowledged<Type extends string, Field extends string>(
  scenario: Scenario<Type, Field>,
  { messages, after, by = 'all', every = 1 }: AcknowledgedOptions<NoInfer<Type>>,
): Scenario<Type | `${Type}.ack`, Field> {
  const reader = new Given('acknowledged', scenario, { every });
  if (by !== 'all' && by !== 'majority') reader.positive('by', by, "'all', 'majority', or ");
  const [held, stored] = [reader.known('messages', messages), reader.known('after', after)];
  const both = held.find((type) => stored.includes(type));
  if (both !== undefined) throw new TypeError(`acknowledged: \`${both}\` cannot wait for \`${both}\``);
  reader.free(stored);
  return reader.with((protocol) => withAcknowledged(protocol, { messages: held, after: stored, by, every }));
}

/**
 * The same scenario, in which messages of some types are sent again until an answer comes from whoever they were sent to. Of
 * several to one node, the last. They may arrive more than once: whoever gets them has to take that.
 *
 * @throws TypeError where it is not by handlers, or has no such messages
 * @throws RangeError where `every` is no whole number from 1
 *
 * @example
 * export default retrying(scenario, { ask: 'request', answers: ['vote', 'refusal'] });
 */
export function retrying<Type extends string, Field extends string>(
  scenario: Scenario<Type, Field>,
  { ask, answers, every = 3 }: RetryingOptions<NoInfer<Type>>,
): Scenario<Type, Field> {
  const reader = new Given('retrying', scenario, { every });
  const names = { ask: reader.known('ask', ask), answers: reader.known('answers', answers) };
  return reader.with((protocol) => withRetries(protocol, { ...names, every }));
}

/**
 * The same scenario, in which some fields of the state are on disk, and so outlive an outage; without names, the whole state.
 * What is kept already stays so. All else is after an outage what `restore` or `init` makes it.
 *
 * @throws TypeError where it is not by handlers
 *
 * @example
 * export default kept(scenario, 'votedFor', 'term');
 */
export function kept<Type extends string, Field extends string>(
  scenario: Scenario<Type, Field>,
  ...fields: readonly NoInfer<Field>[]
): Scenario<Type, Field> {
  const reader = new Given('kept', scenario, {});
  return reader.with((protocol) => withKept(protocol, fields.length === 0 ? undefined : fields));
}

/** What a combinator is given, looked at before anything is made of it. */
class Given {
  private readonly protocol: HandlerProtocol;
  /** Types of messages that there are. */
  readonly types: readonly string[];
  /** What is no handlers is told of with all else that is wrong, when the scenario is checked. */
  private readonly isWhole: boolean;

  constructor(
    private readonly combinator: string,
    private readonly scenario: Scenario,
    { every }: { readonly every?: number },
  ) {
    const { protocol } = scenario as Partial<Scenario>;
    if (protocol?.kind !== 'handlers')
      throw new TypeError(`${combinator} takes a scenario by handlers that defineScenario made`);
    this.protocol = protocol;
    const handlers = protocol.roles === undefined ? [protocol.handlers] : Object.values(protocol.roles);
    this.isWhole = handlers.every((each: unknown) => isRecord(each) && isRecord(each.onMessage));
    this.types = this.isWhole
      ? [...new Set(handlers.flatMap(({ onMessage }) => Object.keys(onMessage)))]
      : [];
    if (every !== undefined) this.positive('every', every, '');
  }

  known(option: string, given: OneOrMore<string>): readonly string[] {
    const names = [given].flat() as readonly string[];
    for (const name of names) {
      if (!this.isWhole || this.types.includes(name)) continue;
      const hint = suggest(name, this.types) ?? `there are ${this.types.join(', ')}`;
      throw new TypeError(
        `${this.combinator}: \`${option}\` names ${JSON.stringify(name)}, which no handler receives; ${hint}`,
      );
    }
    return names;
  }

  /** Nobody acknowledges these yet. */
  free(types: readonly string[]): void {
    const taken = types.find((type) => this.types.includes(acknowledgementOf(type)));
    if (taken !== undefined)
      throw new TypeError(
        `${this.combinator}: there is a message \`${acknowledgementOf(taken)}\` already, so that ${JSON.stringify(taken)} cannot be acknowledged by it`,
      );
  }

  positive(option: string, value: unknown, or: string): void {
    if (Number.isInteger(value) && (value as number) >= 1) return;
    throw new RangeError(
      `${this.combinator}: \`${option}\` is ${JSON.stringify(value)}, and not ${or}a whole number from 1`,
    );
  }

  /** The scenario with what is made of its protocol. */
  with<Type extends string, Field extends string>(
    change: (protocol: HandlerProtocol) => HandlerProtocol,
  ): Scenario<Type, Field> {
    const protocol = this.isWhole ? change(this.protocol) : this.protocol;
    return { ...this.scenario, protocol } as Scenario<Type, Field>;
  }
}
