/** Random systems in memory. */
import fc from 'fast-check';
import { KINDS, type Service, type Step } from './call-tree.js';

interface Shape {
  readonly steps: readonly StepShape[];
  readonly bug: readonly number[];
}

interface StepShape extends Pick<Step, 'retries' | 'hopeless' | 'isRequired' | 'tells'> {
  readonly calls: Shape;
  readonly fallback: Shape | undefined;
}

const { shape } = fc.letrec<{ shape: Shape; step: StepShape }>((tie) => ({
  shape: fc.record({
    steps: fc.array(tie('step'), { maxLength: 2 }),
    bug: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
  }),
  step: fc.record({
    calls: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'services', depthSize: 'small' },
      fc.constant({ steps: [], bug: [] }),
      tie('shape'),
    ),
    fallback: fc.option(fc.constant({ steps: [], bug: [] }), { nil: undefined }),
    retries: fc.constantFrom(0, 0, 1),
    hopeless: fc.constantFrom([], [KINDS[2]]),
    isRequired: fc.boolean(),
    tells: fc.boolean(),
  }),
}));

/** Services with names by their places, so that no two are one. */
export const trees: fc.Arbitrary<Service> = shape.map((root) => named(root, 's'));

function named({ steps, bug }: Shape, name: string): Service {
  const bugs =
    bug.length > 0 && bug.every((step) => step < steps.length) ? [bug.map((step) => ({ step }))] : [];
  return {
    name,
    bugs,
    steps: steps.map(({ calls, fallback, ...rest }, place) => ({
      ...rest,
      calls: named(calls, `${name}-${place}`),
      ...(fallback && {
        fallback: { calls: named(fallback, `${name}-${place}b`), tells: rest.tells ?? false },
      }),
    })),
  };
}
