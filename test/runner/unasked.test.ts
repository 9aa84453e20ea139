/** Faults by name that are admitted, and that nothing asks for. */
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/runner/check-scenario.js';
import { defineScenario } from '../../src/runner/scenario/define.js';
import { models, type RegisterOperations } from '../../src/model/handlers/operations/models.js';
import { type, type Property } from '../../src/model/handlers/protocol.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { check } from '../../src/runner/check.js';
import { checked } from './checks.js';

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
      const { checked: program } =
        readDedalusText(`word("w")@1; word(F)@next :- word(F); p("a")@1; p(N)@next :- p(N); told(N)@async :- p(N);
        hit(N, F) :- p(N), ${premise}; hit(N, F)@next :- hit(N, F);
        pre(N) :- p(N); post(N) :- p(N), notin hit(N, _);`);
      const { verdict, warnings } = await check(program!, {
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

describe('a kind of which the bounds admit no fault', () => {
  const own = (eot: number, eff: number, crashes: number, others: Partial<Bounds>): Bounds => ({
    eot,
    eff,
    crashes,
    ...others,
  });
  const cases: readonly (readonly [admits: string, bounds: Bounds, hint: string])[] = [
    ['partitions 1', own(6, 0, 0, { partitions: 1 }), 'raise EFF'],
    ['delays 2', own(6, 1, 1, { delays: 2 }), 'raise EFF'],
    ['pauses 1', own(6, 2, 0, { pauses: 1 }), 'raise EFF'],
    ['restarts 1', own(6, 3, 0, { restarts: 1, crashesBefore: 1 }), 'raise `crashes-before`'],
    ['within-step 1', own(6, 3, 0, { withinStep: 1 }), 'admit a crash'],
    ['fault u 1', own(6, 1, 0, { named: { u: 1 } }), 'raise EFF'],
    ['restarts 1', own(6, 3, 0, { restarts: 1, reliable: { nodes: ['a', 'b'] } }), 'let less be reliable'],
    ['pauses 1', own(2, 1, 0, { pauses: 1 }), 'raise EOT and EFF'],
  ];

  const program = `p("a")@1; p("b")@1; p(N)@next :- p(N); hit(N) :- fault(N, "u"), p(N);
    pre(N) :- p(N); post(N) :- p(N);`;

  it.each(cases)('as of %s, is told of', async (admits, within, hint) => {
    const { warnings } = await checked(program, { bounds: within });
    const said = warnings.filter(({ code }) => code === 'RUN128');
    expect(said.map(({ message, hint: how }) => [message, how])).toEqual([
      [`within the bounds ${formatBounds(within)} there is nothing that \`${admits}\` admits`, hint],
    ]);
  });

  it('is not told of where there is one', async () => {
    const all = { restarts: 1, pauses: 1, partitions: 1, delays: 1, duplicates: 1, withinStep: 1 };
    const { warnings } = await checked(program, { bounds: own(6, 3, 1, { ...all, named: { u: 1 } }) });
    expect(warnings).toEqual([]);
  });
});
