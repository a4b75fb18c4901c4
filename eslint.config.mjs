import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * What oxlint cannot check: forms of syntax, imports by name, and the rules of
 * React's compiler. `.oxlintrc.json` has the other rules.
 */

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
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
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
    files: ['libs/config/**', 'test/**', 'apps/cli/**', 'apps/standalone/**', '**/*.mjs'],
    rules: { 'no-restricted-syntax': ['error', ...NO_FOLDED_LITERALS] },
  },
  {
    files: ['apps/portal/**/*.tsx', 'apps/portal/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
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
);
