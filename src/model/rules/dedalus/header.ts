/**
 * The header comment of a scenario: its nodes, and the bounds that it is to be checked within, each with
 * the verdict that its author expects. It stands in comments, so that other implementations of the dialect
 * read the file too.
 *
 *     // ldfi: nodes a, b, c
 *     // ldfi: durable log, term
 *     // ldfi: bounds 6/4/1 expect violated
 *     // ldfi: bounds 6/4/1 omissions 2 expect certified
 *     // ldfi: bounds 6/4/1 reliable db, a->b expect certified
 *     // ldfi: bounds 6/4/0 fault unsynced 1 expect violated
 */
import {
  AUTHORS_BOUND,
  BOUND_NAMES,
  boundWord,
  FAULT_NAME,
  FAULT_NAME_EXPECTED,
  type AuthorsBounds,
  type Bounds,
  type NamedBounds,
  type Reliable,
} from '../../bounds.js';
import { withoutDefaults } from '../../text/bounds.js';
import { readReliable } from '../../text/reliable.js';
import { suggest } from '../../text/suggest.js';
import type { DiagnosticCode } from '../../diagnostics/codes.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic, DiagnosticDetails } from '../../diagnostics/diagnostics.js';
import { formatNodeName, QUOTED_NAME, readNodeName } from '../../text/node-names.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { VERDICTS, type VerdictName } from '../../verdict-names.js';

/** The `// ldfi:` lines at the top of a file of Dedalus. */
export interface Header {
  /** Absent where no line gives them. */
  readonly nodes?: readonly HeaderNode[];
  /** The durable relations. Absent where no line gives them. */
  readonly durable?: readonly HeaderNode[];
  /** In the order of the lines. */
  readonly checks: readonly HeaderCheck[];
}

/** A node, or a relation, that a header names, and where. */
export interface HeaderNode {
  readonly name: string;
  readonly span: SourceSpan;
}

/** Bounds that a header gives, with the verdict that it expects. */
export interface HeaderCheck {
  /** Non-negative integers; whether they make sense together is for the injector to say. */
  readonly bounds: Bounds;
  readonly expect?: VerdictName;
  readonly span: SourceSpan;
}

const NODES_FORM = '`// ldfi: nodes a, b, c`';
/** A line of names. */
interface NamesForm {
  readonly of: string;
  readonly one: string;
  readonly form: string;
}

const NODES: NamesForm = { of: 'nodes', one: 'node', form: NODES_FORM };
const DURABLE: NamesForm = {
  of: 'durable relations',
  one: 'relation',
  form: '`// ldfi: durable log, term`',
};

const BOUNDS_FORM = '`// ldfi: bounds 6/4/1 expect violated` (EOT/EFF/crashes)';

const RELIABLE = 'reliable';

const BOUND_WORDS = [...BOUND_NAMES.map(boundWord), AUTHORS_BOUND, RELIABLE];

const FIGURE = /^[0-9]{1,9}$/;

/** A part of a comment, with its place. */
interface Word {
  readonly text: string;
  readonly span: SourceSpan;
}

/** @param directives the `// ldfi:` comments of the file that stand before its first clause */
export function parseHeader(directives: readonly SourceSpan[]): {
  readonly header: Header;
  readonly diagnostics: readonly Diagnostic[];
} {
  const reader = new HeaderReader();
  for (const directive of directives) reader.line(directive);
  return { header: reader.header, diagnostics: reader.diagnostics };
}

class HeaderReader {
  private nodes: readonly HeaderNode[] | undefined;
  private durable: readonly HeaderNode[] | undefined;
  private readonly checks: HeaderCheck[] = [];
  readonly diagnostics: Diagnostic[] = [];

  get header(): Header {
    const { nodes, durable, checks } = this;
    return {
      ...(nodes !== undefined && { nodes }),
      ...(durable !== undefined && { durable }),
      checks,
    };
  }

  line(directive: SourceSpan): void {
    const words = wordsOf(directive);
    const keyword = words.at(0);
    const rest = words.slice(1);
    switch (keyword?.text) {
      case 'nodes':
        this.nodes = this.namesLine(directive, rest, NODES, this.nodes);
        return;
      case 'durable':
        this.durable = this.namesLine(directive, rest, DURABLE, this.durable);
        return;
      case 'bounds':
        this.boundsLine(directive, rest);
        return;
      case undefined:
      default:
        this.report('DED501', 'this header line says nothing known', {
          span: keyword?.span ?? directive,
          expected: `${NODES_FORM} or ${BOUNDS_FORM}`,
          hint: keyword && hintFor(keyword.text),
        });
    }
  }

