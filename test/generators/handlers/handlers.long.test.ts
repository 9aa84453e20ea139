/** Random handler protocols are small, varied, mostly say something, and shrink to what matters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFaultSets } from '../../judge/fault-sets.js';
import {
  judgeHandlerRun,
  judgeHandlers,
  type JudgedHandlerRun,
  type SentMessage,
} from '../../judge/handlers.js';
import { generatedHandlers, type GeneratedHandlers } from './handlers.js';
import { statementsOf } from './mutations.js';
import type { Statement } from './language.js';

function failureFree({ protocol, nodes, bounds }: GeneratedHandlers): JudgedHandlerRun {
  return judgeHandlerRun(protocol, { nodes, eot: bounds.eot }, []);
}

describe('every protocol', () => {
  it('has bounds that fit, and few enough fault sets to try them all', () => {
    fc.assert(
      fc.property(generatedHandlers(), ({ nodes, bounds }) => {
        expect(bounds.eff).toBeLessThan(bounds.eot);
        expect(bounds.crashes).toBeLessThanOrEqual(nodes.length);
        expect(countFaultSets(nodes.length, bounds)).toBeLessThanOrEqual(1_300n);
      }),
    );
  });

  it('runs to its end, twice the same', () => {
    fc.assert(
      fc.property(generatedHandlers(), (generated) => {
        expect(failureFree(generated)).toEqual(failureFree(generated));
      }),
    );
  });
});

describe('many protocols', () => {
  // A sample can lack anything; this one, of a fixed seed, must not.
  const sample = fc.sample(generatedHandlers(), { numRuns: 300, seed: 1 });

  it('get each verdict often', () => {
    const classes = sample.slice(0, 120).map(({ protocol, nodes, bounds }) => {
      const { verdict, minimal } = judgeHandlers(protocol, nodes, bounds);
      return verdict === 'violated' && minimal[0].length === 0 ? 'violated without faults' : verdict;
    });
    const least = { violated: 0.12, 'violated without faults': 0.05, certified: 0.3, vacuous: 0.08 };
    for (const [name, share] of Object.entries(least)) {
      const found = classes.filter((of) => of === name);
      expect(found.length, name).toBeGreaterThanOrEqual(classes.length * share);
    }
  });

  const read = (of: string) => (printed: string) => printed.includes(of);
  const texts: readonly (readonly [name: string, has: (printed: string) => boolean])[] = [
    ['the time', read('time')],
    ['the timesteps that remain', read('remaining')],
    ['a value sent on', (printed) => /send \w+\(value/.test(printed)],
    ['sets sent on', read(', heard)')],
    ['a quorum', (printed) => /if number heard >= [12]/.test(printed)],
    ['a fault by name', (printed) => /if (?:not \()?fault [uv]/.test(printed)],
    ['always', read(': always')],
    ['what never happens', read(': never')],
    ['steps', read('what it was')],
    ['what leads to something', read('leads within')],
    ['a property of crashes', read('crashed')],
    ['two properties', read('property 2')],
  ];

  it.each(texts)('have %s', (_, has) => {
    expect(sample.filter((generated) => has(String(generated))).length).toBeGreaterThanOrEqual(10);
  });

  const kinds = [
    'assign',
    'flag',
    'hear',
    'merge',
    'forget',
    'log',
    'send',
    'set',
    'cancel',
    'if',
    'walk',
    'arrange',
  ] as const;

  it.each(kinds)('have a statement of kind %s', (kind: Statement['kind']) => {
    const found = sample.filter(({ choice }) => statementsOf(choice).some((one) => one.kind === kind));
    expect(found.length).toBeGreaterThanOrEqual(20);
  });

  const isAsSent = (a: SentMessage, b: SentMessage) => a !== b && a.to === b.to && a.time === b.time;
  const runs: readonly (readonly [name: string, has: (run: JudgedHandlerRun) => boolean])[] = [
    ['a message to oneself', ({ messages }) => messages.some(({ from, to }) => from === to)],
    [
      'several messages to one node from one sender',
      ({ messages }) => messages.some((a) => messages.some((b) => isAsSent(a, b) && a.from === b.from)),
    ],
    [
      'messages to one node from several senders',
      ({ messages }) => messages.some((a) => messages.some((b) => isAsSent(a, b) && a.from !== b.from)),
    ],
    [
      'the same message twice at once',
      ({ messages }) =>
        messages.some((a) => messages.some((b) => a !== b && JSON.stringify(a) === JSON.stringify(b))),
    ],
    ['a failure with a reason', ({ violations }) => violations.some(({ reason }) => reason !== undefined)],
  ];

  it.each(runs)('have %s', (_, has) => {
    const found = sample.filter((generated) => has(failureFree(generated)));
    expect(found.length).toBeGreaterThanOrEqual(10);
  });
});

describe('a failing protocol', () => {
  it('shrinks to few statements where faults break it', () => {
    const { counterexample } = fc.check(
      fc.property(generatedHandlers(), ({ protocol, nodes, bounds }) => {
        const { minimal } = judgeHandlers(protocol, nodes, bounds);
        return minimal.length === 0 || minimal[0].length === 0;
      }),
      { seed: 2, numRuns: 1_000 },
    );
    const [shrunk] = counterexample!;
    expect(statementsOf(shrunk.choice).length, String(shrunk)).toBeLessThanOrEqual(6);
  });
});
