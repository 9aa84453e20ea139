/**
 * Where things stand in a space-time diagram: one lane a node from left to right, time in the margin, and
 * what was sent to the right of the lanes. Lanes move together to leave room for the words; where even the
 * narrowest lanes do not, there are no lanes, and the caller draws a list.
 */
import { visible } from '../../../model/text/display.js';
import { displayWidth } from '../../../model/text/text.js';
import { MARGIN } from './margin.js';

export interface Lanes {
  readonly nodes: readonly string[];
  /** The columns from one lane to the next. */
  readonly spacing: number;
  /** The column, counted from the first lane, that the words to the right of the lanes start at. */
  readonly labelStart: number;
  readonly labelWidth: number;
}

const NARROWEST = 4;
const WIDEST = 10;
const LABEL_GAP = 3;
const LEAST_LABEL = 24;

/** The columns that lanes for so many nodes take at least, with the words beside them. */
export function leastWidth(nodes: number): number {
  return MARGIN + 1 + LABEL_GAP + LEAST_LABEL + Math.max(1, nodes - 1) * NARROWEST;
}

export function layLanes(nodes: readonly string[], width: number): Lanes | undefined {
  const gaps = Math.max(1, nodes.length - 1);
  const room = Math.floor((width - MARGIN - 1 - LABEL_GAP - LEAST_LABEL) / gaps);
  if (room < NARROWEST) return undefined;
  const wanted = Math.max(7, ...nodes.map((node) => displayWidth(visible(node)) + 2));
  const spacing = Math.min(room, wanted, WIDEST);
  const labelStart = (nodes.length - 1) * spacing + 1 + LABEL_GAP;
  return { nodes, spacing, labelStart, labelWidth: width - MARGIN - labelStart };
}

export function laneOf(lanes: Lanes, node: string): number {
  return lanes.nodes.indexOf(node) * lanes.spacing;
}
