/** Protections: assumptions that take faults away, as fault sets are what happens. Fault sets and protections are dual. */
import { kindOf, type Fault } from './faults.js';

/** Something that does not fail, whatever happens elsewhere. */
export type Protection = MessageProtection | NodeProtection | ChannelProtection;

/** Every message of this name arrives in time, and once, wherever its sender is up. */
export interface MessageProtection {
  readonly kind: 'message';
  readonly name: string;
}

/** No fault happens to a node. */
export interface NodeProtection {
  readonly kind: 'node';
  readonly node: string;
}

/** What one node sends to another arrives in time, and once, wherever the sender is up. */
export interface ChannelProtection {
  readonly kind: 'channel';
  readonly from: string;
  readonly to: string;
}

/** Those that take a fault away. */
export function protectionsAgainst(fault: Fault): readonly (NodeProtection | ChannelProtection)[] {
  const kind = kindOf(fault);
  const channel = kind.channelOf?.(fault);
  if (channel !== undefined) return [{ kind: 'channel', from: channel.from, to: channel.to }];
  const cut = kind.channelsOf?.(fault);
  if (cut !== undefined) return cut.map(({ from, to }) => ({ kind: 'channel', from, to }));
  const node = kind.notation.strike?.(fault)?.node;
  return node === undefined ? [] : [{ kind: 'node', node }];
}

/** Of which faults some of the protections take away. */
export function preventedBy(protections: readonly Protection[]): (fault: Fault) => boolean {
  const names = new Set(protections.map(protectionName));
  return (fault) => protectionsAgainst(fault).some((protection) => names.has(protectionName(protection)));
}

/** The same for the same protection. */
export function protectionName(protection: Protection): string {
  return JSON.stringify(Object.values(protection));
}
