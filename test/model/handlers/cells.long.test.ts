/** Evaluation by cells finds of all fault sets exactly those that the judge finds, by each representation of conditions. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import { booleans, FALSE, TRUE, type Algebra, type Condition } from '../../../src/model/algebra.js';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import {
  type,
  type HandlerOutcome,
  type AnyHandlers,
  type HandlerProtocol,
  type MessageLike,
} from '../../../src/model/handlers/protocol.js';
import { HandlerSpecification } from '../../../src/model/handlers/specification.js';
import type { World } from '../../../src/model/world.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { generatedHandlers } from '../../generators/handlers/handlers.js';
import { admissibleFaultSets } from '../../judge/fault-sets.js';
import { judgeHandlerRun } from '../../judge/handlers.js';
import { byCells, expectCellsToEqualRuns, namesOf } from '../../laws/handler-cells.js';
import { expectTrueOfTheSame } from '../../laws/representations.js';
import { disturbed } from '../worlds.js';

function violationBy(way: string, evaluator: HandlerEvaluator, world: World): Condition {
  if (way === 'cells') return byCells(evaluator, world).violation;
  const { algebra } = world;
  return [...new HandlerSpecification(evaluator).findings(evaluator.run(world), algebra)]
    .filter(({ findings }) => findings.some(({ reason }) => reason !== undefined))
    .reduce((any, { condition }) => algebra.or(any, condition), FALSE);
}

function evaluatorOf(protocol: HandlerProtocol, nodes: readonly string[], eot: number): HandlerEvaluator {
  return new HandlerEvaluator(protocol, { nodes, eot });
}

interface Known {
  readonly terms: readonly { readonly from: string }[];
  readonly last: { readonly from: string } | null;
}

/** Everybody tells all others, and a property looks at whether any two came to know the same. */
function whoKnowsTheSame(areSame: (a: unknown, b: unknown) => boolean): HandlerProtocol {
  const handlers: AnyHandlers = {
    messages: type<MessageLike>(),
    init: (): Known => ({ terms: [], last: null }),
    onStart: (_, { broadcast }) => {
      broadcast({ type: 'tell' });
    },
    onMessage: {
      tell: (state, _, { from }): Known => ({ terms: [...(state as Known).terms, { from }], last: { from } }),
    },
    observe: (state) => state,
  };
  const post = ({ nodes }: HandlerOutcome<string, unknown>) => {
    const [first, ...others] = nodes.map(({ observed }) => observed as Known);
    return !others.some(
      (other) =>
        areSame(first, other) ||
        areSame(first.last, other.terms.at(0)) ||
        (other.last !== null && first.terms.some((term) => areSame(term, other.last))),
    );
  };
  return { kind: 'handlers', handlers, specification: { different: { pre: () => true, post } } };
}

let factory: SolverFactory;
beforeAll(async () => {
  factory = await loadBackend('minisat');
});

describe('evaluation by cells', () => {
  it('comes to the conditions of what the judge finds in each run', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(generatedHandlers(), (generated) => {
        expectCellsToEqualRuns(generated, factory);
      }),
      { numRuns: 16 },
    );
  });

  it.each(['cells', 'states'])('by %s, shows properties equal data as one object', (by) => {
    const nodes = ['a', 'b', 'c'];
    const bounds: Bounds = { eot: 3, eff: 2, crashes: 1 };
    const protocol = whoKnowsTheSame((a, b) => a === b);
    const compared = whoKnowsTheSame((a, b) => isDeepStrictEqual(a, b));
    const evaluator = evaluatorOf(protocol, nodes, bounds.eot);
    expectTrueOfTheSame(
      {
        nodes,
        bounds,
        evaluate: (world) => [{ name: 'violated', condition: violationBy(by, evaluator, world) }],
        judge: (faults) =>
          namesOf([], judgeHandlerRun(compared, { nodes, eot: bounds.eot }, faults).violations.length > 0),
      },
      factory,
      admissibleFaultSets(nodes, bounds),
    );
  });

  it('takes states that look alike for one', () => {
    const { handlers } = whoKnowsTheSame(() => false);
    const bounds: Bounds = { eot: 3, eff: 2, crashes: 0 };
    const post = ({ nodes }: HandlerOutcome<string, unknown>) => nodes.every(({ observed }) => observed);
    const protocol: HandlerProtocol = {
      kind: 'handlers',
      handlers: { ...handlers!, observe: (state) => (state as Known).terms.length > 0 },
      specification: { told: { pre: () => true, post } },
    };
    expectCellsToEqualRuns({ protocol, nodes: ['a', 'b', 'c'], bounds }, factory);
  });

  it('says what evaluation by states says where messages are late or come twice, and nodes start again', () => {
    const algebra: Algebra = booleans;
    const some = fc.array(fc.nat(1), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(generatedHandlers(), some, some, ({ protocol, nodes, bounds }, late, down) => {
        const { eot } = bounds;
        const at = (table: readonly number[], a: string, b: string, time: number) =>
          table[(nodes.indexOf(a) * 17 + nodes.indexOf(b) * 5 + time) % table.length] === 1;
        const world = disturbed({
          arrivals: (from, to, sent) =>
            at(late, from, to, sent)
              ? at(down, from, to, sent)
                ? [sent + 1, sent + 2]
                : [sent + 2]
              : [sent + 1],
          isDown: (node, time) => at(down, node, node, time),
        });
        const evaluator = evaluatorOf(protocol, nodes, eot);
        const findings = [
          ...new HandlerSpecification(evaluator).findings(evaluator.run(world), algebra),
        ].flatMap((outcome) => outcome.findings);
        const asked = new Set(findings.filter(({ pre }) => pre).map(({ property }) => property));
        const specification = byCells(evaluator, world);
        const names = Object.keys(protocol.specification);
        expect(
          namesOf(
            names.filter((name) => specification.askedBy(name) === TRUE),
            specification.violation === TRUE,
          ),
        ).toEqual(
          namesOf(
            [...asked],
            findings.some(({ reason }) => reason !== undefined),
          ),
        );
      }),
      { numRuns: 120 },
    );
  });
});
