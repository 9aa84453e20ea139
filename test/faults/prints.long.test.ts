/** What users' code prints: told on standard error with what printed it, once, and never in between what is a result. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from './program.js';
import { newFolder } from '../folders.js';

const PRINTING = `import { defineScenario } from 'ldfi';

console.log('loaded', { a: 1 });
process.stdout.write('raw\\n');

export default defineScenario({
  name: 'printing',
  nodes: ['a', 'b'],
  bounds: { eot: 4, eff: 1, crashes: 1 },
  handlers: {
    init: () => { console.info('init'); return 0; },
    onTick(ticks, { time }) {
      console.log('hello');
      process.stdout.write(Buffer.from('{"verdict":'));
      console.error('time', time);
      return ticks + 1;
    },
    onMessage: {},
    observe: (ticks) => { console.log('two\\nlines'); return ticks; },
  },
  specification: { up: { pre: () => true, post: () => { console.warn('asked'); return true; } } },
});
`;

const TOLD = `printed by printing.ts: loaded { a: 1 }
printed by printing.ts: raw
printed by init of a in printing: init
printed by onTick of a at time 2 in printing: hello
printed by onTick of a at time 2 in printing: {"verdict":
printed by onTick of a at time 2 in printing: time 2
printed by onTick of a at time 3 in printing: time 3
printed by onTick of a at time 4 in printing: time 4
printed by observe of a at time 4 in printing:
  two
  lines
printed by \`post\` of property up at time 4 in printing: asked
`;

it.each([
  ['check', 'printing.ts'],
  ['check', '.'],
  ['check', 'printing.ts', '--json'],
  ['replay', 'printing.ts'],
])('prints are told once, by ldfi %s %s %s', async (...args) => {
  const folder = newFolder({ 'printing.ts': PRINTING });
  const { code, out, err } = await run(args, { folder });
  expect(code, err).toBe(0);
  expect(err).toBe(TOLD);
  expect(out).not.toMatch(/hello|raw|asked|^\{"verdict":$/m);
});

it('a document of JSON is whole and nothing else', async () => {
  const folder = newFolder({
    'printing.ts': PRINTING,
    'other.ts': PRINTING.replaceAll("'printing'", "'other'"),
  });
  const { code, out, err } = await run(['check', '.', '--json'], { folder });
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    results: [{ verdict: { kind: 'certified' } }, { verdict: { kind: 'certified' } }],
  });
  expect(out.trimEnd()).not.toContain('\n');
  // Each scenario's handlers are others.
  expect(err.match(/in (?:printing|other): hello$/gm)).toHaveLength(2);
});

it('a handler that prints without end ends with its time, and is told once', async () => {
  const endless = PRINTING.replace('return ticks + 1;', "for (;;) console.log('again');");
  const folder = newFolder({ 'printing.ts': endless });
  const { code, err } = await run(['check', 'printing.ts', '--timeout', '1s'], { folder });
  expect(code, err).toBe(2);
  expect(err.match(/again$/gm)).toHaveLength(1);
});

it('what is written to the descriptors is print as well', async () => {
  const writing = `import fs, { writeSync } from 'node:fs';
writeSync(1, 'text');
fs.writeSync(2, Buffer.from('some bytes'), 5, 5);
fs.writeSync(1, Buffer.from('of options'), { offset: 3 });
fs.writevSync(1, [Buffer.from('in '), Buffer.from('parts')]);
fs.writeFileSync(1, 'a whole');
fs.write(1, 'with an answer', (error, written) => console.log(error, written));
fs.appendFileSync(new URL('./beside.txt', import.meta.url), 'no descriptor');
await new Promise((resolve) => setTimeout(resolve, 0));
`;
  const folder = newFolder({ 'printing.ts': writing + PRINTING });
  const { code, out, err } = await run(['check', 'printing.ts', '--json'], { folder });
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ results: [{ verdict: { kind: 'certified' } }] });
  const written = ['text', 'bytes', 'options', 'in parts', 'a whole', 'with an answer', 'null 14'];
  expect(err).toBe(written.map((text) => `printed by printing.ts: ${text}\n`).join('') + TOLD);
  expect(readFileSync(join(folder, 'beside.txt'), 'utf8')).toBe('no descriptor');
});
