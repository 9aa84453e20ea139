import { describe, expect, it } from 'vitest';
import type { JsonDocument } from '../../src/report/json/schema/document.js';
import { expectGolden, withoutTimes } from '../golden.js';
import { HELLO, IDLE, ldfi, PERSISTENT, type Surroundings } from './harness.js';

const files = {
  'hello.ded': HELLO,
  'persistent.ded': PERSISTENT,
  'idle.ded': IDLE,
  'bare.ded': PERSISTENT.replace(/^\/\/.*\n/gm, ''),
  'several.ded': PERSISTENT.replace(
    '// ldfi: bounds',
    '// ldfi: bounds 4/2/1 expect violated\n// ldfi: bounds',
  ),
  'nowhere.ded': 'p(X)@next :- p(X);\npre(X) :- p(X);\npost(X) :- p(X);\n',
  'broken.ded': 'p("a");\nq(X) :- p(Y);\n',
  'unspecified.ded': 'p("a")@1;\n',
  'zero.ded':
    'n("a", 0)@1;\nn(X, N)@next :- n(X, N);\nq(X, 1 / N) :- n(X, N);\npre(X) :- q(X, _);\npost(X) :- q(X, _);\n',
  'growing.ded':
    'n("a", 9007199254740000)@1;\nn(X, N)@next :- n(X, N);\nn(X, N + 1000) :- n(X, N);\npre(X) :- n(X, _);\npost(X) :- n(X, _);\n',
};

const BOUNDS = ['--eot', '4', '--eff', '2', '--crashes', '1'];

async function told(line: string, surroundings: Surroundings = { files }) {
  return ldfi(line.split(' '), surroundings);
}

/** The codes that were complained of. */
function codes(err: string): readonly string[] {
  return [...err.matchAll(/(?:error|warning) ([A-Z]+\d+)/g)].map(([, code]) => code);
}

