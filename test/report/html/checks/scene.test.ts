/** What the page of checks has of a counterexample is what its runs are, and what they rest on. */
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../../../src/report/text/state-fields.js';
import { knownAt, stepsOf } from '../../../../src/report/html/checks/client/course.js';
import { Finder, litSupportOf } from '../../../../src/report/html/checks/client/support.js';
import type { Scene } from '../../../../src/report/html/checks/scene.js';
import { sceneOf } from '../../../../src/report/html/checks/scene-of.js';
import { formatData } from '../../../../src/model/text/data.js';
import type { Run } from '../../../../src/injector/run.js';
import { formatSchedule, parseSchedule } from '../../../../src/injector/schedule.js';
import { readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import { replayProtocol } from '../../../../src/runner/replay.js';
import { printTuple } from '../../../../src/model/rules/print.js';
import { checkScenario } from '../../../../src/runner/check-scenario.js';
import { studyCounterexample, type CounterexampleStudy } from '../../../../src/runner/explain/study.js';
import type { Counterexample } from '../../../../src/runner/result.js';
import type { Scenario } from '../../../../src/runner/scenario/define.js';
import { prepareScenario } from '../../../../src/runner/scenario/prepare.js';
import { unfenced } from '../../../../scenarios/handlers/fencing.js';
import { inMemory } from '../../../../scenarios/handlers/votes-on-disk.js';
import { byRules, hasty, patient } from '../../../runner/scenarios.js';

interface Studied {
  readonly scene: Scene;
  readonly counterexample: Counterexample;
  readonly study: CounterexampleStudy;
}

async function studied(scenario: Scenario, crashes = 0): Promise<Studied> {
  const bounds = { ...scenario.bounds, crashes };
  const { verdict } = await checkScenario(scenario, { bounds });
  if (verdict.kind !== 'violated') throw new Error('there is a counterexample');
  const location = { file: 'scenario.ts', scenario: scenario.name };
  const read = () => undefined;
  const { protocol, nodes } = prepareScenario(scenario, { location, nodes: undefined, read }).scenario!;
  const [counterexample] = verdict.counterexamples;
  const study = studyCounterexample(protocol, { nodes, bounds }, counterexample.faults, read);
  return { scene: sceneOf(counterexample, bounds, study), counterexample, study };
}

/** What a node knows, as texts. */
function knownBy(run: Run, node: string, time: number): ReadonlySet<string> {
  if (run.language === 'rules')
    return new Set(
      run.facts
        .filter((fact) => fact.time === time && fact.tuple[0] === node)
        .map(({ relation, tuple }) => printTuple(relation, tuple)),
    );
  const state = run.states.find((each) => each.time === time && each.node === node)?.state;
  return new Set([...fieldsOf(state)].map(([field, value]) => `${field}${formatData(value)}`));
}

describe.each([
  ['rules', byRules, 0],
  ['handlers', hasty, 0],
  ['a crash', patient, 1],
] as const)('a scene of %s', (_, scenario, crashes) => {
  it('has every run, all that nodes know, and all messages', async () => {
    const { scene, counterexample, study } = await studied(scenario, crashes);
    const runs = [counterexample.run, ...study.parts.map(({ run }) => run)];
    expect(scene.runs).toHaveLength(runs.length);
    for (const [index, run] of runs.entries()) {
      const own = scene.runs[index];
      expect(own.on.map((fault) => scene.faults[fault].text).join('; ')).toBe(formatSchedule(run.faults));
      for (const [node, name] of run.nodes.entries())
        for (let time = 1; time <= run.eot; time++) {
          const entries = knownAt(scene, own, node, time).flatMap((group) =>
            group.entries.map((entry) => ({ ...entry, text: group.name + entry.text })),
          );
          const now = entries.filter(({ since }) => since !== 'gone').map(({ text }) => text);
          expect(new Set(now)).toEqual(knownBy(run, name, time));
          const before = entries.filter(({ since }) => since !== 'now').map(({ text }) => text);
          if (time > 1) expect(new Set(before)).toEqual(knownBy(run, name, time - 1));
        }
      const drawn = stepsOf(scene, own).flatMap(({ arrows }) => arrows.flatMap(({ messages }) => messages));
      expect(new Set(drawn)).toEqual(new Set(run.messages.keys()));
    }
  });

  it('leads from what nodes know, and from messages, to what they rest on', async () => {
    const { scene } = await studied(scenario, crashes);
    for (const [number, run] of scene.runs.slice(0, 2).entries()) {
      const { vertices, goals } = run.lineage!;
      expect(goals.length).toBeGreaterThan(0);
      for (const vertex of vertices)
        for (const reason of vertex.because) expect(vertices[reason]).toBeDefined();
      const finder = new Finder(run.lineage!);
      for (const [node, changes] of run.states.entries())
        for (const [time, added] of changes)
          for (const item of added.filter(() => node < scene.nodes.length))
            expect(vertices[finder.item(item, node, time)!]).toMatchObject({ node });
      const arrived = [...run.messages.keys()].filter((each) => run.messages[each].arrivals.length > 0);
      for (const message of arrived) {
        const vertex = finder.message(message);
        const support = litSupportOf(scene, run, { run: number, vertex, message });
        expect(support.messages.has(message)).toBe(true);
        if (vertex !== undefined) expect(vertices[vertex].node).toBe(run.messages[message].to);
      }
    }
  });

  it('says of a message of the run without faults which faults take it away', async () => {
    const { scene } = await studied(scenario, crashes);
    const free = scene.runs.find(({ on }) => on.length === 0)!;
    expect(free.messages.flatMap(({ cut }) => cut)).toContain(0);
    const supports = free.lineage!.goals.map((vertex) =>
      litSupportOf(scene, free, { run: 1, vertex, message: undefined }),
    );
    expect(supports.some(({ faults }) => faults.has(0))).toBe(true);
  });
});

describe('faults of a scene', () => {
  const nodes = ['a', 'b'];
  const bounds = { eot: 4, eff: 3, crashes: 1, restarts: 1, partitions: 1, named: { slow: 1 } };
  const { checked } = readDedalusText(
    'go("a", "b")@1; got(B)@async :- go(_, B); pre(A) :- go(A, _)@1; post(A) :- got(A);',
  );

  it.each([
    ['drop a->b@1', { node: null, isAcross: false, until: null, isPassing: false, sign: 'lost' }],
    ['crash a@2', { node: 0, isAcross: false, until: null, isPassing: false, sign: 'crash' }],
    ['restart b@1..3', { node: 1, isAcross: false, until: 3, isPassing: false, sign: 'outage' }],
    ['part a | b@1..2', { node: null, isAcross: true, until: 2, isPassing: false, sign: 'partition' }],
    ['fault slow b@2', { node: 1, isAcross: false, until: null, isPassing: true, sign: 'a fault by name' }],
  ])('has of %s where it strikes, until when, and what its mark means', (text, wanted) => {
    const schedule = parseSchedule(text, { nodes, bounds });
    if (schedule.kind === 'malformed') throw new Error('it is admissible');
    const { faults } = schedule;
    const replay = replayProtocol(checked!, { nodes, bounds }, faults);
    const scene = sceneOf({ faults, ...replay }, bounds, undefined);
    expect(scene.faults).toMatchObject([wanted]);
  });
});

describe('a scene tells of each run', () => {
  it.each<[field: 'paused' | 'down', kind: 'pause' | 'outage', scenario: Scenario]>([
    ['paused', 'pause', unfenced],
    ['down', 'outage', inMemory],
  ])('when nodes are %s', async (field, kind, scenario) => {
    const { scene, counterexample } = await studied(scenario);
    const spell = counterexample.faults.find((fault) => fault.kind === kind);
    if (spell === undefined || !('until' in spell) || !('node' in spell)) throw new Error('there is one');
    const times = Array.from({ length: spell.until - spell.time }, (_, index) => spell.time + index);
    const node = scene.nodes.indexOf(spell.node);
    const place = counterexample.faults.indexOf(spell);
    for (const run of scene.runs) expect(run[field][node]).toEqual(run.on.includes(place) ? times : []);
    expect(scene.runs.some((run) => run[field][node].length > 0)).toBe(true);
  });
});
