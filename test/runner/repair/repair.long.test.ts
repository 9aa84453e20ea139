/** The laws of repairs: by brute force nothing violates a repaired protocol, and what is given and asked of it stays. */
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { doesAllOf, mended, type HandlerChange } from '../../../src/model/handlers/changes/change.js';
import { changed } from '../../../src/model/rules/changes/change.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { printClause, printProgram } from '../../../src/model/rules/print.js';
import { fileSystemHost } from '../../../src/runner/files/file-system.js';
import type { ProgramChange } from '../../../src/model/rules/changes/change.js';
import { repairDocument } from '../../../src/report/json/repair-document.js';
import { repairDocumentSchema } from '../../../src/report/json/schema/repairs.js';
import { lineOf } from '../../../src/report/text/repair/line.js';
import { repairScenario } from '../../../src/runner/check-scenario.js';
import { repair, type Repair } from '../../../src/runner/repair/repair.js';
import { loadScenario } from '../../../src/runner/scenario/dedalus.js';
import * as combinators from '../../../src/runner/scenario/combinators.js';
import { defineScenario, type Scenario } from '../../../src/runner/scenario/define.js';
import { type } from '../../../src/model/handlers/protocol.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { judgeHandlers } from '../../judge/handlers.js';
import { judgeVerdict } from '../../judge/verdict.js';

const pool = new SolverPool();

/** Few enough fault sets for brute force. */
const CASES = [
  ['simple-deliv', { eot: 4, eff: 2, crashes: 0 }],
  ['retry-deliv', { eot: 4, eff: 2, crashes: 1 }],
  ['2pc-excused', { eot: 6, eff: 0, crashes: 1 }],
] as const;

function ofRules({ change }: Repair): ProgramChange {
  if (!('idea' in change)) throw new Error('these are rules');
  return change;
}

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
      for (const change of result.repairs.map(ofRules)) {
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
    const ideas = ({ repairs }: typeof all) => repairs.map((each) => ofRules(each).idea);
    expect(ideas(some)).toEqual(ideas(all).slice(0, 2));
    expect([some.remaining, all.remaining]).toEqual(['unknown', 'none']);
  });
});

/** a asks b, which answers; each once. b is restarted, and forgets that it was asked. */
const question = defineScenario({
  name: 'question',
  nodes: ['a', 'b'],
  bounds: { eot: 8, eff: 3, crashes: 0, restarts: 1, crashesBefore: 5, reliable: { nodes: ['a'] } },
  handlers: {
    messages: type<{ readonly type: 'ask' } | { readonly type: 'answer' }>(),
    init: () => ({ asked: false, answered: false }),
    onStart(_, { self, send }) {
      if (self === 'a') send('b', { type: 'ask' });
    },
    onMessage: {
      ask(state, _, { from, send }) {
        state.asked = true;
        send(from, { type: 'answer' });
      },
      answer(state) {
        state.answered = true;
      },
    },
    observe: (state) => state,
  },
  specification: {
    answered: { pre: () => true, post: ({ at }) => at('a').observed.answered },
    remembers: {
      always: ({ at }) => !at('a').observed.answered || at('b').crashed || at('b').observed.asked,
    },
  },
});

describe('repairs of handlers', () => {
  it('are certified by brute force, each without another that is part of it', async () => {
    const { nodes, bounds, protocol } = question;
    if (protocol.kind !== 'handlers') throw new Error('these are handlers');
    const result = await repairScenario(question, { limit: 100 });
    expect([result.verdict, result.remaining, result.undecided]).toEqual(['violated', 'none', 0]);
    const changes = result.repairs.map(({ change }) => change as HandlerChange);
    expect(changes.map(({ mendings }) => mendings.map(({ kind }) => kind))).toEqual([
      ['keep fields', 'ask again'],
      ['keep fields', 'send reliably'],
    ]);
    expect(v.parse(repairDocumentSchema, repairDocument([result], []))).toMatchObject({ version: 1 });
    for (const change of changes) {
      expect(judgeHandlers(mended(protocol, change), nodes, bounds).verdict).toBe('certified');
      // The line that is told makes the same of the scenario.
      const line = lineOf(change).replace('…', 'question');
      const made = runInNewContext(line, { ...combinators, question }) as Scenario;
      expect(judgeHandlers(made.protocol as typeof protocol, nodes, bounds)).toEqual(
        judgeHandlers(mended(protocol, change), nodes, bounds),
      );
      const others = changes.filter((other) => other !== change);
      expect(others.filter((other) => doesAllOf(change, other))).toEqual([]);
    }
  });
});
