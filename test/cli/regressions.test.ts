import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from '../../src/report/json/findings.js';
import { jsonSchema } from '../../src/report/json/json-schema.js';
import { expectGolden, withoutTimes } from '../golden.js';
import { greeting, IMPORTS } from './folders.js';
import { newFolder } from '../folders.js';
import { ldfi } from './harness.js';

interface Edit {
  readonly start?: number;
  readonly ack?: string;
  readonly again?: boolean;
  readonly bounds?: string;
}

/** a tells b, which acknowledges once, or again and again; it begins at a time. */
function telling({ start = 1, ack = 'ack', again = false, bounds = '8/7/0' }: Edit = {}): string {
  return `// ldfi: nodes a, b
// ldfi: bounds ${bounds}
tells("a", "b")@${start};
told(B, A)@async :- tells(A, B);
knows(B, A) :- told(B, A);
${again ? 'knows(B, A)@next :- knows(B, A);\n' : ''}${ack}(A, B)@async :- knows(B, A);
acked(A) :- ${ack}(A, B);
acked(A)@next :- acked(A);
pre(A) :- knows(_, A)@${start + 1};
post(A) :- acked(A);
`;
}

const FILE = 'telling.ded';

/** A folder in which the counterexamples of a protocol were saved. */
async function savedFolder(text = telling(), file = FILE): Promise<string> {
  const folder = newFolder({ [file]: text });
  await ldfi(['check', file, '--save'], { folder });
  return folder;
}

function savedIn(folder: string): Readonly<Record<string, string>> {
  const inside = join(folder, 'ldfi-regressions');
  const names = existsSync(inside) ? readdirSync(inside).sort() : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(inside, name), 'utf8')]));
}

/** What is told of saved counterexamples once the protocol is another. */
async function afterwards(edit: Edit, words: readonly string[] = []) {
  const folder = await savedFolder();
  writeFileSync(join(folder, FILE), telling(edit));
  return ldfi(['check', FILE, ...words], { folder });
}

/** The paragraph about saved counterexamples. */
function paragraphOf(out: string): string {
  return /^Saved counterexamples\n((?: .*\n)+)/m.exec(out)?.[1] ?? '';
}

