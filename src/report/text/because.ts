/** Why a counterexample violates the specification: in words, and as a tree. */
import type { FaultCause } from '../../runner/result.js';
import { wrapProse } from '../../model/text/text.js';
import { becauseSentences, becauseTrees } from '../explanations/because.js';
import { treeLines } from './explanation.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';

/** Two paragraphs, or none where nothing is known. */
export function becauseParagraphs(
  causes: readonly FaultCause[],
  options: ReportOptions,
): readonly (readonly string[])[] {
  if (causes.length === 0) return [];
  const { style, width } = options;
  const room = { ...options, width: width - 2 };
  return [
    [
      style.strong('Because'),
      ...becauseSentences(causes)
        .flatMap((sentence) => wrapProse(sentence, width - 2))
        .map(indent),
    ],
    becauseTrees(causes, options.verbose)
      .flatMap((tree) => treeLines(tree, room))
      .map(indent),
  ];
}
