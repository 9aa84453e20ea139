/** The library's protocols in rules, each without one of its rules or premises, the specification apart. */
import { readdirSync } from 'node:fs';
import { checkProgram } from '../../../src/model/rules/check/check.js';
import type { HeaderCheck } from '../../../src/model/rules/dedalus/header.js';
import { readDedalus } from '../../../src/model/rules/dedalus/read.js';
import type { CheckedProgram, Program, Rule } from '../../../src/model/rules/program.js';
import type { Bounds } from '../../../src/injector/bounds.js';
import { fileSystemHost } from '../../../src/runner/files/file-system.js';
import type { Scenario } from '../../../src/runner/scenario/define.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { mutationsOf, type Mutation } from '../../generators/mutations.js';
import { printText } from '../../generators/print.js';
import { judgeRun } from '../../judge/dedalus.js';
import { countFaultSets } from '../../judge/fault-sets.js';
import { judgeRuns, judgeVerdict } from '../../judge/verdict.js';
import {
  affordable,
  digestOf,
  type FaultyPlace,
  type Mutant,
  type MutationKind,
  type Original,
} from './mutant.js';

const DEDALUS = 'scenarios/dedalus';
const RULES = new URL('../../../scenarios/rules/', import.meta.url);

/** Fault sets, for a protocol of few clauses and for one of many, of which each run takes longer. */
const MOST = { small: 300, large: 50 };
const SMALL = 25;

const SPECIFICATION = ['pre', 'post'];

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
    return originalOf(file, checked!, nodes, { rows, certifiedWithin: widest(nodes.length, certified) });
  });
}

/** The bounds with the most fault sets. */
function widest(nodes: number, checks: readonly HeaderCheck[]): Bounds | undefined {
  const size = ({ bounds }: HeaderCheck) => countFaultSets(nodes, bounds);
  return checks.toSorted((a, b) => (size(a) > size(b) ? -1 : 1)).at(0)?.bounds;
}

async function modules(): Promise<readonly Original[]> {
  const files = readdirSync(RULES).filter((name) => name.endsWith('.ts'));
  const originals = files.sort().map(async (file) => {
    const exported = (await import(new URL(file, RULES).href)) as Readonly<Record<string, Scenario>>;
    return Object.entries(exported).flatMap(([name, { protocol, nodes, bounds, expect }]) => {
      if (protocol.kind !== 'rules') throw new Error(`${file} holds rules`);
      return originalOf(`${file} ${name}`, checkProgram(protocol.program).checked!, nodes, {
        rows: [bounds],
        certifiedWithin: expect === 'certified' ? bounds : undefined,
      });
    });
  });
  return (await Promise.all(originals)).flat();
}

function originalOf(
  label: string,
  protocol: CheckedProgram,
  nodes: readonly string[],
  { rows, certifiedWithin }: { readonly rows: readonly Bounds[] } & Pick<Original, 'certifiedWithin'>,
): readonly Original[] {
  const { program } = protocol;
  const most = program.clauses.length <= SMALL ? MOST.small : MOST.large;
  const bounds = affordable(nodes.length, rows, most);
  if (bounds === undefined) return [];
  const judge: Original['judge'] = (mutated) => judgeVerdict(programOf(mutated), nodes, bounds);
  const violates: Original['violates'] = (mutated, eot, faults) =>
    judgeRun(programOf(mutated), { nodes, eot }, faults).violations.length > 0;
  const course: Original['course'] = (mutated) => digestOf(coursesOf(programOf(mutated), nodes, bounds));
  const mutants = mutantsOfRules(program);
  return [{ label, nodes, bounds, certifiedWithin, protocol, judge, violates, course, mutants }];
}

/** The program without each of its rules and premises, the specification apart, in the order of the text. */
export function mutantsOfRules(program: Program): readonly Mutant[] {
  return mutationsOf(program).flatMap((mutation): readonly Mutant[] => {
    // It is the protocol that is to be wrong, not what is asked of it.
    if (SPECIFICATION.includes(mutation.dropped.rule.head.relation)) return [];
    // What is left may be wrong: a relation of integers alone, of which nothing says so any more.
    const { checked } = checkProgram(mutation.program);
    return checked === undefined
      ? []
      : [
          {
            kind: kindOf(mutation, program),
            lacks: describe(mutation),
            protocol: checked,
            faulty: placesOf(mutation),
          },
        ];
  });
}

/** The rule that lacks something; where it is gone itself, those that derive the same, or go by that. */
function placesOf({ dropped: { rule, premise }, program }: Mutation): readonly FaultyPlace[] {
  const { relation } = rule.head;
  const near = program.clauses.filter(
    (clause) =>
      clause.kind === 'rule' &&
      (clause.head.relation === relation ||
        clause.body.some((each) => each.kind === 'atom' && each.relation === relation)),
  );
  return (premise === undefined ? near : [rule]).map(({ span }) => ({ kind: 'rule', span }));
}

/** Every fact at every time. */
function* coursesOf(program: Program, nodes: readonly string[], bounds: Bounds): Iterable<unknown> {
  const times = Array.from({ length: bounds.eot }, (_, index) => index + 1);
  for (const { run } of judgeRuns(program, nodes, bounds))
    yield times.map((time) => [...run.facts(time)].sort());
}

function kindOf({ dropped: { rule, premise } }: Mutation, { clauses }: Program): MutationKind {
  if (premise !== undefined) {
    const dropped = rule.body[premise];
    if (dropped.kind === 'comparison') return 'rules: a comparison';
    return dropped.negated ? 'rules: a premise that something is absent' : 'rules: a premise';
  }
  switch (rule.timing) {
    case 'deductive':
      return 'rules: a conclusion';
    case 'next':
      return 'rules: what is kept for the next time';
    case 'async': {
      const sent = clauses.flatMap((clause) =>
        clause.kind === 'rule' && clause.timing === 'async' ? [clause.head.relation] : [],
      );
      const answers = rule.body.some((each) => each.kind === 'atom' && sent.includes(each.relation));
      return answers ? 'rules: a message that answers one' : 'rules: another message';
    }
  }
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
