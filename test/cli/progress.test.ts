import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Screen } from '../../src/cli/io.js';
import { describeProgress, isInCi, progressLabel, ProgressLine } from '../../src/cli/progress.js';

const bounds = { eot: 6, eff: 4, crashes: 1 };
const label = progressLabel('kafka.ded', bounds);
const working = {
  phase: 'search',
  timestep: undefined,
  firings: 1234567,
  executions: 1,
  solverCalls: 0,
  statistics: { localStates: 0, diagramNodes: 2000 },
} as const;

function screenOf(written: string[], isTerminal: boolean, columns = 80): Screen {
  return { write: (text) => written.push(text), isTerminal, columns, colourLevel: 0 };
}

describe('the progress line', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What is written when work tells of itself every so many milliseconds. */
  function watch(screen: Screen, times: number, every: number, isLogged = false): void {
    const line = new ProgressLine(screen, label, isLogged);
    for (let told = 0; told < times; told++) {
      vi.advanceTimersByTime(every);
      line.update(describeProgress(working, 6));
    }
    line.erase();
  }

  it('says what is done, and is erased at the end', () => {
    const written: string[] = [];
    watch(screenOf(written, true), 1, 1500);
    expect(written).toEqual([
      '\r\u001b[2Kkafka.ded 6/4/1  1.5 s  search  1,234,567 firings  2,000 diagram nodes  1 exec…',
      '\r\u001b[2K',
    ]);
  });

  it('does not appear for short work, nor where nobody looks', () => {
    const written: string[] = [];
    watch(screenOf(written, true), 20, 10);
    watch(screenOf(written, false), 10, 1000);
    expect(written).toEqual([]);
  });

  it('is rewritten now and then, however often it is told', () => {
    const written: string[] = [];
    watch(screenOf(written, true), 1300, 1);
    expect(written.length).toBeLessThanOrEqual(12);
  });

  it('is a line every ten seconds in a log, and nothing of it is erased', () => {
    const written: string[] = [];
    watch(screenOf(written, false), 25, 1000, true);
    const done = 'search  1,234,567 firings  2,000 diagram nodes  1 execution\n';
    expect(written).toEqual(['10.0 s', '20.0 s'].map((elapsed) => `${label}  ${elapsed}  ${done}`));
  });

  it('says which of several scenarios it is about', () => {
    expect(progressLabel('kafka.ded', bounds, { number: 2, of: 14 })).toBe('2/14  kafka.ded 6/4/1');
  });

  it.each([
    [{}, false],
    [{ CI: '' }, false],
    [{ CI: 'false' }, false],
    [{ CI: 'true' }, true],
    [{ CI: '1' }, true],
  ])('takes %j for a server of continuous integration: %j', (environment, is) => {
    expect(isInCi(environment)).toBe(is);
  });

  it('stays on one line', () => {
    const written: string[] = [];
    watch(screenOf(written, true, 30), 1, 1500);
    expect(written[0].slice('\r\u001b[2K'.length)).toHaveLength(29);
  });

  it('has room for what is done, however long the name is', () => {
    const written: string[] = [];
    const line = new ProgressLine(screenOf(written, true), progressLabel('long '.repeat(30), bounds));
    vi.advanceTimersByTime(1500);
    line.update({ done: 'evaluate 3/6  at least 12.0 s left' });
    expect(written[0]).toBe(
      '\r\u001b[2Klong long long long long long long …  1.5 s  evaluate 3/6  at least 12.0 s left',
    );
  });

  it('says which timestep of all it is at, and what is left at the least', () => {
    const evaluating = { ...working, phase: 'evaluate', timestep: 3, firings: 0, executions: 0 } as const;
    expect(describeProgress(evaluating, 6).done).toBe('evaluate 3/6  2,000 diagram nodes');
    expect(describeProgress(evaluating, 6, { left: 12_000 }).done).toBe(
      'evaluate 3/6  at least 12.0 s left  2,000 diagram nodes',
    );
  });
});
