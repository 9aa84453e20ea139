/** An explanation as text: the question, and a tree of what the answer rests on. */
import { describeFault } from '../../injector/schedule.js';
import type { Bounds } from '../../injector/bounds.js';
import { visible } from '../../model/text/display.js';
import { plural } from '../../model/text/numbers.js';
import { displayWidth, wrapProse } from '../../model/text/text.js';
import type { Explanation } from '../../runner/explain/explain.js';
import { outlinesOf, placeText, type Outline } from '../explanations/outline.js';
import { describeBounds, indent } from './heading.js';
import type { ReportOptions } from './options.js';
import type { Style } from './style.js';

/** Answers to one question that are told, where there are more. */
const MOST = 10;

/** A question about a run of a scenario, with its answer. */
export interface ExplainedScenario extends Explanation {
  readonly name: string;
  readonly bounds: Bounds;
  /** How many steps are told, one behind another. */
  readonly depth: number;
}

/** Paragraphs: the question, and each answer. Ends in a line break. */
export function reportExplanation(explained: ExplainedScenario, options: ReportOptions): string {
  const outlines = outlinesOf(explained.answer, explained.depth);
  const shown = options.verbose ? outlines : outlines.slice(0, MOST);
  const more = outlines.length - shown.length;
  const paragraphs = [
    headingOf(explained, options),
    ...shown.map((outline) => treeLines(outline, options)),
    ...(more === 0 ? [] : [[options.style.faint(`and ${plural(more, 'answer')} more; --verbose shows all`)]]),
  ];
  return paragraphs.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function headingOf(
  { name, bounds, question, faults }: ExplainedScenario,
  options: ReportOptions,
): readonly string[] {
  const { style, width } = options;
  const under = faults.length === 0 ? ['without faults'] : faults.map(describeFault);
  return [
    `${style.strong(question.asks.toUpperCase())}  ${visible(question.text.slice(question.asks.length).trim() || 'the outcome')}`,
    ...wrapProse(`in a run of ${visible(name)}`, width - 2).map(indent),
    ...wrapProse(`within ${describeBounds(bounds)}`, width - 2).map(indent),
    ...under.flatMap((line) => wrapProse(line, width - 2)).map(indent),
  ];
}

/** An outline with what it rests on below it. */
export function treeLines(outline: Outline, options: ReportOptions): readonly string[] {
  const lines: string[] = [];
  add(outline, '', '', options, lines);
  return lines;
}

/** @param first what stands before the first line of it @param rest what stands before all others */
function add(outline: Outline, first: string, rest: string, options: ReportOptions, lines: string[]): void {
  const { style, width } = options;
  const { because } = outline;
  const hanging = `${rest}${because.length > 0 ? '│ ' : '  '}`;
  const room = Math.max(24, width - displayWidth(hanging));
  wrapProse(sentence(outline), room).forEach((line, index) => {
    lines.push(style.faint(index === 0 ? first : hanging) + markOf(outline, style)(line));
  });
  because.forEach((each, index) => {
    const isLast = index === because.length - 1;
    add(each, `${rest}${isLast ? '└ ' : '├ '}`, `${rest}${isLast ? '  ' : '│ '}`, options, lines);
  });
}

function sentence({ text, place, more }: Outline): string {
  const where = place === undefined ? '' : ` (${placeText(place)})`;
  const behind = more === undefined ? '' : more === 'told' ? ' (told above)' : ' …';
  return `${text}${where}${behind}`;
}

function markOf({ kind }: Outline, style: Style): (text: string) => string {
  switch (kind) {
    case 'fault':
    case 'absent':
      return style.bad;
    case 'code':
      return style.faint;
    case 'so':
      return style.strong;
  }
}
