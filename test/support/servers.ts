import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#database';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { answers } from '../journeys/processes.js';
import { until } from './until.js';

const REDIS_PASSWORD = 'a-password-of-this-run';

/**
 * A PostgreSQL of a run's own that can be killed and started again on its data.
 * Durable: fsync is on.
 */
export class PostgresServer {
  private child: ChildProcess | null = null;
  private dataFolder = '';

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  /**
   * Starts an empty server with the migrated database `template` in it, for
   * `createTestDatabase`.
   */
  static async start(folder: string): Promise<PostgresServer> {
    const server = new PostgresServer(await freePort(), join(folder, 'postgres'));
    await server.run();
    await server.query('CREATE DATABASE template');
    await migrate(server.urlOf('template'), server.urlOf('template', 'throughline_app:throughline_app'));
    process.env['THROUGHLINE_TEST_POSTGRES'] = server.urlOf('postgres');
    return server;
  }

  /**
   * The number of the process that all others of the server are children of.
   */
  get pid(): number {
    return Number(readFileSync(join(this.dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  urlOf(database: string, user = 'postgres:postgres'): string {
    return `postgres://${user}@127.0.0.1:${this.port}/${database}`;
  }

  /**
   * Ends it at once, as a crash does (`immediate`), and starts it again on what
   * is on the disk.
   */
  async crash(awayMs = 0): Promise<void> {
    await this.away(() => new Promise((resolve) => setTimeout(resolve, awayMs)));
  }

  /**
   * Copies what is on the disk, as a crash at this moment would leave it, with
   * the account that it is owned by.
   * @param to a folder that does not exist yet.
   */
  async backUp(to: string): Promise<void> {
    await this.away(async () => void execFileSync('cp', ['-a', this.dataFolder, to]));
  }

  /** Replaces the data with a backup. */
  async restore(from: string): Promise<void> {
    await this.away(async () => {
      rmSync(this.dataFolder, { recursive: true });
      execFileSync('cp', ['-a', from, this.dataFolder]);
    });
  }

  /** Runs `work` while the server does not answer. */
  private async away(work: () => Promise<void>): Promise<void> {
    const ended = new Promise((resolve) => this.child?.once('exit', resolve));
    process.kill(this.pid, 'SIGQUIT');
    await ended;
    await work();
    await this.run();
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.send('stop');
    await ended;
  }

  private async run(): Promise<void> {
    const child = fork('scripts/postgres-server.mjs', [this.folder, String(this.port)], { detached: true });
    this.child = child;
    child.on('message', (message: { kind: string; folder?: string }) => {
      if (message.kind === 'spawned') this.dataFolder = message.folder ?? '';
    });
    await until(async () => {
      if (child.exitCode !== null) throw new Error('PostgreSQL did not start.');
      return this.query('SELECT 1').then(
        () => true,
        () => false,
      );
    }, 'PostgreSQL to answer');
  }

  private async query(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.urlOf('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** A Redis of a run's own that keeps nothing on disk. */
export class RedisServer {
  private child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(folder: string): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), folder);
    await server.run();
    return server;
  }

  get url(): string {
    return `redis://:${REDIS_PASSWORD}@127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Ends it at once with all that it holds, and starts an empty one. */
  async crash(awayMs = 0): Promise<void> {
    await this.stop('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    await this.run();
  }

  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  private async run(): Promise<void> {
    const flags = {
      port: String(this.port),
      bind: '127.0.0.1',
      requirepass: REDIS_PASSWORD,
      save: '',
      appendonly: 'no',
      dir: this.folder,
    };
    const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
    const child = spawn('redis-server', args, { stdio: 'ignore' });
    this.child = child;
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    await Promise.race([failed, until(() => answers(this.port), 'redis-server')]);
  }
}
