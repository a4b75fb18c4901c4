import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * What oxlint cannot check: the rules of React's compiler, and imports by name.
 * `.oxlintrc.json` has the other rules. Only the portal is asked.
 */
export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.throughline/', 'coverage/', 'test-output/'] },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
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
