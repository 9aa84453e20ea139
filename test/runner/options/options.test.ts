import { describe, expect, it } from 'vitest';
import { executions, faultSets } from '../../../src/testing/fast-check/index.js';
import {
  certify,
  check,
  checkScenario,
  loadScenario,
  readDedalusText,
  replayProtocol,
  replayScenario,
  verifyCertificate,
  type ReadCertificate,
  type SourceHost,
} from '../../../src/index.js';
import { judgeTolerance } from '../../../src/testing/judge-tolerance.js';
import { HELLO } from '../../cli/harness.js';
import { hasty } from '../scenarios.js';

/** What plain JavaScript may pass. */
type Anything = Record<string, unknown>;

const protocol = readDedalusText(HELLO).checked!;
const wellFormed = { name: 'hello', nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } };

/** Each call that takes options, given options of which only these are looked at. */
const calls: Readonly<Record<string, (options: Anything) => unknown>> = {
  check: (options) => check(protocol, { ...wellFormed, ...options }),
  checkScenario: (options) => checkScenario(hasty, options),
  toTolerateFaults: (options) => judgeTolerance('toTolerateFaults', hasty, options, false),
  replayScenario: (options) => replayScenario(hasty, [], options),
  replayProtocol: (options) => replayProtocol(protocol, { ...wellFormedReplay, ...options }, []),
  verifyCertificate: (options) =>
    verifyCertificate({} as ReadCertificate, { protocol, text: undefined }, options),
  certify: (options) =>
    certify({} as Parameters<typeof certify>[0], {} as Parameters<typeof certify>[1], {
      ...({ proof: false, version: '1.0.0', pool: {} } as unknown as Parameters<typeof certify>[2]),
      ...options,
    }),
  faultSets: (options) => faultSets(hasty, options),
};
const wellFormedReplay = { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } };

/** What a call complains of. */
async function complaint(call: string, options: Anything): Promise<string> {
  try {
    await calls[call](options);
  } catch (error) {
    return String(error);
  }
  return 'nothing';
}

const SEARCHES = ['check', 'checkScenario', 'toTolerateFaults'];

describe('an option of a search that makes no sense', () => {
  it.each<[Anything, string]>([
    [{ limit: 0 }, 'RangeError: the option `limit` of CALL is 0, and has to be an integer from 1'],
    [{ limit: 1.5 }, 'RangeError: the option `limit` of CALL is 1.5, and has to be an integer from 1'],
    [{ limit: NaN }, 'RangeError: the option `limit` of CALL is NaN, and has to be an integer from 1'],
    [
      { limit: Infinity },
      'RangeError: the option `limit` of CALL is Infinity, and has to be an integer from 1',
    ],
    [{ limit: '3' }, 'TypeError: the option `limit` of CALL is "3", and has to be an integer from 1'],
    [{ limit: true }, 'TypeError: the option `limit` of CALL is true, and has to be an integer from 1'],
    [{ limit: null }, 'TypeError: the option `limit` of CALL is null, and has to be an integer from 1'],
    [
      { strategy: 'compild' },
      'RangeError: the option `strategy` of CALL is "compild", and has to be one of compiled, alternating, random, exhaustive; did you mean `compiled`?',
    ],
    [
      { solver: 'z3' },
      'RangeError: the option `solver` of CALL is "z3", and has to be one of minisat, cadical',
    ],
    [
      { lineage: 'all' },
      'RangeError: the option `lineage` of CALL is "all", and has to be one of causal, tracked',
    ],
    [
      { timeout: NaN },
      'RangeError: the option `timeout` of CALL is NaN, and has to be a number of milliseconds greater than 0',
    ],
    [
      { timeout: 0 },
      'RangeError: the option `timeout` of CALL is 0, and has to be a number of milliseconds greater than 0',
    ],
    [
      { timeout: '60s' },
      'TypeError: the option `timeout` of CALL is "60s", and has to be a number of milliseconds greater than 0',
    ],
    [{ seed: -1 }, 'RangeError: the option `seed` of CALL is -1, and has to be an integer from 0'],
    [
      { budgets: { executions: NaN } },
      'RangeError: the option `budgets.executions` of CALL is NaN, and has to be an integer from 0, or Infinity',
    ],
    [
      { budgets: { execution: 5 } },
      'TypeError: CALL has no option `budgets.execution`; did you mean `executions`?',
    ],
    [
      { negativeSupport: 'no' },
      'TypeError: the option `negativeSupport` of CALL is "no", and has to be `true` or `false`',
    ],
    [{ onProgress: 'log' }, 'TypeError: the option `onProgress` of CALL is "log", and has to be a function'],
    [{ stratgy: 'random' }, 'TypeError: CALL has no option `stratgy`; did you mean `strategy`?'],
  ])('%j', async (options, expected) => {
    for (const call of SEARCHES)
      expect(await complaint(call, options)).toBe(expected.replaceAll('CALL', call));
  });

  it('is told with all that there are, where none is near', async () => {
    expect(await complaint('replayScenario', { x: 1 })).toBe(
      'TypeError: replayScenario has no option `x`; there are bounds',
    );
  });
});

