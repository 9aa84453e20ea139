/** The text report of one run under given faults, which `replay` prints. */
import { visible } from '../../model/text/display.js';
import type { Execution } from '../../injector/execution.js';
import type { RunResult } from '../../runner/result.js';
import { faultLines, pictureParagraphs } from './counterexample.js';
import { describeBounds, describeNodes, indent } from './heading.js';
import { satisfactionLines, violationLines } from './judgement.js';
import { plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { wrapProse } from '../../model/text/text.js';

/** Paragraphs: whether the run satisfies the specification, its faults, and the run. Ends in a line break. */
export function reportRun(result: RunResult, options: ReportOptions): string {
  const { execution, divergence } = result;
  const { faults } = execution;
  const { style } = options;
  const paragraphs = [
    runHeading(result, options),
    faults.length === 0
      ? ['Without faults']
      : [style.strong(`Under ${plural(faults.length, 'fault')}`), ...faultLines(faults, style)],
    execution.violations.length > 0
      ? violationLines(execution, options)
      : satisfactionLines(execution, options),
    ...pictureParagraphs(execution, divergence, options),
    ...(faults.length > 0 && divergence === undefined ? [[unchanged(execution)]] : []),
  ];
  return paragraphs.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function runHeading(
  { name, bounds, execution }: RunResult,
  { style, width }: ReportOptions,
): readonly string[] {
  const violated = execution.violations.length > 0;
  const word = violated ? style.bad(style.strong('VIOLATED')) : style.good(style.strong('SATISFIED'));
  return [
    `${word}  ${style.strong(visible(name))}, one run`,
    ...wrapProse(`within ${describeBounds(bounds)}`, width - 2).map(indent),
    ...wrapProse(describeNodes(execution.nodes), width - 2).map(indent),
  ];
}

/** A crash may count in the specification though it changes no state. */
function unchanged({ language, faults }: Execution): string {
  const what = language === 'rules' ? 'Every fact' : 'Every state';
  const crashes = faults.some(({ kind }) => kind === 'crash');
  const rest =
    language === 'handlers' && crashes ? 'only who has crashed differs' : 'these faults change nothing';
  return `${what} is as in the failure-free run: ${rest}.`;
}
