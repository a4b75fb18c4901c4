import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import {
  Clock,
  DomainError,
  type Id,
  newId,
  notFound,
  type SealedColumns,
  SecretSealer,
  type SystemActor,
  systemActor,
  type VendorActor,
  type VendorId,
  HOUR_MS,
} from '#kernel';
import type { Provider } from './provider.js';
import { secretFor } from './provider-secrets.js';

export type ProviderSourceId = Id<'provider-source'>;

/** An account at a mail provider that reports message events. */
export interface ProviderSource {
  readonly id: ProviderSourceId;
  /**
   * Null for the operator's source: its events count for messages of all
   * vendors.
   */
  readonly vendorId: VendorId | null;
  readonly provider: Provider;
  readonly name: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly previousValidUntil: Date | null;
  readonly revokedAt: Date | null;
  readonly events: number;
  readonly unmatched: number;
  readonly ignored: number;
  readonly lastEventAt: Date | null;
  readonly pausedAt: Date | null;
  readonly refusedAt: Date | null;
  /** Null if no request was refused. */
  readonly refusedWhy: Refusal | null;
}

/** Why a request of a provider was refused. */
export type Refusal = 'proof' | 'unreadable' | 'paused';

/**
 * A source with its webhook URL. A generated password is part of the URL and
 * is never shown again.
 */
export interface RevealedSource {
  readonly source: ProviderSource;
  readonly url: string;
}

/** The data of a source with which its requests are verified. */
export interface OpenSource {
  readonly id: ProviderSourceId;
  readonly vendorId: VendorId | null;
  readonly provider: Provider;
  /** Newest first. */
  readonly secrets: readonly string[];
  readonly isPaused: boolean;
}

export interface EventCounts {
  readonly events: number;
  readonly unmatched: number;
  readonly ignored: number;
}

const PROVIDER_EVENTS = systemActor('provider-events');
const MAX_SOURCES = 20;
export const SEALED_PROVIDER_SECRETS: SealedColumns = {
  table: 'engagement.provider_source',
  columns: ['secret', 'previous_secret'],
  owner: 'id',
  purpose: 'throughline provider sources',
};
/** Refusals may be frequent, so they are recorded at most this often. */
const REFUSALS_APART = '1 minute';
const COLUMNS = `id, vendor_id, provider, name, created_by, created_at,
  CASE WHEN previous_valid_until > $1 THEN previous_valid_until END AS previous_valid_until, revoked_at,
  events::int, unmatched::int, ignored::int, last_event_at, paused_at, refused_at, refused_why`;

/**
 * Accounts that may report events: a vendor's own, and the operator's for the
 * installation.
 */
