/** What is told of a scenario without checking it. */
import type { Bounds } from '../injector/bounds.js';
import type { VerdictName } from '../model/verdict-names.js';

export interface ListedScenario {
  readonly file: string;
  /** Undefined of a program of Dedalus, which is the file. */
  readonly name: string | undefined;
  readonly language: 'rules' | 'handlers' | 'system';
  /** None of a running system. */
  readonly nodes: readonly string[];
  /** The bounds that it gives itself, each with the verdict expected. */
  readonly checks: readonly { readonly bounds: Bounds; readonly expect?: VerdictName }[];
}
