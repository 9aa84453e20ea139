/** The examples are right, and what is left out of them breaks some of them. */
import { describe, expect, it } from 'vitest';
import { judgeHandlers } from '../../judge/handlers.js';
import { handlerExamples, mutantsOf } from './examples.js';
import { mutationsOf, statementsOf } from './mutations.js';

describe('an example', () => {
  it.each(handlerExamples)('$name is $expected', ({ generated, expected }) => {
    const { verdict, minimal } = judgeHandlers(generated.protocol, generated.nodes, generated.bounds);
    expect(verdict).toBe(expected);
    if (verdict === 'violated') expect(minimal[0].length).toBeGreaterThan(0);
  });
});

describe('mutations', () => {
  it.each(handlerExamples)('of $name drop each statement and each guard', ({ generated: { choice } }) => {
    const mutations = mutationsOf(choice);
    const statements = statementsOf(choice);
    const guards = statements.filter(({ kind }) => kind === 'if');
    expect(mutations).toHaveLength(statements.length + guards.length);
    expect(new Set(mutations.map((one) => JSON.stringify(one))).size).toBe(mutations.length);
    for (const mutation of mutations) {
      expect(statementsOf(mutation).length).toBeLessThan(statements.length);
    }
  });

  it.each(handlerExamples)('of $name have faults break some, and not all', ({ generated }) => {
    const broken = mutantsOf(generated).filter(({ protocol, nodes, bounds }) => {
      const { verdict, minimal } = judgeHandlers(protocol, nodes, bounds);
      return verdict === 'violated' && minimal[0].length > 0;
    });
    expect(broken.length).toBeGreaterThanOrEqual(2);
    expect(broken.length).toBeLessThan(mutationsOf(generated.choice).length);
  });
});
