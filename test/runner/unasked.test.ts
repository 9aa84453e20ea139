/** Faults by name that are admitted, and that nothing asks for. */
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/runner/check-scenario.js';
import { defineScenario } from '../../src/runner/scenario/define.js';
import { models, type RegisterOperations } from '../../src/model/handlers/operations/models.js';
import { type, type Property } from '../../src/model/handlers/protocol.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { check } from '../../src/runner/check.js';

interface Bounded {
  readonly named: Readonly<Record<string, number>>;
}

const bounds = ({ named }: Bounded) => ({ eot: 4, eff: 3, crashes: 0, omissions: 0, named });

/** A node that asks for one fault where another happened at time 1. */
const asking = (bounded: Bounded) =>
  defineScenario({
    name: 'asking',
    nodes: ['a'],
    bounds: bounds(bounded),
    handlers: {
      messages: type<never>(),
      init: () => ({ hit: 0 }),
      onStart(state, { fault }) {
        if (fault('first') && fault('second')) state.hit++;
      },
      onMessage: {},
      observe: ({ hit }) => hit,
    },
    specification: { unhurt: { always: ({ at }) => at('a').observed === 0 } },
  });

async function told(scenario: Parameters<typeof checkScenario>[0]) {
  const { verdict, warnings } = await checkScenario(scenario);
  return { kind: verdict.kind, warnings: warnings.map(({ code, message, hint }) => [code, message, hint]) };
}

describe('a fault by name', () => {
  it('violates where all that is asked for happens, and is no slip then', async () => {
    expect(await told(asking({ named: { first: 1, second: 1 } }))).toEqual({
      kind: 'violated',
      warnings: [],
    });
  });

  it('never happens without a bound', async () => {
    expect(await told(asking({ named: { first: 1 } }))).toEqual({ kind: 'certified', warnings: [] });
  });

  it('is a slip where nothing asked for it, and the name that was meant is told', async () => {
    const message = 'nothing asked for the fault frist, so that it changes nothing';
    const { warnings } = await told(asking({ named: { frist: 1 } }));
    expect(warnings).toEqual([['RUN126', message, 'did you mean `first`?']]);
  });

  it('is asked for by rules that read it, by any name where that is a variable', async () => {
    const underRules = async (premise: string) => {
      const { checked } =
        readDedalusText(`word("w")@1; word(F)@next :- word(F); p("a")@1; p(N)@next :- p(N); told(N)@async :- p(N);
        hit(N, F) :- p(N), ${premise}; hit(N, F)@next :- hit(N, F);
        pre(N) :- p(N); post(N) :- p(N), notin hit(N, _);`);
      const { verdict, warnings } = await check(checked!, {
        name: 'rules',
        nodes: ['a'],
        bounds: bounds({ named: { u: 1 } }),
      });
      return [verdict.kind, warnings.map(({ code }) => code)];
    };
    expect(await underRules('fault(N, F)')).toEqual(['violated', []]);
    expect(await underRules('fault(N, F), F == "v"')).toEqual(['certified', []]);
    expect(await underRules('fault(N, "u"), word(F)')).toEqual(['violated', []]);
    expect(await underRules('fault(N, "v"), word(F)')).toEqual(['certified', ['RUN126']]);
  });
});

/** A node that writes to itself. */
const writing = (property: Property<'a', boolean>) =>
  defineScenario({
    name: 'writing',
    nodes: ['a'],
    bounds: { eot: 4, eff: 3, crashes: 1 },
    handlers: {
      messages: type<never>(),
      operations: type<RegisterOperations<number>>(),
      init: () => ({ written: false }),
      onStart(state, { invoke, complete }) {
        invoke({ type: 'write', value: 1 });
        state.written = true;
        complete(undefined);
      },
      onMessage: {},
      observe: ({ written }) => written,
    },
    specification: { kept: property },
  });

describe('operations that are recorded', () => {
  it('are a slip where no property is about them', async () => {
    const { warnings } = await told(writing({ always: () => true }));
    const message = 'operations are recorded ("write"), and no property says what has to be so of them';
    expect(warnings).toEqual([['RUN127', message, undefined]]);
  });

  it('are none where one is', async () => {
    expect(await told(writing({ linearizable: models.register(0) }))).toEqual({
      kind: 'certified',
      warnings: [],
    });
  });
});
