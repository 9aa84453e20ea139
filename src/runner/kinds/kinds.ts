/** The kinds of protocols that there are. */
import type { Protocol } from '../../model/protocol.js';
import { handlerKind } from './handlers.js';
import type { ProtocolKind } from './kind.js';
import { ruleKind } from './rules.js';

const KINDS: { readonly [Kind in Protocol['kind']]: ProtocolKind<Extract<Protocol, { kind: Kind }>> } = {
  rules: ruleKind,
  handlers: handlerKind,
};

/** What a protocol's kind does with it, and what it may be given. */
export function protocolKind({ kind }: Protocol): ProtocolKind<Protocol> {
  return KINDS[kind];
}
