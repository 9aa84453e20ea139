/** Threads side by side: what is told is what one thread would have told, whatever users' code does to the threads. */
import { describe, expect, it } from 'vitest';
import { withoutTimes } from '../golden.js';
import { ended, run, start, type Ended } from './program.js';
import { newFolder } from '../folders.js';

/** @param post what is judged */
const scenario = (name: string, post: string, before = '') => `import { defineScenario } from 'ldfi';

console.log('loaded');
${before}
export default defineScenario({
  name: '${name}',
  nodes: ['a', 'b'],
  bounds: { eot: 4, eff: 2, crashes: 1 },
  handlers: {
    init: () => 0,
    onTick(ticks, { time }) { console.log('tick'); return ticks + 1; },
    onMessage: {},
    observe: (ticks) => ticks,
  },
  specification: { up: { pre: () => true, post: ${post} } },
});
`;

const FILES: Readonly<Record<string, string>> = {
  'a.ts': scenario('good', '() => true'),
  'b.ts': scenario('bad', '() => false'),
  'c.ts': scenario('printing', '() => { console.log("asked"); return true; }'),
  'd.ts': scenario('throwing', '() => { throw new Error("no"); }'),
  'e.ts': scenario('ending', '() => process.reallyExit(0)'),
  // The name is that of another, whose handler prints the same.
  'f.ts': scenario('good', '() => true'),
  'g.ts': scenario('timed', '() => true', "setTimeout(() => console.log('later'), 1);"),
  'h.ts': scenario('last', '() => true'),
};

/** With what a module left running printed taken out, which comes when it likes. */
function timeless({ code, out, err }: Ended): Ended {
  const told = withoutTimes(out).replace(/"(elapsed|processor)":[\d.e-]+/g, '"$1":0');
  return { code, out: told, err: err.replace(/^later\n/gm, '') };
}

describe('--jobs', () => {
  const folder = newFolder(FILES);
  const check = (args: readonly string[]) => run(['check', '.', ...args], { folder });

  it.each([
    [[]],
    [['--json']],
    [['--quiet', '--bail']],
    [['-g', 'good', '-g', 'last', '--as-expected', '--bail']],
  ])('changes no byte of check %j', async (args) => {
    const alone = timeless(await check([...args, '--jobs', '1']));
    expect(alone.err.match(/printed by .*: loaded/g)).toHaveLength(Object.keys(FILES).length);
    for (const jobs of ['2', '4']) expect(timeless(await check([...args, '--jobs', jobs]))).toEqual(alone);
  });

  it('tells what a timer prints of one thread only', async () => {
    const { err } = await check(['--jobs', '3']);
    expect(err.match(/^later$/gm)?.length ?? 0).toBeLessThanOrEqual(1);
  });
});

describe('a thread that is lost', () => {
  it('costs its item, and the others tell of theirs', async () => {
    const folder = newFolder(FILES);
    const { code, out, err } = await run(['check', '.', '-q', '--jobs', '3'], { folder });
    expect(code).toBe(2);
    expect(out.match(/^certified /gm)).toHaveLength(5);
    expect(err.match(/RUN121: ending/g)).toHaveLength(1);
  });
});

describe('Ctrl-C', () => {
  it('ends all threads, and tells of all that they were at', async () => {
    const long = scenario('long', '() => true').replace('eot: 4, eff: 2', 'eot: 19, eff: 18');
    const folder = newFolder({
      'a.ts': long,
      'b.ts': long.replace("'long'", "'longer'"),
      'c.ts': long.replace("'long'", "'longest'"),
    });
    const args = ['check', '.', '--strategy', 'exhaustive', '--max-runs', '1000000000', '-q', '--jobs', '2'];
    const child = start(args, { folder });
    // The last of what is printed when both threads are at work.
    const working = new Promise<void>((resolve) => {
      child.stderr!.on('data', (data: Buffer) => {
        if (data.toString().includes('tick')) setTimeout(resolve, 2_000);
      });
    });
    const end = ended(child);
    await working;
    child.kill('SIGINT');
    const { code, out } = await end;
    expect(code).toBe(130);
    const told = [...out.matchAll(/^inconclusive +19\/18\/1 +(\w+)/gm)].map(([, name]) => name);
    expect(['long', 'longer']).toEqual(expect.arrayContaining(told));
    expect(told[0]).toBe('long');
  });
});
