/** Scenarios made ready to be checked or replayed, whatever they were written in. */
import type { Bounds } from '../../injector/bounds.js';
import type { VerdictName } from '../../model/verdict-names.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { ScenarioLocation } from '../result.js';
import type { Protocol } from '../../model/protocol.js';

/** A scenario free of errors, of Dedalus or of TypeScript. */
export interface PreparedScenario {
  /** What reports call it. */
  readonly name: string;
  /** How the command line finds it. */
  readonly location: ScenarioLocation;
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  /** The nodes of each role; absent where there are none. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /** Whether the nodes were taken from the program's location columns. */
  readonly nodesInferred: boolean;
  /** The bounds that it gives itself, each with the verdict expected. */
  readonly checks: readonly OwnCheck[];
}

/** Bounds that a scenario gives itself, and the verdict that it expects within them. */
export interface OwnCheck {
  readonly bounds: Bounds;
  readonly expect?: VerdictName;
  readonly span?: SourceSpan;
}

/** A scenario that may be run, or what keeps it from that. */
export interface Preparation {
  /** Absent where there are errors. */
  readonly scenario: PreparedScenario | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A scenario on nodes other than its own expects nothing; their order does not matter. */
export function checksOn(
  nodes: readonly string[],
  own: readonly string[],
  checks: readonly OwnCheck[],
): readonly OwnCheck[] {
  if (nodes.length === own.length && nodes.every((node) => own.includes(node))) return checks;
  return checks.map(({ bounds, span }) => ({ bounds, ...(span !== undefined && { span }) }));
}
