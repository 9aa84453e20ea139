import { describe, expect, it } from 'vitest';
import type { Anchor } from '../../../src/injector/anchors/anchors.js';
import type { SendingName } from '../../../src/injector/anchors/sendings.js';
import type { Omission } from '../../../src/injector/faults.js';
import { anchorText, regressionParagraphs, regressionText } from '../../../src/report/text/regressions.js';
import { plainStyle } from '../../../src/report/text/style.js';
import type { RegressionOutcome } from '../../../src/runner/result.js';

const sending = (nth: number, more: Partial<SendingName> = {}): SendingName => ({
  name: 'ack',
  from: 'b',
  to: 'a',
  cause: null,
  nth,
  ...more,
});

const cuts = (nth: number, after = 0): Anchor => ({ kind: 'cuts', sendings: [sending(nth)], after });

describe('what a fault is found by', () => {
  it.each([
    [1, 'first'],
    [3, 'third'],
    [4, '4th'],
    [11, '11th'],
    [12, '12th'],
    [13, '13th'],
    [21, '21st'],
    [22, '22nd'],
    [43, '43rd'],
    [111, '111th'],
  ])('counts to %i', (nth, word) => {
    expect(anchorText(cuts(nth))).toBe(`the ${word} ack b->a`);
  });

  it('says what made it so, and how long before or after it is', () => {
    const caused = sending(2, { cause: { kind: 'message', name: 'bcast' } });
    const called = sending(1, { cause: { kind: 'call', name: 'onTick' }, from: 'b c' });
    expect(anchorText({ kind: 'cuts', sendings: [caused, called], after: 0 })).toBe(
      'the second ack b->a caused by bcast and the first ack "b c"->a of onTick',
    );
    expect(anchorText(cuts(1, 2))).toBe('2 timesteps after the first ack b->a');
    expect(anchorText(cuts(1, -1))).toBe('1 timestep before the first ack b->a');
    expect(anchorText({ kind: 'follows', sending: sending(1), after: 1 })).toBe(
      '1 timestep after the arrival of the first ack b->a',
    );
    expect(anchorText({ kind: 'time' })).toBeUndefined();
  });
});

describe('what has become of a saved counterexample', () => {
  const at = (time: number): Omission => ({ kind: 'omission', from: 'b', to: 'a', time });
  const faults = [{ fault: at(2), anchor: cuts(1) }];
  const other = { ...at(1), to: 'c' };
  it.each<[RegressionOutcome, string]>([
    [{ kind: 'same' }, 'the same: drop b->a@2'],
    [{ kind: 'moved', faults: [at(4)] }, 'moved to time 4: drop b->a@2'],
    [{ kind: 'moved', faults: [other, at(4)] }, 'moved: drop b->a@2, which is drop b->c@1; drop b->a@4 now'],
    [{ kind: 'passes', faults: [at(2)] }, 'no longer violates: drop b->a@2'],
    [{ kind: 'passes', faults: [at(3)] }, 'no longer violates: drop b->a@2, which is drop b->a@3 now'],
    [{ kind: 'gone', lost: faults[0] }, 'gone: drop b->a@2, since nothing is the first ack b->a any more'],
    [{ kind: 'not admissible', reason: 'it is late' }, 'gone: drop b->a@2, since it is late'],
  ])('%j is a sentence', (outcome, text) => {
    expect(regressionText({ file: 'x.json', faults, outcome })).toBe(text);
  });

  it('is nothing where nothing was saved, and keeps to the width', () => {
    const options = { width: 40, style: plainStyle, verbose: false };
    expect(regressionParagraphs([], options)).toEqual([]);
    const many = Array.from({ length: 5 }, (_, index) => ({ fault: at(index + 1), anchor: cuts(1) }));
    const [lines] = regressionParagraphs(
      [{ file: 'x.json', faults: many, outcome: { kind: 'same' } }],
      options,
    );
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  });
});
