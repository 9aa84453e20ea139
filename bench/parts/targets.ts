/** The speed targets: of rules, of handlers, of single firings, and of the time until there is an answer. */
import { faultSets, median, milliseconds, table } from '../figures.js';
import { measureApart, type Measurement } from '../measure.js';
import type { Row } from '../rows.js';
import type { Target } from '../targets.js';

const VERDICT = [{ title: 'target' }, { title: 'verdict' }, { title: 'decided by' }];
const TIMES = [
  { title: 'allowed ms', numeric: true },
  { title: 'first ms', numeric: true },
  { title: 'warm ms', numeric: true },
  { title: 'warm CPU ms', numeric: true },
];
const RULES = [
  ...VERDICT,
  { title: 'executions', numeric: true },
  ...TIMES,
  { title: 'allowed MB', numeric: true },
  { title: 'peak MB', numeric: true },
  { title: 'met' },
];
const HANDLERS = [
  ...VERDICT,
  { title: 'fault sets', numeric: true },
  { title: 'allowed runs', numeric: true },
  { title: 'handler runs', numeric: true },
  { title: 'local states', numeric: true },
  { title: 'gates', numeric: true },
  { title: 'diagram nodes', numeric: true },
  ...TIMES,
  { title: 'peak MB', numeric: true },
  { title: 'met' },
];

interface Measured {
  readonly target: Target;
  readonly row: Row;
  readonly measurement: Measurement;
}

/** @param runs of which medians are taken */
export async function ruleTargetsTable(
  targets: readonly Target[],
  runs: number,
  only: RegExp,
): Promise<string> {
  const measured = await measure(targets, runs, only);
  return table(RULES, measured.map(ruleCells)) + NOTE;
}

/** @param runs of which medians are taken */
export async function handlerTargetsTable(
  targets: readonly Target[],
  runs: number,
  only: RegExp,
): Promise<string> {
  const measured = await measure(targets, runs, only);
  return table(HANDLERS, measured.map(handlerCells)) + NOTE;
}

const NOTE =
  '\nA time is met where the median of warm runs is within it, or else the processor time that all threads took: ' +
  'more than a\nquiet machine would need.\n';

async function measure(targets: readonly Target[], runs: number, only: RegExp): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const target of targets) {
    const row = await target.row();
    if (only.test(row.name)) measured.push({ target, row, measurement: measureApart(target, runs) });
  }
  return measured;
}

function ruleCells(measured: Measured): readonly string[] {
  const { target, measurement } = measured;
  return [
    ...verdictCells(measured),
    String(measurement.executions),
    ...timeCells(measured),
    String(target.maxMb ?? ''),
    measurement.peakMb.toFixed(0),
    isMet(measured) ? 'yes' : 'NO',
  ];
}

function handlerCells(measured: Measured): readonly string[] {
  const { target, row, measurement } = measured;
  const { handlerRuns, localStates, gates, diagramNodes } = measurement.statistics;
  return [
    ...verdictCells(measured),
    faultSets(row),
    String(target.handlerRuns ?? ''),
    String(handlerRuns),
    String(localStates),
    String(gates),
    String(diagramNodes),
    ...timeCells(measured),
    measurement.peakMb.toFixed(0),
    isMet(measured) ? 'yes' : 'NO',
  ];
}

function verdictCells({ row, measurement }: Measured): readonly string[] {
  const { verdict, minimality, decided } = measurement;
  return [row.name, verdict + (minimality === '' ? '' : `, ${minimality}`), decided];
}

function timeCells({ target, measurement }: Measured): readonly string[] {
  const { first, elapsed, computed } = measurement;
  return [String(target.maxMs ?? ''), ...[first, median(elapsed), median(computed)].map(milliseconds)];
}

function isMet({ target, row, measurement }: Measured): boolean {
  const { verdict, minimality, executions, statistics, elapsed, computed, peakMb } = measurement;
  const time = Math.min(median(elapsed), median(computed));
  return (
    time <= (target.maxMs ?? Infinity) &&
    peakMb <= (target.maxMb ?? Infinity) &&
    statistics.handlerRuns < (target.handlerRuns ?? Infinity) &&
    verdict === row.expected &&
    (target.minimum !== true || minimality === 'minimum') &&
    executions <= 2
  );
}