describe('ldfi check', () => {
  it.each([
    ['a violation', 'check hello.ded', 1],
    ['a certificate', 'check persistent.ded', 0],
    ['an idle specification', 'check idle.ded', 3],
    ['several bounds', 'check several.ded', 1],
    ['several files, one of them broken', 'check persistent.ded broken.ded hello.ded', 2],
    ['all counterexamples', 'check persistent.ded --crashes 2 --all', 1],
    ['lines', 'check persistent.ded hello.ded idle.ded -q', 1],
    ['inferred nodes', `check bare.ded ${BOUNDS.join(' ')}`, 1],
  ])('tells %s', async (name, line, code) => {
    const result = await told(line);
    expect(result.code).toBe(code);
    await expectGolden(withoutTimes(`$ ldfi ${line}\n${result.out}${result.err}`), `cli/${name}`);
  });

  it('lets flags override bounds part by part, each bounds once', async () => {
    const { out } = await told('check several.ded --eff 1 --crashes 0 --json');
    const { results } = JSON.parse(out) as JsonDocument;
    expect(results.map(({ bounds, expected }) => [bounds, expected])).toEqual([
      [{ eot: 4, eff: 1, crashes: 0 }, null],
      [{ eot: 5, eff: 1, crashes: 0 }, null],
    ]);
    const same = await told('check several.ded --eot 4 --eff 2 --crashes 1 --json');
    expect((JSON.parse(same.out) as JsonDocument).results.map(({ expected }) => expected)).toEqual([
      'violated',
    ]);
  });

  it('keeps expectations to the nodes they were made for', async () => {
    const expectedOn = async (nodes: string) => {
      const { out } = await told(`check hello.ded --json --nodes ${nodes}`);
      return (JSON.parse(out) as JsonDocument).results[0].expected;
    };
    expect(await expectedOn('b,a')).toBe('violated');
    expect(await expectedOn('a,b,c')).toBeNull();
  });

  it.each([
    ['check nope.ded', ['DED601']],
    ['check broken.ded', ['DED110', 'DED301']],
    ['check unspecified.ded', ['DED701']],
    ['check bare.ded', ['RUN105']],
    ['check bare.ded --eot 4', ['RUN105']],
    ['check nowhere.ded --eot 4 --eff 2 --crashes 1', ['RUN104']],
    ['check hello.ded --nodes a,c', ['RUN103']],
    ['check hello.ded --eff 3', ['RUN106']],
    ['check hello.ded --eot 2', ['RUN106']],
    ['check hello.ded --crashes 3', ['RUN107']],
    ['check zero.ded --eot 4 --eff 2 --crashes 1', ['RUN110']],
    ['check growing.ded --eot 4 --eff 2 --crashes 1', ['RUN111']],
    ['check hello.ded --strategy best', ['RUN101']],
  ])('cannot run %s', async (line, expected) => {
    const { code, out, err } = await told(line);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(codes(err)).toEqual(expect.arrayContaining(expected));
  });

  it('shows both ways to give bounds', async () => {
    const { err } = await told('check bare.ded --eff 2');
    expect(err).toContain('no EOT, no number of crashes');
    expect(err).toContain('--eot 6 --eff 4 --crashes 1');
    expect(err).toContain('// ldfi: bounds 6/4/1');
  });

  it('points at the header where bounds of the header are wrong', async () => {
    const { err, code } = await ldfi(['check', 'x.ded'], {
      files: { 'x.ded': HELLO.replace('3/2/0', '3/3/7') },
    });
    expect(code).toBe(2);
    expect(codes(err)).toEqual(['RUN106', 'RUN107']);
    expect(err).toContain('x.ded:2:1');
  });

  it('says inconclusive where a budget ends', async () => {
    const { code, out } = await told('check persistent.ded --strategy exhaustive --max-runs 2 -q');
    expect(code).toBe(3);
    expect(out).toContain('inconclusive');
  });

  it('prints warnings once, and none when quiet', async () => {
    const text = `${HELLO}unread(X) :- missing(X);\n`;
    const surroundings = { files: { 'x.ded': text.replace('3/2/0', '3/2/0\n// ldfi: bounds 4/2/0') } };
    expect(codes((await ldfi(['check', 'x.ded'], surroundings)).err)).toEqual(['DED204']);
    expect((await ldfi(['check', 'x.ded', '-q'], surroundings)).err).toBe('');
  });

  it('prints one document and nothing else with --json', async () => {
    const { code, out, err } = await told('check persistent.ded broken.ded hello.ded --json');
    expect(code).toBe(2);
    expect(err).toBe('');
    const document = JSON.parse(out) as JsonDocument;
    expect(document.results.map(({ verdict }) => verdict.kind)).toEqual(['certified', 'violated']);
    expect(document.diagnostics.map((each) => each.code)).toContain('DED110');
  });

  it('prints a document for a wrong command line too', async () => {
    const { out, code } = await told('check x.ded --json --eots 3');
    expect(code).toBe(2);
    expect((JSON.parse(out) as JsonDocument).diagnostics).toMatchObject([{ code: 'RUN101' }]);
  });

  it('gives the same verdict by every strategy and solver that can reach it', async () => {
    for (const words of [
      '--strategy alternating',
      '--strategy exhaustive',
      '--solver minisat',
      '--solver cadical',
    ])
      for (const [file, code] of [
        ['hello.ded', 1],
        ['persistent.ded', 0],
      ] as const)
        expect((await told(`check ${file} ${words} -q`)).code, `${file} ${words}`).toBe(code);
  });
});

