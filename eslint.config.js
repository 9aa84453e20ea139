import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * What runs in a browser as well: it knows neither Node nor the clock. Which folder may import which is for
 * `.dependency-cruiser.mjs` to say.
 */
const anywhere = ['model', 'lineage', 'solver', 'injector'];

/** Where it is asked whether a protocol is of rules or of handlers. */
const kindAsked = [
  'BinaryExpression[operator=/^[!=]==?$/]:has(> :matches([property.name="kind"], [name="kind"]))',
  'SwitchStatement:matches([discriminant.property.name="kind"], [discriminant.name="kind"]) > SwitchCase',
].map((place) => `${place} > Literal[value=/^(rules|handlers)$/]`);

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
    files: ['src/**/*.ts'],
    ignores: ['src/model/**', 'src/runner/kinds/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...kindAsked.map((selector) => ({
          selector,
          message: 'What kinds of protocols have not alike is for `src/runner/kinds/` to say.',
        })),
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', performance: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: ['examples/**/*.js'],
    languageOptions: { globals: { fetch: 'readonly', AbortSignal: 'readonly' } },
  },
  {
    files: anywhere.map((room) => `src/${room}/**/*.ts`),
    // What runs within a live service, or before it, is the exception; but what they agree on is read everywhere.
    ignores: ['src/injector/node/!(contract).ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^node:', message: 'Only the runner may use Node.' }] },
      ],
      'no-restricted-globals': ['error', 'process', 'performance', 'console', 'setTimeout'],
    },
  },
);
