import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** A folder imports only from those to its left: model, lineage, solver, injector, runner. */
const stages = ['model', 'lineage', 'solver', 'injector', 'runner'];
const direction = stages.slice(0, -1).map((stage, index) => ({
  files: [`src/${stage}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: '^node:', message: 'Only the runner may use Node.' },
          {
            regex: `^(\\.\\./)+(${stages.slice(index + 1).join('|')})/`,
            message: 'Data flows model, lineage, solver, injector, runner.',
          },
        ],
      },
    ],
    'no-restricted-globals': ['error', 'process', 'performance', 'console', 'setTimeout'],
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
