/**
 * Which parts of `src` may import which: each part imports from those before it alone, and no file, by whatever way,
 * from itself. `npm run lint` looks at every file.
 */

/** Parts in order, from what nothing else is needed for to what needs all. Parts in one list know nothing of each other. */
const orders = [
  [
    'model',
    'lineage',
    'solver',
    'injector',
    'runner',
    'report',
    'testing',
    ['index.ts', 'toolkit.ts'],
    'cli',
  ],
  ['model/[^/]+\\.ts', 'model/text', 'model/diagnostics', ['model/rules', 'model/handlers']],
  [
    'model/rules/[^/]+\\.ts',
    'model/rules/check',
    ['model/rules/evaluate', 'model/rules/dedalus'],
    'model/rules/typescript',
  ],
  ['injector/[^/]+\\.ts', 'injector/learn'],
  [
    ['runner/result.ts', 'runner/shape.ts'],
    'runner/files',
    'runner/traces',
    'runner/failures',
    'runner/suspects',
    'runner/subjects',
    'runner/guard',
    'runner/kinds',
    'runner/scenario',
    'runner/requests.ts',
    'runner/drivers',
    ['runner/run-pool.ts', 'runner/run-thread.ts'],
    'runner/search.ts',
    'runner/options',
    'runner/strategies',
    'runner/live',
    'runner/documents',
    'runner/certificate',
    ['runner/alike.ts', 'runner/look-first.ts'],
    'runner/because.ts',
    ['runner/check.ts', 'runner/replay.ts'],
    ['runner/explain', 'runner/protect', 'runner/regressions', 'runner/repair', 'runner/tolerance'],
    'runner/check-scenario.ts',
  ],
];

/** Says what protocols are, and so knows of each kind. */
const exceptions = '^src/model/protocol\\.ts$';

const pathOf = (part) => `^src/${part}(/|$)`;

const directions = orders.flatMap((order) =>
  order.flatMap((layer, place) => {
    const parts = [layer].flat();
    return parts.map((part) => ({
      name: `from ${part}`,
      severity: 'error',
      comment: `what \`${part}\` may import stands before it in .dependency-cruiser.mjs`,
      from: { path: pathOf(part), pathNot: exceptions },
      to: {
        path: [...parts.filter((other) => other !== part), ...order.slice(place + 1).flat()].map(pathOf),
      },
    }));
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no circle',
      severity: 'error',
      comment: 'a file that needs itself cannot be read alone: take out what both need',
      from: {},
      to: { circular: true },
    },
    {
      name: 'rooms from cli',
      severity: 'error',
      comment: 'the command line uses what `src/index.ts` and `src/toolkit.ts` list, as other programs would',
      from: { path: pathOf('cli') },
      to: { path: '^src/', pathNot: ['cli', 'index\\.ts', 'toolkit\\.ts'].map(pathOf) },
    },
    ...directions.filter(({ to }) => to.path.length > 0),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types are part of what a file needs to be read.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
};
