#!/usr/bin/env node
/**
 * `npm test`: installs what is missing, builds, checks and runs every kind of test. `npm test -- --only api` runs one kind,
 * `npm run test:all` also what takes long: see test/nightly.cjs.
 * Every kind runs even after another failed, so that one run shows everything. A few suites of real processes that failed beside others are
 * run once more, alone, and named at the end: see CONTRIBUTING.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkNode, fail, root, setUp } from './setup.mjs';

/** Programs that the tests start for real. */
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
/** More than these are no bad luck. */
const MOST_RUN_AGAIN = 6;
const KINDS = ['architecture', 'domain', 'golden', 'database', 'api', 'journeys', 'browser'];

const found = (binary) => spawnSync('sh', ['-c', `command -v ${binary}`]).status === 0;
const quiet = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Installs the programs where this machine allows it, and says what to install where it does not. */
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
await setUp().catch((error) => fail(`The set-up did not finish: ${error.message}`));
provideServers(kinds);

const failed = [];
if (kinds.length === KINDS.length) {
  const check = spawnSync('npm', ['run', 'check'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (check.status !== 0) failed.push('check');
}
const jest = join(root, 'node_modules/jest/bin/jest.js');
if (!existsSync(jest)) fail('Jest is not installed: remove node_modules and run npm test again.');

/** Runs Jest. @returns whether all passed, and the suites that did not, each with what it said. */
function run(selection, workers) {
  mkdirSync(join(root, 'test-output'), { recursive: true });
  const report = join(root, 'test-output', 'jest.json');
  rmSync(report, { force: true });
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  const { status } = spawnSync(
    process.execPath,
    [
      ...args,
      '--selectProjects',
      ...kinds,
      `--maxWorkers=${workers}`,
      ...(isAll ? [] : [`--filter=${join(root, 'test/nightly.cjs')}`]),
      '--json',
      `--outputFile=${report}`,
      ...selection,
    ],
    { cwd: root, stdio: ['inherit', 'inherit', 'inherit'] },
  );
  const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [];
  const broken = results.filter((suite) => suite.status !== 'passed');
  return { passed: status === 0, broken: broken.map(({ name, message }) => ({ name, message })) };
}

/**
 * Whether a suite that failed beside others may be run once more, alone: it drives real processes and servers against real time, which a busy machine
 * can starve. What depends on nothing but its input, and what a property found with its random seed, stays failed.
 */
const mayRunAgain = ({ name, message }) =>
  /^test\/(api|journeys|faults|browser)\/|\.db\.spec\.ts$/.test(relative(root, name).replaceAll('\\', '/')) &&
  !message.includes('Property failed');

const first = run([], 2);
if (!first.passed) {
  const again = first.broken.filter(mayRunAgain);
  const isWorthIt = again.length > 0 && again.length === first.broken.length && again.length <= MOST_RUN_AGAIN;
  const names = again.map(({ name }) => relative(root, name));
  if (isWorthIt) process.stdout.write(`\nOnce more, one after the other: ${names.join(', ')}\n`);
  const second = isWorthIt ? run(['--runTestsByPath', ...names], 1) : first;
  if (second.passed) process.stdout.write(`\nPassed only alone, look at each: ${names.join(', ')}\n`);
  else failed.push('tests');
}
if (failed.length > 0) fail(`Not passed: ${failed.join(', ')}.`);
