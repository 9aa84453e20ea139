/**
 * Every scenario in `scenarios/rules/` gets the verdict that it expects, and is the protocol that its counterpart
 * in Dedalus is: within all the bounds of that, both have the same minimal counterexamples.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import { checkProgram } from '../../src/model/rules/check/check.js';
import { checkHorizon } from '../../src/model/rules/check/horizon.js';
import { undeclaredNodes } from '../../src/model/rules/check/locations.js';
import { checkSpecification } from '../../src/model/rules/check/specification.js';
import { readDedalus } from '../../src/model/rules/dedalus/read.js';
import { formatDiagnostic } from '../../src/model/diagnostics/format-diagnostic.js';
import type { CheckedProgram } from '../../src/model/rules/program.js';
import { locateProgram } from '../../src/model/rules/typescript/locate.js';
import { check } from '../../src/runner/check.js';
import { fileSystemHost } from '../../src/runner/files/file-system.js';
import type { Scenario } from '../../src/runner/scenario/define.js';

const FOLDER = new URL('../../scenarios/rules/', import.meta.url);

/** What each is in Dedalus. */
const counterparts: Readonly<Record<string, string>> = {
  'delivery.ts simple': 'simple-deliv.ded',
  'delivery.ts retry': 'retry-deliv.ded',
  'delivery.ts redundant': 'redun-deliv.ded',
  'delivery.ts acknowledging': 'ack-deliv.ded',
  'delivery.ts classic': 'classic-deliv.ded',
  'two-phase-commit.ts blocking': '2pc.ded',
  'two-phase-commit.ts excused': '2pc-excused.ded',
  'two-phase-commit.ts repaired': '2pc-excused-timeout.ded',
  'two-phase-commit.ts timeout': '2pc-timeout.ded',
  'kafka.ts byDefault': 'kafka.ded',
  'kafka.ts withTwoInSync': 'kafka-repaired.ded',
  'primary-backup.ts asynchronous': 'primary-backup-async.ded',
  'primary-backup.ts synchronous': 'primary-backup-sync.ded',
};

/** More than any of them has within any of the bounds. */
const LIMIT = 500;

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts'))
  .sort();

const modules = await Promise.all(
  files.map(async (file) => {
    const exported = (await import(new URL(file, FOLDER).href)) as Readonly<Record<string, Scenario>>;
    return Object.entries(exported).map(([name, scenario]) => ({ label: `${file} ${name}`, scenario }));
  }),
);
const scenarios = modules.flat().map((each) => ({ ...each, checked: checkedOf(each.scenario) }));

function checkedOf({ protocol, nodes, bounds }: Scenario): CheckedProgram {
  if (protocol.kind !== 'rules') throw new Error('these are rules');
  const program = locateProgram(protocol.program, (path) => ({
    name: relative('', path),
    text: readFileSync(path, 'utf8'),
  }));
  const { checked, diagnostics } = checkProgram(program);
  const more =
    checked === undefined
      ? []
      : [
          ...checkSpecification(checked),
          ...undeclaredNodes(checked, nodes),
          ...checkHorizon(program, bounds.eot),
        ];
  expect([...diagnostics, ...more].map((each) => formatDiagnostic(each))).toEqual([]);
  return checked!;
}

async function findings(checked: CheckedProgram, nodes: readonly string[], bounds: Bounds) {
  const { verdict } = await check(checked, { name: 'p', nodes, bounds, limit: LIMIT });
  if (verdict.kind !== 'violated') return { kind: verdict.kind };
  const schedules = verdict.counterexamples.map(({ faults }) => formatSchedule(faults));
  return { kind: verdict.kind, schedules, remaining: verdict.remaining, violating: verdict.violating };
}

it('there are such scenarios, each with its counterpart', () => {
  expect(scenarios.map(({ label }) => label).sort()).toEqual(Object.keys(counterparts).sort());
});

describe.each(scenarios)('$label', ({ label, scenario, checked }) => {
  it('gets the verdict that it expects', async () => {
    const { kind } = await findings(checked, scenario.nodes, scenario.bounds);
    expect(scenario.expect).toBeDefined();
    expect(kind).toBe(scenario.expect);
  });

  const dedalus = readDedalus([`scenarios/dedalus/${counterparts[label]}`], fileSystemHost);
  const rows = dedalus.header.checks.map(({ bounds }) => ({ bounds, within: formatBounds(bounds) }));

  it.each(rows)('has within $within the counterexamples that it has in Dedalus', async ({ bounds }) => {
    const [ours, theirs] = [
      await findings(checked, scenario.nodes, bounds),
      await findings(dedalus.checked!, scenario.nodes, bounds),
    ];
    expect(ours).toEqual(theirs);
    expect(ours.remaining ?? 'none').toBe('none');
  });
});
