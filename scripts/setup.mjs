import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentHash, fingerprint, unlessFresh } from './freshness.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends the process with one line: what is wrong and how to correct it. */
export function fail(line) {
  process.stderr.write(`\n${line}\n`);
  process.exit(1);
}

/** @returns the problem with a Node version, or null. */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Throughline needs Node 20.19 or newer; this is ${version}. Install it from https://nodejs.org and try again.`;
}

export function checkNode() {
  const problem = nodeProblem(process.versions.node);
  if (problem !== null) fail(problem);
}

/** Runs a command. Shows its output only if it fails. */
export function run(command, args, { cwd = root, env = process.env, inherit = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    const end = () => child.kill();
    process.once('exit', end);
    child.on('exit', () => process.off('exit', end));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${command} ${args.join(' ')} ended with code ${code}.\n${output.slice(-4000)}`)),
    );
  });
}

/** Shows that a step is running, with its seconds on a terminal. */
async function step(title, work) {
  const startedAt = Date.now();
  const seconds = () => (Date.now() - startedAt) / 1000;
  process.stdout.write(`  ${title} … `);
  const counter = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r  ${title} … ${Math.floor(seconds())} s `), 1_000)
    : null;
  try {
    const did = await work();
    if (counter !== null) process.stdout.write(`\r  ${title} … `);
    process.stdout.write(did === false ? 'up to date\n' : `${seconds().toFixed(1)} s\n`);
  } finally {
    if (counter !== null) clearInterval(counter);
  }
}

const sources = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(root, name));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const tool = (name) => join(root, 'node_modules', '.bin', name);

/** Transpiles the server unless it is fresh. */
export function buildServer() {
  return unlessFresh(
    join(root, 'dist/.server-stamp'),
    fingerprint([...sources, join(root, 'scripts'), join(root, 'apps'), join(root, 'libs')]),
    () => run(process.execPath, [join(root, 'scripts/transpile.mjs')]),
  );
}

/** Bundles the portal unless it is fresh. */
export function buildPortal() {
  return unlessFresh(
    join(root, 'dist/.portal-stamp'),
    fingerprint([
      ...sources,
      ...['apps/portal', 'libs/contracts', 'libs/template-source', 'libs/translation'].map((path) => join(root, path)),
    ]),
    // Under Jest, NODE_ENV would give a development build, half as large again.
    () => run(tool('vite'), ['build', join(root, 'apps/portal')], { env: { ...process.env, NODE_ENV: 'production' } }),
  );
}

/**
 * Installs from the lock file and builds what is stale.
 * @returns the build of the portal, which goes on: the server starts meanwhile.
 */
export async function setUp() {
  await step('Installing packages', () =>
    unlessFresh(join(root, 'node_modules', '.throughline-lock'), contentHash(join(root, 'package-lock.json')), () =>
      run(npm, ['ci', '--no-audit', '--no-fund']),
    ),
  );
  const portal = buildPortal();
  // Handled where it is awaited.
  portal.catch(() => undefined);
  await step('Building the server', buildServer);
  return { portal };
}
