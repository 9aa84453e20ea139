/** What became of counterexamples that were saved. */
import type { Anchor } from '../../injector/anchors/anchors.js';
import type { SendingName } from '../../injector/anchors/sendings.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import { visible } from '../../model/text/display.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { formatOrdinal, listed, plural } from '../../model/text/numbers.js';
import { wrapProse } from '../../model/text/text.js';
import type { ReplayedRegression } from '../../runner/result.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';
import type { Style } from './style.js';

/** Paragraphs; none where nothing was saved. */
export function regressionParagraphs(
  regressions: readonly ReplayedRegression[],
  { style, width }: ReportOptions,
): readonly (readonly string[])[] {
  if (regressions.length === 0) return [];
  const lines = regressions.flatMap((regression) => {
    const mark = markOf(regression, style);
    const [first, ...rest] = wrapProse(
      `${regressionText(regression)} (${visible(regression.file)})`,
      width - 4,
    );
    return [
      ...[mark(first), ...rest.map((line) => indent(mark(line)))],
      ...nameLines(regression, width - 6).map((line) => indent(style.faint(line))),
    ].map(indent);
  });
  return [[style.strong('Saved counterexamples'), ...lines]];
}

/** One sentence: `the same: drop a->b@1`. */
export function regressionText({ faults, outcome }: ReplayedRegression): string {
  const what = textOfFaults(faults.map(({ fault }) => fault));
  switch (outcome.kind) {
    case 'same':
      return `the same: ${what}`;
    case 'moved': {
      const [only, ...others] = outcome.faults;
      return others.length === 0
        ? `moved to time ${only.time}: ${what}`
        : `moved: ${what}, which is ${textOfFaults(outcome.faults)} now`;
    }
    case 'passes': {
      const now = textOfFaults(outcome.faults);
      return `no longer violates: ${what}${now === what ? '' : `, which is ${now} now`}`;
    }
    case 'gone':
      return `gone: ${what}, since nothing is ${anchorText(outcome.lost.anchor) ?? 'there'} any more`;
    case 'not admissible':
      return `gone: ${what}, since ${outcome.reason}`;
  }
}

function textOfFaults(faults: FaultSet): string {
  return formatSchedule(faults) || 'no fault';
}

/** Of one that still violates, what each fault is found by. */
function nameLines({ faults, outcome }: ReplayedRegression, width: number): readonly string[] {
  if (outcome.kind !== 'same' && outcome.kind !== 'moved') return [];
  return faults.flatMap(({ fault, anchor }) => {
    const text = anchorText(anchor);
    if (text === undefined) return [];
    const [first, ...rest] = wrapProse(`${formatSchedule([fault])}: ${text}`, width);
    return [first, ...rest.map(indent)];
  });
}

function markOf({ outcome }: ReplayedRegression, style: Style): (text: string) => string {
  switch (outcome.kind) {
    case 'same':
    case 'moved':
      return style.bad;
    case 'passes':
      return style.good;
    case 'gone':
    case 'not admissible':
      return style.caution;
  }
}

/** What a fault is found by: `the second ack b->a caused by bcast`; undefined where its time is all there is. */
export function anchorText(anchor: Anchor): string | undefined {
  switch (anchor.kind) {
    case 'cuts':
      return afterText(anchor.after, listed(anchor.sendings.map(sendingText)));
    case 'follows':
      return afterText(anchor.after, `the arrival of ${sendingText(anchor.sending)}`);
    case 'time':
      return undefined;
  }
}

function afterText(after: number, what: string): string {
  if (after === 0) return what;
  return `${plural(Math.abs(after), 'timestep')} ${after > 0 ? 'after' : 'before'} ${what}`;
}

function sendingText({ name, from, to, cause, nth }: SendingName): string {
  const which = formatOrdinal(nth);
  const behind =
    cause === null
      ? ''
      : cause.kind === 'message'
        ? ` caused by ${visible(cause.name)}`
        : ` of ${visible(cause.name)}`;
  return `the ${which} ${visible(name)} ${formatNodeName(from)}->${formatNodeName(to)}${behind}`;
}
