/** What runs of handlers say of timers: when each fires, that it does then, and whether a violation may rest on it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type HandlerRun, violationsOf } from '../../src/injector/run.js';
import { downtime } from '../../src/injector/world.js';
import { asSequence } from '../../src/report/runs/sequence.js';
import { drawRun } from '../../src/report/text/diagram/diagram.js';
import { watchedColumns } from '../../src/report/text/diagram/watched.js';
import { plainStyle } from '../../src/report/text/style.js';
import { checkScenario } from '../../src/runner/check-scenario.js';
import { replayProtocol } from '../../src/runner/replay.js';
import type { Scenario } from '../../src/runner/scenario/define.js';
import { prepareScenario } from '../../src/runner/scenario/prepare.js';
import { outOfOrder } from '../../scenarios/handlers/alternating-bit.js';
import { headAnswers } from '../../scenarios/handlers/chain-replication.js';
import { asynchronous } from '../../scenarios/handlers/primary-backup.js';
import { timeout } from '../../scenarios/handlers/two-phase-commit.js';

/** The run of the first counterexample, and that without faults. */
async function runsOf(scenario: Scenario): Promise<readonly [bad: HandlerRun, good: HandlerRun]> {
  const { verdict, bounds } = await checkScenario(scenario);
  if (verdict.kind !== 'violated') throw new Error('there is a counterexample');
  const { run } = verdict.counterexamples[0];
  const location = { file: 'scenario.ts', scenario: scenario.name };
  const { protocol, nodes } = prepareScenario(scenario, {
    location,
    nodes: undefined,
    read: () => undefined,
  }).scenario!;
  const good = replayProtocol(protocol, { nodes, bounds }, []).run;
  if (run.language !== 'handlers' || good.language !== 'handlers') throw new Error('both are of handlers');
  return [run, good];
}

/** As `node name`, in order. */
function firedAt({ events }: HandlerRun, time: number): readonly string[] {
  return events
    .flatMap((event) =>
      event.kind === 'timer' && event.time === time ? [`${event.node} ${event.name}`] : [],
    )
    .sort();
}

function dueAt({ states, faults }: HandlerRun, time: number): readonly string[] {
  const isDown = downtime(faults);
  return states
    .filter((state) => state.time === time - 1 && !isDown(state.node, time))
    .flatMap(({ node, timers = {} }) =>
      Object.entries(timers).flatMap(([name, left]) => (left === 1 ? [`${node} ${name}`] : [])),
    )
    .sort();
}

describe.each<[string, Scenario]>([
  ['a channel that reorders', outOfOrder],
  ['a chain', headAnswers],
  ['a primary and its backup', asynchronous],
  ['commits in two phases', timeout],
])('timers of %s', (_, scenario) => {
  let runs: Awaited<ReturnType<typeof runsOf>>;

  beforeAll(async () => {
    runs = await runsOf(scenario);
  });

  it('fire when states say so', () => {
    expect(runs.some(({ events }) => events.some(({ kind }) => kind === 'timer'))).toBe(true);
    for (const run of runs)
      for (let time = 2; time <= run.eot; time++) expect(firedAt(run, time)).toEqual(dueAt(run, time));
  });

  it('are causal only before what they may cause', () => {
    const [bad, good] = runs;
    const last = Math.max(...violationsOf(bad).map(({ time }) => time));
    for (const event of bad.events)
      if (event.kind === 'timer' && event.causal === true) expect(event.time).toBeLessThanOrEqual(last);
    for (const event of good.events) expect(event).not.toHaveProperty('causal');
  });
});

describe('a timer on which a violation rests', () => {
  const style = plainStyle;
  let run: HandlerRun;

  beforeAll(async () => {
    [run] = await runsOf(outOfOrder);
  });

  it('is drawn, in Mermaid as well, and no other is', () => {
    const fired = run.events.flatMap((event) => (event.kind === 'timer' ? [event] : []));
    expect(fired).toMatchObject([{ node: 's', name: 'patience', time: 4, causal: true }]);
    const drawn = (each: HandlerRun) => drawRun(each, { width: 80, style, divergence: undefined }).join('\n');
    expect(drawn(run)).toMatch(/4 {2}◷ {6}│ {3}s: timer patience fires/);
    expect(asSequence(run, undefined)).toContain('Note over n0: timer patience fires');
    const events = run.events.map(({ ...event }) => {
      if (event.kind === 'timer') delete event.causal;
      return event;
    });
    expect(drawn({ ...run, events })).not.toContain('patience');
  });

  it('is watched by its name', () => {
    for (const name of ['patience', 's.patience', 's']) {
      const [column] = watchedColumns(run, [name]).filter(({ title }) => title === 's timer patience');
      const notes = asSequence(run, undefined, [column]);
      expect(notes).toContain('Note over n0: s timer patience#58; fires, at 7');
      expect([1, 3, 4, 5].map((time) => column.at(time))).toEqual(['at 4', 'at 4', 'fires, at 7', 'at 7']);
    }
  });
});
