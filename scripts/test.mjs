#!/usr/bin/env node
/**
 * `npm test`: installs, builds, checks and runs every kind of test.
 * `npm test -- --only api` runs one kind; `npm run test:all` includes the long
 * suites of test/nightly.cjs.
 * Every kind runs even if another failed, so that one run shows all failures.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
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

mkdirSync(join(root, 'test-output'), { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--selectProjects',
    ...kinds,
    '--maxWorkers=2',
    `--filter=${join(root, 'test/nightly.cjs')}`,
    '--json',
    `--outputFile=${join(root, 'test-output/jest.json')}`,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, THROUGHLINE_TEST_GROUPS: '1', THROUGHLINE_TEST_ALL: isAll ? '1' : '0' },
  },
);
if (status !== 0) failed.push('tests');
if (failed.length > 0) fail(`Not passed: ${failed.join(', ')}.`);
