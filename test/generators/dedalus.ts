/**
 * Random small Dedalus programs, as source text so that a failure prints a program that one can read and run.
 * They shrink by dropping facts, rules and premises, and stay well-formed while they do.
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import type { Clause, Program } from '../../src/model/rules/program.js';
import { buildProgram } from './build.js';
import type { ProgramChoice } from './choices.js';
import { programChoice } from './programs.js';
import { printText } from './print.js';
import { chosen } from './weights.js';

export interface GeneratedProgram {
  readonly text: string;
  /** What `text` should be read as, spans apart. */
  readonly program: Program;
  readonly nodes: readonly string[];
  /** Within them there are at most about 1,300 admissible fault sets. */
  readonly bounds: Bounds;
  /** The text under the header with which `ldfi check` runs it; what a failing property prints. */
  toString(): string;
}

/**
 * Well-typed, bound and stratified, with rules for `pre` and `post` of equal arity. No integer overflows, no
 * division is by zero, and every run ends.
 */
export function generatedProgram(): Arbitrary<GeneratedProgram> {
  return programChoice.map((choice) => {
    const { program, nodes } = buildProgram(choice);
    return new Generated(program, nodes, choice.size.bounds);
  });
}

/** The same, of which some are read at every time by `always` and `alwaysPost`, instead of at EOT, or beside that. */
export function programOfAnyTime(
  choice: Arbitrary<ProgramChoice> = programChoice,
): Arbitrary<GeneratedProgram> {
  const reads = chosen<'at EOT' | 'at every time' | 'both'>(['at EOT', 3], ['at every time', 2], ['both', 1]);
  return fc.tuple(choice, reads).map(([one, read]) => {
    const { program, nodes } = buildProgram(one);
    const { clauses } = program;
    const others = clauses.map(askedAlways);
    const asked = {
      'at EOT': clauses,
      'at every time': others,
      both: [...clauses, ...others.filter((clause) => !clauses.includes(clause))],
    };
    return new Generated({ ...program, clauses: asked[read] }, nodes, one.size.bounds);
  });
}

const AT_EVERY_TIME = new Map([
  ['pre', 'always'],
  ['post', 'alwaysPost'],
]);

/** No rule reads `pre` or `post`. */
function askedAlways(clause: Clause): Clause {
  if (clause.kind === 'fact') return clause;
  const relation = AT_EVERY_TIME.get(clause.head.relation);
  return relation === undefined ? clause : { ...clause, head: { ...clause.head, relation } };
}

/** A class only so that fast-check prints the text and not the tree. */
class Generated implements GeneratedProgram {
  readonly text: string;

  constructor(
    readonly program: Program,
    readonly nodes: readonly string[],
    readonly bounds: Bounds,
  ) {
    this.text = printText(program);
  }

  toString(): string {
    return `// ldfi: nodes ${this.nodes.join(', ')}\n// ldfi: bounds ${formatBounds(this.bounds)}\n${this.text}`;
  }
}
