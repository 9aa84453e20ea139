/** The one way in which a diagnostic becomes text. */
import type { Diagnostic } from './diagnostics.js';
import { visible } from '../text/display.js';
import { frame } from './frame.js';
import { isUnread } from './place.js';
import { positionOf } from './source.js';
import type { SourceSpan } from './source.js';

/** How parts of the text are marked, each by what it means; colours are for the command line to choose. */
export interface DiagnosticStyle {
  /** The place and the message. */
  readonly strong: (text: string) => string;
  /** Margins. */
  readonly faint: (text: string) => string;
  /** The word `error`, and the carets of one. */
  readonly bad: (text: string) => string;
  /** The word `warning`, and the carets of one. */
  readonly caution: (text: string) => string;
}

const plain = (text: string): string => text;

const PLAIN: DiagnosticStyle = { strong: plain, faint: plain, bad: plain, caution: plain };

/**
 * Several lines without a line break at the end:
 *
 *     kafka.ded:12:7: error DED301: Y, in the head, is bound by no positive atom
 *        12 | p(X, Y) :- q(X);
 *           |      ^
 *           expected: a positive atom with Y as a column
 *           hint: did you mean `YY`?
 */
export function formatDiagnostic(diagnostic: Diagnostic, style: DiagnosticStyle = PLAIN): string {
  const { code, severity, message, span, notes = [], related = [], expected, hint } = diagnostic;
  const mark = severity === 'error' ? style.bad : style.caution;
  const title = `${mark(`${severity} ${code}`)}${style.strong(`: ${visible(message)}`)}`;
  return [
    span === undefined ? title : `${style.strong(placeOf(span))}: ${title}`,
    ...(span === undefined ? [] : frameLines(span, mark, style)),
    ...notes.map(({ label, text }) => note(label, text, style)),
    ...(expected === undefined ? [] : [note('expected', expected, style)]),
    ...(hint === undefined ? [] : [note('hint', hint, style)]),
    ...related.flatMap((place) => [
      `  ${placeOf(place.span)}: ${visible(place.message)}`,
      ...frameLines(place.span, style.faint, style),
    ]),
  ].join('\n');
}

/** `file:line:column`, as editors and terminals recognise it. */
function placeOf({ source, start }: SourceSpan): string {
  const { line, column } = positionOf(source, start);
  return `${visible(source.name)}:${line}:${column}`;
}

/** The column at which the source begins. */
const MARGIN = 8;

/** None of a source that nobody has read. */
function frameLines(
  span: SourceSpan,
  mark: (text: string) => string,
  style: DiagnosticStyle,
): readonly string[] {
  if (isUnread(span.source)) return [];
  const { line, text, carets } = frame(span);
  const indent = /^ */.exec(carets)![0];
  return [
    `${style.faint(`${String(line).padStart(MARGIN - 3)} |`)} ${text}`.trimEnd(),
    `${style.faint(`${' '.repeat(MARGIN - 3)} |`)} ${indent}${mark(carets.slice(indent.length))}`,
  ];
}

function note(label: string, text: string, style: DiagnosticStyle): string {
  return `${' '.repeat(MARGIN)}${style.faint(`${label}:`)} ${visible(text)}`;
}
