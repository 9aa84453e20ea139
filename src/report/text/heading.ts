/** What every report begins with: the verdict, and what it is a verdict about. */
import { visible } from '../../model/text/display.js';
import { formatNodeNames } from '../../model/text/node-names.js';
import {
  authorsBoundInWords,
  authorsBounds,
  NAMED_BOUNDS,
  namedBounds,
  type Bounds,
} from '../../model/bounds.js';
import { formatBounds } from '../../model/text/bounds.js';
import { formatReliable } from '../../model/text/reliable.js';
import type { CheckResult, VerdictName } from '../../runner/result.js';
import { expectationLines } from './expectation.js';
import { plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import type { Style } from './style.js';
import { wrapProse } from '../../model/text/text.js';

export function heading(result: CheckResult, options: ReportOptions): readonly string[] {
  const { style, width } = options;
  const { kind } = result.verdict;
  const found = result.nodesInferred ? ' found in the program' : '';
  return [
    `${verdictMark(kind, style)(style.strong(kind.toUpperCase()))}  ${style.strong(visible(result.name))}`,
    ...expectationLines(result, options),
    ...(result.interrupted ? [style.caution('interrupted: this is what was known so far')] : []),
    ...wrapProse(`within ${describeBounds(result.bounds)}`, width - 2),
    ...wrapProse(describeNodes(result.nodes, found), width - 2),
  ].map((line, index) => (index === 0 ? line : indent(line)));
}

/** `on 3 nodes: a, b, c` */
export function describeNodes(nodes: readonly string[], found = ''): string {
  return `on ${plural(nodes.length, 'node')}${found}: ${formatNodeNames(nodes, ', ')}`;
}

export function verdictMark(kind: VerdictName, style: Style): (text: string) => string {
  switch (kind) {
    case 'certified':
      return style.good;
    case 'violated':
      return style.bad;
    case 'vacuous':
    case 'inconclusive':
      return style.caution;
  }
}

/** `6/4/1: times 1 to 6, omissions before time 4, at most 1 crash` */
export function describeBounds(bounds: Bounds): string {
  const { eot, eff, crashes } = bounds;
  const crashing = crashes === 0 ? 'no crashes' : `at most ${plural(crashes, 'crash', 'crashes')}`;
  const named = namedBounds(bounds).map(([name, value]) => [name, NAMED_BOUNDS[name].inWords(value, bounds)]);
  const omissions = eff <= 1 ? 'no omissions' : `omissions before time ${eff}`;
  const words = new Map([['omissions', omissions], ['crashes', crashing], ...named] as [string, string][]);
  const authors = authorsBounds(bounds).map(([name, value]) => authorsBoundInWords(name, value, eff));
  const reliable = formatReliable(bounds.reliable ?? {}, ' and ');
  const all = [
    `times 1 to ${eot}`,
    ...words.values(),
    ...authors,
    ...(reliable === '' ? [] : [`${reliable} reliable`]),
  ];
  return `${formatBounds(bounds)}: ${all.join(', ')}`;
}

export function indent(line: string): string {
  return `  ${line}`;
}
