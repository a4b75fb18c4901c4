import { SWC_OPTIONS } from './scripts/swc-options.mjs';

const base = {
  testEnvironment: '<rootDir>/test/support/plain-environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  // Not `metadata.json.js`, which is a module of a package.
  moduleNameMapper: { '^(\\.{1,2}/.*)(?<!\\.json)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': ['@swc/jest', SWC_OPTIONS],
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.throughline/'],
};

const withPostgres = {
  globalSetup: '<rootDir>/test/support/postgres.setup.mjs',
  globalTeardown: '<rootDir>/test/support/postgres.teardown.mjs',
};

/**
 * `npm test` runs most suites in groups: each file of a group imports several, so that a worker loads the modules of the product once
 * for all of them. Loading them takes 3.5 s of processor time of each API suite that runs alone.
 */
const groupsOf = (kind, folder = 'test/groups') =>
  process.env.THROUGHLINE_TEST_GROUPS === '1' ? [`<rootDir>/${folder}/${kind}*.spec.ts`] : [];

/** One project per kind of test, so that a run of domain tests never waits for a server. */
export default {
  projects: [
    {
      ...base,
      displayName: 'domain',
      testMatch: [
        '<rootDir>/{apps,libs}/**/*.spec.ts',
        '<rootDir>/test/adversary/**/*.spec.ts',
        ...groupsOf('domain', 'test-output/groups'),
      ],
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, '\\.(db|adversary)\\.spec\\.ts$'],
    },
    {
      ...base,
      ...withPostgres,
      displayName: 'database',
      testMatch: ['<rootDir>/libs/**/*.db.spec.ts', ...groupsOf('database')],
    },
    {
      ...base,
      ...withPostgres,
      displayName: 'api',
      testMatch: ['<rootDir>/test/api/**/*.spec.ts', ...groupsOf('api')],
    },
    {
      ...base,
      displayName: 'golden',
      globalSetup: '<rootDir>/test/support/shared-files.setup.mjs',
      globalTeardown: '<rootDir>/test/support/shared-files.teardown.mjs',
      testMatch: ['<rootDir>/test/golden/**/*.spec.ts', ...groupsOf('golden')],
    },
    {
      ...base,
      displayName: 'architecture',
      testMatch: ['<rootDir>/test/architecture/**/*.spec.ts', ...groupsOf('architecture')],
    },
    {
      ...base,
      ...withPostgres,
      displayName: 'journeys',
      globalSetup: '<rootDir>/test/support/journeys.setup.mjs',
      globalTeardown: '<rootDir>/test/support/journeys.teardown.mjs',
      testMatch: ['<rootDir>/test/{journeys,faults}/**/*.spec.ts', '<rootDir>/test/adversary/**/*.adversary.spec.ts'],
    },
    {
      ...base,
      displayName: 'browser',
      globalSetup: '<rootDir>/test/support/browser.setup.mjs',
      globalTeardown: '<rootDir>/test/support/browser.teardown.mjs',
      testMatch: ['<rootDir>/test/browser/**/*.spec.ts', ...groupsOf('browser')],
    },
  ],
  testSequencer: '<rootDir>/test/longest-first.cjs',
  // Modules of finished suites stay in a worker: one that has grown begins anew instead of running out of memory.
  workerIdleMemoryLimit: '1500MB',
  // Finds what hangs; says nothing about speed: a whole product and a browser start in some hooks, on machines that others use too.
  testTimeout: 150_000,
};
