/** Whether scenarios got the verdicts that they expect, and how that is said. */
import { formatBounds } from '../../injector/bounds.js';
import { visible } from '../../model/text/display.js';
import type { CheckResult } from '../../runner/result.js';
import { formatCount, plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { wrapProse } from '../../model/text/text.js';

/** A scenario that expects nothing is held to `certified` where scenarios are held to what they expect. */
export function fails({ expected = 'certified', verdict, interrupted }: CheckResult): boolean {
  return !interrupted && expected !== verdict.kind;
}

/** Whether a scenario says itself that the verdict should be another. */
export function isUnexpected(result: CheckResult): boolean {
  return result.expected !== undefined && fails(result);
}

/** Lines below the verdict of a report. */
export function expectationLines(
  result: CheckResult,
  { style, asExpected }: ReportOptions,
): readonly string[] {
  const { expected, interrupted } = result;
  if (asExpected === true && fails(result))
    return [
      style.bad(
        expected === undefined
          ? 'failed: it expects no verdict, and so has to be certified'
          : `failed: the scenario expects ${expected}`,
      ),
    ];
  if (expected === undefined || interrupted) return [];
  if (!fails(result)) return [style.good('as the scenario expects')];
  return [style.caution(`not as the scenario expects, which is: ${expected}`)];
}

/** At the end of a line about a check. */
export function expectationWords(
  result: CheckResult,
  { style, asExpected }: ReportOptions,
): readonly string[] {
  const { expected = 'certified' } = result;
  if (asExpected === true && fails(result)) return [style.bad(`(failed: expected ${expected})`)];
  return isUnexpected(result) ? [style.caution(`(expected: ${expected})`)] : [];
}

/** What is said in the end of scenarios that are held to what they expect. */
export function reportFailures(results: readonly CheckResult[], { style, width }: ReportOptions): string {
  const failed = results.filter(fails);
  const checks = plural(results.length, 'check');
  if (failed.length === 0)
    return results.some(({ interrupted }) => interrupted) ? '' : `${style.good('As expected')}: ${checks}\n`;
  const names = failed.map(({ name, bounds }) => `${visible(name)} ${formatBounds(bounds)}`).join(', ');
  const [first, ...rest] = wrapProse(`Failed: ${formatCount(failed.length)} of ${checks}: ${names}`, width);
  return `${[first.replace(/^Failed:/, style.bad('Failed:')), ...rest].join('\n')}\n`;
}