@Injectable()
export class ProviderSources {
  private readonly sealer: SecretSealer;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'SECRET_KEY' | 'PUBLIC_URL'>,
  ) {
    this.sealer = new SecretSealer(config.SECRET_KEY, SEALED_PROVIDER_SECRETS.purpose);
  }

  /** The vendor's own sources, or the operator's, with revoked ones. */
  async list(actor: VendorActor | SystemActor): Promise<ProviderSource[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ProviderSource>(
        `SELECT ${COLUMNS} FROM engagement.provider_source WHERE vendor_id IS NOT DISTINCT FROM $2 ORDER BY id`,
        [this.clock.now(), actor.vendorId],
      ),
    );
  }

  /**
   * @throws DomainError `provider-source.secret-invalid`,
   *   `provider-source.too-many`.
   */
  async create(
    actor: VendorActor | SystemActor,
    input: { readonly provider: Provider; readonly name: string; readonly secret?: string | undefined },
  ): Promise<RevealedSource> {
    const secret = secretFor(input.provider, input.secret);
    const id = newId<ProviderSourceId>();
    return this.database.inTransaction(actor, async () => {
      const known = await this.list(actor);
      if (known.filter(({ revokedAt }) => revokedAt === null).length >= MAX_SOURCES)
        throw new DomainError(
          'provider-source.too-many',
          `There are ${MAX_SOURCES} sources already, which is the limit. Revoke one that is no longer used.`,
          {},
          { kind: 'conflict' },
        );
      await this.database.query(
        `INSERT INTO engagement.provider_source (id, vendor_id, provider, name, secret, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, actor.vendorId, input.provider, input.name, this.seal(id, secret), actor.name, this.clock.now()],
      );
      await this.recordAudit(actor, 'created', id, { provider: input.provider, name: input.name });
      return this.revealed(actor, id, secret);
    });
  }

  /**
   * Starts a new secret. The old one stays valid for `overlapHours`.
   * @throws DomainError `provider-source.not-found`, also for a source that is
   *   another vendor's or revoked; `provider-source.secret-invalid`.
   */
  async rotate(
    actor: VendorActor | SystemActor,
    id: ProviderSourceId,
    { secret: given, overlapHours }: { readonly secret?: string | undefined; readonly overlapHours: number },
  ): Promise<RevealedSource> {
    return this.database.inTransaction(actor, async () => {
      const secret = secretFor((await this.get(actor, id)).provider, given);
      const until = overlapHours === 0 ? null : new Date(this.clock.now().getTime() + overlapHours * HOUR_MS);
      const rotated = await this.database.query(
        `UPDATE engagement.provider_source SET
           previous_secret = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE secret END,
           previous_valid_until = $3, secret = $2
         WHERE id = $1 AND revoked_at IS NULL RETURNING id`,
        [id, this.seal(id, secret), until],
      );
      if (rotated.length === 0) throw notFound('provider-source', id);
      await this.recordAudit(actor, 'secret-rotated', id, { overlapHours });
      return this.revealed(actor, id, secret);
    });
  }

  /**
   * Permanently refuses further events. Recorded events stay.
   * @throws DomainError `provider-source.not-found`.
   */
  async revoke(actor: VendorActor | SystemActor, id: ProviderSourceId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const revoked = await this.database.query(
        `UPDATE engagement.provider_source SET revoked_at = $3 WHERE id = $1 AND vendor_id IS NOT DISTINCT FROM $2 AND revoked_at IS NULL RETURNING id`,
        [id, actor.vendorId, this.clock.now()],
      );
      if (revoked.length === 0) throw notFound('provider-source', id);
      await this.recordAudit(actor, 'revoked', id, {});
    });
  }

  /**
   * Pauses or resumes an account. Events during a pause are refused, so the
   * provider retries.
   * @throws DomainError `provider-source.not-found`, also for a source that is
   *   another vendor's or revoked.
   */
  async pause(actor: VendorActor | SystemActor, id: ProviderSourceId, paused: boolean): Promise<ProviderSource> {
    return this.database.inTransaction(actor, async () => {
      const [before] = await this.database.query<{ wasPaused: boolean }>(
        `SELECT paused_at IS NOT NULL AS was_paused FROM engagement.provider_source
         WHERE id = $1 AND vendor_id IS NOT DISTINCT FROM $2 AND revoked_at IS NULL FOR UPDATE`,
        [id, actor.vendorId],
      );
      if (before === undefined) throw notFound('provider-source', id);
      if (before.wasPaused !== paused) {
        await this.database.query('UPDATE engagement.provider_source SET paused_at = $2 WHERE id = $1', [
          id,
          paused ? this.clock.now() : null,
        ]);
        await this.recordAudit(actor, paused ? 'paused' : 'resumed', id, {});
      }
      return this.get(actor, id);
    });
  }

  /** Records a refused event, so that the owner sees why no events arrive. */
  async recordRefusal(id: ProviderSourceId, why: Refusal): Promise<void> {
    await this.database.inTransaction(PROVIDER_EVENTS, () =>
      this.database.query(
        `UPDATE engagement.provider_source SET refused_at = $2::timestamptz, refused_why = $3::text
         WHERE id = $1 AND (refused_at IS NULL OR refused_at < $2::timestamptz - $4::interval OR refused_why <> $3::text)`,
        [id, this.clock.now(), why, REFUSALS_APART],
      ),
    );
  }

  /** Null for an unknown or revoked source. */
  async open(provider: Provider, id: ProviderSourceId): Promise<OpenSource | null> {
    const [row] = await this.database.inTransaction(PROVIDER_EVENTS, () =>
      this.database.query<{ vendorId: VendorId | null; secret: Buffer; previous: Buffer | null; isPaused: boolean }>(
        `SELECT vendor_id, secret, CASE WHEN previous_valid_until > $3 THEN previous_secret END AS previous, paused_at IS NOT NULL AS is_paused
         FROM engagement.provider_source WHERE id = $1 AND provider = $2 AND revoked_at IS NULL`,
        [id, provider, this.clock.now()],
      ),
    );
    if (row === undefined) return null;
    const sealed = [row.secret, row.previous].filter((secret) => secret !== null);
    const secrets = sealed.map((secret) => this.sealer.open(id, secret).toString());
    return { id, vendorId: row.vendorId, provider, secrets, isPaused: row.isPaused };
  }

  /** Adds the results of one request to the counts of its source. */
  async count(id: ProviderSourceId, { events, unmatched, ignored }: EventCounts): Promise<void> {
    await this.database.inTransaction(PROVIDER_EVENTS, () =>
      this.database.query(
        `UPDATE engagement.provider_source SET events = events + $2, unmatched = unmatched + $3, ignored = ignored + $4, last_event_at = $5 WHERE id = $1`,
        [id, events, unmatched, ignored, this.clock.now()],
      ),
    );
  }

  /**
   * @param oldest tokens from before this time are deleted.
   * @returns true for a new token, and for a known one with the same body,
   *   because that is a retry.
   */
  async acceptToken(id: ProviderSourceId, token: Buffer, body: Buffer, oldest: Date): Promise<boolean> {
    return this.database.inTransaction(PROVIDER_EVENTS, async () => {
      await this.database.query('DELETE FROM engagement.provider_token WHERE source_id = $1 AND at < $2', [id, oldest]);
      await this.database.query(
        'INSERT INTO engagement.provider_token (source_id, token_hash, body_hash, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [id, token, body, new Date()],
      );
      const kept = await this.database.query(
        'SELECT 1 FROM engagement.provider_token WHERE source_id = $1 AND token_hash = $2 AND body_hash = $3',
        [id, token, body],
      );
      return kept.length > 0;
    });
  }

  private async get(actor: VendorActor | SystemActor, id: ProviderSourceId): Promise<ProviderSource> {
    const [found] = await this.database.query<ProviderSource>(
      `SELECT ${COLUMNS} FROM engagement.provider_source WHERE id = $2 AND vendor_id IS NOT DISTINCT FROM $3`,
      [this.clock.now(), id, actor.vendorId],
    );
    if (found === undefined) throw notFound('provider-source', id);
    return found;
  }

  private async revealed(
    actor: VendorActor | SystemActor,
    id: ProviderSourceId,
    secret: string,
  ): Promise<RevealedSource> {
    const source = await this.get(actor, id);
    const url = new URL(`${this.config.PUBLIC_URL}/api/v1/provider-events/${source.provider}/${id}`);
    if (source.provider === 'postmark') [url.username, url.password] = ['postmark', secret];
    return { source, url: url.href };
  }

  private seal(id: ProviderSourceId, secret: string): Buffer {
    return this.sealer.seal(id, Buffer.from(secret));
  }

  private async recordAudit(
    actor: VendorActor | SystemActor,
    what: 'created' | 'secret-rotated' | 'paused' | 'resumed' | 'revoked',
    id: ProviderSourceId,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: `provider-source.${what}`,
      subject: { kind: 'provider-source', id },
      details,
    });
  }
}
