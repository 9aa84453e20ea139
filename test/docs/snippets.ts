/**
 * What a page shows, as code blocks. The word after the three backticks says what it is, and so how it is
 * tested; a page that uses another word is refused, so that nothing goes untested by a slip.
 *
 * - `dedalus`: a program, or a part of one, that is read without error. A second word is the file that
 *   commands further down the page know it by.
 * - `diagnostics`: all that there is to say about the program just before.
 * - `console`: commands after `$ ` and what they print, all of it; `…` on a line stands for lines left out,
 *   and times are any times. `echo $?` shows the exit code.
 * - `sh`: commands alone. Those of ldfi must run, and those of npm exist.
 * - `ts`: a module that compiles, strictly, and runs in the folder of the page's files; by vitest, where the second
 *   word ends in `.test.mts`.
 * - `output`: what the module just before prints.
 * - `typescript`: declarations and examples of the API reference, which is made from the source and tested there.
 * - `mermaid`: a picture, which is drawn where the page is shown.
 * - `json`, `text`: figures, which other tests look at where there is something to test.
 */
import { withoutTimes } from '../golden.js';

const KINDS = [
  'dedalus',
  'diagnostics',
  'console',
  'sh',
  'ts',
  'output',
  'typescript',
  'mermaid',
  'json',
  'text',
] as const;

type Kind = (typeof KINDS)[number];

export interface Snippet {
  readonly kind: Kind;
  /** The second word. */
  readonly file: string | undefined;
  readonly text: string;
  /** Of the page, from 1. */
  readonly line: number;
  /** The snippet after it. */
  readonly next: Snippet | undefined;
}

/** @throws Error for a block that is not of a known kind */
export function snippetsOf(page: string): readonly Snippet[] {
  const blocks = [...page.matchAll(/^```(.*)\n([^]*?)^```$/gm)];
  return blocks.reduceRight<readonly Snippet[]>((later, { 1: info, 2: text, index }) => {
    const [word, file] = info.split(' ');
    const kind = KINDS.find((known) => known === word);
    if (kind === undefined) throw new Error(`a code block of the kind "${word}" is not tested`);
    const line = page.slice(0, index).split('\n').length;
    return [{ kind, file, text, line, next: later.at(0) }, ...later];
  }, []);
}

export interface Command {
  readonly command: string;
  /** What is shown below it. */
  readonly output: string;
}

/** The commands of a `console` snippet. One that ends in `\` goes on in the next line. */
export function commandsOf({ text }: Snippet): readonly Command[] {
  const parts = text.split(/^\$ /m).slice(1);
  return parts.map((part) => {
    const [command] = /^(?:.*\\\n)*.*\n/.exec(part)!;
    return { command: command.trimEnd(), output: part.slice(command.length).trimEnd() };
  });
}

/** What was printed, without times; what is shown instead, where that says the same with lines left out. */
export function asShown(printed: string, shown: string): string {
  const [all, expected] = [withoutTimes(printed), withoutTimes(shown)];
  const segments = expected.split(/^…$/m).map((segment) => segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${segments.join('[^]*')}$`).test(all) ? expected : all;
}
