import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type MessageId, systemActor, type VendorId, messageOf } from '#kernel';
import { type MailTransport, serverOf, SmtpTransport } from '#mailer';
import type { LookUpProvider } from './look-up/look-up.js';
import { LOOK_UPS } from './look-up/look-ups.js';
import { type RelayId, SMTP_URL_PRIORITY } from './relay.js';
import {
  isVendorsRelay,
  OF_SMTP_URL,
  RelayServers,
  relayTimeouts,
  SEALED_COLUMNS,
  type SealedRelay,
} from './relay-servers.service.js';

const READER = systemActor('relay-routes');
/**
 * Maximum age of the cached relays: a change is in force everywhere after this
 * time.
 */
const FRESH_MS = 5_000;

const healthy = new Gauge({
  name: 'throughline_relay_healthy',
  help: '1 where a relay takes mail, 0 where it is left alone; SMTP_URL as this process finds it.',
  labelNames: ['relay'],
});

/** A relay with this process's connections to it. */
export interface Route {
  readonly relay: { readonly id: RelayId; readonly revision: number } | null;
  readonly name: string;
  /**
   * The host of a vendor's relay. Mail goes there only with the partner's
   * consent. Null: a relay of the installation.
   */
  readonly vendorHost: string | null;
  readonly priority: number;
  readonly transport: MailTransport;
  /** The provider that is asked for its unknown messages. */
  readonly lookUp: LookUpProvider | null;
  /**
   * On the clock of `performance.now()`. Set while other processes found the
   * relay unhealthy.
   */
  readonly unhealthyUntilMs: number;
}

/**
 * The relays of each vendor in order of priority, cached by this process. A
 * vendor with relays uses only its own.
 */
