/** The text report of one run under given faults, which `replay` prints. */
import { downtime } from '../../injector/world.js';
import { visible } from '../../model/text/display.js';
import { isViolated, type Run } from '../../injector/run.js';
import type { RunResult } from '../../runner/result.js';
import { faultLines, pictureParagraphs } from './counterexample.js';
import { describeBounds, describeNodes, indent } from './heading.js';
import { satisfactionLines, violationLines } from './judgement.js';
import { plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { wrapProse } from '../../model/text/text.js';

/** Paragraphs: whether the run satisfies the specification, its faults, and the run. Ends in a line break. */
export function reportRun(result: RunResult, options: ReportOptions): string {
  const { run, divergence } = result;
  const { faults } = run;
  const { style } = options;
  const paragraphs = [
    runHeading(result, options),
    faults.length === 0
      ? ['Without faults']
      : [style.strong(`Under ${plural(faults.length, 'fault')}`), ...faultLines(faults, style)],
    isViolated(run) ? violationLines(run, options) : satisfactionLines(run, options),
    ...pictureParagraphs(run, divergence, options, false),
    ...(faults.length > 0 && divergence === undefined ? [[unchanged(run)]] : []),
  ];
  return paragraphs.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function runHeading({ name, bounds, run }: RunResult, { style, width }: ReportOptions): readonly string[] {
  const violated = isViolated(run);
  const word = violated ? style.bad(style.strong('VIOLATED')) : style.good(style.strong('SATISFIED'));
  return [
    `${word}  ${style.strong(visible(name))}, one run`,
    ...wrapProse(`within ${describeBounds(bounds)}`, width - 2).map(indent),
    ...wrapProse(describeNodes(run.nodes), width - 2).map(indent),
  ];
}

/** A crash may count in the specification though it changes no state. */
function unchanged({ language, nodes, eot, faults }: Run): string {
  const what = language === 'rules' ? 'Every fact' : 'Every state';
  const isDown = downtime(faults);
  const crashes = nodes.some((node) => isDown(node, eot));
  const rest =
    language === 'handlers' && crashes ? 'only who has crashed differs' : 'these faults change nothing';
  return `${what} is as in the failure-free run: ${rest}.`;
}
