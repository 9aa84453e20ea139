/** Hostile settings: what a configuration exports, variables of the environment, and words of the command line. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { hasErrors } from '../../../../src/model/diagnostics/diagnostics.js';
import { readArguments } from '../../../../src/cli/arguments.js';
import { loadConfig } from '../../../../src/cli/config.js';
import { readEnvironment } from '../../../../src/cli/environment.js';
import { SETTING_NAMES, variableOf } from '../../../../src/cli/settings.js';
import type { ScenarioHost } from '../../../../src/runner/files/host.js';
import { expectToPointIntoText } from '../../../laws/reading.js';
import { damaged } from '../edits.js';
import { damagedJson } from '../json.js';
import { target } from '../target.js';

const CONFIGURATION = 'export default defineConfig({\n  eot: 6,\n  strategy: "compiled",\n});\n';

/** With a module that exports what it is given. */
function hostOf(exported: unknown): ScenarioHost {
  return {
    read: (path) => ({ kind: 'text', text: CONFIGURATION, identity: path }),
    resolve: (_, include) => include,
    entry: (path) => (path === 'ldfi.config.ts' ? 'file' : 'missing'),
    walk: () => ({ files: [], unreadable: [] }),
    load: () => Promise.resolve({ kind: 'loaded', exports: { default: exported } }),
    display: (path) => path,
    realPath: (path) => path,
  };
}

const configuration = {
  ...{ files: ['scenarios'], eot: 6, eff: 4, crashes: 1, strategy: 'compiled', solver: 'cadical' },
  ...{ lineage: 'causal', all: 10, maxRuns: 5, timeout: '90s', seed: 1, negativeSupport: true },
};

export const configurationTarget = target(
  'the reader of configurations',
  damagedJson([configuration, { eot: 6 }, {}], [...SETTING_NAMES, 'bounds']),
  async (json) => {
    const exported: unknown = JSON.parse(JSON.stringify(json));
    const { settings, files, diagnostics } = await loadConfig(
      { kind: 'default' },
      { host: hostOf(exported), names: () => [] },
    );
    expectToPointIntoText(diagnostics);
    if (hasErrors(diagnostics)) expect({ settings, files }).toEqual({ settings: {}, files: [] });
    expect(Object.keys(settings).filter((name) => !SETTING_NAMES.some((known) => known === name))).toEqual(
      [],
    );
  },
);

const VALUES = [
  '',
  '0',
  '1',
  '6',
  '-1',
  '1e9',
  '99999999999999999999',
  'true',
  'compiled',
  '90s',
  '0ms',
  'minisat',
];

const words = damaged(VALUES, ['s', 'm', 'h', '.', '9', '-', 'e', ' ', '\u0000', 'nan', '__proto__']);

export const environmentTarget = target(
  'the reader of the environment',
  fc.dictionary(
    fc.oneof(
      fc.constantFrom(...SETTING_NAMES.map(variableOf)),
      damaged(SETTING_NAMES.map(variableOf), ['LDFI_', '_', 'X']),
    ),
    words,
    { maxKeys: 4 },
  ),
  (environment) => {
    const { settings, diagnostics } = readEnvironment(environment);
    expectToPointIntoText(diagnostics);
    expect(Object.keys(settings).filter((name) => !SETTING_NAMES.some((known) => known === name))).toEqual(
      [],
    );
  },
);

const ARGUMENTS = [
  ...[
    'check',
    'replay',
    'print',
    'verify-certificate',
    'init',
    'schema',
    'help',
    'x.ded',
    'a/b.ts',
    '.',
    '-',
    '--',
  ],
  ...['--eot', '--eff', '--crashes', '--nodes', '--strategy', '--solver', '--lineage', '--all', '--max-runs'],
  ...['--timeout', '--seed', '--negative-support', '--no-negative-support', '--json', '--quiet', '--verbose'],
  ...[
    '--no-color',
    '--config',
    '--no-config',
    '--root',
    '--grep',
    '-g',
    '--list',
    '--as-expected',
    '--inject',
  ],
  ...['--certificate', '--proof', '--samples', '--typescript', '--help', '--version', '-h', '-V', '--eot=6'],
  ...['a,b,c', '6', '1', 'compiled', 'drop a->b@1', '(', '[', '__proto__', '--__proto__', '--constructor=1'],
];

export const argumentsTarget = target(
  'the reader of the command line',
  fc.array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...ARGUMENTS), weight: 8 },
      { arbitrary: damaged(ARGUMENTS, ['-', '=', ',', '@', '"', '\\', '(', '*', '\n']), weight: 2 },
      { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 1 },
    ),
    { maxLength: 8 },
  ),
  (args) => {
    const invocation = readArguments(args, '1.2.3');
    if (invocation.kind !== 'wrong') return;
    expect(hasErrors(invocation.diagnostics)).toBe(true);
    expectToPointIntoText(invocation.diagnostics);
  },
);
