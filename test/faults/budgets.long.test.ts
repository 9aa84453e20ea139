/**
 * Protocols made to explode. Whatever they do, the program as built ends within its budgets, with a diagnostic or an
 * honest verdict, though it has little memory; V8 would end it with a signal and without a word.
 */
import { describe, expect, it } from 'vitest';
import { MemoryGuard } from '../../src/runner/guard/memory.js';
import { Undecided } from '../../src/runner/guard/undecided.js';
import { withEnoughTime } from '../enough-time.js';
import { HELLO } from '../cli/harness.js';
import { run, type Ended } from './program.js';
import { newFolder } from '../folders.js';

/** Megabytes of heap; a check of something small takes a third of that. */
const HEAP = 150;

const node = [`--max-old-space-size=${HEAP}`];

async function check(file: string, text: string, ...options: readonly string[]): Promise<Ended> {
  return run(['check', file, ...options], { folder: newFolder({ [file]: text }), node });
}

const ASKING = 'pre(N) :- p(N, X); post(N) :- p(N, X), X > 1000000;\n';
const MANY = Array.from({ length: 200 }, (_, i) => `v("a", ${i})@1;\n`).join('');
const LASTING = 'v(N, A)@next :- v(N, A);\n';

interface Exploding {
  readonly what: string;
  readonly text: string;
  readonly options: string;
  readonly told: RegExp;
}

const diagnosed: readonly Exploding[] = [
  {
    what: 'a value that grows within one timestep',
    text: `p("a", 0)@4;\np(N, X + 1) :- p(N, X);\n${ASKING}`,
    options: '--eot 4 --eff 2 --crashes 1',
    told: /x\.ded:2:1: error RUN115: relation p has more than 500,000 tuples/,
  },
  {
    what: 'a value that doubles with every timestep',
    text: `p("a", 1)@1;\np(N, X + X)@next :- p(N, X);\n${ASKING}`,
    options: '--eot 10000 --eff 2 --crashes 1',
    told: /x\.ded:2:6: error RUN111: this passes 2\^53 - 1 in size at time 53/,
  },
  {
    what: 'a product of all with all',
    text: `${MANY.replaceAll('@1', '@4')}p(N, A * 40000 + B * 200 + C) :- v(N, A), v(N, B), v(N, C);\n${ASKING}`,
    options: '--eot 4 --eff 2 --crashes 1',
    told: /error RUN115: /,
  },
  {
    what: 'a thousand nodes',
    text: `p("a", 1)@1;\n${ASKING}`,
    options: `--eot 8 --eff 6 --crashes 2 --nodes a,${Array.from({ length: 999 }, (_, i) => `n${i}`).join()}`,
    told: /--eff:1:1: error RUN116: 5,002,000 different faults are within the bounds 8\/6\/2/,
  },
  {
    what: 'more timesteps than there are',
    text: `p("a", 1)@1;\n${ASKING}`,
    options: '--eot 10001 --eff 6 --crashes 2',
    told: /--eot:1:1: error RUN105: /,
  },
];

describe('it is told where a program of rules explodes', () => {
  it.each(diagnosed)('by $what', async ({ text, options, told }) => {
    const { code, out, err } = await check('x.ded', text, ...options.split(' '));
    expect({ code, out }, err).toEqual({ code: 2, out: '' });
    expect(err).toMatch(told);
    expect(err.length).toBeLessThan(20_000);
  });
});

const TIME = 'the time budget ended';
const MEMORY = 'the memory budget of \\d+ MB, and \\d+ MB for tables, ended';

/** Rules and handlers that go on and on. */
const endless: readonly {
  readonly what: string;
  readonly text: string;
  readonly options: string;
  readonly why: string;
}[] = [
  {
    what: 'joins that find nothing',
    text: `${MANY}${LASTING}p(N, A) :- v(N, A), v(N, B), v(N, C), v(N, D), A + B + C + D < 0;\n${ASKING}`,
    options: '--eot 4 --eff 2 --crashes 1 --timeout 1s',
    why: TIME,
  },
  {
    what: 'facts that last, and become more',
    text: `p("a", 0)@1;\np(N, X + 1)@next :- p(N, X);\np(N, X)@next :- p(N, X);\n${ASKING}`,
    options: '--eot 10000 --eff 2 --crashes 1 --timeout 1s',
    why: TIME,
  },
  {
    what: 'reasons that do not fit',
    text: `go("a", "b")@1;\ngo(A, B)@next :- go(A, B);\np(B, 0)@async :- go(A, B);\np(N, X + 1)@next :- p(N, X);
p(N, X)@next :- p(N, X);\npre(B) :- go(A, B); post(B) :- p(B, X);\n`,
    options: '--eot 650 --eff 2 --crashes 1 --strategy alternating',
    why: MEMORY,
  },
];

describe('it is inconclusive to be kept busy', () => {
  it.each(endless)('by $what', async ({ text, options, why }) => {
    const { code, out, err } = await check('x.ded', text, ...options.split(' '));
    expect({ code, err }).toEqual({ code: 3, err: '' });
    expect(out).toMatch(new RegExp(`No verdict: ${why}`.replaceAll(' ', String.raw`\s+`)));
  });
});

