/**
 * Random small Dedalus programs, as source text so that a failure prints a program that one can read and run.
 * They shrink by dropping facts, rules and premises, and stay well-formed while they do.
 */
import type { Arbitrary } from 'fast-check';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import type { Program } from '../../src/model/rules/program.js';
import { buildProgram } from './build.js';
import { programChoice } from './programs.js';
import { printText } from './print.js';

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
