/** Repairs as text, in parts that can be told as soon as they are known. */
import { visible } from '../../../model/text/display.js';
import { plural } from '../../../model/text/numbers.js';
import { wrapProse } from '../../../model/text/text.js';
import type { Repair, RepairResult } from '../../../runner/repair/repair.js';
import type { ScenarioLocation } from '../../../runner/result.js';
import { describeBounds, describeNodes, indent } from '../heading.js';
import type { ReportOptions } from '../options.js';
import { describeChange, describeCost } from './describe.js';
import { lineOf } from './line.js';
import { clausesOf, patchOf } from './patch.js';

/** What is looked at, before anything of it is known. Ends in a line break, as all parts do. */
export function repairHeading(
  { name, nodes, bounds }: Pick<RepairResult, 'name' | 'nodes' | 'bounds'>,
  { style, width }: ReportOptions,
): string {
  const about = [`within ${describeBounds(bounds)}`, describeNodes(nodes)];
  return text([
    `${style.strong('REPAIR')}  ${style.strong(visible(name))}`,
    ...about.flatMap((line) => wrapProse(line, width - 2)).map(indent),
  ]);
}

/** A change, what it costs, and how it is written: as a patch, where the program is one of Dedalus. */
export function oneRepair(
  { change, cost, lasts }: Repair,
  { file }: Pick<ScenarioLocation, 'file'>,
  { style, width }: ReportOptions,
): string {
  const written =
    'idea' in change ? (patchOf(change, file) ?? clausesOf(change)) : wrapProse(lineOf(change), width - 2);
  return text([
    '',
    ...wrapProse(`It is certified if you ${visible(describeChange(change))}`, width).map(style.strong),
    ...wrapProse(`where nothing fails, ${describeCost(cost)}`, width - 2).map(indent),
    ...(lasts ? [] : wrapProse(UNKNOWN, width - 2).map(indent)),
    ...written.map(visible).map(indent),
  ]);
}

const UNKNOWN =
  'whether it does more than put things off is not known: the check of two timesteps more came to no verdict';

/** What else there is to say in the end. */
export function repairEnding(result: RepairResult, { style, width }: ReportOptions): string {
  return text(['', ...wrapProse(closing(result), width).map(style.faint)]);
}

function closing({ verdict, repairs, changes, checks, undecided, remaining }: RepairResult): string {
  switch (verdict) {
    case 'certified':
      return 'It is certified as it is';
    case 'vacuous':
      return 'There is nothing to repair: what it is asked says nothing';
    case 'inconclusive':
      return 'Whether there is anything to repair is not known: the check came to no verdict';
    case 'violated': {
      const others = { none: 'no other does', unknown: 'others may' }[remaining];
      const found = repairs.length === 0 ? 'None of them repairs it' : `Of those that were tried, ${others}`;
      const open = undecided === 0 ? '' : `; ${plural(undecided, 'check')} came to no verdict`;
      return `${plural(changes, 'change')}, ${plural(checks, 'check')}. ${found}${open}`;
    }
  }
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
