/** Handlers and properties that remember outside of the state, which no second call at once can find. */
import { describe, expect, it } from 'vitest';
import {
  ProtocolError,
  check,
  checkScenario,
  defineScenario,
  formatSchedule,
  parseSchedule,
  replayProtocol,
  replayScenario,
  type,
} from '../../../src/index.js';
import type { HandlerOutcome, Handlers, Scenario } from '../../../src/index.js';
import type { StrategyName } from '../../../src/runner/result.js';
import { certify } from '../../../src/runner/certificate/certificate.js';
import { pool, verify } from '../certificate/certificates.js';
import { failureOf } from './failure-of.js';

const STRATEGIES: readonly StrategyName[] = ['compiled', 'alternating', 'exhaustive'];

/** Proves nothing, and says what it did not find. */
const random = { strategy: 'random', budgets: { executions: 20 } } as const;

/** Two others vote for `a`, which counts those it heard by whatever `count` says. */
function election(
  count: (state: number, from: string, time: number) => number,
  tick: (time: number) => void = () => undefined,
) {
  return defineScenario({
    name: 'election',
    nodes: ['a', 'b', 'c'],
    bounds: { eot: 4, eff: 3, crashes: 0 },
    handlers: {
      messages: type<{ readonly type: 'vote' }>(),
      init: () => 0,
      onTick(_, { self, send, time }) {
        tick(time);
        if (self !== 'a') send('a', { type: 'vote' });
      },
      onMessage: { vote: (state, _, { from }) => count(state, from, 0) },
      observe: (state) => state,
    },
    specification: { known: { pre: () => true, post: ({ at }) => at('a').observed <= 2 } },
  });
}

const OUTSIDE: readonly (readonly [name: string, make: () => Scenario])[] = [
  [
    'a set of voters',
    () => {
      const voters = new Set<string>();
      return election((_, from) => voters.add(from).size);
    },
  ],
  [
    'the time of the last tick',
    () => {
      let last = 0;
      return election(
        () => (last > 3 ? 2 : 1),
        (time) => {
          last = time;
        },
      );
    },
  ],
];

interface Vote {
  readonly type: 'vote';
}

interface State {
  readonly first: string;
  readonly votes: number;
}

const counting: Handlers<string, State, Vote, State> = {
  messages: type<Vote>(),
  init: (_, nodes) => ({ first: nodes[0], votes: 0 }),
  onTick(_, { broadcast }) {
    broadcast({ type: 'vote' });
  },
  onMessage: { vote: (state) => ({ ...state, votes: state.votes + 1 }) },
  observe: (state) => state,
};

const parts = {
  name: 'votes',
  nodes: ['b', 'a'],
  bounds: { eot: 4, eff: 3, crashes: 1 },
  handlers: counting,
  specification: { fine: { always: () => true } },
};

describe.each(OUTSIDE)('a handler that remembers %s in its module', (_, make) => {
  it.each(STRATEGIES)('is never certified by %s', async (strategy) => {
    const { diagnostic } = await failureOf(() => checkScenario(make(), { strategy }));
    expect(diagnostic.code).toBe('RUN302');
    expect(diagnostic.message).toMatch(/^onMessage\.vote of a at time \d/);
  });

  it('is found by a search that proves nothing, too', async () => {
    const { diagnostic } = await failureOf(() => checkScenario(make(), random));
    expect(diagnostic.code).toBe('RUN302');
    expect(diagnostic.message).toMatch(/^onMessage\.vote of a at time \d/);
  });
});

