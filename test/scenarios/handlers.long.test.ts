/**
 * Every scenario in `scenarios/handlers/` and `scenarios/services/` gets the verdict that it expects, those of few
 * fault sets from the judge too, who tries them all; and what the scenarios rest on is as published.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { countFaultSets } from '../../src/injector/counts.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { stepsDown } from '../../src/injector/smaller.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import { isViolated } from '../../src/injector/run.js';
import { readDedalus } from '../../src/model/rules/dedalus/read.js';
import { checkScenario, replayScenario } from '../../src/runner/check-scenario.js';
import { check } from '../../src/runner/check.js';
import { fileSystemHost } from '../../src/runner/files/file-system.js';
import type { Verdict, VerdictName } from '../../src/runner/result.js';
import type { Scenario } from '../../src/runner/scenario/define.js';
import { judgeHandlers } from '../judge/handlers.js';

const FOLDERS = ['handlers', 'services'];

/** How many fault sets are few enough to try them all. */
const FEW = 400n;

/** Above the minimal counterexamples that any protocol compared with Dedalus has. */
const LIMIT = 500;

const modules = await Promise.all(
  FOLDERS.flatMap((folder) => {
    const url = new URL(`../../scenarios/${folder}/`, import.meta.url);
    const files = readdirSync(url).filter((name) => name.endsWith('.ts'));
    return files.sort().map(async (file) => {
      const exported = (await import(new URL(file, url).href)) as Readonly<Record<string, unknown>>;
      return Object.entries(exported).map(([name, scenario]) => ({
        label: `${folder}/${file} ${name}`,
        scenario: scenario as Scenario,
      }));
    });
  }),
);
const scenarios = modules.flat();

/** Verdicts published for protocols of these kinds, within bounds other than the scenarios' own as well. */
const published: readonly (readonly [label: string, rows: readonly string[], verdict: VerdictName])[] = [
  ['handlers/two-phase-commit.ts withoutCrashes', ['7/3/0'], 'certified'],
  ['handlers/two-phase-commit.ts blocking', ['6/3/1', '6/0/1', '6/0/2', '5/0/1'], 'violated'],
  ['handlers/two-phase-commit.ts excused', ['6/0/1', '6/0/2'], 'violated'],
  ['handlers/two-phase-commit.ts excusedTimeout', ['6/0/1', '6/0/2'], 'certified'],
  ['handlers/two-phase-commit.ts timeout', ['6/0/1', '6/0/2'], 'violated'],
  ['handlers/two-phase-commit.ts cooperative', ['6/0/1', '6/0/2', '8/0/1'], 'violated'],
  ['handlers/three-phase-commit.ts oneCrash', ['8/0/1'], 'certified'],
  ['handlers/three-phase-commit.ts twoCrashes', ['8/0/2'], 'violated'],
  ['handlers/three-phase-commit.ts losses', ['9/7/1'], 'violated'],
];

/** Protocols that are the same in Dedalus, down to the timestep of every message. */
const counterparts: readonly (readonly [label: string, file: string, rows: readonly string[]])[] = [
  ['handlers/two-phase-commit.ts blocking', '2pc.ded', ['7/3/0', '6/3/1', '6/0/2', '5/0/1', '8/3/1']],
  ['handlers/two-phase-commit.ts excused', '2pc-excused.ded', ['6/0/1', '6/0/2']],
  ['handlers/two-phase-commit.ts excusedTimeout', '2pc-excused-timeout.ded', ['6/0/1', '6/0/2']],
  ['handlers/two-phase-commit.ts timeout', '2pc-timeout.ded', ['6/0/1', '6/0/2']],
];

/** The fewest faults, where they are what the file says is wrong. */
const known: Readonly<Record<string, string>> = {
  'handlers/two-phase-commit.ts blocking': 'crash C@3',
  'handlers/two-phase-commit.ts excused': 'crash a@2',
  'handlers/three-phase-commit.ts twoCrashes': 'crash a@4; crash C@7',
  'handlers/chain-replication.ts forgetful': 'crash b@3',
  'handlers/fencing.ts unfenced': 'pause a@3..8',
  'handlers/leader-election.ts unclean': 'drop a->b@2; crash a@10',
  'handlers/lock-clocks.ts fromTold': 'fault slow a@4',
  'handlers/lock-clocks.ts tooSlow': 'fault slow a@2; fault slow a@3; fault slow a@4',
  'handlers/paxos.ts brokenPromises': 'drop b->a@2; drop b->a@4',
  'handlers/paxos.ts forgetfulAcceptors': 'part a,c | b@2..5; restart a@6..7',
  'handlers/primary-backup.ts asynchronous': 'drop P->B@2; crash P@11',
  'handlers/quorum-register.ts readingOne': 'drop R->a@1; drop W->a@1; drop R->a@3',
  'handlers/retried-put.ts overwrites': 'drop s->w@2',
  'handlers/shared-register.ts readingOne': 'drop r->a@1; drop w->a@1',
  'handlers/shared-register.ts readingMost': 'drop r->a@1; drop w->a@1; drop w->b@1',
  'handlers/viewstamped.ts ownLog': 'drop a->b@1',
  'handlers/witness.ts alone': 'part B | P@1..4',
  'handlers/raft.ts votesTwice': 'drop a->c@1; crash a@9',
  'handlers/raft.ts commitsAtOnce': 'drop a->b@3; drop a->c@3; crash a@5',
  'handlers/raft.ts commitsEarlierTerms': 'drop b->a@3; drop b->c@3; drop a->c@7; crash a@9',
};

