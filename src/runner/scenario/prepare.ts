/** A scenario of a module, made ready to be checked or replayed: of the right shape, and free of errors. */
import { collectDiagnostics } from '../../model/diagnostics/collect.js';
import { hasErrors, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { fieldWithin } from '../../model/diagnostics/place.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import { ofNodes } from '../../model/text/reliable.js';
import { locateSpan, type ReadSource } from '../files/sources.js';
import { protocolKind } from '../kinds/kinds.js';
import type { ScenarioLocation } from '../result.js';
import type { Scenario } from './define.js';
import { checksOn, type Preparation } from './prepared.js';
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
  const { bounds, expect, protocol: written, nodes: own } = scenario;
  const nodes = options.nodes ?? own;
  const { protocol, diagnostics: found } = protocolKind(written).prepare(written, { nodes, own, read });
  const diagnostics = inOrder(found);
  if (protocol === undefined) return { scenario: undefined, diagnostics };
  const span = place(['bounds']);
  const roles = protocolKind(written).roles(written);
  const { reliable } = bounds;
  const onNodes = reliable && roles ? { ...bounds, reliable: ofNodes(reliable, roles) } : bounds;
  const check = {
    bounds: onNodes,
    ...(expect !== undefined && { expect }),
    ...(span !== undefined && { span }),
  };
  const prepared = {
    name: `${scenario.name} (${location.file})`,
    location,
    protocol,
    nodes,
    ...(roles !== undefined && { roles }),
    nodesInferred: false,
    checks: checksOn(nodes, own, [check]),
  };
  return { scenario: prepared, diagnostics };
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
