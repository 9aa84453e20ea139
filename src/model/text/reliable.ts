/**
 * Who is taken to be reliable: nodes and links that do not fail, whatever else does. Links are texts, `a->b`, wherever
 * they are given or told, so that what is read in one place can be written in another.
 */
import type { Reliable } from '../bounds.js';
import { compareStrings } from '../order.js';
import { formatNodeName, QUOTED_NAME, readNodeName, splitNodeNames } from './node-names.js';

/** From one node to another. */
export interface Channel {
  readonly from: string;
  readonly to: string;
}

const PLAIN_NAME = String.raw`(?:[^\s,">-]|-(?!>))+`;

const NODE = new RegExp(`^(?:${QUOTED_NAME}|${PLAIN_NAME})$`, 'u');
const LINK = new RegExp(
  String.raw`^(${QUOTED_NAME}|${PLAIN_NAME})\s*->\s*(${QUOTED_NAME}|${PLAIN_NAME})$`,
  'u',
);

/** Undefined where a text is no link. */
export function readLink(text: string): Channel | undefined {
  const match = LINK.exec(text);
  return match === null ? undefined : { from: readNodeName(match[1]), to: readNodeName(match[2]) };
}

export function formatLink({ from, to }: Channel): string {
  return `${formatNodeName(from)}->${formatNodeName(to)}`;
}

/** From nodes and links with commas between them, such as `db,a->b`, or none; undefined where a text is no such list. */
export function readReliable(text: string): Reliable | undefined {
  if (text.trim() === '') return {};
  const items = splitNodeNames(text).map((item) => item.text);
  if (items.some((item) => !NODE.test(item) && !LINK.test(item))) return undefined;
  return {
    nodes: items.filter((item) => !LINK.test(item)).map(readNodeName),
    links: items.filter((item) => LINK.test(item)),
  };
}

/** As {@link readReliable} reads it; empty where everything may fail. */
export function formatReliable(reliable: Reliable, separator = ','): string {
  const { nodes = [], links = [] } = tidy(reliable) ?? {};
  return [...nodes.map(formatNodeName), ...links].join(separator);
}

/** The same with each name once, in the order of names; undefined where everything may fail. */
export function tidy({ nodes = [], links = [] }: Reliable): Reliable | undefined {
  const tidied = {
    nodes: distinct(nodes),
    links: distinct(links.map(asFormatted)),
  };
  if (tidied.nodes.length + tidied.links.length === 0) return undefined;
  return {
    ...(tidied.nodes.length > 0 && { nodes: tidied.nodes }),
    ...(tidied.links.length > 0 && { links: tidied.links }),
  };
}

/** What is wrong with a link is told elsewhere. */
function asFormatted(text: string): string {
  const link = readLink(text);
  return link === undefined ? text : formatLink(link);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareStrings);
}

/**
 * The same, a name of a role, where a node has not that name, standing for each node of that role.
 *
 * @param roles the nodes of each
 */
export function ofNodes(
  { nodes = [], links = [] }: Reliable,
  roles: Readonly<Record<string, readonly string[]>>,
): Reliable {
  const all = new Set(Object.values(roles).flat());
  const isRole = (name: string) => Object.hasOwn(roles, name) && !all.has(name);
  const nodesOf = (name: string) => (isRole(name) ? roles[name] : [name]);
  return {
    nodes: nodes.flatMap(nodesOf),
    links: links.flatMap((text) => {
      const link = readLink(text);
      if (link === undefined) return [text];
      const ends = nodesOf(link.from).flatMap((from) => nodesOf(link.to).map((to) => ({ from, to })));
      // Within a role there are no links from a node to itself.
      const areMany = isRole(link.from) || isRole(link.to);
      return ends.filter(({ from, to }) => !areMany || from !== to).map(formatLink);
    }),
  };
}

/** What both take to be reliable. */
export function reliableInBoth(a: Reliable, b: Reliable): Reliable {
  const { nodes = [], links = [] } = tidy(a) ?? {};
  const other = tidy(b) ?? {};
  return {
    nodes: nodes.filter((node) => other.nodes?.includes(node)),
    links: links.filter((link) => other.links?.includes(link)),
  };
}