/** Within these bounds, at most so many distinct calls of handlers. */
const frugal: readonly (readonly [label: string, bounds: string, most: number])[] = [
  ['handlers/two-phase-commit.ts blocking', '8/3/1', 500],
  ['handlers/paxos.ts threeNodes', '12/8/0', 1_500],
];

/** Protocols without a bug, within bounds that are wider than their own. */
const repaired: readonly (readonly [label: string, bounds: string])[] = [
  ['handlers/paxos.ts threeNodes', '12/8/1'],
  ['handlers/raft.ts threeNodes', '16/10/1'],
  ['handlers/raft.ts threeNodes', '17/6/1'],
  ['handlers/raft.ts fiveNodes', '12/6/1'],
  ['handlers/viewstamped.ts viewChange', '16/10/1'],
];

function scenarioOf(label: string): Scenario {
  const found = scenarios.find((each) => each.label === label);
  if (found === undefined) throw new Error(`there is no scenario ${label}`);
  return found.scenario;
}

function boundsOf(text: string): Bounds {
  const [eot, eff, crashes] = text.split('/').map(Number);
  return { eot, eff, crashes };
}

function minimalOf(verdict: Verdict): readonly string[] {
  return verdict.kind === 'violated'
    ? verdict.counterexamples.map(({ faults }) => formatSchedule(faults))
    : [];
}

it('there are scenarios, and all that the folders export are', () => {
  expect(scenarios.length).toBeGreaterThan(0);
  expect(scenarios.filter(({ scenario }) => scenario.kind !== 'scenario')).toEqual([]);
});

it('no two have the same name', () => {
  const names = scenarios.map(({ scenario }) => scenario.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe.each(scenarios)('$label', ({ label, scenario }) => {
  const { bounds, nodes, expect: expected, protocol } = scenario;

  it(`is ${expected ?? 'nothing'} within ${formatBounds(bounds)}`, async () => {
    const { verdict } = await checkScenario(scenario);
    expect(verdict.kind).toBe(expected);
    if (verdict.kind !== 'violated') return;
    const [{ faults, minimality }] = verdict.counterexamples;
    expect(minimality).toBe('minimum');
    expect(isViolated(replayScenario(scenario, faults).run)).toBe(true);
    for (const smaller of stepsDown(new FaultSpace(nodes, bounds), faults)) {
      expect(isViolated(replayScenario(scenario, smaller).run), formatSchedule(smaller)).toBe(false);
    }
    if (label in known) expect(formatSchedule(faults)).toBe(known[label]);
  });

  if (countFaultSets(nodes.length, bounds) > FEW) return;
  it('gets the judge’s verdict', async () => {
    if (protocol.kind !== 'handlers') throw new Error('these are handlers');
    const judged = judgeHandlers(protocol, nodes, bounds);
    const { verdict } = await checkScenario(scenario, { limit: LIMIT });
    expect(judged.verdict).toBe(verdict.kind);
    expect([...minimalOf(verdict)].sort()).toEqual(judged.minimal.map(formatSchedule).sort());
    if (verdict.kind === 'violated') expect(verdict.violating).toBe(BigInt(judged.violating.length));
  });
});

describe('what is published of protocols of these kinds', () => {
  const rows = published.flatMap(([label, all, verdict]) => all.map((row) => ({ label, row, verdict })));
  it.each(rows)('$label within $row is $verdict', async ({ label, row, verdict }) => {
    const result = await checkScenario(scenarioOf(label), { bounds: boundsOf(row) });
    expect(result.verdict.kind).toBe(verdict);
  });
});

describe('the same protocol by handlers and by rules', () => {
  const rows = counterparts.flatMap(([label, file, all]) => all.map((row) => ({ label, file, row })));
  it.each(rows)(
    'has the same counterexamples: $label and $file within $row',
    async ({ label, file, row }) => {
      const { checked, header } = readDedalus([`scenarios/dedalus/${file}`], fileSystemHost);
      const bounds = boundsOf(row);
      const nodes = header.nodes!.map(({ name }) => name);
      const byRules = await check(checked!, { name: file, nodes, bounds, limit: LIMIT });
      const byHandlers = await checkScenario(scenarioOf(label), { bounds, limit: LIMIT });
      expect(byHandlers.verdict.kind).toBe(byRules.verdict.kind);
      expect([...minimalOf(byHandlers.verdict)].sort()).toEqual([...minimalOf(byRules.verdict)].sort());
    },
  );
});

describe('the cost', () => {
  it.each(frugal)('of %s within %s is at most %i handler runs', async (label, row, most) => {
    const { evidence } = await checkScenario(scenarioOf(label), { bounds: boundsOf(row) });
    expect(evidence.representation).toBe('diagram');
    expect(evidence.statistics.handlerRuns).toBeLessThan(most);
  });
});

describe('a protocol without a bug', () => {
  it.each(repaired)('%s is certified within %s too', async (label, row) => {
    const { verdict } = await checkScenario(scenarioOf(label), { bounds: boundsOf(row) });
    expect(verdict.kind).toBe('certified');
  });
});
