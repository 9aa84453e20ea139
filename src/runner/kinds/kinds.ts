/** The kinds of protocols that there are. */
import type { Protocol } from '../../model/protocol.js';
import type { ProtocolKind } from './kind.js';
import { ruleKind } from './rules.js';

type KindOf<Kind extends Protocol['kind']> = ProtocolKind<Protocol> & { readonly kind: Kind };

/** By name. What runs handlers is a third of the program, and checks of rules do without. */
const known: { rules: KindOf<'rules'>; handlers?: KindOf<'handlers'> } = { rules: ruleKind };

/** Makes a kind known, where protocols of it can be written: before there is any. */
export function makeKnown(kind: KindOf<'handlers'>): void {
  known.handlers = kind;
}

/** All that are known, in a fixed order. */
export function protocolKinds(): readonly ProtocolKind<Protocol>[] {
  return Object.values(known);
}

/**
 * What a protocol's kind does with it, and what it may be given.
 *
 * @throws where none is known of its name
 */
export function protocolKind({ kind }: Pick<Protocol, 'kind'>): ProtocolKind<Protocol> {
  const found = known[kind];
  if (found === undefined) throw new Error(`nothing is known of protocols by ${kind}`);
  return found;
}
