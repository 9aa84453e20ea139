/**
 * What case a campaign is at, kept in a file: written before each of a million cases, and read by the process beside
 * it, which is still there where the campaign hangs, or is gone.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Place } from './campaign.js';

export interface Position extends Place {
  /** Goes up with each case that is tried, those of shrinking included. */
  readonly begun: number;
  /** Of the process that the campaign runs in. */
  readonly pid: number;
  /** The case. */
  readonly shown: string;
}

/** Of each number in the first line. */
const WIDTH = 15;

export class PositionWriter {
  readonly #file: number;
  #begun = 0;

  constructor(file: string) {
    this.#file = openSync(file, 'w');
  }

  write({ seed, cases }: Place, shown: string): void {
    const text = Buffer.from(shown);
    const numbers = [seed, cases, ++this.#begun, process.pid, text.length];
    const line = numbers.map((number) => String(number).padStart(WIDTH)).join(' ');
    // What is left of a longer one stays behind the end.
    writeSync(this.#file, Buffer.concat([Buffer.from(`${line}\n`), text]), 0, undefined, 0);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Undefined where nothing was written yet. */
export function readPosition(file: string): Position | undefined {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.of();
  const end = bytes.indexOf('\n');
  if (end === -1) return undefined;
  const line = bytes.toString('utf8', 0, end).trim();
  const [seed, cases, begun, pid, length] = line.split(/\s+/).map(Number);
  return { seed, cases, begun, pid, shown: bytes.toString('utf8', end + 1, end + 1 + length) };
}
