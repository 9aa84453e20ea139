/** The library's protocols in rules, each without one of its rules or premises. */
import { readdirSync } from 'node:fs';
import { checkProgram } from '../../../src/model/check/check.js';
import { readDedalus } from '../../../src/model/dedalus/read.js';
import type { CheckedProgram, Rule } from '../../../src/model/program.js';
import type { Bounds } from '../../../src/injector/bounds.js';
import { fileSystemHost } from '../../../src/runner/cli/host.js';
import type { Scenario } from '../../../src/runner/scenario/define.js';
import type { Protocol } from '../../../src/runner/subjects/subject.js';
import { mutationsOf, type Mutation } from '../../generators/mutations.js';
import { printText } from '../../generators/print.js';
import { judgeVerdict } from '../../judge/verdict.js';
import { affordable, labelOf, type Mutant, type Original } from './mutant.js';

const DEDALUS = 'scenarios/dedalus';
const RULES = new URL('../../../scenarios/rules/', import.meta.url);

/** Fault sets, for a protocol of few clauses and for one of many, of which each run takes longer. */
const MOST = { small: 300, large: 50 };
const SMALL = 25;

export async function rulesOfLibrary(): Promise<readonly Original[]> {
  return [...dedalusFiles(), ...(await modules())];
}

function dedalusFiles(): readonly Original[] {
  const files = readdirSync(DEDALUS).filter((name) => name.endsWith('.ded'));
  return files.sort().flatMap((file) => {
    const { checked, header } = readDedalus([`${DEDALUS}/${file}`], fileSystemHost);
    const nodes = header.nodes!.map(({ name }) => name);
    const certified = header.checks.filter(({ expect }) => expect === 'certified');
    const rows = (certified.length > 0 ? certified : header.checks).map(({ bounds }) => bounds);
    return originalOf(file, checked!, nodes, rows);
  });
}

async function modules(): Promise<readonly Original[]> {
  const files = readdirSync(RULES).filter((name) => name.endsWith('.ts'));
  const originals = files.sort().map(async (file) => {
    const exported = (await import(new URL(file, RULES).href)) as Readonly<Record<string, Scenario>>;
    return Object.entries(exported).flatMap(([name, { protocol, nodes, bounds }]) => {
      if (protocol.kind !== 'rules') throw new Error(`${file} holds rules`);
      return originalOf(`${file} ${name}`, checkProgram(protocol.program).checked!, nodes, [bounds]);
    });
  });
  return (await Promise.all(originals)).flat();
}

function originalOf(
  name: string,
  protocol: CheckedProgram,
  nodes: readonly string[],
  rows: readonly Bounds[],
): readonly Original[] {
  const { program } = protocol;
  const most = program.clauses.length <= SMALL ? MOST.small : MOST.large;
  const bounds = affordable(nodes.length, rows, most);
  if (bounds === undefined) return [];
  const judge: Original['judge'] = (mutated) => judgeVerdict(programOf(mutated), nodes, bounds);
  const mutants = mutationsOf(program).flatMap((mutation): readonly Mutant[] => {
    // What is left may be wrong: a relation of integers alone, of which nothing says so any more.
    const { checked } = checkProgram(mutation.program);
    return checked === undefined ? [] : [{ lacks: describe(mutation), protocol: checked }];
  });
  return [{ label: labelOf(name, bounds), nodes, bounds, protocol, judge, mutants }];
}

function programOf(protocol: Protocol) {
  if (protocol.kind === 'handlers') throw new Error('these are rules');
  return protocol.program;
}

function describe({ dropped: { rule, premise } }: Mutation): string {
  const text = printText({ clauses: [rule] }).trim();
  return premise === undefined ? text : `${lacking(rule, premise)} of ${text}`;
}

function lacking(rule: Rule, premise: number): string {
  const alone: Rule = { ...rule, body: [rule.body[premise]] };
  return printText({ clauses: [alone] })
    .replace(/^.* :- /, '')
    .replace(/;\n$/, '');
}
