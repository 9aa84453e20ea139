/** Which way of evaluation ends first changes no verdict, and no counterexample. */
import { describe, expect, it } from 'vitest';
import { acknowledgedDelivery, twoPhaseCommit } from '../../../bench/handler-families.js';
import { handlersRow } from '../../../bench/library.js';
import { checkRow } from '../../../bench/rows.js';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { reportCheck } from '../../../src/report/text/report.js';
import { ProtocolError } from '../../../src/runner/failures/protocol-error.js';
import { check } from '../../../src/runner/check.js';
import { plainStyle } from '../../../src/report/text/style.js';

describe('where nodes wait for many others', () => {
  it('cells certify what whole states do not end with', async () => {
    const row = await acknowledgedDelivery(5, { eot: 8, eff: 6, crashes: 1 });
    const { verdict, evidence } = await checkRow(row, { timeout: Infinity });
    expect(verdict.kind).toBe('certified');
    // By whole states, the diagram would have decided.
    expect(evidence.representation).toBe('circuit');
  });

  it('cells find the least counterexample, which is replayed by whole states', async () => {
    const bounds = { eot: 8, eff: 4, crashes: 1 };
    const [small, large] = await Promise.all([twoPhaseCommit(4, bounds), twoPhaseCommit(6, bounds)]);
    const byStates = await checkRow(small, { timeout: Infinity });
    const byCells = await checkRow(large, { timeout: Infinity });
    expect([byStates, byCells].map(({ evidence }) => evidence.representation)).toEqual([
      'diagram',
      'circuit',
    ]);
    for (const { verdict } of [byStates, byCells]) {
      if (verdict.kind !== 'violated') throw new Error(`it is ${verdict.kind}`);
      const [{ faults, minimality }] = verdict.counterexamples;
      expect(faults).toEqual([{ kind: 'crash', node: 'a', time: 3 }]);
      expect(minimality).toBe('minimum');
    }
  });
});

describe('where one thing is done after another', () => {
  const bounds = { eot: 12, eff: 8, crashes: 1 };

  it('the states of all nodes together certify, and the report says so', async () => {
    const row = await handlersRow('paxos', 'paxos on three nodes', bounds, 'certified');
    const result = await checkRow(row, { timeout: Infinity });
    expect(result.verdict.kind).toBe('certified');
    expect(result.evidence).toMatchObject({ representation: 'states', confirmed: false, executions: 1 });
    const texts = [false, true].map((verbose) =>
      reportCheck(result, { width: 100, style: plainStyle, verbose }),
    );
    expect(texts[0]).toContain('1.50e14 fault sets covered; compiled by states;');
    expect(texts[1]).toContain('by compiled, as all states that the nodes may be in together');
  });

  it('whole states tell of a handler that fails, with the least fault set that leads there', async () => {
    const { scenario } = await handlersRow('paxos', 'paxos on three nodes', bounds, 'certified');
    const { protocol, nodes } = scenario;
    if (protocol.kind !== 'handlers' || protocol.handlers === undefined) throw new Error('it has roles');
    const { handlers } = protocol;
    const accept: (typeof handlers.onMessage)[string] = (state, message, context) => {
      if (context.time === 11) throw new Error('too late');
      return handlers.onMessage.accept(state, message, context);
    };
    const failing = { ...protocol, handlers: { ...handlers, onMessage: { ...handlers.onMessage, accept } } };
    const failure = await check(failing, { name: 'failing', nodes, bounds }).catch((error: unknown) => error);
    if (!(failure instanceof ProtocolError)) throw new Error('it does not fail', { cause: failure });
    expect(formatSchedule(failure.faults)).toBe('drop a->c@1; crash b@2; drop a->c@3');
    expect(failure.call).toMatchObject({ time: 11, event: { kind: 'message', message: { type: 'accept' } } });
  });
});
