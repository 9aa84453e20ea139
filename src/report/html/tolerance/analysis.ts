/** What is counted within the bounds, on a page: when it is too late, what to harden first, and what lies just outside. */
import { h } from 'hastscript';
import { formatSchedule } from '../../../injector/schedule.js';
import { type Share, fraction } from '../../../injector/fault-shares.js';
import { formatBounds } from '../../../model/text/bounds.js';
import { formatShare } from '../../../model/text/numbers.js';
import type { Analysis } from '../../../runner/tolerance/analyse.js';
import type { Widening } from '../../../runner/tolerance/outside.js';
import type { Tolerance } from '../../../runner/tolerance/tolerance.js';
import { describeBounds } from '../../text/heading.js';
import {
  chanceWords,
  describeHardening,
  foundWords,
  leftOf,
  shareWords,
  threeDigits,
} from '../../text/tolerance/words.js';
import { shortened } from '../checks/numbering.js';
import type { Markup } from '../document.js';
import type { LinkTo } from './frontier.js';
import { tableOf } from './table.js';

export function analysisParts(tolerance: Tolerance, linkTo: LinkTo): readonly Markup[] {
  const { analysis, bounds, outside } = tolerance;
  const title = h('h3', shortened(`Within ${describeBounds(bounds)}`));
  if (analysis.kind === 'too large') return [title, h('p', `Not counted: ${analysis.reason}.`)];
  const { faults, chances } = analysis.analysis;
  return [
    title,
    h('p', [
      shareWords(analysis.analysis),
      ...(faults === undefined
        ? []
        : [' The least that does: ', linkTo({ faults, bounds }, shortened(scheduleWords(faults))), '.']),
    ]),
    ...(chances === undefined ? [] : [h('p', chanceWords(chances))]),
    ...(faults === undefined ? [] : [courseTable(analysis.analysis), hardeningTable(analysis.analysis)]),
    ...(outside === undefined || outside.length === 0 ? [] : [outsideTable(outside, linkTo)]),
  ];
}

function scheduleWords(faults: NonNullable<Analysis['faults']>): string {
  return formatSchedule(faults) || 'no fault is needed';
}

function courseTable({ course, faults = [] }: Analysis): Markup {
  const over = course.findIndex(({ left }) => left.violating === left.of);
  return tableOf(
    'When it is too late',
    ['When it is too late', 'How much violates of what may come after'],
    course.map(({ time, left }, index) => {
      const here = faults.filter((fault) => fault.time === time);
      const what = time === 0 ? 'no fault yet' : `and ${formatSchedule(here)}`;
      return [
        shortened(what),
        h('span', [
          ...bar(left, formatShare(left.violating, left.of)),
          ...(index === over ? [' ', h('strong.bad', 'too late')] : []),
        ]),
      ];
    }),
  );
}

function hardeningTable({ hardenings, share, chances }: Analysis): Markup {
  const before =
    chances === undefined ? formatShare(share.violating, share.of) : threeDigits(chances.violation);
  const helping = hardenings.filter((each) => leftOf(each) !== before);
  return tableOf(
    'What to harden first',
    ['What to harden first', `How much is left of ${before}`],
    helping.map((each) => [shortened(describeHardening(each.what)), leftOf(each)]),
  );
}

function outsideTable(outside: readonly Widening[], linkTo: LinkTo): Markup {
  return tableOf(
    'Just outside of the bounds',
    ['One bound wider by one', 'What then violates'],
    outside.map(({ bounds, found }) => [
      formatBounds(bounds),
      found.kind === 'violated'
        ? linkTo({ faults: found.faults, bounds }, shortened(foundWords(found)))
        : foundWords(found),
    ]),
  );
}

/** A share as a bar, with what it is in words. */
function bar(share: Share, words: string): readonly Markup[] {
  const least = { min: 0, max: 1, low: 0.1, high: 0.9, optimum: 0 };
  return [h('meter', { ...least, value: fraction(share), ariaLabel: words }), words];
}
