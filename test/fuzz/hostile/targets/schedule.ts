/** Hostile fault schedules. */
import { expect } from 'vitest';
import type { FaultScope } from '../../../../src/injector/faults.js';
import { formatSchedule, parseSchedule } from '../../../../src/injector/schedule.js';
import { expectToPointIntoText } from '../../../laws/reading.js';
import { damaged } from '../edits.js';
import { target } from '../target.js';

const scope: FaultScope = {
  nodes: ['a', 'b', 'C', 'd->e', 'a "quoted" name', '__proto__', ''],
  bounds: { eot: 9, eff: 7, crashes: 2 },
};

const SCHEDULES = [
  '',
  'drop a->b@1',
  'drop a->b@1; crash C@6',
  'crash "d->e"@3; drop "a \\"quoted\\" name"->__proto__@2',
  'drop a->b@1; drop a->b@2; drop b->a@3; crash a@8; crash b@1',
];

const TOKENS = [
  'drop ',
  'crash ',
  '->',
  '@',
  ';',
  '"',
  '\\',
  '\\"',
  'a',
  'b',
  '1',
  '-',
  ' ',
  '\n',
  '\\u{',
  '9999999999',
];

export const scheduleTarget = target('the reader of schedules', damaged(SCHEDULES, TOKENS), (text) => {
  const read = parseSchedule(text, scope);
  if (read.kind === 'malformed') {
    expect(read.diagnostics).not.toEqual([]);
    expectToPointIntoText(read.diagnostics);
  } else {
    expect(parseSchedule(formatSchedule(read.faults), scope)).toEqual(read);
  }
});
