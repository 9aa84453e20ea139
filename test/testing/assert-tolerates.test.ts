import { AssertionError } from 'node:assert';
import { describe, expect, it } from 'vitest';
import { assertTolerates } from '../../src/testing/assert-tolerates.js';
import { judgeTolerance } from '../../src/testing/judge-tolerance.js';
import { withoutTimes } from '../golden.js';
import { hasty, patient } from '../runner/scenarios.js';

describe('assertTolerates', () => {
  it('is met where a check certifies', async () => {
    await expect(assertTolerates(patient)).resolves.toBeUndefined();
    await expect(assertTolerates(hasty, { eff: 1 })).resolves.toBeUndefined();
    const reliable = { links: ['alice->bob'] };
    await expect(assertTolerates(hasty, { reliable })).resolves.toBeUndefined();
  });

  it('throws an assertion with the report that the matcher has', async () => {
    const error: unknown = await assertTolerates(hasty).catch((reason: unknown) => reason);
    if (!(error instanceof AssertionError)) throw new Error('no assertion failed');
    const { message } = await judgeTolerance('toTolerateFaults', hasty, {}, false);
    expect(withoutTimes(error.message)).toBe(withoutTimes(message()));
    expect(error.message).toContain('everything alice sends to bob at time 1 is lost');
  });

  it('throws for what is not decided, and for options that there are not', async () => {
    const poor = { strategy: 'exhaustive', budgets: { executions: 1 } } as const;
    await expect(assertTolerates(patient, poor)).rejects.toThrow('could not be decided');
    await expect(assertTolerates(patient, { crash: 1 } as object)).rejects.toThrow(TypeError);
    const node = { reliable: { node: ['bob'] } } as object;
    await expect(assertTolerates(patient, node)).rejects.toThrow('did you mean `nodes`?');
    await expect(assertTolerates(patient, { reliable: { nodes: ['bo'] } })).rejects.toThrow(RangeError);
  });
});
