/** The kinds of protocols that there are. */
import type { Protocol } from '../../model/protocol.js';
import { handlerKind } from './handlers.js';
import type { ProtocolKind } from './kind.js';
import { ruleKind } from './rules.js';

const KINDS: { readonly [Kind in Protocol['kind']]: ProtocolKind<Protocol> & { readonly kind: Kind } } = {
  rules: ruleKind,
  handlers: handlerKind,
};

/** All, in a fixed order. */
export const protocolKinds: readonly ProtocolKind<Protocol>[] = Object.values(KINDS);

/** What a protocol's kind does with it, and what it may be given. */
export function protocolKind({ kind }: Pick<Protocol, 'kind'>): ProtocolKind<Protocol> {
  return KINDS[kind];
}
