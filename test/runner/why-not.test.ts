/** Why a protocol's outcome is not a good one, of rules and of handlers. */
import { expect, it } from 'vitest';
import type { FaultSet } from '../../src/injector/faults.js';
import type { HandlerProtocol } from '../../src/model/handlers/protocol.js';
import { protocolWhyNot } from '../../src/runner/replay.js';
import { told } from '../lineage/told.js';
import { checkedProgram } from '../model/rules/evaluate/runs.js';
import { poll } from './handlers/scenarios.js';

const DELIVERY = `sends("a", "b")@1; got(B)@async :- sends(A, B); kept(B) :- got(B); kept(B)@next :- kept(B);
  pre(B) :- sends(A, B)@1; post(B) :- kept(B);`;

const delivery = { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } };
const lost: FaultSet = [{ kind: 'omission', from: 'a', to: 'b', time: 1 }];

it('tells of rules what kept each tuple of `pre` from being in `post`', async () => {
  const found = await protocolWhyNot(checkedProgram(DELIVERY), delivery, lost);
  expect(found.map(({ what }) => told(what))).toEqual(['no post("b")@3']);
  const [{ failure }] = found[0].attempts;
  if (failure.kind !== 'missing') throw new Error('`kept` is missing');
  expect(failure.missing.map(({ what }) => told(what))).toEqual(['no kept("b")@3']);
});

it('has nothing to tell of a good run', async () => {
  expect(await protocolWhyNot(checkedProgram(DELIVERY), delivery, [])).toEqual([]);
});

it('tells of handlers where the run first parts from the one without faults, with the place', async () => {
  const { nodes, bounds } = poll;
  const protocol = poll.protocol as HandlerProtocol;
  const dropped: FaultSet = [{ kind: 'omission', from: 'host', to: 'ann', time: 1 }];
  const found = await protocolWhyNot(protocol, { nodes, bounds }, dropped);
  const failures = found.flatMap(({ attempts }) => attempts.map(({ failure }) => failure));
  expect(
    failures.map(
      (failure) =>
        failure.kind === 'differs' && [told(failure.first), failure.instead && told(failure.instead)],
    ),
  ).toEqual([['lost ask host->ann@1', 'ask host->ann@1']]);
});
