/**
 * The bounds of one run. Only EOT decides what it does; EFF and the number of crashes decide which faults
 * may be injected, and where nothing gives them, every omission and crash that any bounds would admit may be.
 */
import { type Bounds, type Diagnostic, hasErrors, type PreparedScenario } from '../index.js';
import { authorsBounds, BOUND_NAMES, boundOf, diagnostic, reliableInBoth } from '../toolkit.js';
import { boundsErrors, onNodes, override, type BoundsLayers } from './bounds.js';
import type { Session } from './session.js';

type ReplayBounds =
  | { readonly kind: 'bounds'; readonly bounds: Bounds }
  | { readonly kind: 'unclear'; readonly diagnostics: readonly Diagnostic[] };

/** Undefined where they are unclear, which is told. */
export function boundsOfRun(
  scenario: PreparedScenario,
  layers: BoundsLayers,
  session: Session,
): Bounds | undefined {
  const chosen = chooseReplayBounds(scenario, layers);
  if (chosen.kind === 'bounds') return chosen.bounds;
  session.diagnose(chosen.diagnostics);
  return undefined;
}

function chooseReplayBounds(scenario: PreparedScenario, { over, under }: BoundsLayers): ReplayBounds {
  const { checks, nodes, roles } = scenario;
  const flags = onNodes(checks.length === 0 ? { ...under, ...over } : over, roles);
  const offered = [...new Set(checks.map(({ bounds }) => bounds.eot))];
  const eot = flags.eot?.value ?? (offered.length === 1 ? offered[0] : undefined);
  if (eot === undefined) return { kind: 'unclear', diagnostics: [unclearEot(scenario, offered)] };
  const own = checks.filter(({ bounds }) => flags.eot === undefined || bounds.eot === eot);
  const bounds = override(
    {
      ...widest(own.map((check) => check.bounds)),
      eot,
      eff: flags.eff?.value ?? most(own.map((check) => check.bounds.eff)) ?? Math.max(0, eot - 1),
      crashes: flags.crashes?.value ?? most(own.map((check) => check.bounds.crashes)) ?? nodes.length,
    },
    flags,
  );
  const diagnostics = boundsErrors(bounds, scenario, flags, own.at(0));
  return hasErrors(diagnostics) ? { kind: 'unclear', diagnostics } : { kind: 'bounds', bounds };
}

/** Of named bounds, the widest that are given; reliable is who is so within all. */
function widest(given: readonly Bounds[]): Partial<Bounds> {
  const reliable = given
    .map((bounds) => bounds.reliable ?? {})
    .reduce(reliableInBoth, given.at(0)?.reliable ?? {});
  const all = BOUND_NAMES.map((name) => [name, most(given.map((bounds) => boundOf(bounds, name)))] as const);
  const named: Record<string, number> = {};
  for (const [name, value] of given.flatMap(authorsBounds)) named[name] = Math.max(named[name] ?? 0, value);
  return { ...Object.fromEntries(all.filter(([, value]) => value !== undefined)), named, reliable };
}

function most(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function unclearEot({ name, checks }: PreparedScenario, offered: readonly number[]): Diagnostic {
  if (offered.length === 0)
    return diagnostic('RUN105', `no EOT is given for ${name}`, {
      expected: '`--eot 6`, or a line `// ldfi: bounds 6/4/1` at the top of the file',
    });
  const expected = offered.map((eot) => `\`--eot ${eot}\``).join(' or ');
  return diagnostic('RUN105', `${name} gives several EOTs`, { span: checks[0].span, expected });
}
