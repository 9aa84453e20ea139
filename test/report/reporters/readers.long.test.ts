/**
 * What others have to say of the reports that are made for them: the schema of SARIF, readers of JUnit's XML and of the
 * Informal Trace Format in Python, Mermaid in a browser, and Graphviz.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReporterName, writeReport } from '../../../src/report/reporters/reporters.js';
import { asItf } from '../../../src/report/runs/itf.js';
import { asSequence } from '../../../src/report/runs/sequence.js';
import { replication, replicationDivergence } from '../../runner/fixtures.js';
import { ldfi } from '../../cli/harness.js';
import { all, hostile, hostileRun } from './findings.js';

/** Continuous integration has them; elsewhere tests go without those that cannot be fetched. */
const isRequired = process.env.LDFI_TEST_READERS === 'required';
const script = fileURLToPath(new URL('../../../tools/report-readers.sh', import.meta.url));
const fetched = isRequired
  ? execFileSync(script, { encoding: 'utf8' })
  : spawnSync(script, { encoding: 'utf8' }).stdout;
const readers = fetched.trim();

const context = { asExpected: false, version: '1.2.3' };

describe.skipIf(readers === '')('reports are read (by what tools/report-readers.sh fetches)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-reports-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function written(name: ReporterName, findings: typeof all): Promise<string> {
    const file = join(folder, `report.${name}`);
    writeFileSync(file, await writeReport(name, findings, context));
    return file;
  }

  /** What a program in Python prints, as JSON. */
  function python(program: string, file: string): unknown {
    const env = { ...process.env, PYTHONPATH: join(readers, 'python') };
    return JSON.parse(execFileSync('python3', ['-c', program, file], { env, encoding: 'utf8' }));
  }

  it.each(Object.entries({ all, hostile }))('by the schema of SARIF: %s', async (_, findings) => {
    const schema = JSON.parse(readFileSync(join(readers, 'sarif-schema-2.1.0.json'), 'utf8')) as object;
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    const log: unknown = JSON.parse(readFileSync(await written('sarif', findings), 'utf8'));
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ version: '2.1.0' })).toBe(false);
  });

  it.each(Object.entries({ all, hostile }))('by a reader of JUnit: %s', async (_, findings) => {
    const read = `
import json, sys
from junitparser import JUnitXml
xml = JUnitXml.fromfile(sys.argv[1])
cases = [case for suite in xml for case in suite]
print(json.dumps([xml.tests, xml.failures, xml.errors, len(cases), sum(not case.is_passed for case in cases)]))`;
    const { results, systems, diagnostics } = findings;
    const failed = [...results, ...systems].filter(
      ({ verdict, interrupted }) => !interrupted && !['certified', 'survived'].includes(verdict.kind),
    ).length;
    const told = [...diagnostics, ...results.flatMap(({ warnings }) => warnings)];
    const errors = told.filter(({ severity }) => severity === 'error').length;
    const passed = [...results, ...systems].filter(({ verdict }) =>
      ['certified', 'survived'].includes(verdict.kind),
    ).length;
    const tests = results.length + systems.length + errors;
    expect(python(read, await written('junit', findings))).toEqual([
      tests,
      failed,
      errors,
      tests,
      tests - passed,
    ]);
  });

  it('by a reader of the Informal Trace Format', async () => {
    const read = `
import json, sys, itf_py
trace = itf_py.trace_from_json(json.load(open(sys.argv[1])))
print(json.dumps([len(trace.states), trace.vars, [state.values["time"] for state in trace.states]]))`;
    const handlers = join(folder, 'handlers.itf.json');
    const { out } = await ldfi(['replay', 'scenarios/handlers/raft.ts', '-g', 'on three', '--as', 'itf']);
    writeFileSync(handlers, out);
    const times = (eot: number) => Array.from({ length: eot }, (_, index) => index + 1);
    expect(python(read, handlers)).toEqual([12, ['time', 'down', 'sent', 'state'], times(12)]);
    for (const run of [replication, hostileRun]) {
      const file = join(folder, 'rules.itf.json');
      writeFileSync(file, asItf({ name: 'rules', run }));
      expect(python(read, file)).toEqual([run.eot, ['time', 'down', 'sent', 'facts'], times(run.eot)]);
    }
  });
});

/** Where a program is; empty where it is not, which never is so in continuous integration. */
function find(program: string): string {
  const path = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
  if (isRequired && path === '') throw new Error(`${program} is missing`);
  return path;
}

const browserPath = find('chromium');

const EXPLAINED = [
  'explain',
  'scenarios/dedalus/kafka.ded',
  '--eot',
  '6',
  'why',
  'under',
  'crash a@4',
  '--as',
];

describe.skipIf(readers === '' || browserPath === '')('diagrams are drawn (by Mermaid, in chromium)', () => {
  const flowcharts: string[] = [];
  beforeAll(async () => {
    flowcharts.push((await ldfi([...EXPLAINED, 'mermaid'])).out);
  });

  it('each as one picture, without a script', async () => {
    const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ path: join(readers, 'mermaid.min.js') });
      const draw = (text: string) =>
        page.evaluate(`mermaid.render('drawn', ${JSON.stringify(text)}).then(({ svg }) => svg)`);
      for (const text of [
        asSequence(replication, replicationDivergence),
        asSequence(hostileRun, undefined),
        ...flowcharts,
      ])
        expect(await draw(text)).toMatch(/^<svg[^]*<\/svg>$/);
      await expect(draw('sequenceDiagram\n  a ->')).rejects.toThrow();
      expect(await page.evaluate('document.querySelectorAll("script").length')).toBe(1);
    } finally {
      await browser.close();
    }
  });
});

describe.skipIf(find('dot') === '')('explanations are drawn (by Graphviz)', () => {
  it('as a picture', async () => {
    const { out } = await ldfi([...EXPLAINED, 'dot']);
    expect(execFileSync('dot', ['-Tsvg'], { input: out, encoding: 'utf8' })).toContain('</svg>');
  });
});
