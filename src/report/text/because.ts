/** Why a counterexample violates the specification: in words, and as a tree; and where to look first in the code. */
import type { Counterexample, FaultCause } from '../../runner/result.js';
import { wrapProse } from '../../model/text/text.js';
import { becauseSentences, becauseTrees } from '../explanations/because.js';
import { suspectTexts } from '../explanations/suspects.js';
import { treeLines } from './explanation.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';

/** Paragraphs, none where nothing is known. */
export function becauseParagraphs(
  { because, suspects }: Pick<Counterexample, 'because' | 'suspects'>,
  options: ReportOptions,
): readonly (readonly string[])[] {
  return [...causeParagraphs(because, options), ...suspectParagraphs(suspects, options)];
}

function causeParagraphs(
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

function suspectParagraphs(
  suspects: Counterexample['suspects'],
  { style, width }: ReportOptions,
): readonly (readonly string[])[] {
  if (suspects.length === 0) return [];
  const lines = suspectTexts(suspects).flatMap((text) => {
    const [first, ...rest] = wrapProse(text, width - 4);
    return [indent(first), ...rest.map((line) => indent(indent(line)))];
  });
  return [[style.strong('Look first at'), ...lines]];
}
