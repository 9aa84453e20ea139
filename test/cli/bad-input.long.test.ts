/** Whatever is wrong with the input, it is told by its place and with its fix, and nothing hangs or crashes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type * as budgets from '../../src/runner/guard/budgets.js';
import type * as backends from '../../src/solver/backends.js';
import { SolverError, type SatSolver } from '../../src/solver/sat.js';
import { badInputs, broken, DEEP } from './bad-inputs.js';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

async function told(line: string, files: Readonly<Record<string, string>>) {
  return ldfi(['check', ...line.split(' ')], { files });
}

/** What the carets of a message are under. */
function markedIn(err: string, line: string): string {
  const lines = err.split('\n');
  const at = lines.findIndex((each) => each.endsWith(`| ${line}`));
  const start = lines[at].length - line.length;
  const carets = lines[at + 1];
  return line.slice(carets.indexOf('^') - start, carets.lastIndexOf('^') + 1 - start);
}

describe('it is told where and how to mend', () => {
  it.each(badInputs)('$what', async ({ text, files, flags = 'x.ded', code, at, marked, fix }) => {
    const all = { ...(text !== undefined && { 'x.ded': text }), ...files };
    const { code: exit, out, err } = await told(flags, all);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    const message = err.split(/^(?=\S)/m).find((each) => each.includes(`error ${code}: `));
    expect(message, err).toBeDefined();
    expect(message!.slice(0, at.length)).toBe(at);
    expect(message).toContain(fix);
    if (marked !== undefined) expect(markedIn(message!, marked[0])).toBe(marked[1]);
    // Nobody reads a message that is longer than a page.
    expect(err.length).toBeLessThan(4_000);
    expect(err).not.toContain('RUN199');
  });
});

describe('where only a budget was too small, the exit says so', () => {
  const files = { 'bad.ded': HELLO, 'good.ded': PERSISTENT };

  it('of the circuit', async () => {
    changed.budgets = { circuitNodes: 1 };
    const followed = await told('good.ded', files);
    expect(followed.code).toBe(0);
    expect(followed.out).toContain('the circuit of conditions passed its budget of 1 nodes');
    const ended = await told('bad.ded --max-runs 1', files);
    changed.budgets = {};
    expect(ended.code).toBe(3);
    expect(ended.out).toContain('INCONCLUSIVE');
    expect(ended.out).toContain('the circuit of conditions passed its budget of 1 nodes');
    expect(ended.out).toContain('the budget of 1 executions ended');
    expect(ended.err).toBe('');
  });

  it.each(['compiled', 'alternating'])('of the solver’s memory, by %s', async (strategy) => {
    changed.budgets = { diagramNodes: 0 };
    changed.solversFail = true;
    const { code, out, err } = await told(`good.ded --strategy ${strategy}`, files);
    Object.assign(changed, { budgets: {}, solversFail: false });
    expect(code).toBe(3);
    expect(out).toContain('INCONCLUSIVE');
    expect(out).toContain('for want of memory');
    expect(err).toBe('');
  });

  it('of executions', async () => {
    const { code, out } = await told('good.ded --strategy exhaustive --max-runs 3', files);
    expect(code).toBe(3);
    expect(out).toContain('the budget of 3 executions ended');
  });
});

describe('the process ends in order on', () => {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a binary file', Uint8Array.from([0x70, 0, 0xff, 0xfe]), 'error DED602: '],
    ['text in another encoding', Uint8Array.from([0x2f, 0x2f, 0xe9, 0x0a]), 'error DED602: '],
    ['nothing at all', '', 'x.ded:1:1: error DED605: '],
    ['a file that includes itself', broken('include "x.ded";'), 'x.ded:7:9: error DED604: '],
    [
      'absurd nesting',
      broken(`q(X, ${'('.repeat(DEEP)}1${')'.repeat(DEEP)}) :- p(X);`),
      'x.ded:7:206: error DED109: ',
    ],
    [
      'recursion without end',
      broken('n("a", 0)@4;\nn(X, N + 1) :- n(X, N);\npost(X) :- n(X, 1);'),
      'x.ded:8:1: error RUN115: ',
    ],
  ])('%s', (_, content, message) => {
    writeFileSync(join(folder, 'x.ded'), content);
    const options = { cwd: folder, encoding: 'utf8', timeout: 60_000 } as const;
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [main, 'check', 'x.ded'], options);
    expect({ status, signal, stdout }).toEqual({ status: 2, signal: null, stdout: '' });
    expect(stderr.slice(0, message.length)).toBe(message);
  });
});

/** Budgets other than the default ones, and whether every solver lacks memory. */
const changed = vi.hoisted(() => ({ budgets: {}, solversFail: false }));

vi.mock('../../src/runner/guard/budgets.js', async (original) => {
  const actual = await original<typeof budgets>();
  const current = {
    get: (target: budgets.Budgets, name: keyof budgets.Budgets) =>
      (changed.budgets as Partial<budgets.Budgets>)[name] ?? target[name],
  };
  return { ...actual, defaultBudgets: new Proxy(actual.defaultBudgets, current) };
});

vi.mock('../../src/solver/backends.js', async (original) => {
  const actual = await original<typeof backends>();
  const loadBackend: typeof backends.loadBackend = async (name) => {
    const factory = await actual.loadBackend(name);
    return {
      backend: name,
      isUsable: true,
      create: () => {
        const solver = factory.create();
        return changed.solversFail ? failing(solver) : solver;
      },
    };
  };
  return { ...actual, loadBackend };
});

function failing(solver: SatSolver): SatSolver {
  return {
    name: solver.name,
    statistics: solver.statistics,
    newVariable: () => solver.newVariable(),
    addClause: (literals) => {
      solver.addClause(literals);
    },
    solve: () => {
      throw new SolverError(`${solver.name} failed, most likely for want of memory`);
    },
    value: (variable) => solver.value(variable),
    dispose: () => {
      solver.dispose();
    },
  };
}
