#!/usr/bin/env node
/**
 * `npm test`: installs, builds, checks and runs every kind of test.
 * `npm test -- --only api` runs one kind; `npm run test:all` includes the long
 * suites of test/nightly.cjs.
 * Every kind runs even if another failed, so that one run shows all failures.
 * Suites of real processes that failed run again, alone, and are named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { writeDomainGroups } from './domain-groups.mjs';
import { checkNode, fail, root, setUp } from './setup.mjs';

/** Real programs that the tests start. */
const NEEDED = [
  { binary: 'redis-server', package: 'redis-server', why: 'the journey of separate processes', kinds: ['journeys'] },
  {
    binary: 'chromium-headless-shell',
    package: 'chromium-headless-shell',
    why: 'the browser tests and the golden ones',
    kinds: ['browser', 'golden'],
  },
  { binary: 'pdftoppm', package: 'poppler-utils', why: 'the golden tests, which look at documents', kinds: ['golden'] },
  { binary: 'qpdf', package: 'qpdf', why: 'the golden tests, which look at documents', kinds: ['golden'] },
  { binary: 'dovecot', package: 'dovecot-imapd', why: 'the API tests, which read a mailbox', kinds: ['api'] },
];
/** More failures than these have a common cause. */
const MOST_RUN_AGAIN = 6;
/**
 * Tests throw away much memory: with V8's default of 16 MB an API suite takes a
 * sixth more processor time. Workers inherit it.
 */
const YOUNG_SPACE = '--max-semi-space-size=64';
/**
 * Of the smallest machine. A third worker fills its idle tenth, but suites then
 * miss limits in real time and run again, which takes longer.
 */
const WORKERS = 2;
const KINDS = ['architecture', 'domain', 'golden', 'database', 'api', 'journeys', 'browser'];

const found = (binary) => spawnSync('sh', ['-c', `command -v ${binary}`]).status === 0;
const quiet = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Installs the programs if this machine allows it; otherwise prints what to
 * install.
 */
function provideServers(kinds) {
  const needed = NEEDED.filter((program) => program.kinds.some((kind) => kinds.includes(kind)));
  const missing = needed.filter(({ binary }) => !found(binary));
  if (missing.length === 0) return;
  const packages = missing.map((program) => program.package);
  process.stdout.write(`  Installing ${packages.join(', ')} …\n`);
  if (process.getuid?.() === 0 && found('apt-get')) {
    quiet('apt-get', ['update']);
    quiet('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
  }
  const still = needed.filter(({ binary }) => !found(binary));
  if (still.length > 0) {
    fail(
      `Please install ${still.map(({ binary, why }) => `${binary} (for ${why})`).join(' and ')}, for example: sudo apt-get install ${still.map((program) => program.package).join(' ')}`,
    );
  }
}

function chosenKinds() {
  const at = process.argv.indexOf('--only');
  if (at === -1) return KINDS;
  const kinds = (process.argv[at + 1] ?? '').split(',');
  const unknown = kinds.filter((kind) => !KINDS.includes(kind));
  if (unknown.length > 0) fail(`There is no kind of test called ${unknown.join(', ')}; there are ${KINDS.join(', ')}.`);
  return kinds;
}

const isAll = process.argv.includes('--all');
checkNode();
const kinds = chosenKinds();
process.stdout.write('\nThroughline: tests\n');
await setUp()
  .then(({ portal }) => portal)
  .catch((error) => fail(`The set-up did not finish: ${error.message}`));
provideServers(kinds);

const failed = [];
/** `npm run check` has been asked: no suite has to ask it again. */
const isChecked = kinds.length === KINDS.length;
if (isChecked) {
  const check = spawnSync('npm', ['run', 'check'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (check.status !== 0) failed.push('check');
}
const jest = join(root, 'node_modules/jest/bin/jest.js');
if (!existsSync(jest)) fail('Jest is not installed: remove node_modules and run npm test again.');

/**
 * Runs Jest. @returns whether all passed, and the suites that failed, each with its messages.
 * @param report name of the file with the results and the time of each test.
 */
function run(workers, report, selection = []) {
  const path = join(root, 'test-output', report);
  mkdirSync(join(root, 'test-output'), { recursive: true });
  rmSync(path, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      YOUNG_SPACE,
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      jest,
      '--selectProjects',
      ...kinds,
      `--maxWorkers=${workers}`,
      `--filter=${join(root, 'test/nightly.cjs')}`,
      '--json',
      `--outputFile=${path}`,
      ...selection,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        THROUGHLINE_TEST_GROUPS: '1',
        THROUGHLINE_TEST_ALL: isAll ? '1' : '0',
        THROUGHLINE_TEST_CHECKED: isChecked ? '1' : '0',
      },
    },
  );
  const results = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : [];
  return { passed: status === 0, failed: results.filter((suite) => suite.status === 'failed') };
}

/**
 * Suites that may run a second time, alone, each kind with its reason. Two
 * workers and the servers that they start share the cores, so that a limit in
 * real time can be missed. A property that failed is never repeated.
 */
const MAY_RUN_AGAIN = [
  { suites: /^test\/(groups\/)?api/, reason: 'waits up to 10 s for mail that passes through real servers' },
  {
    suites: /^test\/(journeys|faults|adversary)\//,
    reason: 'starts and ends processes, whose start takes twice as long beside another suite',
  },
  { suites: /^test\/(groups\/)?browser/, reason: 'waits for what a person sees in a real browser' },
  {
    suites: /(^test\/groups\/database-.*|\.db)\.spec\.ts$/,
    reason: 'measures how long statements wait for each other',
  },
];

const mayRunAgain = ({ name, message }) =>
  MAY_RUN_AGAIN.some(({ suites }) => suites.test(relative(root, name).replaceAll('\\', '/'))) &&
  !message.includes('Property failed');

writeDomainGroups(root);
const first = run(WORKERS, 'jest.json');
if (!first.passed) {
  const names = first.failed.map(({ name }) => relative(root, name));
  const isRepeatable = names.length > 0 && names.length <= MOST_RUN_AGAIN && first.failed.every(mayRunAgain);
  if (isRepeatable) process.stdout.write(`\nAgain, one after the other: ${names.join(', ')}\n`);
  if (isRepeatable && run(1, 'jest-again.json', ['--runTestsByPath', ...names]).passed)
    process.stdout.write(`\nPassed only alone, find the cause of each: ${names.join(', ')}\n`);
  else failed.push('tests');
}
if (failed.length > 0) fail(`Not passed: ${failed.join(', ')}.`);
