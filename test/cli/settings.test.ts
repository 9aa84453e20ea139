/** Settings of the command line, the environment and the configuration: one table, one order. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.js';
import { resolveSettings } from '../../src/cli/resolve.js';
import {
  flagOf,
  SETTING_NAMES,
  SETTINGS,
  variableOf,
  type SettingName,
  type Settings,
} from '../../src/cli/settings.js';
import type { JsonDocument } from '../../src/report/json/schema/document.js';
import { greeting, IMPORTS, ONE, told } from './folders.js';
import { newFolder } from '../folders.js';
import { ioIn, ldfi, PERSISTENT } from './harness.js';

/** Two values of each setting, as text. */
const SAMPLES: { readonly [Name in SettingName]: readonly [string, string, string] } = {
  eot: ['7', '8', '9'],
  eff: ['2', '3', '4'],
  crashes: ['0', '1', '2'],
  omissions: ['3', '0', '1'],
  restarts: ['1', '2', '0'],
  pauses: ['1', '0', '2'],
  partitions: ['2', '1', '0'],
  partitionsBefore: ['2', '3', '1'],
  delays: ['1', '0', '2'],
  duplicates: ['2', '1', '0'],
  longestDelay: ['1', '2', '3'],
  crashesBefore: ['2', '3', '1'],
  withinStep: ['1', '2', '0'],
  faults: ['2', '3', '0'],
  named: ['unsynced=1', 'skew=2', 'unsynced=2,skew=1'],
  reliable: ['a', 'a,b->a', 'b->a'],
  strategy: ['alternating', 'random', 'exhaustive'],
  solver: ['minisat', 'cadical', 'minisat'],
  lineage: ['tracked', 'causal', 'tracked'],
  all: ['5', 'true', '7'],
  maxRuns: ['10', '20', '30'],
  timeout: ['2m', '90', '500ms'],
  jobs: ['1', '2', '3'],
  seed: ['1', '2', '3'],
  negativeSupport: ['false', 'true', 'false'],
  modules: ['true', 'false', 'true'],
};

/** Of settings that are on or off, the option that turns one off. */
function offOf(name: SettingName): string | undefined {
  return 'off' in SETTINGS[name] ? flagOf(name).replace('--', '--no-') : undefined;
}

/** What a place gives: the index of a sample for each setting that it gives. */
type Layer = Partial<Record<SettingName, 0 | 1 | 2>>;

const layer: fc.Arbitrary<Layer> = fc.record(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, fc.constantFrom(0, 1, 2)])),
  { requiredKeys: [] },
);

function textsOf(given: Layer): readonly (readonly [SettingName, string])[] {
  return SETTING_NAMES.filter((name) => given[name] !== undefined).map((name) => [
    name,
    SAMPLES[name][given[name]!],
  ]);
}

function typed(given: Layer): readonly string[] {
  return textsOf(given).map(([name, text]) => {
    const off = offOf(name);
    if (off !== undefined) return text === 'true' ? flagOf(name) : off;
    return `${flagOf(name)}=${text === 'true' ? '100' : text}`;
  });
}

function environmentOf(given: Layer): Readonly<Record<string, string>> {
  return Object.fromEntries(textsOf(given).map(([name, text]) => [variableOf(name), text]));
}

function configOf(given: Layer): string {
  const lines = textsOf(given).map(([name, text]) => {
    const quoted = SETTINGS[name].form.types.some((type) => type === 'string') && Number.isNaN(Number(text));
    return `  ${name}: ${quoted ? JSON.stringify(text) : text},`;
  });
  return `import { defineConfig } from 'ldfi';\nexport default defineConfig({\n${lines.join('\n')}\n});\n`;
}

function valuesOf(settings: Settings): object {
  return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
}

function expected(...layers: readonly Layer[]): object {
  const given: Layer = Object.assign({}, ...layers) as Layer;
  return Object.fromEntries(textsOf(given).map(([name, text]) => [name, SETTINGS[name].form.read(text)]));
}