@Injectable()
export class RelayRoutes implements OnApplicationShutdown {
  private readonly logger = new Logger(RelayRoutes.name);
  private readonly own: Route;
  private readonly open = new Map<string, SmtpTransport>();
  private platform: readonly Route[];
  private ofVendors: ReadonlyMap<VendorId, readonly Route[]> = new Map();
  private freshUntilMs = 0;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly servers: RelayServers,
    @Inject(CONFIG) config: Pick<Config, 'SMTP_URL' | 'SEND_CONCURRENCY' | 'SEND_LEASE_SECONDS'>,
  ) {
    const server = serverOf(config.SMTP_URL, relayTimeouts(config));
    this.own = {
      relay: null,
      name: OF_SMTP_URL,
      vendorHost: null,
      priority: SMTP_URL_PRIORITY,
      lookUp: null,
      unhealthyUntilMs: 0,
      transport: new SmtpTransport({ server, connections: config.SEND_CONCURRENCY }),
    };
    this.platform = [this.own];
  }

  /**
   * The routes of a vendor's mail; without a vendor those of system e-mails.
   */
  async routesOf(vendorId?: VendorId): Promise<readonly Route[]> {
    await this.refresh();
    return this.knownRoutesOf(vendorId);
  }

  /** The cached routes, without reading the database. */
  knownRoutesOf(vendorId?: VendorId): readonly Route[] {
    return (vendorId === undefined ? undefined : this.ofVendors.get(vendorId)) ?? this.platform;
  }

  /** Headers by which the providers of a vendor's relays can find a message. */
  async lookUpHeaders(vendorId: VendorId, id: MessageId): Promise<(readonly [string, string])[]> {
    const providers = new Set((await this.routesOf(vendorId)).map(({ lookUp }) => lookUp));
    return [...providers].flatMap((provider) => {
      const mark = provider === null ? undefined : LOOK_UPS[provider].mark?.(id);
      return mark === undefined ? [] : [mark];
    });
  }

  /**
   * Which of the relays, by their names in the ledger, belong to a vendor.
   * Their reports are trusted for that vendor only. In the open transaction.
   */
  async vendorOwned(relays: readonly string[]): Promise<ReadonlySet<string>> {
    if (relays.length === 0) return new Set();
    const rows = await this.database.query<{ name: string }>(
      `SELECT name FROM unnest($1::text[]) AS asked (name) WHERE ${isVendorsRelay('asked.name')}`,
      [relays],
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** The routes of the platform, and of each vendor with its own relays. */
  all(): readonly (readonly Route[])[] {
    return [this.platform, ...this.ofVendors.values()];
  }

  /** Drops the cache: the next message reads the relays again. */
  expire(): void {
    this.freshUntilMs = 0;
  }

  async close(): Promise<void> {
    await this.own.transport.close();
    for (const transport of this.open.values()) await transport.close();
    this.open.clear();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async refresh(): Promise<void> {
    if (this.freshUntilMs > performance.now()) return;
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    await this.reading;
  }

  private async read(): Promise<void> {
    try {
      const rows = await this.database.inTransaction(READER, () =>
        this.database.query<SealedRelay & { unhealthyForMs: number }>(
          `SELECT ${SEALED_COLUMNS},
             CASE WHEN state = 'unhealthy' THEN greatest(1000, extract(epoch FROM next_check_at - now()) * 1000)::float8
               ELSE 0 END AS unhealthy_for_ms
           FROM delivery.relay WHERE enabled ORDER BY priority, id`,
        ),
      );
      await this.applyRelays(rows);
      this.freshUntilMs = performance.now() + FRESH_MS;
    } catch (error) {
      // Sending continues with the cached relays.
      this.logger.warn(`The relays could not be read: ${messageOf(error)}`);
    }
  }

  private async applyRelays(rows: readonly (SealedRelay & { unhealthyForMs: number })[]): Promise<void> {
    const ofVendors = new Map<VendorId, Route[]>();
    const platform: Route[] = [this.own];
    const kept = new Set<string>();
    for (const row of rows) {
      const key = `${row.id} ${row.revision}`;
      // A vendor with relays uses no others, even while none of its own works.
      if (row.vendorId !== null && !ofVendors.has(row.vendorId)) ofVendors.set(row.vendorId, []);
      const transport = this.open.get(key) ?? this.connect(row);
      if (transport === null) continue;
      kept.add(key);
      this.open.set(key, transport);
      const route = { ...routeOf(row), transport };
      if (row.vendorId === null) platform.push(route);
      else ofVendors.get(row.vendorId)?.push(route);
    }
    this.platform = platform.sort((a, b) => a.priority - b.priority);
    this.ofVendors = ofVendors;
    this.reportHealth();
    for (const [key, transport] of this.open)
      if (!kept.has(key)) {
        this.open.delete(key);
        await transport.close();
      }
  }

  private connect(row: SealedRelay): SmtpTransport | null {
    try {
      return new SmtpTransport({ server: this.servers.forMail(row), connections: row.connections });
    } catch (error) {
      this.logger.error(`Relay ${row.id} is left out: its password cannot be opened.`, error);
      return null;
    }
  }

  private reportHealth(): void {
    healthy.reset();
    for (const route of this.all().flat())
      healthy.set({ relay: route.relay?.id ?? route.name }, backOffMs(route) > 0 ? 0 : 1);
  }
}

/** Milliseconds for which a route is not used. */
export const backOffMs = ({ unhealthyUntilMs, transport }: Route): number =>
  Math.max(0, unhealthyUntilMs - performance.now(), transport.backOffMs());

const routeOf = ({
  id,
  revision,
  name,
  vendorId,
  host,
  priority,
  lookUp,
  unhealthyForMs,
}: SealedRelay & { unhealthyForMs: number }): Omit<Route, 'transport'> => ({
  relay: { id, revision },
  name,
  vendorHost: vendorId === null ? null : host,
  priority,
  lookUp: lookUp?.provider ?? null,
  unhealthyUntilMs: unhealthyForMs === 0 ? 0 : performance.now() + unhealthyForMs,
});
