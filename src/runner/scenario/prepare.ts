/** A scenario of a module, made ready to be checked or replayed: of the right shape, and free of errors. */
import { checkProgram } from '../../model/rules/check/check.js';
import { undeclaredNodes, unreachedNodes } from '../../model/rules/check/locations.js';
import { checkSpecification } from '../../model/rules/check/specification.js';
import { collectDiagnostics } from '../../model/diagnostics/collect.js';
import { hasErrors, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { locateProgram } from '../../model/rules/typescript/locate.js';
import { fieldWithin } from '../../model/diagnostics/place.js';
import type { CheckedProgram, Program } from '../../model/rules/program.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { ScenarioLocation } from '../result.js';
import type { Protocol } from '../../model/protocol.js';
import type { Scenario } from './define.js';
import { checksOn, type Preparation } from './prepared.js';
import { locateSpan, type ReadSource } from '../files/sources.js';
import { validateScenario } from './validate.js';

export interface PreparationOptions {
  readonly location: ScenarioLocation;
  /** Instead of the scenario's own. */
  readonly nodes: readonly string[] | undefined;
  readonly read: ReadSource;
}

export function prepareScenario(scenario: Scenario, options: PreparationOptions): Preparation {
  const { location, read } = options;
  const place = (path: readonly string[]) => placeOf(scenario, path, read);
  const whole = typeof scenario.name === 'string' ? `scenario ${scenario.name}` : 'the scenario';
  const malformed = validateScenario(scenario, { whole, place });
  if (hasErrors(malformed)) return { scenario: undefined, diagnostics: inOrder(malformed) };
  const { bounds, expect } = scenario;
  const nodes = options.nodes ?? scenario.nodes;
  const { protocol, diagnostics } = protocolOf(scenario, nodes, read);
  if (protocol === undefined) return { scenario: undefined, diagnostics };
  const span = place(['bounds']);
  const check = { bounds, ...(expect !== undefined && { expect }), ...(span !== undefined && { span }) };
  const prepared = {
    name: `${scenario.name} (${location.file})`,
    location,
    protocol,
    nodes,
    nodesInferred: false,
    checks: checksOn(nodes, scenario.nodes, [check]),
  };
  return { scenario: prepared, diagnostics };
}

function protocolOf(
  scenario: Scenario,
  nodes: readonly string[],
  read: ReadSource,
): { readonly protocol: Protocol | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { protocol } = scenario;
  if (protocol.kind === 'handlers') return { protocol, diagnostics: [] };
  const { checked, diagnostics } = checkRules(protocol.program, read);
  const found = [
    ...diagnostics,
    ...(checked === undefined ? [] : [...checkSpecification(checked), ...undeclaredNodes(checked, nodes)]),
    ...(checked === undefined || nodes === scenario.nodes ? [] : unreachedNodes(checked, nodes)),
  ];
  return { protocol: hasErrors(found) ? undefined : checked, diagnostics: inOrder(found) };
}

/** Checks a program of rules, whose places become those of its files. */
export function checkRules(
  program: Program,
  read: ReadSource,
): { readonly checked: CheckedProgram | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { checked, diagnostics } = checkProgram(locateProgram(program, read));
  return { checked, diagnostics: inOrder(diagnostics) };
}

const MOST_DIAGNOSTICS = 100;

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sources = diagnostics.flatMap(({ span }) => (span === undefined ? [] : [span.source]));
  return collectDiagnostics(diagnostics, [...new Set(sources)], MOST_DIAGNOSTICS);
}

/** Where a field of the scenario was given; where that is not found, where the scenario was defined. */
function placeOf(scenario: Scenario, path: readonly string[], read: ReadSource): SourceSpan | undefined {
  const span: SourceSpan | undefined = scenario.span;
  return span && locateSpan(fieldWithin(span, path), read);
}
