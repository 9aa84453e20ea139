/** The laws of repairs: by brute force nothing violates a repaired program, and what is given and asked of it stays. */
import { describe, expect, it } from 'vitest';
import { changed } from '../../../src/model/rules/changes/change.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { printClause, printProgram } from '../../../src/model/rules/print.js';
import { fileSystemHost } from '../../../src/runner/files/file-system.js';
import { repair } from '../../../src/runner/repair/repair.js';
import { loadScenario } from '../../../src/runner/scenario/dedalus.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { judgeVerdict } from '../../judge/verdict.js';

const pool = new SolverPool();

/** Few enough fault sets for brute force. */
const CASES = [
  ['simple-deliv', { eot: 4, eff: 2, crashes: 0 }],
  ['retry-deliv', { eot: 4, eff: 2, crashes: 1 }],
  ['2pc-excused', { eot: 6, eff: 0, crashes: 1 }],
] as const;

function load(name: string) {
  const { protocol, nodes } = loadScenario(
    `scenarios/dedalus/${name}.ded`,
    undefined,
    fileSystemHost,
  ).scenario!;
  if (protocol.kind !== 'rules') throw new Error(`${name} is not of rules`);
  return { protocol, nodes };
}

describe('repairs', () => {
  it.each(CASES)(
    'of %s are certified by brute force, and leave what is given and asked',
    async (name, bounds) => {
      const { protocol, nodes } = load(name);
      const { program } = protocol;
      const result = await repair(protocol, { nodes, bounds, pool });
      expect([result.verdict, result.repairs.length > 0]).toEqual(['violated', true]);
      for (const { change } of result.repairs) {
        // Read again, it is a program like any other.
        const { checked } = readDedalusText(printProgram(changed(program, change)));
        expect(judgeVerdict(checked!.program, nodes, bounds).verdict).toBe('certified');
        for (const { clause, by } of change.replacements) {
          const relation = clause.kind === 'fact' ? clause.relation : clause.head.relation;
          expect(['pre', 'post']).not.toContain(relation);
          const withoutNumbers = [clause, ...by].map((each) => printClause(each).replace(/\d+/g, ''));
          // A fact may have another number, and no more.
          if (clause.kind === 'fact') expect(new Set(withoutNumbers).size).toBe(1);
        }
      }
    },
  );

  it('are the same whenever they are asked for, and those first that are wanted', async () => {
    const [[name, bounds]] = CASES;
    const { protocol, nodes } = load(name);
    const some = await repair(protocol, { nodes, bounds, pool, limit: 2 });
    const all = await repair(protocol, { nodes, bounds });
    const ideas = ({ repairs }: typeof all) => repairs.map(({ change }) => change.idea);
    expect(ideas(some)).toEqual(ideas(all).slice(0, 2));
    expect([some.remaining, all.remaining]).toEqual(['unknown', 'none']);
  });

  it('are of rules alone', async () => {
    const options = { nodes: ['a'], bounds: { eot: 3, eff: 1, crashes: 0 } };
    const handlers = { kind: 'handlers' } as never;
    await expect(repair(handlers, options)).rejects.toThrow('only protocols of rules can be repaired');
  });
});
