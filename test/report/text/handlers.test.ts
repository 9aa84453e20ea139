import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../src/injector/schedule.js';
import { formatData } from '../../../src/model/text/data.js';
import type { ReportOptions } from '../../../src/report/text/options.js';
import { reportCheck } from '../../../src/report/text/report.js';
import { reportRun } from '../../../src/report/text/run.js';
import type { RunResult } from '../../../src/runner/result.js';
import { plainStyle } from '../../../src/report/text/style.js';
import { displayWidth } from '../../../src/model/text/text.js';
import { replayProtocol } from '../../../src/runner/replay.js';
import type { CheckResult } from '../../../src/runner/result.js';
import type { Scenario } from '../../../src/runner/scenario/define.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { expectGolden, withoutTimes } from '../../golden.js';
import {
  checkHandlers,
  copies,
  heartbeats,
  logShipping,
  pair,
  poll,
} from '../../runner/handlers/scenarios.js';

const options: ReportOptions = { width: 80, style: plainStyle, verbose: false };
const scenarios = Object.entries({ poll, logShipping, pair, copies });

function replayed({ name, nodes, bounds, protocol }: Scenario, schedule: string): RunResult {
  const parsed = parseSchedule(schedule, { nodes, bounds });
  if (parsed.kind === 'malformed') throw new Error(schedule);
  return { name, bounds, ...replayProtocol(protocol as Protocol, { nodes, bounds }, parsed.faults) };
}

/** Without what improves as the program does, or is another thing each time. */
function withoutMeasures(result: CheckResult): CheckResult {
  const { evidence } = result;
  const statistics = { ...evidence.statistics, gates: 0, diagramNodes: 0, clauses: 0, solverCalls: 0 };
  return { ...result, elapsed: 123, processor: 150, evidence: { ...evidence, statistics } };
}

describe('the report of a check of handlers', () => {
  it.each(scenarios)('of %s', async (name, scenario) => {
    const result = withoutMeasures(await checkHandlers(scenario, { because: true }));
    const text = (changes: Partial<ReportOptions>) =>
      withoutTimes(reportCheck(result, { ...options, ...changes }));
    await expectGolden(text({}), `reports/handlers ${name}`);
    await expectGolden(text({ verbose: true }), `reports/handlers ${name}, verbose`);
    await expectGolden(text({ width: 60 }), `reports/handlers ${name} at 60 columns`);
  });

  it.each(scenarios)('of %s is never wider than the terminal', async (_, scenario) => {
    const result = await checkHandlers(scenario, { because: true });
    for (const width of [60, 72, 80, 120])
      for (const line of reportCheck(result, { ...options, width }).split('\n'))
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });
});

describe('the report of a run of handlers', () => {
  it.each([
    ['violated', logShipping, 'drop primary->first-backup@2; drop primary->first-backup@3; crash primary@5'],
    ['satisfied', poll, ''],
    ['with a crash that changes no state', pair, 'crash left@1'],
    ['with operations', copies, 'drop writer->one@1'],
    ['with counters', heartbeats, 'drop a->b@2; drop a->b@3; crash d@6'],
    ['without effect', poll, 'drop ann->bob@1'],
  ])('%s', async (name, scenario, schedule) => {
    await expectGolden(reportRun(replayed(scenario, schedule), options), `reports/handlers run ${name}`);
  });
});

describe('plain data on a line', () => {
  it.each([
    [{}, '{}'],
    [[], '[]'],
    [null, 'null'],
    [undefined, 'undefined'],
    [-0.5, '-0.5'],
    [{ yes: true, 'not a name': 'a "b"' }, '{yes: true, "not a name": "a \\"b\\""}'],
    [[1, [2, { x: [] }]], '[1, [2, {x: []}]]'],
  ])('writes %j', (value, text) => {
    expect(formatData(value)).toBe(text);
  });

  it.each([
    [49, '{entries: ["first", "second", "third"], last: 12}'],
    [48, '{entries: ["first", … 2 more], last: 12}'],
    [39, '{entries: […], … 1 more}'],
    [20, '{…}'],
  ])('shortens to %i columns from the inside', (width, text) => {
    expect(formatData({ entries: ['first', 'second', 'third'], last: 12 }, width)).toBe(text);
  });

  it('is never wider than there is room for, and whole where there is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 3, max: 100 }), (value, width) => {
        const text = formatData(value, width);
        expect(displayWidth(text)).toBeLessThanOrEqual(width);
        if (displayWidth(formatData(value)) <= width) expect(text).toBe(formatData(value));
      }),
    );
  });
});