describe('what is remembered outside', () => {
  it('is found where a certificate is verified, which was made when it did not matter', async () => {
    let remembers = false;
    const voters = new Set<string>();
    const scenario = election((state, from) => (remembers ? voters.add(from).size : Math.min(state + 1, 2)));
    const certified = {
      file: 'election.ts',
      name: 'election',
      protocol: scenario.protocol,
      text: 'the same',
    };
    if (certified.protocol.kind === 'rules') throw new Error('not by handlers');
    const named = { ...certified, protocol: certified.protocol };
    const result = await checkScenario(scenario);
    const certification = await certify(named, result, { proof: false, version: '0.0.0', pool });
    if (certification.kind !== 'certificate') throw new Error(certification.kind);
    const { files } = certification.certificate;
    expect((await verify(files, named)).kind).toBe('valid');
    remembers = true;
    const { diagnostic } = await failureOf(() => verify(files, named));
    expect(diagnostic.code).toBe('RUN302');
  });

  it.each(STRATEGIES)('is found in a property by %s', async (strategy) => {
    const seen = new Set<unknown>();
    const scenario = defineScenario({
      ...parts,
      specification: {
        few: {
          always: ({ nodes }: HandlerOutcome<string, State>) => seen.add(JSON.stringify(nodes)).size < 3,
        },
      },
    });
    const { verdict } = await checkScenario(scenario, { strategy }).catch((error: unknown) => {
      expect(error).toBeInstanceOf(ProtocolError);
      expect((error as ProtocolError).diagnostic.code).toBe('RUN302');
      return { verdict: { kind: 'refused' } };
    });
    expect(verdict.kind).toBe('refused');
  });

  it('is found in a property that is called twice', async () => {
    let calls = 0;
    const scenario = defineScenario({
      ...parts,
      specification: { even: { always: () => calls++ % 2 === 0 } },
    });
    const { diagnostic } = await failureOf(() => checkScenario(scenario));
    expect(diagnostic.code).toBe('RUN302');
    expect(diagnostic.message).toContain('property even');
  });
});

describe('what authors are given, and give', () => {
  it('is theirs to read: the nodes are frozen for handlers', async () => {
    const sorting = (nodes: readonly string[]) => (nodes as string[]).sort()[0];
    const scenario = defineScenario({
      ...parts,
      handlers: { ...counting, init: (_, nodes) => ({ first: sorting(nodes), votes: 0 }) },
    });
    const { diagnostic } = await failureOf(() => checkScenario(scenario));
    expect(diagnostic.code).toBe('RUN310');
  });

  it('is as it was when the scenario was defined: to sort the nodes later changes nothing', () => {
    const nodes = ['b', 'a'];
    const scenario = defineScenario({ ...parts, nodes });
    nodes.sort();
    expect(scenario.nodes).toEqual(['b', 'a']);
    expect(replayScenario(scenario).run.nodes).toEqual(['b', 'a']);
  });

  it.each([...STRATEGIES, 'random'] as const)(
    'is as it was when the check began: %s keeps to its bounds, budgets and nodes',
    async (strategy) => {
      const { protocol } = defineScenario(parts);
      if (protocol.kind === 'rules') throw new Error('not by handlers');
      const given = () => ({
        name: 'votes',
        nodes: ['b', 'a'],
        bounds: { eot: 4, eff: 3, crashes: 1 },
        budgets: { executions: 500 },
        strategy,
      });
      const left = await check(protocol, given());
      const taken = given();
      const pending = check(protocol, taken);
      taken.nodes.sort();
      Object.assign(taken.bounds, { eot: 2, eff: 1, crashes: 0 });
      taken.budgets.executions = 1;
      const changed = await pending;
      const noTime = { elapsed: 0, processor: 0 };
      expect({ ...changed, ...noTime }).toEqual({ ...left, ...noTime });
    },
  );

  it('is as it was when a replay began: its faults and bounds change nothing', () => {
    const schedule = parseSchedule('drop b->a@1; crash a@3', parts);
    if (schedule.kind === 'malformed') throw new Error('malformed');
    const faults = [...schedule.faults];
    const bounds = { ...parts.bounds };
    const handlers = {
      ...counting,
      onTick() {
        faults.length = 0;
        bounds.eot = 2;
      },
    };
    const { protocol } = defineScenario({ ...parts, handlers });
    if (protocol.kind === 'rules') throw new Error('not by handlers');
    const { run } = replayProtocol(protocol, { nodes: parts.nodes, bounds }, faults);
    expect(formatSchedule(run.faults)).toBe('drop b->a@1; crash a@3');
    expect(run.eot).toBe(4);
  });

  it('is as it was when the check began: to exchange a handler meanwhile changes nothing', async () => {
    const handlers = {
      ...counting,
      onTick() {
        handlers.onTick = () => {
          throw new Error('this is not the handler that is checked');
        };
      },
    };
    const { verdict } = await checkScenario(defineScenario({ ...parts, handlers }));
    expect(verdict.kind).toBe('certified');
  });
});
