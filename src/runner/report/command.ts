/** The command that repeats a counterexample's run, as it is to be typed into a POSIX shell. */
import type { Bounds } from '../../injector/bounds.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import type { ScenarioLocation } from '../result.js';
import { displayWidth } from './text.js';

export interface ReplayTarget {
  readonly name: string;
  /** Undefined where the name is that of a file. */
  readonly location?: ScenarioLocation | undefined;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** Broken into lines of at most `width` columns, where words allow, by backslashes that the shell joins again. */
export function replayCommand(target: ReplayTarget, faults: FaultSet, width: number): readonly string[] {
  const { eot, eff, crashes } = target.bounds;
  const { file, scenario } = target.location ?? { file: target.name, scenario: undefined };
  const words = [
    `npx ldfi replay ${shellQuote(file.startsWith('-') ? `./${file}` : file)}`,
    ...(scenario === undefined ? [] : [`-g ${shellQuote(exactPattern(scenario))}`]),
    `--nodes ${shellQuote(target.nodes.join(','))}`,
    `--eot ${eot} --eff ${eff} --crashes ${crashes}`,
    ...(faults.length === 0 ? [] : [`--inject ${shellQuote(formatSchedule(faults))}`]),
  ];
  const lines: string[] = [];
  for (const word of words) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && displayWidth(joined) > width - 2) lines.push(`  ${word}`);
    else lines[Math.max(0, lines.length - 1)] = joined;
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** A regular expression that matches this name alone. */
function exactPattern(name: string): string {
  return `^${name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)}$`;
}

/** `text` as one word of a POSIX shell. Double quotes where nothing in them is special, because they read best. */
export function shellQuote(text: string): string {
  if (/^[\w./,:@%+=-]+$/.test(text) && !text.startsWith('-')) return text;
  return /^[^"$`\\!]*$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
