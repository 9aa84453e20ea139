/** Protections: assumptions that take faults away, as fault sets are what happens. Fault sets and protections are dual. */
import type { Bounds, Reliable } from '../model/bounds.js';
import { formatLink, readLink } from '../model/text/reliable.js';
import { kindOf, type Fault } from './faults.js';

/** Something that does not fail, whatever happens elsewhere. */
export type Protection = MessageProtection | NodeProtection | ChannelProtection;

/** Every message of this name arrives in time, and once, wherever its sender is up. */
export interface MessageProtection {
  readonly kind: 'message';
  readonly name: string;
}

/** No fault happens to a node: a reliable one. */
export interface NodeProtection {
  readonly kind: 'node';
  readonly node: string;
}

/** What one node sends to another arrives in time, and once, wherever the sender is up: a reliable link. */
export interface ChannelProtection {
  readonly kind: 'channel';
  readonly from: string;
  readonly to: string;
}

/** Those that take a fault away; of one that cuts several channels, each takes away a part of it. */
export function protectionsAgainst(fault: Fault): readonly (NodeProtection | ChannelProtection)[] {
  const kind = kindOf(fault);
  const channel = kind.channelOf?.(fault);
  if (channel !== undefined) return [{ kind: 'channel', from: channel.from, to: channel.to }];
  const cut = kind.channelsOf?.(fault);
  if (cut !== undefined) return cut.map(({ from, to }) => ({ kind: 'channel', from, to }));
  const node = kind.notation.strike?.(fault)?.node;
  return node === undefined ? [] : [{ kind: 'node', node }];
}

/** The links that a fault leaves alone, as protections. */
export function protectionsSparedBy(fault: Fault): readonly ChannelProtection[] {
  const spares = 'spares' in fault ? fault.spares : [];
  return (spares ?? []).flatMap((text) => {
    const link = readLink(text);
    return link === undefined ? [] : [{ kind: 'channel', ...link } as const];
  });
}

/** Whom bounds take to be reliable, and who is protected. Of messages they say nothing. */
export function reliableUnder(protections: readonly Protection[], { reliable = {} }: Bounds): Reliable {
  const { nodes = [], links = [] } = reliable;
  return {
    nodes: [...nodes, ...protections.flatMap((each) => (each.kind === 'node' ? [each.node] : []))],
    links: [...links, ...protections.flatMap((each) => (each.kind === 'channel' ? [formatLink(each)] : []))],
  };
}

/** The same for the same protection. */
export function protectionName(protection: Protection): string {
  return JSON.stringify(Object.values(protection));
}
