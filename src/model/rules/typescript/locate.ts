/** Gives the places of rules made in TypeScript the text of their files, which only the runner can read. */
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type {
  Aggregate,
  Clause,
  Constant,
  DurableRelation,
  Head,
  Premise,
  Program,
  Term,
  Variable,
} from '../program.js';
import type { Source, SourceSpan } from '../../diagnostics/source.js';
import { isTemplate, isUnread } from '../../diagnostics/place.js';
import type { TemplateSource } from '../../diagnostics/place.js';

/**
 * The same program, with each place the line it stands on, without the blanks around it. Places in files that
 * cannot be read stay what they are: a file and a line. Those within a template keep their text, and take the
 * name.
 *
 * @param read a file's text, and what diagnostics are to call it, by its absolute path; asked once a file
 */
export function locateProgram(program: Program, read: (path: string) => Source | undefined): Program {
  const locator = new Locator(read);
  const { clauses, durable, problems } = program;
  return {
    clauses: clauses.map((clause) => locator.clause(clause)),
    ...(durable !== undefined && { durable: durable.map((each) => locator.durable(each)) }),
    ...(problems !== undefined && { problems: problems.map((problem) => locator.problem(problem)) }),
  };
}

class Locator {
  private readonly sources = new Map<string, Source | undefined>();
  private readonly templates = new Map<Source, Source>();

  constructor(private readonly read: (path: string) => Source | undefined) {}

  clause(clause: Clause): Clause {
    const span = this.span(clause.span);
    if (clause.kind === 'fact')
      return { ...clause, span, terms: clause.terms.map((term) => this.leaf(term)) };
    const body = clause.body.map((premise) => this.premise(premise));
    return { ...clause, span, head: this.head(clause.head), body };
  }

  durable(durable: DurableRelation): DurableRelation {
    return { ...durable, span: this.span(durable.span) };
  }

  problem(problem: Diagnostic): Diagnostic {
    const { span, related } = problem;
    return {
      ...problem,
      ...(span !== undefined && { span: this.span(span) }),
      ...(related !== undefined && {
        related: related.map((place) => ({ ...place, span: this.span(place.span) })),
      }),
    };
  }

  private head(head: Head): Head {
    const terms = head.terms.map((term) =>
      term.kind === 'aggregate' ? this.aggregate(term) : this.term(term),
    );
    return { ...head, terms, span: this.span(head.span) };
  }

  private aggregate(aggregate: Aggregate): Aggregate {
    return { ...aggregate, variable: this.leaf(aggregate.variable), span: this.span(aggregate.span) };
  }

  private premise(premise: Premise): Premise {
    const span = this.span(premise.span);
    if (premise.kind === 'atom')
      return { ...premise, span, terms: premise.terms.map((term) => this.term(term)) };
    return { ...premise, span, left: this.term(premise.left), right: this.term(premise.right) };
  }

  private term(term: Term): Term {
    if (term.kind !== 'arithmetic') return this.leaf(term);
    const [left, right] = [this.term(term.left), this.term(term.right)];
    return { ...term, left, right, span: this.span(term.span) };
  }

  private leaf<Leaf extends Variable | Constant | Term>(leaf: Leaf): Leaf {
    return { ...leaf, span: this.span(leaf.span) };
  }

  private span(span: SourceSpan): SourceSpan {
    const { source } = span;
    if (isTemplate(source)) return { ...span, source: this.renamed(source) };
    if (!isUnread(source)) return span;
    const read = this.sourceOf(source.name);
    return read === undefined ? span : lineSpan(read, source.unreadLine);
  }

  private renamed(source: TemplateSource): Source {
    const known = this.templates.get(source);
    if (known !== undefined) return known;
    const renamed: Source = { name: this.sourceOf(source.within)?.name ?? source.name, text: source.text };
    this.templates.set(source, renamed);
    return renamed;
  }

  private sourceOf(path: string): Source | undefined {
    if (!this.sources.has(path)) {
      const read = this.read(path);
      this.sources.set(path, read && { ...read, language: 'typescript' });
    }
    return this.sources.get(path);
  }
}

/** A line, from 1, without the blanks around it; the end of the text, where it has no such line. */
export function lineSpan(source: Source, line: number): SourceSpan {
  const lines = source.text.split('\n');
  const before = lines.slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0);
  const text = lines.at(line - 1) ?? '';
  const start = Math.min(source.text.length, before + text.length - text.trimStart().length);
  return {
    source,
    start,
    end: Math.max(start, Math.min(source.text.length, before + text.trimEnd().length)),
  };
}