  /** The names of a line, or those that another one gave. */
  private namesLine(
    directive: SourceSpan,
    names: readonly Word[],
    { of, one, form }: NamesForm,
    known: readonly HeaderNode[] | undefined,
  ): readonly HeaderNode[] | undefined {
    const problem = names.find(({ text }, index) => (text === ',') !== (index % 2 === 1));
    if (problem !== undefined || names.length % 2 === 0) {
      this.report('DED501', `this is no list of ${of}`, {
        span: problem?.span ?? directive,
        expected: form,
        hint: `${of} are separated by \`,\``,
      });
      return known;
    }
    if (known !== undefined) {
      this.report('DED502', `the ${of} are given twice`, { span: directive, hint: 'put them on one line' });
      return known;
    }
    const written = names.filter(({ text }) => text !== ',');
    return this.distinct(written, one);
  }

  private distinct(names: readonly Word[], one: string): readonly HeaderNode[] {
    const nodes = new Map<string, HeaderNode>();
    for (const { text, span } of names) {
      const name = readNodeName(text);
      const earlier = nodes.get(name);
      if (earlier === undefined) {
        nodes.set(name, { name, span });
        continue;
      }
      const related = [{ message: 'first here', span: earlier.span }];
      this.report('DED502', `${one} ${formatNodeName(name)} is given twice`, { span, related });
    }
    return [...nodes.values()];
  }

  private boundsLine(directive: SourceSpan, words: readonly Word[]): void {
    const figures = words.at(0);
    const bounds = figures === undefined ? undefined : parseBounds(figures.text);
    if (bounds === undefined) {
      this.malformedBounds('these are no bounds', figures?.span ?? directive);
      return;
    }
    const end = words.findIndex(({ text }, at) => text === 'expect' && !isListed(words, at));
    const said = words.slice(1, end === -1 ? undefined : end);
    const trusting = said.findIndex(({ text }) => text === RELIABLE);
    const list = trusting === -1 ? [] : listAfter(said, trusting);
    const reliable = trusting === -1 ? {} : this.reliable(said[trusting], list);
    const named = this.namedBounds(said.toSpliced(trusting, trusting === -1 ? 0 : 1 + list.length));
    if (named === undefined || reliable === undefined) return;
    const check = { bounds: withoutDefaults({ ...bounds, ...named, reliable }), span: directive };
    if (end === -1) this.checks.push(check);
    else this.expectation(check, words.slice(end + 1));
  }

  /** Nodes and links with commas between them; undefined where they are not, which was told. */
  private reliable(keyword: Word, list: readonly Word[]): Reliable | undefined {
    const [first, last] = [list.at(0), list.at(-1)];
    const text = first && last && first.span.source.text.slice(first.span.start, last.span.end);
    const read = text === undefined ? undefined : readReliable(text);
    if (read !== undefined) return read;
    this.report('DED501', `\`${RELIABLE}\` is not followed by who is`, {
      span: first && last ? { ...first.span, end: last.span.end } : keyword.span,
      expected: `nodes and links, such as \`${RELIABLE} db, a->b\``,
    });
    return undefined;
  }

  /** Pairs of a name and a figure, before which may be `fault`; undefined where they are not, which was told. */
  private namedBounds(words: readonly Word[]): (NamedBounds & AuthorsBounds) | undefined {
    const named: Record<string, number> = {};
    const authors: Record<string, number> = {};
    for (let at = 0; at < words.length; at += 2) {
      const { text, span } = words[at];
      if (text === AUTHORS_BOUND) {
        if (!this.authorsBound(words.slice(at, at + 3), authors)) return undefined;
        at++;
        continue;
      }
      const name = BOUND_NAMES.find((each) => boundWord(each) === text);
      if (text === RELIABLE) {
        this.report('DED502', `\`${RELIABLE}\` is given twice`, { span, hint: 'put all names after one' });
        return undefined;
      }
      if (name === undefined) {
        const isOwn = FAULT_NAME.test(text) && FIGURE.test(words.at(at + 1)?.text ?? '');
        const own = isOwn
          ? `a fault of your own is written \`${AUTHORS_BOUND} ${text} ${words[at + 1].text}\``
          : undefined;
        this.malformedBounds('this does not belong here', span, suggest(text, BOUND_WORDS) ?? own);
        return undefined;
      }
      const figure = words.at(at + 1);
      if (figure === undefined || !FIGURE.test(figure.text)) {
        this.report('DED501', `\`${text}\` is not followed by how many`, {
          span: figure?.span ?? span,
          expected: `a number, such as \`${text} 1\``,
        });
        return undefined;
      }
      if (name in named) {
        this.report('DED502', `the bound \`${text}\` is given twice`, { span });
        return undefined;
      }
      named[name] = Number(figure.text);
    }
    return { ...named, named: authors };
  }