describe('ldfi replay', () => {
  it('runs the command that a counterexample prints', async () => {
    const { out } = await told('check hello.ded');
    const command = /npx ldfi (replay[^"]*--inject )"([^"]*)"/s.exec(out)!;
    const words = command[1].replaceAll('\\\n', ' ').trim().split(/\s+/);
    const replayed = await ldfi([...words, command[2]], { files });
    expect(replayed.code).toBe(1);
    await expectGolden(replayed.out, 'cli/a replay of its counterexample');
  });

  it('is satisfied without faults', async () => {
    const { code, out } = await told('replay hello.ded');
    expect(code).toBe(0);
    expect(out).toContain('SATISFIED');
  });

  it('needs only EOT to know what to run', async () => {
    const { code } = await ldfi(['replay', 'bare.ded', '--eot', '4', '--inject', 'crash a@1'], { files });
    expect(code).toBe(1);
    const unclear = await ldfi(['replay', 'bare.ded', '--inject', 'crash a@1'], { files });
    expect(codes(unclear.err)).toEqual(['RUN105']);
    expect((await told('replay several.ded')).err).toContain('`--eot 4` or `--eot 5`');
    expect((await told('replay several.ded --eot 5')).code).toBe(0);
  });

  it.each([
    ['nonsense', 'RUN108'],
    ['drop a->c@1', 'RUN108'],
    ['drop a->b@9', 'RUN109'],
    ['crash a@1', 'RUN109'],
  ])('refuses %j', async (faults, code) => {
    const result = await ldfi(['replay', 'hello.ded', '--inject', faults], { files });
    expect(result.code).toBe(2);
    expect(codes(result.err)).toEqual([code]);
    expect(result.err).toContain('--inject:1:');
  });

  it('cannot run what has no value', async () => {
    expect(codes((await told('replay zero.ded --eot 3')).err)).toEqual(['RUN110']);
  });

  it('prints a document with --json', async () => {
    const { out } = await ldfi(['replay', 'hello.ded', '--json', '--inject', 'drop a->b@1'], { files });
    const { runs } = JSON.parse(out) as JsonDocument;
    expect(runs).toMatchObject([{ name: 'hello.ded', schedule: 'drop a->b@1', divergence: { time: 2 } }]);
  });
});

describe('ldfi print', () => {
  it('prints what it read in a form that it reads again', async () => {
    const { out, code } = await told('print hello.ded');
    expect(code).toBe(0);
    await expectGolden(out, 'cli/a printed program');
    const again = await ldfi(['print', 'hello.ded'], { files: { 'hello.ded': out } });
    expect(again.out).toBe(out);
  });

  it('writes an answer-set program with --asp', async () => {
    const { out, err, code } = await told('print hello.ded --asp');
    expect(code, err).toBe(0);
    await expectGolden(out, 'cli/an answer-set program');
  });

  it('writes one language at a time', async () => {
    const { err, code } = await told('print hello.ded --asp --typescript');
    expect(code).toBe(2);
    expect(err).toContain('error RUN101: --typescript and --asp are two languages');
  });

  it('cannot print what it cannot read', async () => {
    expect((await told('print broken.ded')).code).toBe(2);
  });
});

describe('the command line', () => {
  it.each(['--help', 'check --help', 'replay --help', 'print --help'])('helps with %s', async (line) => {
    const { out, code } = await told(line);
    expect(code).toBe(0);
    await expectGolden(out, `cli/help ${line.replaceAll('--', '')}`);
  });

  it('prints the schema', async () => {
    const { out, code } = await told('schema');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ title: 'What ldfi found' });
  });

  it('uses colours on terminals alone, and only where wanted', async () => {
    const escape = '\u001b[';
    expect((await told('check hello.ded', { files, terminal: true })).out).toContain(escape);
    expect((await told('check hello.ded --no-color', { files, terminal: true })).out).not.toContain(escape);
    expect((await told('check hello.ded')).out).not.toContain(escape);
    expect((await told('check broken.ded', { files, terminal: true })).err).toContain(escape);
  });

  it('ends when the user interrupts it between computations', async () => {
    const { code, out } = await told('check hello.ded --json', { files, interruption: Promise.resolve() });
    expect(code).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ version: 2, results: [] });
  });

  it('tells a bug as one, without a stack unless asked', async () => {
    const host = {
      get 'x.ded'(): string {
        throw new Error('no such luck');
      },
    };
    const { code, err } = await told('check x.ded', { files: host });
    expect(code).toBe(2);
    expect(err).toContain('RUN199: this is a bug in ldfi, not in your protocol: Error: no such luck');
    expect(err).not.toContain('    at ');
    expect((await told('check x.ded -v', { files: host })).err).toContain('    at ');
  });
});
