/** Figures as text, and tables of them that a terminal and Markdown show alike. */
import { countFaultSets } from '../src/injector/counts.js';
import type { Evidence } from '../src/runner/result.js';
import type { Row } from './rows.js';

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

export function milliseconds(time: number): string {
  return time < 10 ? time.toFixed(1) : time.toFixed(0);
}

/** Of user and system, of all threads of this process, in milliseconds. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** How many admissible fault sets there are within the bounds of a row. */
export function faultSets({ scenario, bounds }: Row): string {
  return size(countFaultSets(scenario.nodes.length, bounds));
}

export function size(total: bigint): string {
  return total < 100_000n ? String(total) : Number(total).toExponential(2).replace('+', '');
}

/** What a verdict rests on. */
export function decidedBy({ strategy, representation, confirmed }: Evidence): string {
  if (strategy !== 'compiled') return strategy;
  return representation + (confirmed ? ', confirmed' : '');
}

export interface Column {
  readonly title: string;
  /** Whether it holds numbers, which stand to the right. */
  readonly numeric?: boolean;
}

/** @param rows one cell a column */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(3, title.length, ...rows.map((cells) => cells[i].length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const padded = (cells: readonly string[]) =>
    line(cells.map((cell, i) => (columns[i].numeric ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))));
  const rule = columns.map(({ numeric }, i) => '-'.repeat(widths[i] - 1) + (numeric ? ':' : '-'));
  return padded(columns.map(({ title }) => title)) + line(rule) + rows.map(padded).join('');
}
