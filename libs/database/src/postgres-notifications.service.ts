import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

export const POSTGRES_NOTIFICATIONS_OPTIONS = Symbol('PostgresNotificationsOptions');
export interface PostgresNotificationsOptions {
  /** The application's database. */
  readonly url: string;
  readonly processName: string;
}

const RECONNECT_AFTER_MS = 1_000;

/**
 * LISTEN: calls a listener after each commit that has sent a NOTIFY, on a
 * connection of its own. Notifications are lost while this connection is down,
 * so every listener also polls. After each reconnect all listeners are called
 * once, for what they may have missed. Behind a pooler that shares connections
 * between transactions, nothing arrives.
 */
@Injectable()
export class PostgresNotifications implements OnApplicationShutdown {
  private readonly logger = new Logger(PostgresNotifications.name);
  private readonly listeners = new Map<string, () => void>();
  private client: pg.Client | null = null;
  private retryTimer: NodeJS.Timeout | null = null;
  private connecting: Promise<void> | null = null;
  private stopped = false;

  constructor(@Inject(POSTGRES_NOTIFICATIONS_OPTIONS) private readonly options: PostgresNotificationsOptions) {}

  /**
   * @param channel a lower-case identifier.
   * @param listener is called soon after each commit that notifies the channel;
   *   it must not throw.
   */
  on(channel: string, listener: () => void): void {
    this.listeners.set(channel, listener);
    if (this.client !== null) void this.listen(this.client, channel).catch((error: unknown) => this.logger.warn(error));
    this.connecting ??= this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.retryTimer !== null) clearTimeout(this.retryTimer);
    await this.connecting;
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const { url, processName } = this.options;
    const client = new pg.Client({
      connectionString: url,
      application_name: `throughline ${processName} notifications`,
    });
    client.on('notification', ({ channel }) => this.listeners.get(channel)?.());
    // A broken connection emits one of these events or both; the second call
    // finds it handled.
    client.on('error', (error) => this.disconnected(client, error));
    client.on('end', () => this.disconnected(client, null));
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await this.listen(client, channel);
      this.client = client;
      for (const listener of this.listeners.values()) listener();
    } catch (error) {
      await client.end().catch(() => undefined);
      this.reconnectLater(error);
    }
  }

  private async listen(client: pg.Client, channel: string): Promise<void> {
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  }

  private disconnected(client: pg.Client, error: Error | null): void {
    if (this.client !== client) return;
    this.client = null;
    void client.end().catch(() => undefined);
    this.reconnectLater(error);
  }

  private reconnectLater(error: unknown): void {
    if (this.stopped) return;
    this.logger.warn(
      `LISTEN connection lost; polling until it is back. ${error instanceof Error ? error.message : ''}`,
    );
    this.retryTimer = setTimeout(() => {
      this.connecting = this.connect();
    }, RECONNECT_AFTER_MS);
  }
}
