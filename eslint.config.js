import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** A folder imports only from those to its left. */
const rooms = ['model', 'lineage', 'solver', 'injector', 'runner', 'report', 'testing', 'cli'];

/** What runs in a browser as well: it knows neither Node nor the clock. */
const anywhere = ['model', 'lineage', 'solver', 'injector'];

const direction = rooms.map((room, index) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...(anywhere.includes(room) ? [{ regex: '^node:', message: 'Only the runner may use Node.' }] : []),
          ...(index + 1 < rooms.length
            ? [
                {
                  regex: `^(\\.\\./)+(${rooms.slice(index + 1).join('|')})/`,
                  message: `Data flows ${rooms.join(', ')}.`,
                },
              ]
            : []),
        ],
      },
    ],
    ...(anywhere.includes(room) && {
      'no-restricted-globals': ['error', 'process', 'performance', 'console', 'setTimeout'],
    }),
  },
}));

export default tseslint.config(
  { ignores: ['**/dist', 'node_modules', 'coverage'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Without noUncheckedIndexedAccess, an element that may be absent has a type that denies it.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', performance: 'readonly', URL: 'readonly' },
    },
  },
  ...direction,
);
