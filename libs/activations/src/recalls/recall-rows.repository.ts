import { Injectable } from '@nestjs/common';
import type { Recall, RecallId, Tactic } from '#campaigns';
import { Database, unnestRows } from '#database';
import { type Actor, type ActivationId, type CampaignVersionId, type PartnerId, type VendorId } from '#kernel';
import { HELD_BY_RECALL, UNDONE } from '../planned-end.js';
import type { RecallChannel, RecalledLaunch, RecallItem, RecallOutcome } from './recall-items.js';

/** An activation of a recall whose rows are still to be written. */
export interface OpenTarget extends RecalledLaunch {
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  /** That it runs now. */
  readonly versionId: CampaignVersionId;
  /** False: the activation was updated to another version, which goes on. */
  readonly runsIt: boolean;
  /** Recalled, that it ran by the time of the recall. */
  readonly recalledIds: readonly CampaignVersionId[];
}

/** A row of the report. */
export interface ReportRow {
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  readonly channel: RecallChannel;
  readonly itemKey: string;
  readonly outcome: RecallOutcome;
  readonly recordedAt: Date;
  /** E-mails that waited; null for a vendor, and where none is counted. */
  readonly waiting: number | null;
}

/** How far a recall and its reversal are. */
export interface RecallProgress {
  readonly activations: number;
  readonly done: number;
  readonly reversed: number;
  readonly partners: number;
}

/** E-mails of one activation that wait. */
export interface WaitingEmails {
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  readonly stepKey: string;
  /** The e-mail that was drawn for the step that tests some; null: none was. */
  readonly arm: string | null;
  readonly locale: string;
  readonly waiting: number;
}

/** Activations of a partner of the same days that run one version, and have run the same versions of a recall. */
export interface RecallReach extends RecalledLaunch {
  readonly partnerId: PartnerId;
  readonly runningId: CampaignVersionId;
  readonly versionIds: readonly CampaignVersionId[];
  readonly activations: number;
}

/** Position after a row, for pages. */
export type RowCursor = Pick<ReportRow, 'activationId' | 'channel' | 'itemKey'>;

const ROW = `i.activation_id, i.partner_id, i.channel, i.item_key, i.outcome, i.recorded_at,
    CASE i.channel WHEN 'email' THEN c.waiting END AS waiting
  FROM activations.recall_item i LEFT JOIN activations.recall_count c
    ON c.recall_id = i.recall_id AND c.activation_id = i.activation_id AND c.item_key = i.item_key`;
const RUNS_RECALLED = `version_id IN (SELECT version_id FROM campaigns.recalled_version_view WHERE recall_id = $2)`;
const RECALLED = 'SELECT v.version_id FROM campaigns.recalled_version_view v WHERE v.recall_id = t.recall_id';
/** Versions that an activation runs or ran: one that was never updated has no edition. `$1`: only editions made until then. */
const RAN = `SELECT a.version_id WHERE a.editions = 1
  UNION SELECT e.version_id FROM activations.edition e WHERE e.activation_id = a.id AND (e.number = 1 OR e.made_at <= $1)`;
/** See `RecalledLaunch`. `$1`: only a stop until then. */
const DAYS = `CASE WHEN a.editions = 1 THEN a.start_at END AS start_at, a.launched_at,
  CASE WHEN a.vendor_stopped_at <= $1 THEN a.vendor_stopped_at END AS stopped_at`;
const TARGET = `${DAYS}, t.activation_id, t.partner_id, t.vendor_id, a.version_id, a.version_id IN (${RECALLED}) AS runs_it,
  ARRAY(SELECT ran.version_id FROM (${RAN}) ran WHERE ran.version_id IN (${RECALLED}) ORDER BY 1) AS recalled_ids`;
/** Activations that run or ran one of the versions `$2`. */
const OF_VERSIONS = `SELECT own.id FROM activations.activation own WHERE own.version_id = ANY ($2)
  UNION SELECT e.activation_id FROM activations.edition e
  WHERE e.version_id = ANY ($2) AND (e.number = 1 OR e.made_at <= $1)`;