describe('a setting', () => {
  it('counts from the command line before the environment before the configuration', async () => {
    await fc.assert(
      fc.asyncProperty(layer, layer, layer, async (file, environment, line) => {
        const io = ioIn(newFolder({ 'ldfi.config.ts': configOf(file) }), environmentOf(environment));
        const invocation = readArguments(['check', 'x.ts', ...typed(line)], '1.2.3');
        if (invocation.kind !== 'check') throw new Error(JSON.stringify(invocation));
        const { resolved, diagnostics } = await resolveSettings(invocation, invocation.settings, io);
        expect(diagnostics).toEqual([]);
        expect(valuesOf(resolved!.settings)).toEqual(expected(file, environment, line));
        const bounds = ({ eot, eff, crashes }: Settings) =>
          valuesOf({ ...(eot && { eot }), ...(eff && { eff }), ...(crashes && { crashes }) });
        expect(bounds(resolved!.bounds.over)).toEqual(bounds(settingsOf(environment, line)));
        expect(bounds(resolved!.bounds.under)).toEqual(bounds(settingsOf(file)));
      }),
      { numRuns: 40 },
    );
  });

  it('has a name in each place, which follows from its option', () => {
    expect(SETTING_NAMES.map((name) => [name, flagOf(name), variableOf(name)])).toEqual([
      ['eot', '--eot', 'LDFI_EOT'],
      ['eff', '--eff', 'LDFI_EFF'],
      ['crashes', '--crashes', 'LDFI_CRASHES'],
      ['omissions', '--omissions', 'LDFI_OMISSIONS'],
      ['restarts', '--restarts', 'LDFI_RESTARTS'],
      ['pauses', '--pauses', 'LDFI_PAUSES'],
      ['partitions', '--partitions', 'LDFI_PARTITIONS'],
      ['partitionsBefore', '--partitions-before', 'LDFI_PARTITIONS_BEFORE'],
      ['delays', '--delays', 'LDFI_DELAYS'],
      ['duplicates', '--duplicates', 'LDFI_DUPLICATES'],
      ['longestDelay', '--longest-delay', 'LDFI_LONGEST_DELAY'],
      ['crashesBefore', '--crashes-before', 'LDFI_CRASHES_BEFORE'],
      ['withinStep', '--within-step', 'LDFI_WITHIN_STEP'],
      ['faults', '--faults', 'LDFI_FAULTS'],
      ['named', '--named', 'LDFI_NAMED'],
      ['reliable', '--reliable', 'LDFI_RELIABLE'],
      ['strategy', '--strategy', 'LDFI_STRATEGY'],
      ['solver', '--solver', 'LDFI_SOLVER'],
      ['lineage', '--lineage', 'LDFI_LINEAGE'],
      ['all', '--all', 'LDFI_ALL'],
      ['maxRuns', '--max-runs', 'LDFI_MAX_RUNS'],
      ['timeout', '--timeout', 'LDFI_TIMEOUT'],
      ['jobs', '--jobs', 'LDFI_JOBS'],
      ['seed', '--seed', 'LDFI_SEED'],
      ['negativeSupport', '--negative-support', 'LDFI_NEGATIVE_SUPPORT'],
      ['modules', '--modules', 'LDFI_MODULES'],
    ]);
  });

  it.each(SETTING_NAMES)('is documented in each place: %s', (name) => {
    const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    const flag = offOf(name) ?? SETTINGS[name].flag;
    for (const word of [flag, variableOf(name), name]) expect(page).toContain(`\`${word}`);
  });

  function settingsOf(...layers: readonly Layer[]): Settings {
    return Object.fromEntries(
      Object.entries(expected(...layers)).map(([name, value]) => [
        name,
        { value: value as never, span: undefined },
      ]),
    );
  }
});

