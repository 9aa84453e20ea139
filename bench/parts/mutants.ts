/**
 * How soon explanations come to the code that is at fault, of scenarios that are certified and then lack one rule, one
 * premise, or one thing that a handler does.
 */
import { affordable, MUTATIONS, type FaultyPlace, type Mutant } from '../../test/fuzz/mutants/mutant.js';
import { mutantsOfHandlers } from '../../test/fuzz/mutants/handlers.js';
import { mutantsOfRules } from '../../test/fuzz/mutants/rules.js';
import { formatBounds } from '../../src/injector/bounds.js';
import { placeName, type CodePlace } from '../../src/lineage/suspects.js';
import { groupBy } from '../../src/model/group.js';
import type { Protocol } from '../../src/model/protocol.js';
import { placesTold } from '../../src/report/explanations/because.js';
import { check } from '../../src/runner/check.js';
import { table } from '../figures.js';
import type { Row } from '../rows.js';
import { SOON } from './places.js';

const COLUMNS = [
  { title: 'lacking' },
  { title: 'violated', numeric: true },
  { title: 'by no fault', numeric: true },
  { title: 'told first', numeric: true },
  { title: `among the first ${SOON}`, numeric: true },
];

/** Fault sets that a mutant is checked within, at most: few of them are slow. */
const MOST_FAULT_SETS = 300;

/** What came of one mutant that is violated. */
interface Found {
  readonly kind: Mutant['kind'];
  readonly needsFaults: boolean;
  /** Which of the places is wrong, from 1; 0 where none is. */
  readonly place: number;
}

/** @param timeout milliseconds for each check */
export async function mutantsTable(rows: readonly Row[], timeout: number): Promise<string> {
  const certified = rows.filter(({ expected }) => expected === 'certified');
  const scenarios = groupBy(certified, ({ name, bounds }) =>
    name.slice(0, -` ${formatBounds(bounds)}`.length),
  );
  const found: Found[] = [];
  for (const own of scenarios.values()) found.push(...(await foundIn(own, timeout)));
  const byKind = groupBy(found, ({ kind }) => kind);
  const lines = MUTATIONS.filter((kind) => byKind.has(kind)).map((kind) => line(kind, byKind.get(kind)!));
  const soon = found.filter(isSoon).length;
  return `${table(COLUMNS, [...lines, line('all', found)])}\nAmong the first ${SOON} places in ${soon} of ${found.length}.\n`;
}

async function foundIn(rows: readonly Row[], timeout: number): Promise<readonly Found[]> {
  const [{ name, scenario }] = rows;
  const { protocol, nodes } = scenario;
  const bounds = affordable(
    nodes.length,
    rows.map((row) => row.bounds),
    MOST_FAULT_SETS,
  );
  if (bounds === undefined) return [];
  const found: Found[] = [];
  for (const { kind, protocol: wrong, faulty } of mutantsOf(protocol)) {
    const { verdict } = await check(wrong, { name, nodes, bounds, timeout, because: true, limit: 1 });
    if (verdict.kind !== 'violated') continue;
    const [counterexample] = verdict.counterexamples;
    const told = placesTold(counterexample);
    const place = told.findIndex((each) => faulty.some((wanted) => isAt(each, wanted))) + 1;
    found.push({ kind, needsFaults: counterexample.faults.length > 0, place });
  }
  return found;
}

function mutantsOf(protocol: Protocol): readonly Mutant[] {
  return protocol.kind === 'handlers' ? mutantsOfHandlers(protocol) : mutantsOfRules(protocol.program);
}

function isAt(told: CodePlace, wanted: FaultyPlace): boolean {
  if (wanted.kind === 'handler') return told.by.split(' "')[0] === wanted.name;
  return placeName(told) === placeName({ by: told.by, place: wanted.span });
}

function isSoon({ place }: Found): boolean {
  return place > 0 && place <= SOON;
}

function line(title: string, found: readonly Found[]): readonly string[] {
  const numbers = [
    found.length,
    found.filter(({ needsFaults }) => !needsFaults).length,
    found.filter(({ place }) => place === 1).length,
    found.filter(isSoon).length,
  ];
  return [title, ...numbers.map(String)];
}
