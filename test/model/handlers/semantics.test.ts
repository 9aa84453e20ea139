/** The meaning of handlers, in runs under one fault set. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concreteWorld } from '../../../src/injector/world.js';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import { admissibleFaultSets } from '../../judge/fault-sets.js';
import { judgeHandlerRun } from '../../judge/handlers.js';
import { handlerCases } from '../../judge/handlers-cases.js';
import { generatedHandlers } from '../../generators/handlers/handlers.js';

describe('a concrete run', () => {
  it.each(handlerCases)('$name', ({ protocol, nodes, eot, faults, shows }) => {
    const evaluation = new HandlerEvaluator(protocol, { nodes, eot }).run(concreteWorld(faults));
    const shown = nodes.map((node, place) => [
      node,
      evaluation.viewsOf(place, eot).map(({ observation }) => observation.value),
    ]);
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(Object.entries(shows).map(([node, observed]) => [node, [observed]])),
    );
  });

  it('is the same whatever the evaluator ran before', () => {
    fc.assert(
      fc.property(
        generatedHandlers(),
        fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
        ({ protocol, nodes, bounds }, picks) => {
          const { eot } = bounds;
          const faultSets = [...admissibleFaultSets(nodes, bounds)];
          const evaluator = new HandlerEvaluator(protocol, { nodes, eot });
          for (const pick of picks) {
            const faults = faultSets[pick % faultSets.length];
            const evaluation = evaluator.run(concreteWorld(faults));
            const { views } = judgeHandlerRun(protocol, { nodes, eot }, faults);
            const seen = views.map((_, i) =>
              nodes.map((node, place) => {
                const [view, ...others] = evaluation.viewsOf(place, i + 1);
                expect(others).toEqual([]);
                return { node, observed: view.observation.value, crashed: view.crashed };
              }),
            );
            expect(seen).toEqual(
              views.map((each) => each.map(({ node, observed, crashed }) => ({ node, observed, crashed }))),
            );
          }
        },
      ),
    );
  });
});
