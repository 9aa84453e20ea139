/** Places that explanations come to: those of words first, each once, and all that links have. */
import { describe, expect, it } from 'vitest';
import { placesTold } from '../../../src/report/explanations/because.js';
import { fileSystemHost } from '../../../src/runner/files/file-system.js';
import { check } from '../../../src/runner/check.js';
import { checkScenario } from '../../../src/runner/check-scenario.js';
import { loadScenario } from '../../../src/runner/scenario/dedalus.js';
import type { CheckResult, Counterexample } from '../../../src/runner/result.js';
import { excused } from '../../../scenarios/handlers/two-phase-commit.js';

function counterexampleOf({ verdict }: CheckResult): Counterexample {
  if (verdict.kind !== 'violated') throw new Error('it is violated');
  return verdict.counterexamples[0];
}

function heads(counterexample: Counterexample): readonly string[] {
  return placesTold(counterexample).map(({ place }) => {
    const { source, start } = place!;
    return source.text.slice(start).split('(')[0];
  });
}

describe('places', () => {
  it('of rules are where to look first, those of the messages that words tell of, and all others on the way', async () => {
    const { protocol, nodes } = loadScenario(
      'scenarios/dedalus/kafka.ded',
      undefined,
      fileSystemHost,
    ).scenario!;
    const bounds = { eot: 6, eff: 4, crashes: 1 };
    const found = counterexampleOf(await check(protocol, { name: 'kafka', nodes, bounds, because: true }));
    const told = heads(found);
    expect(told.slice(0, 3)).toEqual(['copy', 'ack', 'heartbeat']);
    expect(told).toContain('in_sync');
    expect(new Set(placesTold(found).map(({ place }) => place)).size).toBe(told.length);
    expect(heads({ ...found, suspects: [] }).slice(0, 2)).toEqual(['heartbeat', 'ack']);
  });

  it('of handlers are their names', async () => {
    const found = counterexampleOf(await checkScenario(excused, { because: true }));
    expect(placesTold({ ...found, suspects: [] })).toEqual(
      ['onMessage.prepare', 'onMessage.vote', 'onMessage.outcome'].map((by) => ({ by, place: undefined })),
    );
  });
});