describe('bounds', () => {
  const checked = async (
    words: string,
    file: string,
    surroundings: { environment?: Record<string, string> } = {},
  ) => {
    const files = {
      'own.ts': `${IMPORTS}export default ${greeting({ bounds: '5/2/0' })};\n`,
      'none.ded': PERSISTENT.replace(/^\/\/ ldfi: bounds.*\n/m, ''),
      'ldfi.config.ts': 'export default { eot: 8, eff: 3, crashes: 1 };\n',
    };
    const { out } = await told(`check ${file} --json ${words}`, files, surroundings);
    const [{ bounds }] = (JSON.parse(out) as JsonDocument).results;
    return `${bounds.eot}/${bounds.eff}/${bounds.crashes}`;
  };

  it.each([
    ['of the scenario count before those of the configuration', '', {}, '5/2/0', '8/3/1'],
    ['of the environment count before both', '', { LDFI_EFF: '1' }, '5/1/0', '8/1/1'],
    ['of the command line count before all', '--eff 0', { LDFI_EFF: '1' }, '5/0/0', '8/0/1'],
    [
      'of the configuration count not where there is to be none',
      '--no-config --eot 6 --eff 2 --crashes 0',
      {},
      '6/2/0',
      '6/2/0',
    ],
  ])('%s', async (_, words, environment, own, none) => {
    expect(await checked(words, 'own.ts', { environment })).toBe(own);
    expect(await checked(words, 'none.ded', { environment })).toBe(none);
  });

  it('of faults by name are an object in a configuration, and of a scenario change name by name', async () => {
    const named = async (file: string, words: string) => {
      const { out } = await told(`check ${file} --json ${words}`, {
        'own.ts': `${IMPORTS}export default ${greeting({ bounds: '5/2/0' })};\n`.replace(
          'crashes: 0',
          'crashes: 0, named: { full: 1, skew: 1 }',
        ),
        'none.ded': PERSISTENT.replace(/^\/\/ ldfi: bounds.*\n/m, ''),
        'ldfi.config.ts': 'export default { eot: 5, eff: 2, crashes: 0, named: { unsynced: 1 } };\n',
      });
      return (JSON.parse(out) as JsonDocument).results[0].bounds.named;
    };
    expect(await named('none.ded', '')).toEqual({ unsynced: 1 });
    expect(await named('none.ded', '--named skew=2')).toEqual({ skew: 2 });
    expect(await named('own.ts', '--named skew=0,unsynced=2')).toEqual({ full: 1, unsynced: 2 });
  });

  it.each([
    '{ unsynced: { toString: true } }',
    "{ unsynced: '1' }",
    "{ 'a=1,b': 2 }",
    '{ unsynced: 1.5 }',
    '[1]',
  ])('of faults by name are refused as %s', async (named) => {
    const { err, code } = await told('check none.ded', {
      'none.ded': PERSISTENT,
      'ldfi.config.ts': `export default { named: ${named} };\n`,
    });
    expect(code).toBe(2);
    expect(err).toMatch(/ldfi\.config\.ts:1:18: error RUN2\d\d: named/);
  });
});

