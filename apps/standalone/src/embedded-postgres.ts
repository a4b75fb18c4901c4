import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#kernel';
import { databasePassword, KNOWN_PASSWORD } from './database-password.js';

type Report =
  | { readonly kind: 'spawned'; readonly folder: string }
  | { readonly kind: 'failed'; readonly message: string };

const START_TIMEOUT_MS = 60_000;

/**
 * A real PostgreSQL in its own process group, so that Ctrl-C does not stop it
 * before the product.
 */
export class EmbeddedPostgres {
  private constructor(
    private readonly server: ChildProcess,
    readonly ownerUrl: string,
    readonly applicationUrl: string,
    /** As `applicationUrl`, for this process: a socket of the file system takes less processor time than TCP. */
    readonly ownUrl: string,
  ) {}

  /** Whether a folder has a database. */
  static existsIn(folder: string): boolean {
    return existsSync(join(folder, 'PG_VERSION'));
  }

  /** @throws Error with PostgreSQL's last output if it does not start. */
  static async start(folder: string): Promise<EmbeddedPostgres> {
    const password = databasePassword(folder);
    const port = await freePort();
    const server = fork(join(packageRoot(), 'scripts/postgres-server.mjs'), [folder, String(port)], { detached: true });
    let socketFolder = folder;
    const failed = new Promise<never>((_, reject) => {
      server.on('message', (report: Report) => {
        if (report.kind === 'failed') reject(new Error(report.message));
        else socketFolder = report.folder;
      });
      server.on('exit', (code) => {
        reject(new Error(`PostgreSQL ended with code ${code ?? 'none'}.`));
      });
    });
    failed.catch(() => undefined);
    const address = `127.0.0.1:${port}`;
    const ownerOf = (database: string): string => `postgres://postgres:${password}@${address}/${database}`;
    await Promise.race([failed, createDatabase(ownerOf('postgres'), password)]);
    // Another one at each start: migrations set it.
    const secret = randomBytes(24).toString('hex');
    const applicationAt = (host: string): string => `postgres://throughline_app:${secret}@${host}/throughline`;
    const hasSocket = existsSync(join(socketFolder, `.s.PGSQL.${port}`));
    return new EmbeddedPostgres(
      server,
      ownerOf('throughline'),
      applicationAt(address),
      applicationAt(hasSocket ? `${encodeURIComponent(socketFolder)}:${port}` : address),
    );
  }

  /**
   * Does work whose commits do not wait for the disk: for data that is made again after a power failure.
   * All of it is on the disk when this resolves.
   */
  async withoutDiskWaits<T>(work: () => Promise<T>): Promise<T> {
    await this.configure('ALTER SYSTEM SET synchronous_commit = off', 'SELECT pg_reload_conf()');
    const result = await work();
    await this.configure('ALTER SYSTEM RESET synchronous_commit', 'SELECT pg_reload_conf()', 'CHECKPOINT');
    return result;
  }

  private async configure(...statements: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.ownerUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** Calls `report` if the database ends unexpectedly. */
  onLost(report: () => void): void {
    this.server.once('exit', report);
  }

  async stop(): Promise<void> {
    this.server.removeAllListeners('exit');
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.send('stop');
    await ended;
  }
}

async function createDatabase(url: string, password: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'throughline'`);
      if (rowCount === 0) await client.query('CREATE DATABASE throughline');
      await client.end();
      return;
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') await replaceKnownPassword(url, password);
      else if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A data folder that is older than its file with the password. */
async function replaceKnownPassword(url: string, password: string): Promise<void> {
  const known = new URL(url);
  known.password = KNOWN_PASSWORD;
  const client = new pg.Client({ connectionString: known.href });
  await client.connect();
  try {
    await client.query(`ALTER ROLE postgres PASSWORD ${pg.escapeLiteral(password)}`);
  } finally {
    await client.end();
  }
}

/**
 * Below the range for outgoing connections, so that no connection gets the port
 * before we listen.
 */
const OWN_PORTS = { from: 20_000, to: 32_000 };

/**
 * A random free port of this machine. Random, so that concurrent callers get
 * different ports.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(OWN_PORTS.from, OWN_PORTS.to);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
  });
}
