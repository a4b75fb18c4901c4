import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { MINUTE_MS } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { databasePassword } from '../../scripts/database-password.mjs';
import { dataFolder } from '../../scripts/postgres-server.mjs';
import { type Installation, type Mailbox, readMail } from './installation.js';
import { isReady, ServerProcess } from './processes.js';

const Summary = z.object({
  total: z.number(),
  items: z.array(z.object({ id: z.string(), subject: z.string(), to: z.array(z.object({ address: z.string() })) })),
});
type Summary = z.output<typeof Summary>;
const Time = z.object({ now: z.iso.datetime() });

export interface StandalonePorts {
  readonly port: number;
  readonly mailboxPort: number;
  readonly smtpPort: number;
}

export async function freePorts(): Promise<StandalonePorts> {
  return { port: await freePort(), mailboxPort: await freePort(), smtpPort: await freePort() };
}

/** The product of `npm start`, on its own data folder and ports. */
export function startStandalone(
  data: string,
  { port, mailboxPort, smtpPort }: StandalonePorts,
  settings: Readonly<Record<string, string>> = {},
): ServerProcess {
  const flags = { port, 'mailbox-port': mailboxPort, 'smtp-port': smtpPort, data };
  return ServerProcess.start(
    'standalone',
    Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
    // All users of a journey share one address. The complete log is checked.
    // The initial hold of fifteen minutes has its own test.
    {
      DEMO: 'fresh',
      RATE_LIMIT_SCALE: '100',
      LOG_LEVEL: 'trace',
      INITIAL_HOLD_MINUTES: '0',
      LAUNCH_DELAY_MINUTES: '0',
      PUBLIC_HOLIDAYS: 'false',
      ...settings,
    },
  );
}

/** A first start with a history fills two cores for most of a minute; beside other suites it takes minutes. */
const HISTORY_MS = 400_000;

/**
 * The product in one process, with its local mailbox and a clock that can be
 * moved.
 */
export class Standalone implements Installation {
  readonly url: string;
  readonly mailbox: Mailbox;

  private constructor(
    readonly server: ServerProcess,
    private readonly data: string,
    ports: StandalonePorts,
  ) {
    this.url = `http://localhost:${ports.port}`;
    this.mailbox = new LocalMailbox(`http://localhost:${ports.mailboxPort}/api/email`);
  }

  /** Resolves once the banner is printed. */
  static async start(
    data: string,
    ports: StandalonePorts,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<Standalone> {
    const server = startStandalone(data, ports, settings);
    const hasHistory = settings.DEMO === 'yes';
    await server.untilUp(() => server.output.includes('Throughline is ready'), hasHistory ? HISTORY_MS : undefined);
    const standalone = new Standalone(server, data, ports);
    await server.untilUp(() => isReady(standalone.url));
    return standalone;
  }

  async now(): Promise<Date> {
    const answer = await fetch(`${this.url}/api/v1/clock`);
    return new Date(Time.parse(await answer.json()).now);
  }

  /** Queries its database directly, for states that no user can reach. */
  async asOwner<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    // The fourth line of PostgreSQL's pid file is its port.
    const note = readFileSync(join(dataFolder(join(this.data, 'postgres')), 'postmaster.pid'), 'utf8');
    const client = new pg.Client({
      connectionString: `postgres://postgres:${databasePassword(join(this.data, 'postgres'))}@127.0.0.1:${note.split('\n')[3]}/throughline`,
    });
    await client.connect();
    try {
      return (await client.query(sql, [...parameters])).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async reach(moment: Date): Promise<void> {
    const ahead = moment.getTime() - (await this.now()).getTime();
    if (ahead <= 0) return;
    const answer = await fetch(`${this.url}/api/v1/clock/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ minutes: Math.ceil(ahead / MINUTE_MS) }),
    });
    if (!answer.ok) throw new Error(`Time could not be moved: ${answer.status} ${await answer.text()}`);
  }
}

/** The mailbox of the product, read over its HTTP API. */
class LocalMailbox implements Mailbox {
  constructor(private readonly url: string) {}

  async overview(): Promise<{ to: string; subject: string }[]> {
    return (await this.summaries()).map(({ to, subject }) => ({ to: to[0]?.address ?? '', subject }));
  }

  async mailsTo(address: string): Promise<Awaited<ReturnType<typeof readMail>>[]> {
    const ids = (await this.summaries()).filter(({ to }) => to[0]?.address === address).map(({ id }) => id);
    return Promise.all(
      ids.map(async (id) => {
        const source = await fetch(`${this.url}/${id}/source`);
        return readMail(Buffer.from(await source.arrayBuffer()));
      }),
    );
  }

  private async summaries(): Promise<Summary['items']> {
    const found: Summary['items'] = [];
    for (;;) {
      const answer = await fetch(`${this.url}/summary?sort=asc&limit=200&skip=${found.length}`);
      const { items, total } = Summary.parse(await answer.json());
      found.push(...items);
      if (items.length === 0 || found.length >= total) return found;
    }
  }
}
