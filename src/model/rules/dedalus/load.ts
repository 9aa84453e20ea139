/**
 * Files and what they include, to one list of clauses. It goes through includes with a stack of its own,
 * so that their depth is bounded by nothing but how much is read in all. Free of Node: the host reads.
 */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Clause } from '../program.js';
import type { Source, SourceSpan } from '../../diagnostics/source.js';
import { parseFile } from './parser.js';
import type { Include, ParsedFile } from './parser.js';
import { quote } from '../../text/quote.js';

/** How the reader gets at files. */
export interface SourceHost {
  /** Never throws. */
  read(path: string): SourceText;
  /** The path of a file that `fromFile` names `include`, relative to the folder of `fromFile`. */
  resolve(fromFile: string, include: string): string;
}

/** What a host found at a path. */
export type SourceText =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** The same for two paths exactly if they lead to the same file. */
      readonly identity: string;
    }
  | { readonly kind: 'missing' }
  /** It is not UTF-8 text. */
  | { readonly kind: 'binary' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** The host reads no files there, whether there is one or not. */
  | { readonly kind: 'outside'; readonly roots: readonly string[] };

type Unread = Exclude<SourceText, { kind: 'text' }>;

export interface Loaded {
  readonly clauses: readonly Clause[];
  /** The first of the files given; absent where it could not be read. */
  readonly main: ParsedFile | undefined;
  /** In the order in which they were first met. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

export function loadFiles(paths: readonly string[], host: SourceHost): Loaded {
  return new Loader(paths, host).run();
}

/** A file whose items are being gone through. */
interface Open {
  readonly path: string;
  readonly identity: string;
  readonly file: ParsedFile;
  next: number;
}

/** How many files of a cycle of includes are named. */
const CHAIN_SHOWN = 6;

/**
 * The most that is read in all, in UTF-16 code units; reading takes up to 150 times as many bytes of memory. What
 * is read again by another path counts again, so that links in circles come to an end too.
 */
const MOST_TEXT = 8 * 1024 * 1024;

class Loader {
  private readonly texts = new Map<string, SourceText>();
  /** By identity; those open are on the stack. */
  private readonly states = new Map<string, 'open' | 'done'>();
  private readonly stack: Open[] = [];
  private readonly clauses: Clause[] = [];
  private readonly sources: Source[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private main: ParsedFile | undefined;
  private length = 0;
  private isFull = false;

  constructor(
    private readonly paths: readonly string[],
    private readonly host: SourceHost,
  ) {}

  run(): Loaded {
    for (const [index, path] of this.paths.entries()) {
      const text = this.read(path);
      if (text.kind !== 'text') this.unread(path, text, undefined, []);
      else if (this.length > MOST_TEXT) this.tooMuch(path, undefined);
      else this.open(path, text);
      if (index === 0) this.main = this.stack.at(0)?.file;
      this.drain();
    }
    const { clauses, main, sources, diagnostics } = this;
    return { clauses, main, sources, diagnostics };
  }

  private drain(): void {
    for (let top = this.stack.at(-1); top !== undefined; top = this.stack.at(-1)) {
      if (top.next === top.file.items.length) {
        this.stack.pop();
        this.states.set(top.identity, 'done');
        continue;
      }
      const item = top.file.items[top.next++];
      if (item.kind === 'include') this.include(item, top);
      else this.clauses.push(item);
    }
  }

  private include({ path: name, span }: Include, from: Open): void {
    const candidates = [...new Set([from.path, this.paths[0]].map((file) => this.host.resolve(file, name)))];
    const there = candidates.filter((candidate) => this.read(candidate).kind !== 'missing');
    const path =
      there.find((candidate) => this.read(candidate).kind !== 'outside') ?? there[0] ?? candidates[0];
    const text = this.read(path);
    if (this.length > MOST_TEXT) this.tooMuch(path, span);
    else if (text.kind === 'text') {
      if (this.states.get(text.identity) === 'open') this.cycle(text.identity, path, span);
      else this.open(path, text);
    } else {
      this.unread(path, text, span, candidates);
    }
  }

  private open(path: string, { text, identity }: SourceText & { kind: 'text' }): void {
    if (this.states.has(identity)) return;
    this.states.set(identity, 'open');
    const source: Source = { name: path, text };
    this.sources.push(source);
    const file = parseFile(source);
    for (const each of file.diagnostics) this.diagnostics.push(each);
    this.stack.push({ path, identity, file, next: 0 });
  }

  private read(path: string): SourceText {
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const text = this.host.read(path);
    this.texts.set(path, text);
    if (text.kind === 'text') this.length += text.text.length;
    return text;
  }

  private unread(path: string, text: Unread, span: SourceSpan | undefined, tried: readonly string[]): void {
    const name = quote(path);
    switch (text.kind) {
      case 'missing': {
        const expected = tried.length > 0 ? `a file at ${tried.map(quote).join(' or ')}` : undefined;
        const hint = 'includes are looked for beside the including file, then beside the first file given';
        const details = { span, expected, hint: span && hint };
        this.diagnostics.push(diagnostic('DED601', `there is no file ${name}`, details));
        return;
      }
      case 'binary':
        this.diagnostics.push(
          diagnostic('DED602', `${name} is not text`, { span, expected: 'a Dedalus source file in UTF-8' }),
        );
        return;
      case 'unreadable':
        this.diagnostics.push(diagnostic('DED603', `${name} cannot be read: ${text.reason}`, { span }));
        return;
      case 'outside':
        this.diagnostics.push(outsideRoots(path, text.roots, span));
    }
  }

  /** Told of the first file that is too much; what comes after it is not looked at. */
  private tooMuch(path: string, span: SourceSpan | undefined): void {
    if (this.isFull) return;
    this.isFull = true;
    this.diagnostics.push(
      diagnostic(
        'DED607',
        `with ${quote(path)}, the program is longer than ${MOST_TEXT / 2 ** 20} Mi characters`,
        {
          span,
          hint: 'a file counts once for each path that leads to it',
        },
      ),
    );
  }

  private cycle(identity: string, path: string, span: SourceSpan): void {
    const first = this.stack.findIndex((open) => open.identity === identity);
    const chain = [...this.stack.slice(first).map((open) => open.path), path];
    const shown =
      chain.length <= CHAIN_SHOWN
        ? chain
        : [...chain.slice(0, CHAIN_SHOWN - 2), `(${chain.length - CHAIN_SHOWN + 1} more)`, chain.at(-1)!];
    this.diagnostics.push(
      diagnostic('DED604', `cycle of includes: ${shown.join(' -> ')}`, {
        span,
        hint: 'a file is included once however often it is named; move what both need to a third file',
      }),
    );
  }
}

/** A file that a host does not read, as it lies in none of the folders from which it does. */
export function outsideRoots(
  path: string,
  roots: readonly string[],
  span: SourceSpan | undefined,
): Diagnostic {
  return diagnostic('DED606', `${quote(path)} lies outside of what may be read`, {
    span,
    expected: `a file in ${roots.map(quote).join(' or ')}`,
    hint: '`--root <folder>` says in which folder files may be read',
  });
}
