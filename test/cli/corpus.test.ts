/**
 * A small corpus as the published one is written: protocols and specifications in files of their own, without
 * headers, with words and values in first columns and variables that stand in one `notin` alone.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { JsonDocument } from '../../src/report/json/schema/document.js';
import { filesIn } from './corpus-files.js';
import { told as toldIn } from './folders.js';

const files = filesIn(fileURLToPath(new URL('../corpus', import.meta.url)));

/** @param line words apart by blanks */
function told(line: string, environment: Readonly<Record<string, string>> = {}, given = files) {
  return toldIn(line, given, { environment });
}

const DELIVERY = 'deliv_assert.ded';
const WITHIN = '--eot 6 --eff 3 --crashes 0';

describe('the verdicts of the corpus', () => {
  it.each([
    ['simple_deliv.ded', DELIVERY, '6/3/0', 'violated'],
    ['retry_deliv.ded', DELIVERY, '6/3/0', 'certified'],
    ['retry_deliv.ded', DELIVERY, '4/2/1', 'violated'],
    ['2pc.ded', 'commit_assert.ded', '7/3/0', 'certified'],
    ['2pc.ded', 'commit_assert.ded', '5/0/1', 'violated'],
    ['kafka.ded', 'kafka_assert.ded', '7/4/0', 'certified'],
    ['kafka.ded', 'kafka_assert.ded', '6/4/1', 'violated'],
    ['synod.ded', 'synod_assert.ded', '7/6/1', 'certified'],
    ['synod_unchecked.ded', 'synod_assert.ded', '7/6/1', 'violated'],
  ])('%s with %s within %s: %s', async (file, beside, bounds, verdict) => {
    const [eot, eff, crashes] = bounds.split('/');
    const flags = `--eot ${eot} --eff ${eff} --crashes ${crashes}`;
    const { out, err } = await told(`check ${file} --with ${beside} ${flags} --json`);
    const { results, diagnostics } = JSON.parse(out) as JsonDocument;
    expect(diagnostics, err).toEqual([]);
    expect(results[0].verdict.kind).toBe(verdict);
    expect(results[0].location).toEqual({ file, scenario: null, with: [beside] });
    expect(results[0].nodes).not.toContain('agreement');
  });
});

describe('--with', () => {
  it('is hinted at where there is no specification, once', async () => {
    const { code, err } = await told(`check retry_deliv.ded ${WITHIN}`);
    expect(code).toBe(2);
    expect(err.match(/DED701/g)).toHaveLength(1);
    expect(err).toContain('hint: `--with <file>`');
  });

  it('is part of the command that replays, which replays', async () => {
    const { out } = await told(`check simple_deliv.ded --with ${DELIVERY} ${WITHIN}`);
    const command = /npx ldfi (replay [^]*?)\n\n/.exec(out)![1].replace(/\\\n\s*/g, '');
    expect(command).toContain(`simple_deliv.ded --with ${DELIVERY}`);
    const replayed = await told(command.replaceAll('"', '').replaceAll('drop ', 'drop\u00a0'));
    expect(replayed.out).toContain('In `pre` but not in `post`');
  });

  it('is given in the environment, by path after path, and the command line counts first', async () => {
    const environment = { LDFI_WITH: 'nowhere.ded' };
    const typed = await told(`check simple_deliv.ded --with ${DELIVERY} ${WITHIN} -q`, environment);
    expect(typed.out).toContain('violated');
    const fromEnvironment = await told(`check simple_deliv.ded ${WITHIN} -q`, { LDFI_WITH: DELIVERY });
    expect(fromEnvironment.out).toBe(typed.out);
  });

  it('takes several files', async () => {
    const { out } = await told(`print 2pc.ded --with ${DELIVERY} --with kafka_assert.ded`);
    expect(out).toContain('good(Payload, N)');
    expect(out).toContain('stored_safely("fresh", Write)');
  });

  it('of a file that is not there is an error', async () => {
    const { code, err } = await told(`check simple_deliv.ded retry_deliv.ded --with nowhere.ded ${WITHIN}`);
    expect(code).toBe(2);
    expect(err).toBe('error DED601: there is no file "nowhere.ded"\n');
  });

  it('of a module is an error of one sentence', async () => {
    const given = { ...files, 'spec.ts': 'export {};' };
    const { code, err } = await told(`check simple_deliv.ded --with spec.ts ${WITHIN}`, {}, given);
    expect(code).toBe(2);
    expect(err).toContain('error RUN215: "spec.ts" is a module, and no part of a program of Dedalus');
  });
});

describe('a folder of such files', () => {
  it('is checked where bounds are given, program by program', async () => {
    const { out, err } = await told(`check . --with ${DELIVERY} ${WITHIN} -q`, {}, delivery());
    expect(out).toMatch(/^certified .* retry_deliv\.ded\nviolated .* simple_deliv\.ded .*\n$/);
    expect(err).toBe('');
  });

  it('may hold parts, which are told of once', async () => {
    const { out, err } = await told(
      `check . --with ${DELIVERY} ${WITHIN} -q`,
      {},
      {
        ...delivery(),
        'rest.ded': 'p("a")@1;',
        'whole.ded': WHOLE,
      },
    );
    expect(out).toContain('whole.ded');
    expect(err).toContain('RUN217: a file of Dedalus is no program without other files: rest.ded');
    expect(err.match(/^\S.*/gm)).toHaveLength(1);
  });

  it('without a program is an error that says what is missing', async () => {
    const { code, err } = await told(`check . ${WITHIN} -q`, {}, delivery());
    expect(code).toBe(2);
    expect(err.match(/^\S.*/gm)).toEqual([
      'error RUN208: 3 files of Dedalus are no program without other files: deliv_assert.ded, retry_deliv.ded, simple_deliv.ded',
    ]);
  });

  it('named file by file leaves out what the others include', async () => {
    const names = 'deliv_setup.ded retry_deliv.ded simple_deliv.ded deliv_assert.ded';
    const { out, err } = await told(`check ${names} --with ${DELIVERY} ${WITHIN} -q`);
    expect(out.match(/^\w+/gm)).toEqual(['certified', 'violated']);
    expect(err).toBe('');
  });
});

describe('nodes', () => {
  it('that nothing reaches are warned of', async () => {
    const { err } = await told(`check simple_deliv.ded --with ${DELIVERY} ${WITHIN} --nodes a,b,c,d,e`);
    expect(err).toContain('warning RUN119: nothing in the program reaches "d", "e"');
  });
});

const WHOLE =
  'p("a", "b")@1;\np(X, Y)@next :- p(X, Y);\nm(Y)@async :- p(_, Y);\npre(X) :- m(X);\npost(X) :- m(X);\n';

function delivery(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.includes('deliv')));
}
