/** What a relation makes of columns: a head until `.when`, a premise where it stands in one, a fact at a time. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Atom, Fact, Rule, Timing } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { constantTerms, missingColumns, plainTerms } from './columns.js';
import type { ReadColumns, Schema } from './columns.js';
import { describe } from './operands.js';
import { callerSpan } from '../../diagnostics/place.js';
import { isWrittenPremise } from './written.js';
import type { Written, WrittenAtom, WrittenClause, WrittenHead, WrittenPremise } from './written.js';

export class HeadDraft implements WrittenHead {
  constructor(
    protected readonly schema: Schema,
    protected readonly columns: ReadColumns,
    readonly span: SourceSpan,
    private readonly timing: Timing = 'deductive',
  ) {}

  get next(): HeadDraft {
    return new HeadDraft(this.schema, this.columns, this.span, 'next');
  }

  get async(): HeadDraft {
    return new HeadDraft(this.schema, this.columns, this.span, 'async');
  }

  when(...premises: readonly WrittenPremise[]): WrittenClause {
    const { schema, columns, timing, span } = this;
    const written = premises.map((premise) => premiseOf(premise));
    const node: Rule = {
      kind: 'rule',
      head: { relation: schema.name, terms: columns.terms, span },
      timing,
      body: written.map((premise) => premise.node),
      span,
    };
    const missing = missingColumns(schema, columns, span);
    const problems = [...columns.problems, ...missing, ...written.flatMap((premise) => premise.problems)];
    return { clause: { node, problems, ...durabilityOf(schema) } };
  }
}

export class AtomDraft extends HeadDraft implements WrittenAtom {
  get premise(): Written<Atom> {
    return atomOf(this.schema, this.columns, undefined, this.span);
  }

  at(time: number): WrittenAtom & WrittenClause {
    const { schema, columns, span } = this;
    return new TimedAtomDraft(
      schema,
      { ...columns, problems: [...columns.problems, ...checkTime(time)] },
      time,
      span,
    );
  }
}

class TimedAtomDraft implements WrittenAtom, WrittenClause {
  constructor(
    private readonly schema: Schema,
    private readonly columns: ReadColumns,
    private readonly time: number,
    private readonly span: SourceSpan,
  ) {}

  get premise(): Written<Atom> {
    return atomOf(this.schema, this.columns, this.time, this.span);
  }

  get clause(): Written<Fact> {
    const { schema, columns, time, span } = this;
    const { terms, problems } = constantTerms(columns, span);
    const missing = missingColumns(schema, columns, span);
    return {
      node: { kind: 'fact', relation: schema.name, terms, time, span },
      problems: [...columns.problems, ...missing, ...problems],
      ...durabilityOf(schema),
    };
  }
}

function durabilityOf({ name: relation, durable: span }: Schema): Pick<Written<unknown>, 'durable'> {
  return span === undefined ? {} : { durable: { relation, span } };
}

/** The absence of whatever matches an atom: what it leaves out may be anything. */
export function not(atom: WrittenAtom): WrittenAtom {
  const { node, problems } = premiseOf(atom);
  if (node.kind === 'atom' && !node.negated)
    return { premise: { node: { ...node, negated: true }, problems } };
  const problem = diagnostic('DED805', 'only an atom can be negated', {
    span: callerSpan(),
    expected: 'an atom without `not`',
    hint: 'turn a comparison round instead',
  });
  return { premise: { node: nothing(node.span), problems: [...problems, problem] } };
}

function atomOf(
  schema: Schema,
  columns: ReadColumns,
  time: number | undefined,
  span: SourceSpan,
): Written<Atom> {
  const { terms, problems } = plainTerms(columns, span);
  return {
    node: { kind: 'atom', relation: schema.name, terms, negated: false, time, span },
    problems: [...columns.problems, ...problems],
  };
}

/** Of whatever a caller gave for a premise. */
function premiseOf(given: unknown): WrittenPremise['premise'] {
  if (isWrittenPremise(given)) return given.premise;
  const span = callerSpan();
  const head = given instanceof HeadDraft;
  const problem = diagnostic('DED805', `${head ? 'a head' : describe(given)} is no premise`, {
    span: head ? given.span : span,
    expected: 'an atom, `not` of one, or a comparison',
  });
  return { node: nothing(span), problems: [problem] };
}

/** Stands where a problem keeps anything from standing. */
function nothing(span: SourceSpan): Atom {
  return { kind: 'atom', relation: '', terms: [], negated: false, time: undefined, span };
}

function checkTime(time: unknown): readonly Diagnostic[] {
  if (typeof time === 'number' && Number.isSafeInteger(time) && time >= 1) return [];
  return [
    diagnostic('DED112', `there is no time ${describe(time)}`, {
      span: callerSpan(),
      expected: 'an integer from 1',
      hint: 'the first logical timestep is 1',
    }),
  ];
}
