/** A program as it was understood: what the checks inferred, in comments, before the program itself. */
import { formatBounds } from '../../text/bounds.js';
import { rulesOf } from '../walk.js';
import type { CheckedProgram, Program, RelationSchema, Stratum } from '../program.js';
import { formatNodeNames } from '../../text/node-names.js';
import type { Header } from './header.js';
import { printProgram } from '../print.js';

/** Reads as the same program. Give it the header as well for a complete scenario. */
export function printChecked(checked: CheckedProgram, header: Header = { checks: [] }): string {
  const blocks = [
    headerLines(header),
    ['// Relations, with the types of their columns', ...[...checked.relations.values()].map(schemaLine)],
    ...strataBlocks(checked),
  ];
  const comments = blocks.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n\n`);
  return comments.join('') + printProgram(checked.program);
}

/** The lines that `// ldfi:` headers are read from. */
function headerLines({ nodes, checks }: Header): readonly string[] {
  return [
    ...(nodes === undefined
      ? []
      : [
          `// ldfi: nodes ${formatNodeNames(
            nodes.map(({ name }) => name),
            ', ',
          )}`,
        ]),
    ...checks.map(({ bounds, expect }) => {
      const verdict = expect === undefined ? '' : ` expect ${expect}`;
      return `// ldfi: bounds ${formatBounds(bounds)}${verdict}`;
    }),
  ];
}

function schemaLine({ name, columns }: RelationSchema): string {
  return `//   ${name}(${columns.join(', ')})`;
}

/** Beyond these, times with strata of their own are only counted. */
const TIMES_SHOWN = 20;

/** The strata of most times, and those of each time where premises at that time change them. */
function strataBlocks({ program, strataAt }: CheckedProgram): readonly (readonly string[])[] {
  const usual = strataLines(strataAt(0));
  const times = premiseTimes(program);
  const unusual = times
    .slice(0, TIMES_SHOWN)
    .map((time) => ({ time, lines: strataLines(strataAt(time)) }))
    .filter(({ lines }) => lines.join('\n') !== usual.join('\n'));
  if (usual.length === 0) return [];
  const others = unusual.length === 0 ? '' : ', but for the times below';
  return [
    [`// Strata: the order of derivation within a timestep${others}`, ...usual],
    ...unusual.map(({ time, lines }) => [`// Strata at time ${time}`, ...lines]),
    ...(times.length > TIMES_SHOWN ? [[`// (${times.length - TIMES_SHOWN} later times not shown)`]] : []),
  ];
}

function strataLines(strata: readonly Stratum[]): readonly string[] {
  return strata.map(
    ({ relations, recursive }, index) =>
      `//   ${index + 1}. ${relations.join(', ')}${recursive ? ' (recursive)' : ''}`,
  );
}

/** Ascending. */
function premiseTimes(program: Program): readonly number[] {
  const premises = rulesOf(program).flatMap(({ body }) => body);
  const times = premises.flatMap((each) =>
    each.kind === 'atom' && each.time !== undefined ? [each.time] : [],
  );
  return [...new Set(times)].sort((a, b) => a - b);
}
