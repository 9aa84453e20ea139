/** Places that explanations come to: those of words first, each once, and all that links have. */
import { describe, expect, it } from 'vitest';
import { placesTold } from '../../../src/report/explanations/because.js';
import { fileSystemHost } from '../../../src/runner/files/file-system.js';
import { check } from '../../../src/runner/check.js';
import { checkScenario } from '../../../src/runner/check-scenario.js';
import { loadScenario } from '../../../src/runner/scenario/dedalus.js';
import type { CheckResult, FaultCause } from '../../../src/runner/result.js';
import { excused } from '../../../scenarios/handlers/two-phase-commit.js';

function causesOf({ verdict }: CheckResult): readonly FaultCause[] {
  if (verdict.kind !== 'violated') throw new Error('it is violated');
  return verdict.counterexamples[0].because;
}

function heads(causes: readonly FaultCause[]): readonly string[] {
  return placesTold(causes).map(({ place }) => {
    const { source, start } = place!;
    return source.text.slice(start).split('(')[0];
  });
}

describe('places', () => {
  it('of rules are those of the messages that words tell of, and then all others on the way', async () => {
    const { protocol, nodes } = loadScenario(
      'scenarios/dedalus/kafka.ded',
      undefined,
      fileSystemHost,
    ).scenario!;
    const bounds = { eot: 6, eff: 4, crashes: 1 };
    const causes = causesOf(await check(protocol, { name: 'kafka', nodes, bounds, because: true }));
    const told = heads(causes);
    expect(told.slice(0, 3)).toEqual(['heartbeat', 'ack', 'copy']);
    expect(told).toContain('in_sync');
    expect(new Set(placesTold(causes).map(({ place }) => place)).size).toBe(told.length);
  });

  it('of handlers are their names', async () => {
    const causes = causesOf(await checkScenario(excused, { because: true }));
    expect(placesTold(causes)).toEqual(
      ['onMessage.prepare', 'onMessage.vote', 'onMessage.outcome'].map((by) => ({ by, place: undefined })),
    );
  });
});
