import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

/** Where to listen: the application's database. */
export const BELL_OPTIONS = Symbol('BellOptions');
export interface BellOptions {
  readonly url: string;
  readonly processName: string;
}

const AGAIN_MS = 1_000;

/**
 * Hears what committed transactions notify of (LISTEN, NOTIFY), on a connection of its own. It only makes things quick: what is rung while
 * nobody hears it is lost, so whoever listens looks by itself now and then. After each new connection everybody is rung once, for what may
 * have been missed. Behind a pooler that shares connections between transactions it hears nothing.
 */
@Injectable()
export class Bell implements OnApplicationShutdown {
  private readonly logger = new Logger(Bell.name);
  private readonly listeners = new Map<string, () => void>();
  private client: pg.Client | null = null;
  private again: NodeJS.Timeout | null = null;
  private connecting: Promise<void> | null = null;
  private stopped = false;

  constructor(@Inject(BELL_OPTIONS) private readonly options: BellOptions) {}

  /** @param channel a lower-case identifier. @param ring is called soon after each commit that notifies of it; it must not throw. */
  on(channel: string, ring: () => void): void {
    this.listeners.set(channel, ring);
    if (this.client !== null) void this.listen(this.client, channel).catch((error: unknown) => this.logger.warn(error));
    this.connecting ??= this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.again !== null) clearTimeout(this.again);
    await this.connecting;
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const { url, processName } = this.options;
    const client = new pg.Client({ connectionString: url, application_name: `throughline ${processName} bell` });
    client.on('notification', ({ channel }) => this.listeners.get(channel)?.());
    // A connection that breaks tells so by one or both; the second finds it gone.
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, null));
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await this.listen(client, channel);
      this.client = client;
      for (const ring of this.listeners.values()) ring();
    } catch (error) {
      await client.end().catch(() => undefined);
      this.retry(error);
    }
  }

  private async listen(client: pg.Client, channel: string): Promise<void> {
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  }

  private lost(client: pg.Client, error: Error | null): void {
    if (this.client !== client) return;
    this.client = null;
    void client.end().catch(() => undefined);
    this.retry(error);
  }

  private retry(error: unknown): void {
    if (this.stopped) return;
    this.logger.warn(
      `PostgreSQL rings no bell here for now; loops look by themselves. ${error instanceof Error ? error.message : ''}`,
    );
    this.again = setTimeout(() => {
      this.connecting = this.connect();
    }, AGAIN_MS);
  }
}
