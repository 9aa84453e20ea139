/** Whether programs that share nothing say the same. */
import type { Answer } from './answer.js';
import type { PeerRow } from './rows.js';

/** Who says what; undefined where it was not asked. */
export interface Answers {
  readonly handlers: Answer | undefined;
  readonly spin: Answer | undefined;
  readonly rules: Answer | undefined;
  readonly clingo: Answer | undefined;
}

/** What is wrong, as lines of text. Who comes to no answer contradicts nobody. */
export function disagreements(
  row: Pick<PeerRow, 'name' | 'expected' | 'rules'>,
  answers: Answers,
): readonly string[] {
  const { handlers, spin, rules, clingo } = answers;
  const said = [
    ['ldfi by handlers', handlers],
    ['Spin', spin],
    ['ldfi by rules', rules],
    ['clingo', clingo],
  ] as const;
  const verdicts = said
    .filter(([, answer]) => answer?.verdict !== undefined && answer.verdict !== row.expected)
    .map(([who, answer]) => `${row.name}: ${who} says ${answer!.verdict}, expected is ${row.expected}`);
  const alike = row.rules?.twin === true ? [said] : [said.slice(0, 2), said.slice(2)];
  return [...verdicts, ...alike.flatMap((group) => fewestOf(row.name, group))];
}

function fewestOf(
  name: string,
  group: readonly (readonly [string, Answer | undefined])[],
): readonly string[] {
  const known = group.filter(([, answer]) => answer?.fewest !== undefined);
  if (new Set(known.map(([, answer]) => answer!.fewest)).size <= 1) return [];
  return [
    `${name}: fewest faults are ${known.map(([who, answer]) => `${answer!.fewest} by ${who}`).join(', ')}`,
  ];
}
