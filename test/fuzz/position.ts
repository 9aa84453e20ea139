/**
 * What case a campaign is at, as a line of fixed length in a file: written before each of a million cases, and
 * read by the process beside it, which still runs where the campaign hangs, or is gone.
 */
import type { Place } from './campaign.js';

export interface Position extends Place {
  /** Goes up with each case that is tried, those of shrinking included. */
  readonly begun: number;
  /** Of the process that the campaign runs in. */
  readonly pid: number;
}

const WIDTH = 15;

export function formatPosition({ seed, cases, begun, pid }: Position): string {
  return [seed, cases, begun, pid].map((number) => String(number).padStart(WIDTH)).join(' ');
}

/** Undefined where nothing was written yet. */
export function parsePosition(text: string): Position | undefined {
  if (text.trim() === '') return undefined;
  const [seed, cases, begun, pid] = text.trim().split(/\s+/).map(Number);
  return { seed, cases, begun, pid };
}
