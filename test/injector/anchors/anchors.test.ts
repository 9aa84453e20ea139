import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anchorFaults,
  locateFaults,
  type Anchor,
  type Located,
} from '../../../src/injector/anchors/anchors.js';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { FaultSet } from '../../../src/injector/faults.js';
import { formatSchedule, parseSchedule } from '../../../src/injector/schedule.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { anchorText } from '../../../src/report/text/regressions.js';
import { expectFoundAgain, expectWhatIsCut, lookAt } from '../../laws/anchors.js';
import { explainedHandlers, explainedRules, type Explained } from '../../laws/lineage.js';
import { checkedProgram } from '../../model/rules/evaluate/runs.js';
import { poll } from '../../runner/handlers/scenarios.js';

const strides = fc.integer({ min: 1, max: 9 });

describe('faults named by what they cut', () => {
  it.each([
    ['rules', explainedRules()],
    ['handlers', explainedHandlers()],
  ])('are found again in the same protocol of %s', (_, protocols) => {
    fc.assert(fc.property(protocols, strides, expectFoundAgain), { numRuns: 5 });
  });

  it.each([
    ['rules', explainedRules()],
    ['handlers', explainedHandlers()],
  ])('cut what is sent on their channel in a protocol of %s, and nothing else', (_, protocols) => {
    fc.assert(fc.property(protocols, strides, expectWhatIsCut), { numRuns: 5 });
  });

  const NODES = ['a', 'b', 'c'];
  const BOUNDS: Bounds = { eot: 9, eff: 7, crashes: 1, restarts: 1, partitions: 1, delays: 1 };

  /** a tells b, which acknowledges to a; it begins at a time, and what it is called may change. */
  const telling = (start: number, ack = 'ack'): Explained => ({
    protocol: checkedProgram(`tells("a", "b")@${start}; tells("a", "c")@${start + 1};
      told(B, A)@async :- tells(A, B); ${ack}(A, B)@async :- told(B, A);
      acked(A, B) :- ${ack}(A, B); acked(A, B)@next :- acked(A, B);
      pre(A) :- tells(A, _)@${start}; post(A) :- acked(A, "b"), acked(A, "c");`),
    nodes: NODES,
    bounds: BOUNDS,
  });

  const faultsOf = (text: string): FaultSet => {
    const read = parseSchedule(text, { nodes: NODES, bounds: BOUNDS });
    if (read.kind === 'malformed') throw new Error(read.diagnostics[0].message);
    return read.faults;
  };

  const namesOf = (explained: Explained, text: string): readonly Anchor[] =>
    anchorFaults(faultsOf(text), lookAt(explained)).map(({ anchor }) => anchor);

  const moved = (text: string, from: Explained, to: Explained): string => {
    const located: Located = locateFaults(anchorFaults(faultsOf(text), lookAt(from)), to, lookAt(to));
    switch (located.kind) {
      case 'there':
        return formatSchedule(located.faults);
      case 'not sent':
        return `gone: ${anchorText(located.lost.anchor)}`;
      case 'not admissible':
        return located.reason;
    }
  };

  it.each([
    ['drop b->a@2', ['the first ack b->a caused by told']],
    ['drop a->b@1', ['the first told a->b']],
    ['delay a->c@2+1', ['the first told a->c']],
    ['part a | b,c@2..3', ['the first told a->c and the first ack b->a caused by told']],
    ['restart b@2..3', ['1 timestep after the first told a->b']],
    ['crash c@3', ['the first ack c->a caused by told']],
    ['crash b@3', ['1 timestep after the arrival of the first told a->b']],
    ['crash a@1; drop b->a@6', ['the first told a->b', undefined]],
  ])('%s is named in words', (text, names) => {
    expect(namesOf(telling(1), text).map(anchorText)).toEqual(names);
  });

  it.each([
    ['drop b->a@2', 'drop b->a@4'],
    ['drop a->b@1; drop c->a@3', 'drop a->b@3; drop c->a@5'],
    ['restart b@2..4', 'restart b@4..6'],
    ['crash c@3', 'crash c@5'],
    ['part a | b,c@2..3', 'part a | b,c@4..5'],
    // Nothing tells when but its time.
    ['drop b->a@6', 'drop b->a@6'],
  ])('%s moves with what it cuts, to %s', (text, expected) => {
    expect(moved(text, telling(1), telling(3))).toBe(expected);
    expect(moved(expected, telling(3), telling(1))).toBe(text);
  });

  it('is gone with what it cut, and not where the bounds do not admit it any more', () => {
    expect(moved('drop b->a@2', telling(1), telling(1, 'thanks'))).toBe(
      'gone: the first ack b->a caused by told',
    );
    expect(moved('drop c->a@3', telling(1), telling(5))).toContain('time 7 is outside the bounds');
  });

  it('of handlers says in which call something is sent', () => {
    const { protocol, nodes } = poll;
    const explained = { protocol: protocol as Protocol, nodes, bounds: { eot: 5, eff: 4, crashes: 0 } };
    const look = lookAt(explained);
    const [{ sent, from, to }] = look([]).run.messages;
    const [{ anchor }] = anchorFaults([{ kind: 'omission', from, to, time: sent }], look);
    expect(anchorText(anchor)).toBe('the first ask host->ann of onStart');
  });
});
