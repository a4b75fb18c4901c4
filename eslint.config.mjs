import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import redos from 'eslint-plugin-redos';
import tseslint from 'typescript-eslint';

/** A literal that is spread in place is not checked for excess properties: a misspelt name compiles. */
const NO_FOLDED_LITERALS = [
  {
    selector: 'SpreadElement > ObjectExpression',
    message: 'Write the properties out: spreading a literal switches off the excess-property check.',
  },
  { selector: 'SpreadElement > ArrayExpression', message: 'Write the elements out instead of spreading a literal.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.throughline/', 'coverage/', 'test-output/'] },
  js.configs.recommended,
  {
    // Of the product and its scripts: a test's patterns read what the test wrote. A pattern that the
    // checker cannot decide in time passes.
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts', 'scripts/**/*.mjs'],
    ignores: ['**/*.spec.ts', '**/*.fixture.ts'],
    plugins: { redos },
    rules: { 'redos/no-vulnerable': ['error', { timeout: 5000 }] },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      // Nest modules are classes without members: that is the framework's form.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/require-await': 'off',
      // Texts are counted and walked by code points on purpose.
      '@typescript-eslint/no-misused-spread': 'off',
      // Options objects of Nest and TypeORM are typed as classes and meant as literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-misleading-character-class': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only libs/config reads the environment.',
        },
        { selector: 'ExportAllDeclaration', message: 'Name what you export: a barrel hides what a lib promises.' },
        ...NO_FOLDED_LITERALS,
      ],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts', '**/*.data.ts'],
    // Lines of code. The habit is 300; a longer file is split by job.
    rules: { 'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['libs/config/**', 'test/**', 'apps/cli/**', 'apps/standalone/**', '**/*.mjs'],
    rules: { 'no-restricted-syntax': ['error', ...NO_FOLDED_LITERALS] },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['apps/portal/**/*.tsx', 'apps/portal/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { __dirname: 'readonly', process: 'readonly' } },
  },
  {
    // A component calls the typed hooks and functions of its feature's api.ts, so that a response type follows from its route.
    // These four build their path at run time.
    files: ['apps/portal/src/**/*.tsx'],
    ignores: [
      'apps/portal/src/features/brand/BrandPreview.tsx',
      'apps/portal/src/features/campaigns/samples/ProgrammeDryRun.tsx',
      'apps/portal/src/features/team/SigningKeysScreen.tsx',
      'apps/portal/src/shared/BrandChoice.tsx',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/shared/api', '**/shared/request', './api', './request'],
              importNames: ['call', 'get', 'request'],
              message: "Add a function or a hook to the feature's api.ts and call that.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
