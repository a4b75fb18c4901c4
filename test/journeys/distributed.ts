import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { createTestDatabase, type TestDatabase, withClient } from '../support/database.js';
import { RedisServer } from '../support/servers.js';
import { until } from '../support/until.js';
import type { Installation } from './installation.js';
import { isReady, ServerProcess } from './processes.js';
import { SmtpSink } from './smtp-sink.js';
import { newDataFolder } from '../support/data-folder.mjs';

/** Roles are of the whole server, so all runs give them the same password. */
const PASSWORD = 'a password of journeys';

/**
 * The product as separate processes on PostgreSQL and Redis:
 * one api, two renderers, two schedulers.
 */
export class Distributed implements Installation {
  readonly url: string;
  /** By name. A restarted process replaces its predecessor. */
  readonly members = new Map<string, ServerProcess>();

  private constructor(
    readonly mailbox: SmtpSink,
    readonly environment: Readonly<Record<string, string>>,
    private readonly port: number,
    private readonly folder: string,
    private readonly database: TestDatabase,
    private readonly redis: RedisServer,
  ) {
    this.url = `http://localhost:${port}`;
  }

  /**
   * On an empty database, which `throughline migrate` prepares, as in
   * docker-compose.yml. Then all processes start at once, each with its own role
   * of the database, in production mode.
   * @param inboundPort on which a scheduler receives mail; 0: none does.
   */
  static async start(inboundPort = 0): Promise<Distributed> {
    const folder = newDataFolder('distributed');
    const database = await createTestDatabase({ from: 'template0' });
    const mailbox = new SmtpSink();
    const port = await freePort();
    const redis = await RedisServer.start(folder);
    const environment = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      SMTP_URL: await mailbox.listen(),
      PUBLIC_URL: `http://localhost:${port}`,
      STORAGE_FOLDER: join(folder, 'blobs'),
      SECRET_KEY: 'a secret of a journey, of 32 characters',
      LOG_LEVEL: 'warn',
      RATE_LIMIT_SCALE: '10',
      INITIAL_HOLD_MINUTES: '0',
      LAUNCH_DELAY_MINUTES: '0',
      PUBLIC_HOLIDAYS: 'false',
    };
    const distributed = new Distributed(mailbox, environment, port, folder, database, redis);
    await distributed.migrate();
    await Promise.all([
      distributed.startApi(),
      ...['renderer-1', 'renderer-2'].map((name) => distributed.startWorker('renderer', name)),
      distributed.startWorker('scheduler', 'scheduler-1', { INBOUND_SMTP_PORT: String(inboundPort) }),
      distributed.startWorker('scheduler', 'scheduler-2'),
    ]);
    return distributed;
  }

  private async migrate(): Promise<void> {
    const migration = ServerProcess.start('cli', ['migrate'], {
      NODE_ENV: 'test',
      DATABASE_URL: this.database.url,
      DATABASE_OWNER_URL: this.database.ownerUrl,
      DATABASE_API_PASSWORD: PASSWORD,
      DATABASE_RENDERER_PASSWORD: PASSWORD,
      DATABASE_SCHEDULER_PASSWORD: PASSWORD,
    });
    if ((await migration.ended) !== 0) throw new Error(`The database was not migrated: ${migration.output}`);
  }

  private async startApi(): Promise<void> {
    const own = { PORT: String(this.port), HEALTH_PORT: String(await freePort()), DATABASE_URL: this.urlOf('api') };
    const server = ServerProcess.start('api', [], { ...this.environment, ...own });
    await this.join('api', server, this.url);
  }

  /** The database with the role of commands. */
  get databaseUrl(): string {
    return this.database.url;
  }

  /** Runs `work` as an owner of the database would. */
  async asOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
    await withClient(this.database.ownerUrl, work);
  }

  /**
   * Starts a process that does not come up.
   * @param settings instead of its own.
   */
  async refusal(
    app: 'api' | 'renderer' | 'scheduler',
    settings: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const own = { DATABASE_URL: this.urlOf(app), PORT: '0', HEALTH_PORT: '0', JOURNAL_FOLDER: join(this.folder, 'x') };
    const server = ServerProcess.start(app, [], { ...this.environment, ...own, ...settings });
    return { code: await server.ended, output: server.output };
  }

  /** The database with the role of a process. */
  private urlOf(app: 'api' | 'renderer' | 'scheduler'): string {
    const url = new URL(this.database.url);
    url.username = `throughline_${app}`;
    url.password = PASSWORD;
    return url.href;
  }

  /**
   * @param name of the machine. A process that is started under the same name
   *   gets the same disk.
   */
  async startWorker(
    app: 'renderer' | 'scheduler',
    name: string,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const port = await freePort();
    const own = {
      HEALTH_PORT: String(port),
      JOURNAL_FOLDER: join(this.folder, name),
      DATABASE_URL: this.urlOf(app),
      ...settings,
    };
    const server = ServerProcess.start(app, [], { ...this.environment, ...own });
    await this.join(name, server, `http://127.0.0.1:${port}`);
  }

  async now(): Promise<Date> {
    return new Date();
  }

  /** The clock of these processes cannot be moved, so it waits. */
  async reach(moment: Date): Promise<void> {
    await until(() => Date.now() >= moment.getTime(), moment.toISOString());
  }

  /** Lets the processes finish running work. @returns their exit codes. */
  async stop(): Promise<(number | null)[]> {
    return Promise.all([...this.members.values()].map((member) => member.end('SIGTERM')));
  }

  async end(): Promise<void> {
    await this.stop();
    await this.redis.stop();
    await this.mailbox.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async join(name: string, server: ServerProcess, origin: string): Promise<void> {
    this.members.set(name, server);
    await server.untilUp(() => isReady(origin));
  }
}
