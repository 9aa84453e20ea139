/**
 * The speed targets. Each is measured in processes of its own: one for its first run and its peak memory, as
 * a user meets it, and one for the median of several.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { VerdictName } from '../../src/runner/result.js';
import { fileSystemHost } from '../../src/runner/cli/host.js';
import type { Scenario } from '../../src/runner/cli/scenario.js';
import { deliveryOn } from '../families.js';
import { median, milliseconds, table } from '../figures.js';
import { checkRow, read, row, SCENARIOS, type Row } from '../rows.js';

/** What a target allows. */
interface Target {
  readonly name: string;
  readonly load: () => Row;
  readonly maxMs: number;
  readonly maxMb?: number;
  /** Whether a counterexample must be proven to have the fewest faults. */
  readonly minimum?: boolean;
}

/** What a child process measured. */
interface Measurement {
  readonly verdict: VerdictName;
  readonly minimality: string;
  readonly representation: string;
  readonly executions: number;
  /** Milliseconds of each run, the first one included. */
  readonly elapsed: readonly number[];
  /** Processor time of all threads during all runs, in milliseconds. */
  readonly cpu: number;
  readonly peakMb: number;
}

export const targets: readonly Target[] = [
  target('flux', [22, 21, 1], 'certified', { maxMs: 500 }),
  {
    name: 'redun-deliv on 10 nodes 25/20/3',
    load: () => grown('redun-deliv', 10, [25, 20, 3]),
    maxMs: 500,
    maxMb: 300,
  },
  target('paxos-five', [8, 3, 1], 'certified', { maxMs: 500 }),
  target('paxos-unchecked', [12, 8, 1], 'violated', { maxMs: 500, minimum: true }),
];

type Figures = readonly [eot: number, eff: number, crashes: number];

function target(
  name: string,
  figures: Figures,
  expected: VerdictName,
  limits: Pick<Target, 'maxMs' | 'minimum'>,
): Target {
  const load = () => withFigures(name, read(`${SCENARIOS}/${name}.ded`, fileSystemHost), figures, expected);
  return { name: `${name} ${figures.join('/')}`, load, ...limits };
}

/** A delivery scenario on more nodes; they are all to be certified. */
export function grown(name: string, nodes: number, figures: Figures): Row {
  return withFigures(`${name} on ${nodes} nodes`, deliveryOn(nodes, name), figures, 'certified');
}

export function withFigures(
  name: string,
  scenario: Scenario,
  [eot, eff, crashes]: Figures,
  expected: VerdictName,
): Row {
  return row(name, scenario, { eot, eff, crashes }, expected);
}

const COLUMNS = [
  { title: 'target' },
  { title: 'verdict' },
  { title: 'decided by' },
  { title: 'executions', numeric: true },
  { title: 'allowed ms', numeric: true },
  { title: 'first ms', numeric: true },
  { title: 'median ms', numeric: true },
  { title: 'CPU ms a run', numeric: true },
  { title: 'allowed MB', numeric: true },
  { title: 'peak MB', numeric: true },
  { title: 'met' },
];

/** @param runs of which the median is taken */
export function targetsTable(runs: number, only: RegExp): string {
  const chosen = targets.filter(({ name }) => only.test(name));
  return table(
    COLUMNS,
    chosen.map((wanted) => cells(wanted, inChild(wanted.name, 1), inChild(wanted.name, runs))),
  );
}

function cells(wanted: Target, once: Measurement, often: Measurement): readonly string[] {
  const time = median(often.elapsed);
  const met =
    time <= wanted.maxMs &&
    once.peakMb <= (wanted.maxMb ?? Infinity) &&
    once.verdict === wanted.load().expected &&
    (wanted.minimum !== true || once.minimality === 'minimum') &&
    once.executions <= 2;
  return [
    wanted.name,
    once.verdict + (once.minimality === '' ? '' : `, ${once.minimality}`),
    once.representation,
    String(once.executions),
    String(wanted.maxMs),
    milliseconds(once.elapsed[0]),
    milliseconds(time),
    milliseconds(often.cpu / often.elapsed.length),
    String(wanted.maxMb ?? ''),
    once.peakMb.toFixed(0),
    met ? 'yes' : 'NO',
  ];
}

function inChild(name: string, runs: number): Measurement {
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const output = execFileSync(process.execPath, [main, '--measure', name, '--runs', String(runs)], {
    encoding: 'utf8',
  });
  return JSON.parse(output) as Measurement;
}

/** What the child does. @throws Error when there is no such target */
export async function measureTarget(name: string, runs: number): Promise<Measurement> {
  const wanted = targets.find((candidate) => candidate.name === name);
  if (wanted === undefined) throw new Error(`there is no target ${name}`);
  const subject = wanted.load();
  const before = process.cpuUsage();
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await checkRow(subject));
  const { user, system } = process.cpuUsage(before);
  const { verdict, evidence } = results[0];
  return {
    verdict: verdict.kind,
    minimality: verdict.kind === 'violated' ? verdict.counterexamples[0].minimality : '',
    representation: evidence.representation,
    executions: evidence.executions,
    elapsed: results.map(({ elapsed }) => elapsed),
    cpu: (user + system) / 1_000,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  };
}