describe('a configuration', () => {
  it.each(['ts', 'mts', 'js', 'mjs'])('may be ldfi.config.%s', async (extension) => {
    const files = { 's/x.ts': ONE, [`ldfi.config.${extension}`]: "export default { files: ['s'] };\n" };
    expect((await told('check -q', files)).out).toContain('greeting (s/x.ts)');
  });

  it('is one of another name where that is given, whose files are relative to it', async () => {
    const files = {
      's/x.ts': ONE,
      'conf/y.ts': ONE,
      'ldfi.config.ts': "export default { files: ['s'] };\n",
      'conf/other.ts': "export default { files: ['y.ts', '../s'] };\n",
    };
    expect((await told('check -q --config conf/other.ts', files)).out).toBe(
      ['conf/y.ts', 's/x.ts']
        .map((file) => `violated      4/2/0     greeting (${file})  drop a->b@1\n`)
        .join(''),
    );
  });

  it('may name files by patterns, as the command line may', async () => {
    const files = {
      's/x.ts': ONE,
      's/deep/y.ts': ONE,
      's/[z].ts': ONE,
      's/none.js': 'export {};\n',
      'ldfi.config.ts': "export default { files: ['./s/**/*.ts'] };\n",
    };
    const checked = async (words: string) =>
      [...(await told(`check -q ${words}`, files)).out.matchAll(/\((.*)\)/g)].map(([, file]) => file);
    expect(await checked('')).toEqual(['s/[z].ts', 's/x.ts', 's/deep/y.ts']);
    expect(await checked('s/*.ts')).toEqual(['s/[z].ts', 's/x.ts']);
    expect(await checked('s/{deep,shallow}/?.ts')).toEqual(['s/deep/y.ts']);
    expect(await checked('s/[z].ts')).toEqual(['s/[z].ts']);
    expect((await told('check -q s/*.ded', files)).err).toContain('error DED601: there is no file "s/*.ded"');
  });

  it('says what to look at only where nothing is named', async () => {
    const files = { 's/x.ts': ONE, 'y.ts': ONE, 'ldfi.config.ts': "export default { files: ['s'] };\n" };
    expect((await told('check -q y.ts', files)).out).toContain('greeting (y.ts)');
    expect((await told('check -q y.ts', files)).out).not.toContain('s/x.ts');
    expect((await told('check --no-config', files)).err).toContain('RUN208');
    expect((await told('check --list', files)).out).toContain('s/x.ts');
    expect((await told('replay', files)).out).toContain('greeting (s/x.ts)');
  });

  it('is not looked for in folders above', async () => {
    const folder = newFolder({ 'ldfi.config.ts': 'export default { eot: -1 };\n', 'below/x.ts': ONE });
    expect((await ldfi(['check', 'x.ts'], { folder: `${folder}/below` })).code).toBe(1);
    expect((await ldfi(['check', 'below/x.ts'], { folder })).code).toBe(2);
  });

  const wrong: readonly (readonly [config: string, at: string, ...says: readonly string[]])[] = [
    [
      'export const eot = 3;',
      'error RUN211: the default export of ldfi.config.ts is undefined',
      'defineConfig',
    ],
    ['export default 3;', 'error RUN211: the default export of ldfi.config.ts is 3'],
    [
      'export default { timeuot: 3 };',
      'ldfi.config.ts:1:18: error RUN211: ldfi.config.ts has an unknown key `timeuot`',
      'did you mean `timeout`?',
    ],
    [
      'export default {\n  bounds: { eot: 3 },\n};',
      'ldfi.config.ts:2:3: error RUN211: ',
      'eot, eff and crashes are keys of their own',
    ],
    [
      'export default { named: { unsynced: -1 } };',
      'ldfi.config.ts:1:18: error RUN212: named of ldfi.config.ts cannot be `unsynced=-1`',
      'such as `unsynced=1`',
    ],
    [
      'export default { named: 1 };',
      'ldfi.config.ts:1:18: error RUN212: named of ldfi.config.ts cannot be 1',
    ],
    ['export default { nodes: ["a"] };', 'ldfi.config.ts:1:18: error RUN211: ', 'one of files, with, eot'],
    [
      'export default { eot: 0 };',
      'ldfi.config.ts:1:18: error RUN212: eot of ldfi.config.ts cannot be `0`',
      'an integer from 1 to 10000',
    ],
    [
      'export default { eot: "6" };',
      'ldfi.config.ts:1:18: error RUN212: eot of ldfi.config.ts cannot be "6"',
      'an integer from 1 to 10000',
    ],
    ['export default { eff: 1.5 };', 'ldfi.config.ts:1:18: error RUN212: ', 'an integer from 0'],
    [
      'export default { strategy: "compield" };',
      'ldfi.config.ts:1:18: error RUN212: ',
      'did you mean `compiled`?',
    ],
    [
      'export default { solver: null };',
      'ldfi.config.ts:1:18: error RUN212: solver of ldfi.config.ts cannot be null',
    ],
    ['export default { timeout: "soon" };', 'ldfi.config.ts:1:18: error RUN212: ', '`90s`'],
    ['export default { timeout: -1 };', 'ldfi.config.ts:1:18: error RUN212: '],
    ['export default { negativeSupport: "no" };', 'ldfi.config.ts:1:18: error RUN212: ', '`true` or `false`'],
    [
      'export default { files: "s" };',
      'ldfi.config.ts:1:18: error RUN212: files of ldfi.config.ts cannot be "s"',
      "['scenarios']",
    ],
    [
      'throw new Error("no");',
      'ldfi.config.ts:1:1: error RUN201: ldfi.config.ts cannot be loaded: Error: no',
    ],
  ];

  it.each(wrong)('that is %j is refused', async (config, at, ...says) => {
    const { code, out, err } = await told('check x.ts', { 'x.ts': ONE, 'ldfi.config.ts': `${config}\n` });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.slice(0, at.length)).toBe(at);
    for (const part of says) expect(err).toContain(part);
    expect(err.match(/error/g)).toHaveLength(1);
  });

  it('is told all that is wrong with it', async () => {
    const config = 'export default { eot: 0, effs: 1, crashes: -1 };\n';
    const { err } = await told('check x.ts', { 'x.ts': ONE, 'ldfi.config.ts': config });
    expect(err.match(/RUN21[12]/g)?.sort()).toEqual(['RUN211', 'RUN212', 'RUN212']);
  });

  it('has to be there where it is named, and to be one', async () => {
    const none = await told('check x.ts --config y.ts', { 'x.ts': ONE });
    expect(none.err).toContain('error RUN210: there is no configuration y.ts');
    const files = {
      'x.ts': ONE,
      'ldfi.config.ts': 'export default {};\n',
      'ldfi.config.js': 'export default {};\n',
    };
    const several = await told('check x.ts', files);
    expect(several.err).toContain('RUN210: there are several configurations: ldfi.config.ts, ldfi.config.js');
    expect([none.code, several.code]).toEqual([2, 2]);
    expect((await told('check x.ts --config ldfi.config.js', files)).code).toBe(1);
  });
});

