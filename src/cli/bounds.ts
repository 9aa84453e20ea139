/** Which bounds a scenario is to be looked at within: its own, overridden part by part by what was asked for. */
import {
  type Bounds,
  type Diagnostic,
  formatBounds,
  type OwnCheck,
  type PreparedScenario,
  type SourceSpan,
  type VerdictName,
} from '../index.js';
import {
  ALL_BOUND_NAMES,
  countFaultEvents,
  diagnostic,
  formatCount,
  LONGEST_EOT,
  misfits,
  MOST_FAULT_EVENTS,
  ofNodes,
  plural,
  straysIn,
  withoutDefaults,
} from '../toolkit.js';
import type { Given } from './options.js';

/** Bounds, where a place gives them. */
export type BoundsFlags = { readonly [Name in keyof Bounds]?: Given<NonNullable<Bounds[Name]>> };

export interface BoundsLayers {
  /** Of the command line and the environment: they override a scenario's own. */
  readonly over: BoundsFlags;
  /** Of the configuration: for scenarios that have none of their own. */
  readonly under: BoundsFlags;
}

export interface PlannedCheck {
  readonly bounds: Bounds;
  /** What the scenario expects within exactly these bounds. */
  readonly expected: VerdictName | undefined;
}

export interface Plan {
  /** Each bounds once, in the scenario's order. */
  readonly checks: readonly PlannedCheck[];
  readonly diagnostics: readonly Diagnostic[];
}

const BOTH_WAYS = '`--eot 6 --eff 4 --crashes 1`, or a line `// ldfi: bounds 6/4/1` at the top of the file';

export function planChecks(scenario: PreparedScenario, layers: BoundsLayers): Plan {
  const { checks, roles } = scenario;
  const over = onNodes(layers.over, roles);
  if (checks.length === 0) return planFromFlags(scenario, { ...onNodes(layers.under, roles), ...over });
  const flags = over;
  const planned = new Map<string, PlannedCheck>();
  const diagnostics: Diagnostic[] = [];
  for (const given of checks) {
    const bounds = override(given.bounds, flags);
    const key = formatBounds(bounds);
    const unchanged = key === formatBounds(given.bounds);
    const expected = (unchanged ? given.expect : undefined) ?? planned.get(key)?.expected;
    if (!planned.has(key)) addNew(diagnostics, checkErrors(bounds, scenario, flags, given));
    planned.set(key, { bounds, expected });
  }
  return { checks: [...planned.values()], diagnostics };
}

/** A flag that is wrong beside several of a scenario's own bounds is told of once. */
function addNew(diagnostics: Diagnostic[], found: readonly Diagnostic[]): void {
  for (const each of found)
    if (!diagnostics.some(({ message, span }) => message === each.message && span === each.span))
      diagnostics.push(each);
}

function planFromFlags(scenario: PreparedScenario, flags: BoundsFlags): Plan {
  const { eot, eff, crashes } = flags;
  if (eot === undefined || eff === undefined || crashes === undefined) {
    const missing = [
      ...(eot === undefined ? ['EOT'] : []),
      ...(eff === undefined ? ['EFF'] : []),
      ...(crashes === undefined ? ['number of crashes'] : []),
    ];
    const message = `${scenario.name} is to be checked within bounds, but no ${missing.join(', no ')} is given`;
    return { checks: [], diagnostics: [diagnostic('RUN105', message, { expected: BOTH_WAYS })] };
  }
  const bounds = override({ eot: eot.value, eff: eff.value, crashes: crashes.value }, flags);
  return {
    checks: [{ bounds, expected: undefined }],
    diagnostics: checkErrors(bounds, scenario, flags, undefined),
  };
}

/** The same, where names of roles stand for nodes. */
export function onNodes({ reliable, ...flags }: BoundsFlags, roles: PreparedScenario['roles']): BoundsFlags {
  if (reliable === undefined) return flags;
  return { ...flags, reliable: { ...reliable, value: ofNodes(reliable.value, roles ?? {}) } };
}

/** Bounds, but for what is given in place of them. */
export function override(bounds: Bounds, flags: BoundsFlags): Bounds {
  const given = [...ALL_BOUND_NAMES, 'reliable' as const].flatMap((name) => {
    const flag = flags[name];
    return flag === undefined ? [] : [[name, flag.value] as const];
  });
  const named = { ...bounds.named, ...flags.named?.value };
  return withoutDefaults({ ...bounds, ...Object.fromEntries(given), named });
}

/** What makes no sense in bounds, or is too much for a check. */
function checkErrors(
  bounds: Bounds,
  scenario: PreparedScenario,
  flags: BoundsFlags,
  own: OwnCheck | undefined,
): readonly Diagnostic[] {
  const { nodes } = scenario;
  const errors = boundsErrors(bounds, scenario, flags, own);
  const events = countFaultEvents(nodes.length, bounds);
  if (errors.length > 0 || events <= MOST_FAULT_EVENTS) return errors;
  const message = `${plural(events, 'different fault')} are within the bounds ${formatBounds(bounds)}`;
  return [
    diagnostic('RUN116', message, {
      span: (flags.eff ?? flags.eot)?.span ?? own?.span,
      expected: `at most ${formatCount(MOST_FAULT_EVENTS)}`,
      hint: `${plural(nodes.length, 'node')} have ${plural(nodes.length * (nodes.length - 1), 'channel')}, each of which may fail at every time before EFF`,
    }),
  ];
}

/** What makes no sense in bounds, shown where it was given: in a flag if there is one, else in the scenario. */
export function boundsErrors(
  bounds: Bounds,
  { nodes, roles = {} }: PreparedScenario,
  flags: BoundsFlags,
  own: OwnCheck | undefined,
): readonly Diagnostic[] {
  const at = (...given: readonly (Given<unknown> | undefined)[]): SourceSpan | undefined =>
    given.find((flag) => flag !== undefined)?.span ?? own?.span;
  const { eot, eff, crashes } = bounds;
  if (eot < 1 || eot > LONGEST_EOT)
    return [
      diagnostic('RUN105', `EOT cannot be ${eot}`, {
        span: at(flags.eot),
        expected: `an integer from 1 to ${LONGEST_EOT}`,
      }),
    ];
  return [
    ...(eff < eot
      ? []
      : [
          diagnostic('RUN106', `EFF ${eff} is not before EOT ${eot}`, {
            span: at(flags.eff, flags.eot),
            expected: `an EFF from 0 to ${eot - 1}`,
            hint: `raise EOT to ${eff + 1} or more, so that the protocol has time to recover`,
          }),
        ]),
    ...(crashes <= nodes.length
      ? []
      : [
          diagnostic(
            'RUN107',
            `${plural(crashes, 'crash', 'crashes')} among ${plural(nodes.length, 'node')}`,
            {
              span: at(flags.crashes),
              expected: `from 0 to ${nodes.length} crashes, since a node crashes at most once`,
            },
          ),
        ]),
    ...straysIn(nodes, bounds, Object.keys(roles)).map(({ message, expected, hint }) =>
      diagnostic('RUN125', message, { span: at(flags.reliable), expected, hint }),
    ),
    ...misfits(bounds).map(({ name, value, what, expected }) =>
      diagnostic('RUN105', `${what} cannot be ${value}`, { span: at(flags[name], flags.eot), expected }),
    ),
  ];
}