/** Rows of recalls. Every method joins the open transaction. */
@Injectable()
export class RecallRows {
  constructor(private readonly database: Database) {}

  /**
   * Lists the activations that run, or ran, a version of a recall. Idempotent:
   * what was launched or updated after the recall is none of them.
   */
  async addTargets({ id, partnerIds, decidedAt }: Recall): Promise<void> {
    const versions = await this.database.query<{ id: CampaignVersionId }>(
      'SELECT version_id AS id FROM campaigns.recalled_version_view WHERE recall_id = $1',
      [id],
    );
    await this.database.query(
      `INSERT INTO activations.recall_target (recall_id, activation_id, partner_id, vendor_id)
       SELECT $3, a.id, a.partner_id, a.vendor_id FROM activations.activation a
       WHERE a.id IN (${OF_VERSIONS}) AND a.launched_at <= $1
         AND ($4::uuid[] IS NULL OR a.partner_id = ANY ($4)) AND a.status_reason IS DISTINCT FROM $5
       ON CONFLICT DO NOTHING`,
      [decidedAt, versions.map((version) => version.id), id, partnerIds, UNDONE],
    );
  }

  /**
   * The activations that run or ran one of these versions now, by the versions
   * that each has run. For a process: editions have texts of partners, which
   * their vendor does not read.
   */
  async reach(
    versionIds: readonly CampaignVersionId[],
    partnerIds: readonly PartnerId[] | null,
    now: Date,
  ): Promise<RecallReach[]> {
    return this.database.query<RecallReach>(
      `SELECT start_at, launched_at, stopped_at, partner_id, running_id, version_ids, count(*)::int AS activations FROM (
         SELECT ${DAYS}, a.partner_id, a.version_id AS running_id, ARRAY(SELECT ran.version_id FROM (${RAN}) ran WHERE ran.version_id = ANY ($2) ORDER BY 1) AS version_ids
         FROM activations.activation a
         WHERE a.id IN (${OF_VERSIONS}) AND ($3::uuid[] IS NULL OR a.partner_id = ANY ($3))
           AND a.status_reason IS DISTINCT FROM $4) one
       GROUP BY 1, 2, 3, 4, 5, 6`,
      [now, versionIds, partnerIds, UNDONE],
    );
  }

  /** What shows the asset of a recall in one of its versions. */
  async tacticsIn(id: RecallId, versionId: CampaignVersionId): Promise<readonly Tactic[]> {
    const [found] = await this.database.query<{ tactics: readonly Tactic[] | null }>(
      'SELECT tactics FROM campaigns.recalled_version_view WHERE recall_id = $1 AND version_id = $2',
      [id, versionId],
    );
    return found?.tactics ?? [];
  }

  /**
   * Locks some that are not done. Other processes take others. One with an e-mail
   * on its way waits: it is counted as sent or as stopped, and not as both or
   * neither.
   */
  async lockOpen({ id, decidedAt }: Recall, limit: number): Promise<OpenTarget[]> {
    return this.database.query(
      `SELECT ${TARGET} FROM activations.recall_target t JOIN activations.activation a ON a.id = t.activation_id
       WHERE t.recall_id = $2 AND t.done_at IS NULL
         AND NOT EXISTS (SELECT FROM delivery.message_view m WHERE m.activation_id = t.activation_id AND m.state = 'releasing')
       ORDER BY t.activation_id LIMIT $3 FOR UPDATE SKIP LOCKED`,
      [decidedAt, id, limit],
    );
  }

  /**
   * Whether a recall is reversed by now. Ask after `lockOpen`: a reversal that
   * is committed later goes on with these activations after the open
   * transaction, because it waits for their locks.
   */
  async isReversed(id: RecallId): Promise<boolean> {
    const found = await this.database.query(
      'SELECT 1 FROM campaigns.recall_view WHERE id = $1 AND reversed_at IS NOT NULL',
      [id],
    );
    return found.length > 0;
  }

