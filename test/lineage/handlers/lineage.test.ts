/** The lineage of a small run of handlers, vertex by vertex. */
import { describe, expect, it } from 'vitest';
import { happenedFaults } from '../../../src/injector/happened.js';
import type { FaultSet } from '../../../src/injector/faults.js';
import { concreteWorld } from '../../../src/injector/world.js';
import { lineageOfHandlers, type Rests, type StateGoal } from '../../../src/lineage/handlers/lineage.js';
import { pastOf, type Lineage } from '../../../src/lineage/lineage.js';
import type { HandlerStep } from '../../../src/model/handlers/evaluation.js';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import type { HandlerProtocol } from '../../../src/model/handlers/protocol.js';
import { poll } from '../../runner/handlers/scenarios.js';
import { told } from '../told.js';

const protocol = poll.protocol as HandlerProtocol;

function lineageOf(goals: readonly StateGoal[], faults: FaultSet = [], rests: Rests = 'on all'): Lineage {
  const evaluator = new HandlerEvaluator(protocol, { nodes: poll.nodes, eot: 5 });
  const steps: HandlerStep[] = [];
  const onStep = (step: HandlerStep) => steps.push(step);
  const evaluation = evaluator.run(concreteWorld(faults), { onStep });
  return lineageOfHandlers({ evaluator, evaluation, steps }, happenedFaults(faults), goals, rests);
}

function past(lineage: Lineage): readonly string[] {
  return [...pastOf(lineage)].map((name) => told(lineage.vertices.get(name)!));
}

describe('the lineage of handlers', () => {
  it('rests a state on the call that made it, and that on the state before and the message', () => {
    expect(past(lineageOf([{ node: 'ann', time: 3 }]))).toEqual([
      'ann@2 {"answers":[],"asked":true,"closed":false}',
      'by onMessage.ask',
      'ann@0 {"answers":[],"asked":false,"closed":false}',
      'ask host->ann@1',
      'by init',
      'by onStart',
      'host@0 {"answers":[],"asked":false,"closed":false}',
      'by init',
    ]);
  });

  it('rests a state on what was lost from then on, with its fault', () => {
    const lost: FaultSet = [{ kind: 'omission', from: 'host', to: 'ann', time: 1 }];
    expect(past(lineageOf([{ node: 'ann', time: 3 }], lost))).toEqual([
      'ann@2 {"answers":[],"asked":false,"closed":false}',
      'ann@0 {"answers":[],"asked":false,"closed":false}',
      'lost ask host->ann@1',
      'by init',
      'drop host->ann@1',
    ]);
  });

  it('rests a state that a node stays in on its crash', () => {
    const down: FaultSet = [{ kind: 'crash', node: 'ann', time: 2 }];
    expect(past(lineageOf([{ node: 'ann', time: 3 }], down))).toEqual([
      'ann@2 down {"answers":[],"asked":false,"closed":false}',
      'ann@0 {"answers":[],"asked":false,"closed":false}',
      'crash ann@2',
      'by init',
    ]);
  });

  it('has the places of handlers', () => {
    const { vertices } = lineageOf([{ node: 'ann', time: 3 }]);
    const places = [...vertices.values()].flatMap((vertex) =>
      vertex.kind === 'firing' ? [vertex.place] : [],
    );
    expect(places[0]?.source).toMatchObject({ fields: ['handlers', 'onMessage', 'ask'] });
  });

  it('of what was looked at has less', () => {
    const goals = [{ node: 'host', time: 5 }];
    const all = past(lineageOf(goals));
    const looked = past(lineageOf(goals, [], 'looked at'));
    expect(all).toEqual(expect.arrayContaining([...looked]));
    expect(looked.length).toBeLessThan(all.length);
    expect(looked).toContain('answer ann->host@2');
  });

  it('is the same, to the order of its vertices, for the same run', () => {
    const goals = [{ node: 'host', time: 5 }];
    expect([...lineageOf(goals).because]).toEqual([...lineageOf(goals).because]);
    expect(structuredClone(lineageOf(goals))).toEqual(lineageOf(goals));
  });

  it('knows its nodes and times', () => {
    expect(() => lineageOf([{ node: 'carl', time: 3 }])).toThrow('there is no carl at time 3');
    expect(() => lineageOf([{ node: 'ann', time: 6 }])).toThrow('there is no ann at time 6');
  });
});
