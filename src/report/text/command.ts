/** The commands that repeat a counterexample's run, or ask about it, as they are to be typed into the shell that is there. */
import { authorsBounds, boundEntries, boundWord, type Bounds } from '../../model/bounds.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import { isHidden } from '../../model/text/display.js';
import { formatReliable } from '../../model/text/reliable.js';
import { formatNodeNames } from '../../model/text/node-names.js';
import type { ScenarioLocation } from '../../runner/result.js';
import { displayWidth } from '../../model/text/text.js';

export interface ReplayTarget {
  readonly name: string;
  /** Undefined where the name is that of a file. */
  readonly location?: ScenarioLocation | undefined;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** What is meant by quotes: by a POSIX shell, or by PowerShell and, as far as one can please both, cmd. */
export type Shell = 'posix' | 'windows';

/** @param platform as Node names it */
export function shellOf(platform: NodeJS.Platform): Shell {
  return platform === 'win32' ? 'windows' : 'posix';
}

/**
 * Broken into lines of at most `width` columns, where words allow, by backslashes that a POSIX shell joins again. The
 * shells of Windows join lines in ways of their own each, so that for them it is one line.
 */
export function replayCommand(
  target: ReplayTarget,
  faults: FaultSet,
  width: number,
  shell: Shell = 'posix',
): readonly string[] {
  const injected = faults.length === 0 ? [] : [`--inject ${quoted(formatSchedule(faults), shell)}`];
  return inLines([...commandOn('replay', target, width, shell), ...injected], width, shell);
}

/** The command that says why the run without faults ends as it does. @param property that is asked about; undefined for all */
export function explainCommand(
  target: ReplayTarget,
  property: string | undefined,
  width: number,
  shell: Shell = 'posix',
): readonly string[] {
  const asked = property === undefined ? [] : [quoted(property, shell)];
  return inLines([...commandOn('explain', target, width, shell), ['why', ...asked].join(' ')], width, shell);
}

/** Its words, some of which stand together. */
function commandOn(
  command: 'replay' | 'explain',
  target: ReplayTarget,
  width: number,
  shell: Shell,
): readonly string[] {
  const quote = (text: string) => quoted(text, shell);
  const location: ScenarioLocation = target.location ?? { file: target.name, scenario: undefined };
  const { file, scenario, with: parts = [] } = location;
  const reliable = formatReliable(target.bounds.reliable ?? {});
  const authors = authorsBounds(target.bounds);
  return [
    `npx ldfi ${command} ${quote(asFile(file))}`,
    ...parts.map((part) => `--with ${quote(asFile(part))}`),
    ...(scenario === undefined ? [] : [`-g ${quote(exactPattern(scenario))}`]),
    `--nodes ${quote(formatNodeNames(target.nodes))}`,
    ...together(
      boundEntries(target.bounds).map(([name, value]) => `--${boundWord(name)} ${value}`),
      width - ROOM,
    ),
    ...(authors.length === 0 ? [] : [`--named ${authors.map(([name, most]) => `${name}=${most}`).join()}`]),
    ...(reliable === '' ? [] : [`--reliable ${quote(reliable)}`]),
  ];
}

function inLines(words: readonly string[], width: number, shell: Shell): readonly string[] {
  if (shell === 'windows') return [words.join(' ')];
  const lines: string[] = [];
  for (const word of words) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && displayWidth(joined) > width - CONTINUED) lines.push(`  ${word}`);
    else lines[Math.max(0, lines.length - 1)] = joined;
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** Columns of the backslash of a line that goes on in the next, and with those before what goes on. */
const CONTINUED = 2;
const ROOM = CONTINUED + 2;

/** As one word where there is room for it in a line, so that they are read as one. */
function together(words: readonly string[], width: number): readonly string[] {
  const joined = words.join(' ');
  return displayWidth(joined) <= width ? [joined] : words;
}

/** `text` as one word of a shell. */
export function quoted(text: string, shell: Shell = 'posix'): string {
  return shell === 'posix' ? shellQuote(text) : windowsQuote(text);
}

/** What is not taken for an option. */
function asFile(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function replaceHidden(text: string, replacement: (character: string) => string): string {
  return Array.from(text, (character) => (isHidden(character) ? replacement(character) : character)).join('');
}

function inOctal(character: string): string {
  const bytes = Array.from(new TextEncoder().encode(character));
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A regular expression that matches this name alone. */
function exactPattern(name: string): string {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return `^${replaceHidden(escaped, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)}$`;
}

/**
 * `text` as one word of a POSIX shell. Double quotes where nothing in them is special, because they read best; `$'...'`
 * for what would not show, which is written by its bytes.
 */
export function shellQuote(text: string): string {
  if (Array.from(text).some(isHidden))
    return `$'${replaceHidden(text.replace(/[\\']/g, String.raw`\$&`), inOctal)}'`;
  if (/^[\w./,:@%+=-]+$/.test(text) && !text.startsWith('-')) return text;
  return /^[^"$`\\!]*$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * `text` as one word of PowerShell: in double quotes, which cmd knows too, where nothing in them is special to either; in
 * single quotes otherwise. A comma outside of quotes makes a list of PowerShell.
 */
export function windowsQuote(text: string): string {
  if (Array.from(text).some(isHidden)) {
    const inHex = (character: string) => `\`u{${character.codePointAt(0)!.toString(16)}}`;
    return `"${replaceHidden(text.replace(/[`"$]/g, '`$&'), inHex)}"`;
  }
  if (/^[\w./:+=-]+$/.test(text) && !text.startsWith('-')) return text;
  return /["`%!]|\$(?=[\w{(:?^$])/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}