  /** Those of a reversed recall that do not go on yet. */
  async toReverse(id: RecallId): Promise<Pick<OpenTarget, 'activationId' | 'partnerId'>[]> {
    return this.database.query(
      `SELECT activation_id, partner_id FROM activations.recall_target
       WHERE recall_id = $1 AND reversed_at IS NULL ORDER BY activation_id`,
      [id],
    );
  }

  /**
   * Holds activations for a recall, but those that an update has given another
   * version meanwhile.
   * @returns those that ran.
   */
  async hold(id: RecallId, activationIds: readonly ActivationId[], now: Date): Promise<ActivationId[]> {
    const running = await this.database.query<{ id: ActivationId }>(
      `SELECT id FROM activations.activation WHERE id = ANY ($1) AND status = 'active' AND ${RUNS_RECALLED} ORDER BY id FOR UPDATE`,
      [activationIds, id],
    );
    await this.database.query(
      `UPDATE activations.activation SET recall_id = coalesce(recall_id, $2),
         status = CASE status WHEN 'active' THEN 'held' ELSE status END,
         status_reason = CASE status WHEN 'active' THEN $3 ELSE status_reason END,
         held_at = CASE status WHEN 'active' THEN $4::timestamptz ELSE held_at END
       WHERE id = ANY ($1) AND status <> 'stopped' AND ${RUNS_RECALLED}`,
      [activationIds, id, HELD_BY_RECALL, now],
    );
    return running.map((one) => one.id);
  }

  /** After a reversal or a change of its version: another recall in force may hold it still. */
  async releaseFrom(id: RecallId, activationId: ActivationId): Promise<void> {
    await this.database.query(
      `UPDATE activations.activation a SET recall_id = (
         SELECT r.id FROM campaigns.recalled_version_view v JOIN campaigns.recall_view r ON r.id = v.recall_id
         WHERE v.version_id = a.version_id AND v.in_force AND r.mode <> 'finish' AND r.tactic_key IS NULL AND r.asset_id IS NULL AND r.locale IS NULL
           AND (r.partner_ids IS NULL OR a.partner_id = ANY (r.partner_ids)) LIMIT 1)
       WHERE a.id = $1 AND a.recall_id = $2`,
      [activationId, id],
    );
  }

  async addItems(
    id: RecallId,
    items: readonly (RecallItem & Pick<OpenTarget, 'activationId' | 'partnerId' | 'vendorId'>)[],
    now: Date,
  ): Promise<void> {
    if (items.length === 0) return;
    const rows = unnestRows(
      items,
      { activationId: 'uuid', partnerId: 'uuid', vendorId: 'uuid', channel: 'text', itemKey: 'text', outcome: 'text' },
      [id, now],
    );
    await this.database.query(
      `INSERT INTO activations.recall_item (recall_id, activation_id, partner_id, vendor_id, channel, item_key, outcome, recorded_at)
       SELECT $1, given.*, $2 FROM ${rows.from} ON CONFLICT DO NOTHING`,
      rows.parameters,
    );
  }

  async waitingEmails(activationIds: readonly ActivationId[]): Promise<WaitingEmails[]> {
    return this.database.query('SELECT * FROM activations.waiting_emails($1)', [activationIds]);
  }

  async addCounts(
    id: RecallId,
    counts: readonly {
      readonly activationId: ActivationId;
      readonly partnerId: PartnerId;
      readonly itemKey: string;
      readonly waiting: number;
    }[],
  ): Promise<void> {
    if (counts.length === 0) return;
    const rows = unnestRows(counts, { activationId: 'uuid', partnerId: 'uuid', itemKey: 'text', waiting: 'int' }, [id]);
    await this.database.query(
      `INSERT INTO activations.recall_count (recall_id, activation_id, partner_id, item_key, waiting)
       SELECT $1, given.* FROM ${rows.from} ON CONFLICT DO NOTHING`,
      rows.parameters,
    );
  }

