/** `ldfi check --list`: the scenarios that there are. */
import type { FoundScenario, ListedScenario } from '../toolkit.js';
import type { Session } from './session.js';

export function listScenarios(
  found: readonly FoundScenario[],
  nodes: readonly string[] | undefined,
  session: Session,
): void {
  session.list(found.flatMap((each) => listed(each, nodes, session)));
}

/** None where it cannot be prepared, which is told. */
function listed(
  { file, name, defined, system, prepare }: FoundScenario,
  nodes: readonly string[] | undefined,
  session: Session,
): readonly ListedScenario[] {
  if (system !== undefined) return [{ file, name, language: 'system', nodes: [], checks: [] }];
  const { scenario, diagnostics } = prepare(nodes);
  session.diagnose(diagnostics);
  if (scenario === undefined) return [];
  const { protocol, checks } = scenario;
  const own = checks.map(({ bounds, expect }) => ({ bounds, ...(expect !== undefined && { expect }) }));
  return [{ file, name: defined?.name, language: protocol.kind, nodes: scenario.nodes, checks: own }];
}