describe('bounds that make no sense', () => {
  const WITH_BOUNDS = ['check', 'checkScenario', 'replayScenario', 'replayProtocol'];

  it.each<[Anything, string]>([
    [{ eot: 0 }, 'RangeError: EOT is 0, and has to be an integer from 1 to 10000'],
    [{ eot: 2.5 }, 'RangeError: EOT is 2.5, and has to be an integer from 1 to 10000'],
    [{ eot: 10_001 }, 'RangeError: EOT is 10001, and has to be an integer from 1 to 10000'],
    [{ eff: NaN }, 'RangeError: EFF is NaN, and has to be from 0 to EOT - 1 = 3'],
    [{ crashes: -1 }, 'RangeError: the crashes are -1, and have to be from 0 to 2, the number of nodes'],
    [{ crashes: '1' }, 'TypeError: the option `bounds.crashes` of CALL is "1", and has to be an integer'],
    [{ crash: 1 }, 'TypeError: CALL has no option `bounds.crash`; did you mean `crashes`?'],
  ])('%j', async (bounds, expected) => {
    const all = { eot: 4, eff: 2, crashes: 0, ...bounds };
    for (const call of WITH_BOUNDS)
      expect(await complaint(call, { bounds: all })).toBe(expected.replaceAll('CALL', call));
    const inMatcher = expected.replaceAll('CALL', 'toTolerateFaults').replace('bounds.', '');
    expect(await complaint('toTolerateFaults', all)).toBe(inMatcher);
  });
});

it.each<[string, Anything, string]>([
  ['check', { nodes: ['a', 'a'] }, 'RangeError: the option `nodes` of check is an array'],
  ['check', { nodes: undefined }, 'TypeError: the option `nodes` of check is missing'],
  ['replayProtocol', { nodes: 'a,b' }, 'TypeError: the option `nodes` of replayProtocol is "a,b"'],
  ['replayProtocol', { timeout: -1 }, 'RangeError: the option `timeout` of replayProtocol is -1'],
  ['verifyCertificate', { samples: 0 }, 'RangeError: the option `samples` of verifyCertificate is 0'],
  [
    'verifyCertificate',
    { sample: 9 },
    'TypeError: verifyCertificate has no option `sample`; did you mean `samples`?',
  ],
  ['certify', { proof: 1 }, 'TypeError: the option `proof` of certify is 1'],
  ['faultSets', { maxFaults: 0.5 }, 'RangeError: the option `maxFaults` of faultSets is 0.5'],
  ['faultSets', { maxFault: 1 }, 'TypeError: faultSets has no option `maxFault`; did you mean `maxFaults`?'],
])('%s does not take %j', async (call, options, expected) => {
  expect(await complaint(call, options)).toContain(expected);
});

it('options that are no object are told', async () => {
  await expect(checkScenario(hasty, null as never)).rejects.toThrow(
    'the options of checkScenario are null, and have to be an object',
  );
  expect(() => executions(hasty, 3 as never)).toThrow('the options of faultSets are 3');
});

it('a timeout may be without end', async () => {
  expect((await checkScenario(hasty, { timeout: Infinity })).verdict.kind).toBe('violated');
});

it('a prepared scenario may be given as it is, with one of its bounds, beside its own protocol alone', async () => {
  const host: SourceHost = {
    read: () => ({ kind: 'text', text: HELLO, identity: 'hello' }),
    resolve: (_, include) => include,
  };
  const scenario = loadScenario('hello.ded', undefined, host).scenario!;
  const [{ bounds }] = scenario.checks;
  const { location, verdict } = await check(scenario.protocol, { ...scenario, bounds });
  expect({ location, verdict }).toMatchObject({
    location: { file: 'hello.ded' },
    verdict: { kind: 'violated' },
  });
  await expect(check(protocol, { ...scenario, bounds })).rejects.toThrow(
    'the option `protocol` of check is another protocol than the one that is checked',
  );
});