  async markDone(id: RecallId, activationIds: readonly ActivationId[], now: Date): Promise<void> {
    await this.database.query(
      'UPDATE activations.recall_target SET done_at = $3 WHERE recall_id = $1 AND activation_id = ANY ($2)',
      [id, activationIds, now],
    );
  }

  /** @returns false if it goes on already. */
  async markReversed(id: RecallId, activationId: ActivationId, now: Date): Promise<boolean> {
    const marked = await this.database.query(
      `UPDATE activations.recall_target SET reversed_at = $3
       WHERE recall_id = $1 AND activation_id = $2 AND reversed_at IS NULL RETURNING recall_id`,
      [id, activationId, now],
    );
    return marked.length > 0;
  }

  /** As far as the actor sees it: a partner its own part. */
  async progress(actor: Actor, id: RecallId): Promise<RecallProgress> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<RecallProgress>(
        `SELECT count(*)::int AS activations, count(done_at)::int AS done, count(reversed_at)::int AS reversed,
           count(DISTINCT partner_id)::int AS partners FROM activations.recall_target WHERE recall_id = $1`,
        [id],
      ),
    );
    return row ?? { activations: 0, done: 0, reversed: 0, partners: 0 };
  }

  /** How many rows have each outcome on each channel, as far as the actor sees them. */
  async sums(
    actor: Actor,
    id: RecallId,
  ): Promise<{ readonly channel: RecallChannel; readonly outcome: RecallOutcome; readonly items: number }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT channel, outcome, count(*)::int AS items FROM activations.recall_item WHERE recall_id = $1
         GROUP BY 1, 2 ORDER BY 1, 2`,
        [id],
      ),
    );
  }

  /** A page of the report. A vendor's scope reads no count. */
  async page(
    actor: Actor,
    id: RecallId,
    {
      after,
      limit,
      outcome,
    }: { readonly after: RowCursor | null; readonly limit: number; readonly outcome: RecallOutcome | null },
  ): Promise<ReportRow[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ReportRow>(
        `SELECT ${ROW} WHERE i.recall_id = $1 AND ($2::uuid IS NULL OR (i.activation_id, i.channel, i.item_key) > ($2, $3, $4))
           AND ($6::text IS NULL OR i.outcome = $6)
         ORDER BY i.activation_id, i.channel, i.item_key LIMIT $5`,
        [id, after?.activationId ?? null, after?.channel ?? null, after?.itemKey ?? null, limit, outcome],
      ),
    );
  }

  /** Of one activation. */
  async ofLaunch(actor: Actor, id: RecallId, activationId: ActivationId): Promise<ReportRow[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ReportRow>(
        `SELECT ${ROW} WHERE i.recall_id = $1 AND i.activation_id = $2 ORDER BY i.channel, i.item_key`,
        [id, activationId],
      ),
    );
  }

  /** Recalls that concern an activation, newest first. */
  async ofActivation(actor: Actor, activationId: ActivationId): Promise<RecallId[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: RecallId }>(
        'SELECT recall_id AS id FROM activations.recall_target WHERE activation_id = $1 ORDER BY recall_id DESC',
        [activationId],
      ),
    );
    return rows.map(({ id }) => id);
  }

  /** Recalls with work to do. Their durable job has listed it. */
  async unfinished(): Promise<RecallId[]> {
    const rows = await this.database.query<{ id: RecallId }>(
      `SELECT recall_id AS id FROM activations.recall_target WHERE done_at IS NULL
       UNION SELECT r.id FROM campaigns.recall_view r WHERE r.reversed_at IS NOT NULL
         AND EXISTS (SELECT FROM activations.recall_target t WHERE t.recall_id = r.id AND t.reversed_at IS NULL)
       UNION SELECT l.recall_id FROM activations.recall_letter l JOIN campaigns.recall_view r ON r.id = l.recall_id
       WHERE l.told_at IS NULL AND l.kind = CASE WHEN r.reversed_at IS NULL THEN 'recalled' ELSE 'reversed' END`,
    );
    return rows.map(({ id }) => id);
  }
}