describe('the environment', () => {
  it.each([
    [{ LDFI_TIMEOUT: 'soon' }, 'LDFI_TIMEOUT:1:1: error RUN101: LDFI_TIMEOUT cannot be `soon`'],
    [{ LDFI_EOT: '0' }, 'LDFI_EOT:1:1: error RUN105: LDFI_EOT cannot be `0`'],
    [{ LDFI_STRATEGY: 'compild' }, 'LDFI_STRATEGY:1:1: error RUN101: '],
    [{ LDFI_NEGATIVE_SUPPORT: 'no' }, 'LDFI_NEGATIVE_SUPPORT:1:1: error RUN101: '],
  ])('that is %j is refused', async (environment, at) => {
    const { code, err } = await told('check x.ts', { 'x.ts': ONE }, { environment });
    expect(code).toBe(2);
    expect(err.slice(0, at.length)).toBe(at);
  });

  it('is warned of slips, and otherwise may hold what it likes', async () => {
    const environment = { LDFI_TIMOUT: '1s', LDFI_SOMETHING_ELSE: 'x', LDFI_SOLVER: '', TIMEOUT: 'x' };
    const { code, err } = await told('check x.ts', { 'x.ts': ONE }, { environment });
    expect(code).toBe(1);
    expect(err).toBe(
      'warning RUN213: there is no setting LDFI_TIMOUT\n        hint: did you mean `LDFI_TIMEOUT`?\n',
    );
  });
});
