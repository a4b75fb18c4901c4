import { Injectable } from '@nestjs/common';
import type { ArtworkType } from '#contracts';
import type { OfferActor } from '#campaigns';
import { Database } from '#database';
import {
  type Actor,
  type ActivationId,
  type CampaignId,
  type CampaignVersionId,
  type Id,
  type Locale,
  notFound,
  type PartnerId,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { Postponement } from '#sequencing';
import { type Activation, type ActivationStatus, isOver, type VendorActs } from './activation.js';

/** Old rows lack keys, because partners did not have these choices then. */
const CHOICES = `jsonb_build_object('shiftDays', '{}'::jsonb, 'skip', '[]'::jsonb, 'blackouts', '[]'::jsonb) || choices`;
const listsOf = (role: 'include' | 'exclude'): string =>
  `ARRAY(SELECT l.list_id FROM activations.activation_list l WHERE l.activation_id = activation.id AND l.role = '${role}' ORDER BY l.list_id)`;
/** An `Activation`, of a table that is called `activation`. */
export const COLUMNS = `id, partner_id, vendor_id, campaign_id, version_id, status, status_reason,
  slug, locale, time_zone, time_zone_source, ${CHOICES} AS choices, start_at, slots, launched_by, launched_at, enrolled_at, held_at, postponements, ended_at,
  planned_end_at, vendor_stopped_at, vendor_stopped_by, vendor_stop_reason, vendor_held_at, vendor_held_by,
  vendor_hold_reason, recall_id, stays_open, edition, editions,
  json_build_object('include', ${listsOf('include')}, 'exclude', ${listsOf('exclude')}) AS lists`;

type LaterFields =
  | 'edition'
  | 'editions'
  | 'status'
  | 'statusReason'
  | 'enrolledAt'
  | 'heldAt'
  | 'postponements'
  | 'endedAt'
  | keyof VendorActs;

export interface NewActivation extends Omit<Activation, 'lists' | LaterFields> {
  readonly brandVersion: number;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly leadsFromClicks: boolean;
}

export interface AssetRecord {
  readonly id: Id<'asset'>;
  readonly kind: ArtworkType;
  readonly key: string;
  readonly locale: Locale;
  readonly format: string;
  readonly title: string;
  readonly postText: string | null;
  readonly blobHash: string;
  readonly mediaType: string;
}

/**
 * Rows of activations; every method joins or opens a transaction of its actor.
 */
@Injectable()
export class ActivationsRepository {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `activation.not-found` also for another partner's. */
  async get(actor: Actor, id: ActivationId): Promise<Activation> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Activation>(`SELECT ${COLUMNS} FROM activations.activation WHERE id = $1`, [id]),
    );
    if (found === undefined) throw notFound('activation', id);
    return found;
  }

  /** In the order of their launches; without those that do not exist. */
  async byIds(actor: Actor, ids: readonly ActivationId[]): Promise<Activation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Activation>(`SELECT ${COLUMNS} FROM activations.activation WHERE id = ANY ($1) ORDER BY id`, [
        ids,
      ]),
    );
  }

  async bySlug(actor: Actor, slug: string): Promise<Activation | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Activation>(`SELECT ${COLUMNS} FROM activations.activation WHERE slug = $1`, [slug]),
    );
    return found ?? null;
  }

  async list(
    actor: Actor,
    filter: {
      limit: number;
      beforeId: string | null;
      campaignId?: CampaignId;
      partnerId?: PartnerId;
      statuses?: readonly ActivationStatus[];
    },
  ): Promise<Activation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM activations.activation
         WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR campaign_id = $2) AND ($4::uuid IS NULL OR partner_id = $4)
           AND ($5::text[] IS NULL OR status = ANY ($5)) ORDER BY id DESC LIMIT $3`,
        [
          filter.beforeId,
          filter.campaignId ?? null,
          filter.limit,
          actor.kind === 'partner' ? actor.partnerId : (filter.partnerId ?? null),
          filter.statuses ?? null,
        ],
      ),
    );
  }

  async live(actor: OfferActor): Promise<Activation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM activations.activation WHERE partner_id = $1 AND status IN ('active', 'held') ORDER BY id DESC`,
        [actor.partnerId],
      ),
    );
  }

  async partnersThatLaunched(actor: VendorActor): Promise<PartnerId[]> {
    const found = await this.database.inTransaction(actor, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT m.partner_id FROM organisations.membership_view m
         WHERE EXISTS (SELECT 1 FROM activations.activation a WHERE a.partner_id = m.partner_id)`,
      ),
    );
    return found.map(({ partnerId }) => partnerId);
  }

  /**
   * How many partners run each campaign, as the vendor sees them; campaigns
   * without any are left out.
   */
  async partnersRunning(
    actor: VendorActor,
    campaignIds: readonly CampaignId[],
    now: Date,
  ): Promise<Map<CampaignId, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ campaignId: CampaignId; partners: number }>(
        `SELECT campaign_id, count(DISTINCT partner_id)::int AS partners FROM activations.activation
         WHERE campaign_id = ANY ($1) AND vendor_stopped_at IS NULL AND (planned_end_at IS NULL OR planned_end_at > $2) GROUP BY campaign_id`,
        [campaignIds, now],
      ),
    );
    return new Map(rows.map(({ campaignId, partners }) => [campaignId, partners]));
  }

  /** The same by version of one campaign. */
  async partnersRunningVersions(
    actor: VendorActor,
    campaignId: CampaignId,
    now: Date,
  ): Promise<Map<CampaignVersionId, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ versionId: CampaignVersionId; partners: number }>(
        `SELECT version_id, count(DISTINCT partner_id)::int AS partners FROM activations.activation
         WHERE campaign_id = $1 AND vendor_stopped_at IS NULL AND (planned_end_at IS NULL OR planned_end_at > $2) GROUP BY version_id`,
        [campaignId, now],
      ),
    );
    return new Map(rows.map(({ versionId, partners }) => [versionId, partners]));
  }

  /** Serialises launches with one key, until the transaction ends. */
  async lockKey(partnerId: PartnerId, idempotencyKey: string): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `launch ${partnerId} ${idempotencyKey}`,
    ]);
  }

  async byKey(partnerId: PartnerId, idempotencyKey: string): Promise<{ id: ActivationId; requestHash: string } | null> {
    const [found] = await this.database.query<{ id: ActivationId; requestHash: string }>(
      'SELECT id, request_hash FROM activations.activation WHERE partner_id = $1 AND idempotency_key = $2',
      [partnerId, idempotencyKey],
    );
    return found ?? null;
  }

  /**
   * Activations of given versions that are live, or that their vendor takes for
   * live: those whose contacts have finished, too. For all partners, by id.
   */
  async liveOf(actor: Actor, versionIds: readonly CampaignVersionId[], now: Date): Promise<Activation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM activations.activation WHERE version_id = ANY ($1)
           AND (status IN ('active', 'held') OR (vendor_stopped_at IS NULL AND (planned_end_at IS NULL OR planned_end_at > $2))) ORDER BY id`,
        [versionIds, now],
      ),
    );
  }

  /** Live activations of a partner for one vendor, oldest first. */
  async liveForVendor(actor: SystemActor, vendorId: VendorId): Promise<Activation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM activations.activation
         WHERE partner_id = $1 AND vendor_id = $2 AND status IN ('active', 'held') ORDER BY id`,
        [actor.partnerId, vendorId],
      ),
    );
  }

  /** Of a partner for one vendor: live ones, and those that have not ended for the vendor. */
  async unendedForVendor(actor: SystemActor, vendorId: VendorId, now: Date): Promise<Activation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM activations.activation WHERE partner_id = $1 AND vendor_id = $2
           AND (status IN ('active', 'held') OR (vendor_stopped_at IS NULL AND (planned_end_at IS NULL OR planned_end_at > $3))) ORDER BY id`,
        [actor.partnerId, vendorId, now],
      ),
    );
  }

  /** Partners with live activations of a vendor: a process's view. */
  async partnersWithLive(actor: SystemActor, vendorId: VendorId): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT DISTINCT partner_id FROM activations.activation WHERE vendor_id = $1 AND status IN ('active', 'held')`,
        [vendorId],
      ),
    );
    return rows.map(({ partnerId }) => partnerId);
  }

  /**
   * Marks it as stopped for its vendor, in the open transaction.
   * @returns false if it is over or stopped for the vendor already.
   */
  async stopForVendor(id: ActivationId, now: Date): Promise<boolean> {
    const stopped = await this.database.query(
      `UPDATE activations.activation SET vendor_stopped_at = $2
       WHERE id = $1 AND vendor_stopped_at IS NULL AND (planned_end_at IS NULL OR planned_end_at > $2) RETURNING id`,
      [id, now],
    );
    return stopped.length > 0;
  }

  /**
   * Claims activations whose planned day has come and whose vendor was not
   * notified. In the open transaction, which marks them as notified.
   */
  async claimPlannedEnds(now: Date, limit: number): Promise<Activation[]> {
    return this.database.query<Activation>(
      `UPDATE activations.activation SET vendor_notified_at = $1 WHERE id IN (
         SELECT id FROM activations.activation
         WHERE vendor_stopped_at IS NULL AND vendor_notified_at IS NULL AND planned_end_at <= $1
         ORDER BY planned_end_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [now, limit],
    );
  }

  /** Joins the open transaction. */
  async insert(activation: NewActivation): Promise<void> {
    const a = activation;
    await this.database.query(
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status,
         slug, locale, time_zone, start_at, slots, brand_version, idempotency_key, request_hash, launched_by,
         launched_at, choices, time_zone_source, leads_from_clicks, planned_end_at, stays_open)
       VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
      [
        a.id,
        a.partnerId,
        a.vendorId,
        a.campaignId,
        a.versionId,
        a.slug,
        a.locale,
        a.timeZone,
        a.startAt,
        JSON.stringify(a.slots),
        a.brandVersion,
        a.idempotencyKey,
        a.requestHash,
        a.launchedBy,
        a.launchedAt,
        JSON.stringify(a.choices),
        a.timeZoneSource,
        a.leadsFromClicks,
        a.plannedEndAt,
        a.staysOpen,
      ],
    );
  }

  /**
   * Changes the state in the open transaction.
   * @returns false when it was not in the expected state.
   */
  async move(
    id: ActivationId,
    from: ActivationStatus,
    to: ActivationStatus,
    reason: string,
    now: Date,
  ): Promise<boolean> {
    const moved = await this.database.query(
      'UPDATE activations.activation SET status = $3, status_reason = $4, ended_at = $5, held_at = $6 WHERE id = $1 AND status = $2 RETURNING id',
      [id, from, to, reason, isOver(to) ? now : null, to === 'held' ? now : null],
    );
    return moved.length > 0;
  }

  /** Changes why it is held. Joins the open transaction. */
  async keepHeld(id: ActivationId, reason: string): Promise<void> {
    await this.database.query(
      `UPDATE activations.activation SET status_reason = $2 WHERE id = $1 AND status = 'held'`,
      [id, reason],
    );
  }

  /** Its state, locked until the transaction ends. */
  async lockedStatus(id: ActivationId): Promise<ActivationStatus> {
    const [found] = await this.database.query<{ status: ActivationStatus }>(
      'SELECT status FROM activations.activation WHERE id = $1 FOR SHARE',
      [id],
    );
    if (found === undefined) throw notFound('activation', id);
    return found.status;
  }

  /** Joins the open transaction. */
  async addPostponement(id: ActivationId, postponement: Postponement): Promise<void> {
    await this.database.query(
      'UPDATE activations.activation SET postponements = postponements || $2::jsonb WHERE id = $1',
      [id, JSON.stringify([postponement])],
    );
  }

  async markEnrolled(id: ActivationId, at: Date): Promise<void> {
    await this.database.query('UPDATE activations.activation SET enrolled_at = $2 WHERE id = $1', [id, at]);
  }

  /** @returns false when the activation has it already. */
  async insertAsset(
    activation: Pick<Activation, 'id' | 'partnerId' | 'edition'>,
    asset: AssetRecord,
  ): Promise<boolean> {
    const inserted = await this.database.query(
      `INSERT INTO activations.asset (id, activation_id, partner_id, kind, key, locale, format, title, post_text,
         blob_hash, media_type, edition) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
         RETURNING id`,
      [
        asset.id,
        activation.id,
        activation.partnerId,
        asset.kind,
        asset.key,
        asset.locale,
        asset.format,
        asset.title,
        asset.postText,
        asset.blobHash,
        asset.mediaType,
        activation.edition,
      ],
    );
    return inserted.length > 0;
  }

  /** Joins the open transaction. Once is enough: how often says nothing. */
  async recordDownload(
    { id, partnerId, vendorId }: Pick<Activation, 'id' | 'partnerId' | 'vendorId'>,
    { kind, key }: Pick<AssetRecord, 'kind' | 'key'>,
    at: Date,
  ): Promise<void> {
    await this.database.query(
      'INSERT INTO activations.asset_use (activation_id, partner_id, vendor_id, kind, key, first_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING',
      [id, partnerId, vendorId, kind, key, at],
    );
  }

  /** Those of the edition that it runs. */
  async assets(actor: Actor, activationId: ActivationId): Promise<AssetRecord[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<AssetRecord>(
        `SELECT id, kind, key, locale, format, title, post_text, blob_hash, media_type FROM activations.asset WHERE activation_id = $1
           AND edition = (SELECT edition FROM activations.activation WHERE id = $1) ORDER BY kind, key, locale, format`,
        [activationId],
      ),
    );
  }
}