describe('ldfi check --save', () => {
  it('keeps a counterexample as a file that is the same each time', async () => {
    const folder = newFolder({ [FILE]: telling() });
    const first = await ldfi(['check', FILE, '--save'], { folder });
    const [name, ...others] = Object.keys(savedIn(folder));
    expect(others).toEqual([]);
    expect(first.out).toContain(`saved ldfi-regressions/${name}\n`);
    expect(first.code).toBe(1);
    await expectGolden(savedIn(folder)[name], 'cli/regression saved');
    const before = savedIn(folder);
    await ldfi(['check', FILE, '--save', '--all'], { folder });
    expect(savedIn(folder)).toEqual(before);
    expect(savedIn(await savedFolder())).toEqual(before);
  });

  it('keeps nothing unless it is asked for, and nothing of what is certified', async () => {
    const folder = newFolder({ [FILE]: telling(), 'again.ded': telling({ again: true }) });
    await ldfi(['check', FILE], { folder });
    await ldfi(['check', 'again.ded', '--save'], { folder });
    expect(savedIn(folder)).toEqual({});
  });

  it('keeps the name where only times have changed, and writes them anew', async () => {
    const folder = await savedFolder();
    const [[name, text]] = Object.entries(savedIn(folder));
    writeFileSync(join(folder, FILE), telling({ start: 3 }));
    await ldfi(['check', FILE, '--save'], { folder });
    expect(savedIn(folder)).toEqual({ [name]: text.replace('b->a@2', 'b->a@4') });
  });

  it('keeps those of handlers, of each scenario by itself', async () => {
    const text = `${IMPORTS}export const one = ${greeting({ name: 'one' })};\nexport const two = ${greeting({ name: 'two' })};\n`;
    const folder = await savedFolder(text, 'greetings.ts');
    expect(Object.keys(savedIn(folder))).toEqual([
      expect.stringMatching(/^one-4-2-0-[0-9a-f]{8}\.json$/),
      expect.stringMatching(/^two-4-2-0-[0-9a-f]{8}\.json$/),
    ]);
    const { out } = await ldfi(['check', './greetings.ts', '-g', 'two'], { folder });
    expect(paragraphOf(out)).toMatch(/^ {2}the same: drop a->b@1 \(ldfi-regressions\/two-/);
  });

  it('says where it cannot write', async () => {
    const folder = newFolder({ [FILE]: telling(), 'ldfi-regressions': '' });
    const { out, err, code } = await ldfi(['check', FILE, '--save'], { folder });
    expect(out).toContain('VIOLATED');
    expect(err).toContain('RUN141');
    expect(err).toContain('RUN142');
    expect(code).toBe(2);
  });
});

describe('saved counterexamples', () => {
  it.each<[string, Edit, number]>([
    ['the same', {}, 1],
    ['moved', { start: 3 }, 1],
    ['no longer violates', { again: true }, 0],
    ['gone', { ack: 'thanks' }, 1],
    ['within other bounds', { bounds: '9/8/0' }, 1],
    ['not admissible', { bounds: '8/2/0' }, 0],
  ])('are replayed first: %s', async (name, edit, expected) => {
    const { out, err, code } = await afterwards(edit);
    expect(err).toBe('');
    expect(code).toBe(expected);
    await expectGolden(withoutTimes(out), `cli/regression ${name}`);
  });

  it('of other bounds are left to the check within them', async () => {
    const folder = await savedFolder();
    writeFileSync(join(folder, FILE), telling({ bounds: '8/7/0\n// ldfi: bounds 8/7/1' }));
    const { out } = await ldfi(['check', FILE], { folder });
    expect(out.match(/^Saved counterexamples$/gm)).toHaveLength(1);
  });

  it('that still violate are the verdict, unless a search is asked for', async () => {
    expect((await afterwards({})).out).toContain('nothing else was searched for');
    const searched = await afterwards({}, ['--all']);
    expect(searched.out).toContain('There are no other minimal counterexamples.');
    expect(paragraphOf(searched.out)).toContain('the same: drop b->a@2');
    const poor = ['--all', '--strategy', 'exhaustive', '--max-runs', '1'];
    expect((await afterwards({}, poor)).code).toBe(1);
  });

  it('are in the document, which gives the report again, and in JUnit', async () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchema);
    for (const edit of [{}, { start: 3 }, { again: true }, { ack: 'thanks' }, { bounds: '8/2/0' }]) {
      const document: unknown = JSON.parse((await afterwards(edit, ['--json'])).out);
      expect(validate(document)).toBe(true);
      const findings = await fromJson(document);
      expect(findings.results[0].regressions).toHaveLength(1);
      expect(toJson(findings)).toEqual(document);
    }
    const { out } = await afterwards({ again: true }, ['--reporter', 'junit']);
    expect(out).toMatch(
      /<system-out>ldfi-regressions\/telling-8-7-0-[0-9a-f]{8}\.json: no longer violates: drop b->a@2<\/system-out>/,
    );
  });

  it.each([
    ['no JSON', () => '{', 'is no saved counterexample'],
    ['another version', (text: string) => text.replace('"version": 1', '"version": 2'), 'it is of version 2'],
    ['a fault that is none', (text: string) => text.replace('drop b', 'dropp b'), 'is no fault'],
    [
      'two faults in one',
      (text: string) => text.replace('b->a@2"', 'b->a@2; drop a->b@1"'),
      'is not one fault',
    ],
    ['what is unknown', (text: string) => text.replace('"breaks"', '"broke"'), 'breaks is missing'],
  ])('that hold %s are refused, and the rest goes on', async (_, broken, message) => {
    const folder = await savedFolder();
    const [[name, text]] = Object.entries(savedIn(folder));
    writeFileSync(join(folder, 'ldfi-regressions', name), broken(text));
    const { out, err, code } = await ldfi(['check', FILE], { folder });
    expect(err).toContain('RUN141');
    expect(err).toContain(message);
    expect(err).toContain('hint:');
    expect(out).toContain('VIOLATED');
    expect(code).toBe(2);
  });
});
