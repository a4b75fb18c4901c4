import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#kernel';

type Report = { readonly kind: 'spawned' } | { readonly kind: 'failed'; readonly message: string };

const START_TIMEOUT_MS = 60_000;

/** A real PostgreSQL in a process group of its own, so that Ctrl-C reaches the product before its database. */
export class EmbeddedPostgres {
  private constructor(
    private readonly server: ChildProcess,
    readonly ownerUrl: string,
    readonly applicationUrl: string,
  ) {}

  /** @throws Error with PostgreSQL's own last words when it does not come up. */
  static async start(folder: string): Promise<EmbeddedPostgres> {
    const port = await freePort();
    const server = fork(join(packageRoot(), 'scripts/postgres-server.mjs'), [folder, String(port)], { detached: true });
    const failed = new Promise<never>((_, reject) => {
      server.on('message', (report: Report) => {
        if (report.kind === 'failed') reject(new Error(report.message));
      });
      server.on('exit', (code) => {
        reject(new Error(`PostgreSQL ended with code ${code ?? 'none'}.`));
      });
    });
    failed.catch(() => undefined);
    const address = `127.0.0.1:${port}`;
    await Promise.race([failed, createDatabase(`postgres://postgres:postgres@${address}/postgres`)]);
    return new EmbeddedPostgres(
      server,
      `postgres://postgres:postgres@${address}/throughline`,
      `postgres://throughline_app:throughline_app@${address}/throughline`,
    );
  }

  /** Calls back when the database ends without having been told to. */
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

async function createDatabase(url: string): Promise<void> {
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
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Below what systems give to outgoing connections, so that nobody is handed the port before it is listened on. */
const OWN_PORTS = { from: 20_000, to: 32_000 };

/** A port of this machine that nobody listens on, drawn by lot: who asks at the same time gets another. */
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