  /** `fault`, its name, and how many. Whether it is so; if not, that was told. */
  private authorsBound(
    [keyword, name, figure]: readonly (Word | undefined)[],
    authors: Record<string, number>,
  ): boolean {
    const wrong = (message: string, word: Word | undefined, details: DiagnosticDetails) => {
      this.report('DED501', message, { span: (word ?? name ?? keyword!).span, ...details });
      return false;
    };
    if (name === undefined || !FAULT_NAME.test(name.text)) {
      const message =
        name === undefined ? '`fault` is not followed by a name' : `\`${name.text}\` is no name of a fault`;
      const isCount = name !== undefined && FIGURE.test(name.text);
      return wrong(message, name, {
        expected: `${FAULT_NAME_EXPECTED}: \`fault unsynced 1\``,
        hint: isCount ? `of faults of all kinds together, write \`faults ${name.text}\`` : undefined,
      });
    }
    if (figure === undefined || !FIGURE.test(figure.text))
      return wrong(`\`fault ${name.text}\` is not followed by how many`, figure, {
        expected: `a number, such as \`fault ${name.text} 1\``,
      });
    if (Object.hasOwn(authors, name.text)) {
      this.report('DED502', `the bound \`fault ${name.text}\` is given twice`, { span: name.span });
      return false;
    }
    authors[name.text] = Number(figure.text);
    return true;
  }

  private expectation(check: HeaderCheck, [verdict, surplus]: readonly (Word | undefined)[]): void {
    const name = VERDICTS.find((candidate) => candidate === verdict?.text);
    if (name === undefined) this.unknownVerdict(verdict, check.span);
    else if (surplus !== undefined) this.malformedBounds('this does not belong here', surplus.span);
    else this.checks.push({ bounds: check.bounds, expect: name, span: check.span });
  }

  private malformedBounds(message: string, span: SourceSpan, hint?: string): void {
    this.report('DED501', message, { span, expected: BOUNDS_FORM, hint });
  }

  private unknownVerdict(verdict: Word | undefined, directive: SourceSpan): void {
    this.report(
      'DED501',
      verdict === undefined ? 'no verdict is given' : `there is no verdict ${verdict.text}`,
      {
        span: verdict?.span ?? directive,
        expected: VERDICTS.join(', '),
        hint: verdict && suggest(verdict.text, VERDICTS),
      },
    );
  }

  private report(code: DiagnosticCode, message: string, details: DiagnosticDetails): void {
    this.diagnostics.push(diagnostic(code, message, details));
  }
}

const WORD = new RegExp(`${QUOTED_NAME}|,|->|(?:[^\\s,-]|-(?!>))+`, 'gu');

/** What stands after `// ldfi:`. Commas and arrows are words of their own. */
function wordsOf({ source, start, end }: SourceSpan): readonly Word[] {
  const opening = source.text.indexOf(':', start) + 1;
  return [...source.text.slice(opening, end).matchAll(WORD)].map((match) => {
    const from = opening + match.index;
    return { text: match[0], span: { source, start: from, end: from + match[0].length } };
  });
}

function hintFor(keyword: string): string | undefined {
  if (keyword === RELIABLE) return 'it belongs to bounds: `// ldfi: bounds 6/4/1 reliable db, a->b`';
  return suggest(keyword, ['nodes', 'durable', 'bounds']);
}

/** The words after one that are a list with commas or arrows between them. */
function listAfter(words: readonly Word[], at: number): readonly Word[] {
  const length = words.slice(at + 1).findIndex((_, index) => index > 0 && !isListed(words, at + 1 + index));
  return words.slice(at + 1, length === -1 ? undefined : at + 1 + length);
}

/** Whether a word goes on with the one before it. */
function isListed(words: readonly Word[], at: number): boolean {
  return [words[at].text, words.at(at - 1)?.text].some((text) => text === ',' || text === '->');
}

function parseBounds(text: string): HeaderCheck['bounds'] | undefined {
  const match = /^([0-9]{1,9})\/([0-9]{1,9})\/([0-9]{1,9})$/.exec(text);
  if (match === null) return undefined;
  const [eot, eff, crashes] = match.slice(1).map(Number);
  return { eot, eff, crashes };
}
