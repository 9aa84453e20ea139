/** Nothing that users' code does ends the command before it is done, keeps it from ending, or changes what it says. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkScenario, defineScenario, type } from '../../src/index.js';
import { run, superviseHere, type Ended } from './program.js';
import { newFolder } from '../folders.js';

const SCENARIO = `import { defineScenario } from 'ldfi';

export default defineScenario({
  name: 'violated',
  nodes: ['a', 'b'],
  bounds: { eot: 3, eff: 1, crashes: 0 },
  handlers: { init: () => 0, onTick: (ticks) => ticks + 1, onMessage: {}, observe: (ticks) => ticks },
  specification: { up: { pre: () => true, post: () => false } },
});
`;

/** The name of the longest that a pattern takes ages to be compared with. */
const LONG_NAME = 'a'.repeat(60);

const CERTIFIED = SCENARIO.replace("'violated'", `'${LONG_NAME}'`).replace(
  'post: () => false',
  'post: () => true',
);

/** Checks a folder with a scenario that is violated, and one with such code. */
async function besides(code: string, args: readonly string[] = ['check', '.', '-q']): Promise<Ended> {
  return run(args, { folder: newFolder({ 'a.ts': SCENARIO, 'b.ts': code, 'c.ts': SCENARIO }) });
}

describe('process.exit(0)', () => {
  const EXIT = 'process.exit(0);';

  it.each([
    ['a module', `import 'ldfi';\n${EXIT}\n`, 'b.ts:2:'],
    [
      'a module, later',
      `import 'ldfi';\nawait new Promise((later) => setTimeout(later, 1));\n${EXIT}\n`,
      'b.ts:3:',
    ],
    ['init', CERTIFIED.replace('() => 0', `() => { ${EXIT} return 0; }`), 'b.ts:7:'],
    ['a handler', CERTIFIED.replace('ticks + 1', `{ ${EXIT} }`), 'b.ts:7:'],
    ['a property', CERTIFIED.replace('() => true', `() => { ${EXIT} return true; }`), 'b.ts:8:'],
    ['a timer', `${CERTIFIED}setTimeout(() => ${EXIT.slice(0, -1)}, 0);\n`, 'b.ts:10'],
  ])('in %s is told once with its line, and costs nothing else', async (_, code, place) => {
    const { code: exit, out, err } = await besides(code);
    expect(exit, err).toBe(2);
    expect(out.match(/^violated /gm)).toHaveLength(2);
    expect(err.match(/`process\.exit` would end the checks of everything else/g)).toHaveLength(1);
    expect(err).toContain(place);
    expect(err).not.toContain('RUN199');
  });
});

describe('the exit code', () => {
  it.each([
    ['process.exitCode', 'process.exitCode = 0;\n'],
    ["process.on('exit')", "process.on('exit', () => { process.exitCode = 0; });\n"],
    ["process.on('beforeExit')", "process.on('beforeExit', () => { process.exitCode = 0; });\n"],
    ['process.reallyExit', "process.on('exit', () => { process.reallyExit?.(0); });\n"],
  ])('is what the verdicts make it, whatever is done by %s', async (_, trick) => {
    const { code, out } = await besides(CERTIFIED + trick);
    expect(code).toBe(1);
    expect(out.match(/^violated /gm)).toHaveLength(2);
  });

  it('is 2 where the thread is to end by another code, and it is told', async () => {
    const { code, out, err } = await besides(`${CERTIFIED}process.on('exit', () => process.exit(0));\n`);
    expect(code).toBe(2);
    expect(out.match(/^violated /gm)).toHaveLength(2);
    expect(err).toContain('RUN123');
  });

  it.each([
    ['process.reallyExit', "import 'ldfi';\nprocess.reallyExit(0);\n"],
    [
      'parentPort.close',
      "import { parentPort } from 'node:worker_threads';\nimport 'ldfi';\nparentPort.close();\nawait new Promise(() => {});\n",
    ],
  ])('is 2 where a module does %s', async (_, code) => {
    const { code: exit, out, err } = await besides(code);
    expect(exit, err).toBe(2);
    expect(err).not.toBe('');
    expect(out.match(/^violated /gm)).toHaveLength(2);
  });
});

describe('what does not return', () => {
  /** Milliseconds that a step may take: enough to load a module, however busy the machine is. */
  const LEAST_STEP = 5_000;

  it('costs the module that it is in', async () => {
    const folder = newFolder({ 'a.ts': SCENARIO, 'b.ts': "import 'ldfi';\nfor (;;);\n", 'c.ts': SCENARIO });
    const { code, out, err } = await superviseHere(['check', folder, '-q', '--timeout', '1s'], LEAST_STEP);
    expect(code, err).toBe(2);
    expect(out.match(/^violated /gm)).toHaveLength(2);
    expect(err).toMatch(/RUN201: \S*b\.ts cannot be loaded: it does not return/);
  });

  it('is told of a pattern that takes ages', async () => {
    const folder = newFolder({ 'b.ts': CERTIFIED });
    const args = ['check', join(folder, 'b.ts'), '--timeout', '1s', '--grep', '(a+)+$b'];
    const { code, err } = await superviseHere(args, LEAST_STEP);
    expect(code).toBe(2);
    expect(err).toContain('RUN122');
  });
});

it('a host keeps its listeners of signals while the library checks', async () => {
  const before = process.listeners('SIGINT');
  const during: unknown[] = [];
  const scenario = defineScenario({
    name: 'looking',
    nodes: ['a', 'b'],
    bounds: { eot: 3, eff: 1, crashes: 0 },
    handlers: {
      messages: type<never>(),
      init: () => during.push(process.listeners('SIGINT')) && 0,
      onMessage: {},
      observe: (state: number) => during.push(process.listeners('SIGINT')) && state,
    },
    specification: { fine: { pre: () => true, post: () => during.push(process.listeners('SIGINT')) > 0 } },
  });
  for (const timeout of [undefined, 60_000])
    await checkScenario(scenario, timeout === undefined ? {} : { timeout });
  expect(during.length).toBeGreaterThan(6);
  for (const listeners of [...during, process.listeners('SIGINT')]) expect(listeners).toEqual(before);
});
