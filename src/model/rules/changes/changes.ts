/** All changes of a program that are known how to make, each in one respect. */
import type { Program } from '../program.js';
import type { ProgramChange } from './change.js';
import { waitForMany, waitForMore } from './numbers.js';
import { carriedRelations, ownRules } from './own-rules.js';
import { askLess, askMore, sendBecause } from './premises.js';
import { repeat } from './repetition.js';
import { timeOut } from './timeouts.js';

export interface ChangeContext {
  /** How many there are. */
  readonly nodes: number;
  readonly eot: number;
  /** Whether nodes may be down for a while and start again. */
  readonly outages: boolean;
}

/** In a fixed order. Not each of them makes a program without errors. */
export function changesOf(
  program: Program,
  { nodes, eot, outages }: ChangeContext,
): readonly ProgramChange[] {
  const rules = ownRules(program);
  return [
    ...waitForMore(program, rules),
    ...(outages ? keepMore(program) : []),
    ...timeOut(program, rules, eot),
    ...waitForMany(rules, nodes),
    ...askMore(rules),
    ...repeat(program, rules),
    ...sendBecause(rules),
    ...askLess(rules),
  ];
}

/** What is carried from timestep to timestep outlives outages, too: of one relation, or of all. */
function keepMore(program: Program): readonly ProgramChange[] {
  const durable = new Set(program.durable?.map(({ relation }) => relation));
  const lost = carriedRelations(program).filter((relation) => !durable.has(relation));
  const sets = [...lost.map((relation) => [relation]), ...(lost.length > 1 ? [lost] : [])];
  return sets.map((relations) => ({
    idea: { kind: 'keep', relations },
    replacements: [],
    durable: relations,
  }));
}