const scenario = ({
  bounds = '{ eot: 6, eff: 4, crashes: 1 }',
  nodes = "['a', 'b', 'c']",
  handlers = '',
}) => `
import { defineScenario, type } from 'ldfi';
export default defineScenario({
  name: 'exploding',
  nodes: ${nodes},
  bounds: ${bounds},
  handlers: { messages: type(), init: () => ({ n: 1, log: [] }), observe: ({ n }) => n, ${handlers} },
  specification: { held: { pre: () => true, post: () => true } },
});
`;

describe('handlers that explode', () => {
  it.each([
    {
      what: 'a log of all that ever arrived',
      text: scenario({
        bounds: '{ eot: 40, eff: 38, crashes: 2 }',
        handlers: `onTick: (state, { broadcast, time }) => broadcast({ type: 'm', time }),
          onMessage: { m: (state, { time }, { from }) => ({ ...state, log: [...state.log, from + time] }) }`,
      }),
      told: /No verdict: /,
    },
    {
      what: 'messages that multiply',
      text: scenario({
        bounds: '{ eot: 40, eff: 2, crashes: 1 }',
        handlers: `onTick: ({ n, log }, { send }) => {
            for (let i = 0; i < n; i++) send('b', { type: 'm', i });
            return { n: n * 3, log };
          }, onMessage: { m: ({ n, log }) => ({ n: n + 1, log }) }`,
      }),
      told: /No verdict: |does not\s+return/,
    },
    {
      what: 'a text that doubles',
      text: scenario({
        bounds: '{ eot: 60, eff: 4, crashes: 1 }',
        handlers: `onTick: ({ n, log }) => ({ n: \`\${n}\${n}\`, log }), onMessage: {}`,
      }),
      // Memory may run out before the state is too long.
      told: /error RUN312: onTick of a at time 21 gives what is too long: the next state has|No verdict: /,
    },
    {
      what: 'a chain that grows',
      text: scenario({
        bounds: '{ eot: 1200, eff: 2, crashes: 0 }',
        nodes: "['a']",
        handlers: 'onTick: ({ n, log }) => ({ n, log: [log] }), onMessage: {}',
      }),
      told: /error RUN303: onTick of a at time \d+ gives what is no plain data: the next state is nested/,
    },
    {
      what: 'a message that goes out without end',
      text: scenario({
        handlers: `onStart: (state, { send }) => { for (;;) send('b', { type: 'm' }); }, onMessage: { m: () => undefined }`,
      }),
      told: /error RUN309: onStart of a at time 1 does not return/,
    },
    {
      what: 'hundreds of nodes',
      text: scenario({
        nodes: 'Array.from({ length: 250 }, (_, i) => `n${i}`)',
        handlers: `onTick: (state, { broadcast }) => broadcast({ type: 'm' }), onMessage: { m: ({ n, log }) => ({ n: n + 1, log }) }`,
      }),
      told: /No verdict: /,
    },
  ])('by $what end, and say why', async ({ text, told }) => {
    const { code, out, err } = await withEnoughTime(
      1_000,
      (timeout) => check('x.mjs', text, '--timeout', `${timeout}ms`),
      (ended) => told.test(ended.out + ended.err),
    );
    expect([2, 3], err).toContain(code);
    expect(out + err).toMatch(told);
    expect(err).not.toContain('RUN199');
  });

  it('within one call, by taking all memory, have no verdict, and leave the others theirs', async () => {
    const handlers = 'onTick() { for (const all = []; ; ) all.push([all.length]); }, onMessage: {}';
    const files = { 'x.mjs': scenario({ handlers }), 'y.ded': HELLO };
    const { code, out, err } = await run(['check', 'x.mjs', 'y.ded', '-q'], {
      folder: newFolder(files),
      node,
    });
    expect(code).toBe(2);
    expect(err).toBe('error RUN121: exploding (x.mjs): it takes more memory than there is\n');
    expect(out).toBe('violated      3/2/0     y.ded  drop a->b@1\n');
  });
});

describe('one run', () => {
  it('that takes more memory than there is has no outcome, and the program says so', async () => {
    const text = `p("a", 0)@1;\np(N, X + 1)@next :- p(N, X);\np(N, X)@next :- p(N, X);\n${ASKING}`;
    const folder = newFolder({ 'x.ded': text });
    const { code, err } = await run(['replay', 'x.ded', '--eot', '3000'], { folder, node });
    expect(code).toBe(2);
    expect(err).toMatch(/^error RUN311: the run has no outcome: the memory budget of/);
  });
});

describe('memory is given up', () => {
  it('by what is garbage, so that only what is in use counts', () => {
    const { look } = new MemoryGuard({
      heap: 2 ** 31,
      tables: process.memoryUsage().arrayBuffers + 200 * 2 ** 20,
    });
    for (let round = 0; round < 20; round++) {
      new Uint8Array(50 * 2 ** 20).fill(1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6);
      look();
    }
  });

  it('by work that holds on to more than it may', () => {
    const { look } = new MemoryGuard({
      heap: 2 ** 31,
      tables: process.memoryUsage().arrayBuffers + 100 * 2 ** 20,
    });
    const held: Uint8Array[] = [];
    expect(() => {
      for (let round = 0; round < 20; round++) {
        held.push(new Uint8Array(20 * 2 ** 20).fill(1));
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6);
        look();
      }
    }).toThrow(Undecided);
    expect(held.length).toBeLessThan(20);
  });
});
