import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import {
  type ActivationId,
  type Actor,
  type CampaignId,
  type CampaignVersionId,
  Clock,
  notFound,
  type PartnerId,
  type VendorId,
} from '#kernel';
import type { SlotTexts } from '../branding/slot-texts.js';
import type { ActivationUpdate, HeldFor, UpdateState, VersionUpdate, VersionUpdateId } from './version-update.js';

const COLUMNS = `id, vendor_id, campaign_id, version_id, version_number, choice, shares, days_between, most_stopped_partners,
  most_unsubscribed_per_mille, reason, begun, begun_at, held_at, held_for, stopped_partners, decided_by, decided_at, rolled_back_at, rolled_back_by`;
const ROW = `r.update_id, r.activation_id, r.partner_id, r.version_id, r.state, r.open_slots, r.refusal, r.answers, r.from_edition, r.to_edition`;

/** An activation that runs an earlier version, for the vendor. */
export interface RunningEarlier {
  readonly id: ActivationId;
  readonly partnerId: PartnerId;
  readonly versionId: CampaignVersionId;
}

/** The update of an activation, with the number of its version and since when it is in its state. */
interface UpdateOfOne extends ActivationUpdate {
  readonly versionNumber: number;
  readonly changedAt: Date;
}

/** What has become of an activation in an update. */
export interface UpdateResult {
  readonly state: UpdateState;
  readonly openSlots?: readonly string[];
  readonly refusal?: ActivationUpdate['refusal'];
  readonly fromEdition?: number | null;
  readonly toEdition?: number | null;
}

/** Since when and why the next share of an update does not begin, and how many updated partners are stopped. */
export interface Held {
  readonly at: Date;
  readonly stopped: number;
  readonly reason: HeldFor;
}

/** Rows of updates. Every method joins the open transaction. */
@Injectable()
export class VersionUpdatesRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async ofVersion(versionId: CampaignVersionId): Promise<VersionUpdate[]> {
    return this.database.query<VersionUpdate>(
      `SELECT ${COLUMNS} FROM activations.version_update WHERE version_id = $1 ORDER BY decided_at DESC`,
      [versionId],
    );
  }

  /** Locks the decision about a version that is in force; null: there is none. */
  async lockInForce(versionId: CampaignVersionId): Promise<VersionUpdate | null> {
    const [found] = await this.database.query<VersionUpdate>(
      `SELECT ${COLUMNS} FROM activations.version_update WHERE version_id = $1 AND rolled_back_at IS NULL FOR UPDATE`,
      [versionId],
    );
    return found ?? null;
  }

  /** Locks it. @throws DomainError `version-update.not-found`. */
  async lock(id: VersionUpdateId): Promise<VersionUpdate> {
    const [found] = await this.database.query<VersionUpdate>(
      `SELECT ${COLUMNS} FROM activations.version_update WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (found === undefined) throw notFound('version-update', id);
    return found;
  }

  /** Updates with shares that have not begun. */
  async unfinished(): Promise<VersionUpdate[]> {
    return this.database.query<VersionUpdate>(
      `SELECT ${COLUMNS} FROM activations.version_update
       WHERE rolled_back_at IS NULL AND choice <> 'finish' AND begun < cardinality(shares) AND held_at IS NULL`,
    );
  }

  /**
   * Activations of earlier versions that are not over for their vendor, of these
   * partners. Those whose contacts have finished are among them: the vendor must
   * not see the difference, and their pages are still read.
   */
  async runningEarlier(
    campaignId: CampaignId,
    versionNumber: number,
    partnerIds: readonly PartnerId[],
    now: Date,
  ): Promise<RunningEarlier[]> {
    return this.database.query<RunningEarlier>(
      `SELECT a.id, a.partner_id, a.version_id FROM activations.activation a
       JOIN campaigns.campaign_version_view v ON v.id = a.version_id
       WHERE a.campaign_id = $1 AND v.number < $2 AND a.partner_id = ANY ($3) AND a.status <> 'stopped'
         AND a.vendor_stopped_at IS NULL AND (a.planned_end_at IS NULL OR a.planned_end_at > $4) ORDER BY a.id`,
      [campaignId, versionNumber, partnerIds, now],
    );
  }

  /** @returns false if another one of the version is at work. */
  async insert(
    update: Omit<
      VersionUpdate,
      'begun' | 'begunAt' | 'heldAt' | 'heldFor' | 'stoppedPartners' | 'rolledBackAt' | 'rolledBackBy'
    >,
  ): Promise<boolean> {
    const inserted = await this.database.query(
      `INSERT INTO activations.version_update (id, vendor_id, campaign_id, version_id, version_number, choice, shares,
         days_between, most_stopped_partners, most_unsubscribed_per_mille, reason, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING RETURNING id`,
      [
        update.id,
        update.vendorId,
        update.campaignId,
        update.versionId,
        update.versionNumber,
        update.choice,
        update.shares,
        update.daysBetween,
        update.mostStoppedPartners,
        update.mostUnsubscribedPerMille,
        update.reason,
        update.decidedBy,
        update.decidedAt,
      ],
    );
    return inserted.length > 0;
  }

  async insertActivations(
    { id, vendorId, versionId }: { id: VersionUpdateId; vendorId: VendorId; versionId: CampaignVersionId },
    activations: readonly (RunningEarlier & { readonly share: number })[],
    at: Date,
  ): Promise<void> {
    const rows = unnestRows(activations, { id: 'uuid', partnerId: 'uuid', share: 'int' }, [
      id,
      vendorId,
      versionId,
      at,
    ]);
    await this.database.query(
      `INSERT INTO activations.activation_update (update_id, activation_id, partner_id, vendor_id, version_id, share, state, changed_at)
       SELECT $1, given.id, given.partner_id, $2, $3, given.share, 'waiting', $4 FROM ${rows.from} ON CONFLICT DO NOTHING`,
      rows.parameters,
    );
  }

  async markBegun(id: VersionUpdateId, begun: number, at: Date): Promise<void> {
    await this.database.query('UPDATE activations.version_update SET begun = $2, begun_at = $3 WHERE id = $1', [
      id,
      begun,
      at,
    ]);
  }

  /** @param held null: no rule holds it any longer. */
  async setHeld(id: VersionUpdateId, held: Held | null): Promise<void> {
    await this.database.query(
      'UPDATE activations.version_update SET held_at = $2, stopped_partners = $3, held_for = $4 WHERE id = $1',
      [id, held?.at ?? null, held?.stopped ?? null, held?.reason ?? null],
    );
  }

  async markRolledBack(id: VersionUpdateId, at: Date, by: string): Promise<void> {
    await this.database.query(
      'UPDATE activations.version_update SET rolled_back_at = $2, rolled_back_by = $3 WHERE id = $1',
      [id, at, by],
    );
  }

  /** Updated activations are to return; those that were not updated never will be. */
  async returnActivations(id: VersionUpdateId, at: Date): Promise<void> {
    await this.database.query(
      `UPDATE activations.activation_update SET changed_at = $2, refusal = NULL,
         state = CASE state WHEN 'done' THEN 'returns' ELSE 'rolled-back' END
       WHERE update_id = $1 AND state <> 'over'`,
      [id, at],
    );
  }

  /** How many activations are in each state. One that was stopped meanwhile waits for nothing: it is over. */
  async states(
    ids: readonly VersionUpdateId[],
  ): Promise<{ updateId: VersionUpdateId; state: UpdateState; count: number }[]> {
    return this.database.query(
      `SELECT r.update_id, CASE WHEN r.state IN ('waiting', 'asks-partner', 'refused') AND a.vendor_stopped_at IS NOT NULL
           THEN 'over' ELSE r.state END AS state, count(*)::int AS count
       FROM activations.activation_update r JOIN activations.activation a ON a.id = r.activation_id
       WHERE r.update_id = ANY ($1) GROUP BY 1, 2`,
      [ids],
    );
  }

  /** How many partners each update concerns, and with how many it has begun. */
  async partners(
    ids: readonly VersionUpdateId[],
  ): Promise<{ updateId: VersionUpdateId; concerned: number; begun: number }[]> {
    return this.database.query(
      `SELECT u.id AS update_id, count(DISTINCT r.partner_id)::int AS concerned,
         (count(DISTINCT r.partner_id) FILTER (WHERE r.share <= u.begun))::int AS begun
       FROM activations.version_update u JOIN activations.activation_update r ON r.update_id = u.id
       WHERE u.id = ANY ($1) GROUP BY 1`,
      [ids],
    );
  }

  async updatedPartners(id: VersionUpdateId): Promise<PartnerId[]> {
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      `SELECT DISTINCT partner_id FROM activations.activation_update WHERE update_id = $1 AND state = 'done'`,
      [id],
    );
    return rows.map(({ partnerId }) => partnerId);
  }

  /** Activations to update or to return, in random order: one that fails keeps no other waiting. */
  async toDo(limit: number): Promise<ActivationUpdate[]> {
    return this.database.query<ActivationUpdate>(
      `SELECT ${ROW} FROM activations.activation_update r JOIN activations.version_update u ON u.id = r.update_id
       WHERE r.state = 'returns' OR (r.state = 'waiting' AND r.share <= u.begun AND u.rolled_back_at IS NULL) ORDER BY random() LIMIT $1`,
      [limit],
    );
  }

  /** Its row, locked; null if its state is another one by now. */
  async lockRow({ updateId, activationId, state }: ActivationUpdate): Promise<ActivationUpdate | null> {
    const [row] = await this.database.query<ActivationUpdate>(
      `SELECT ${ROW} FROM activations.activation_update r WHERE update_id = $1 AND activation_id = $2 AND state = $3 FOR UPDATE`,
      [updateId, activationId, state],
    );
    return row ?? null;
  }

  /** Whether the activation still runs an earlier version than that of the update: a newer one may have moved it. */
  async runsEarlier(actor: Actor, { activationId, versionId }: ActivationUpdate): Promise<boolean> {
    const earlier = await this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT 1 FROM activations.activation a JOIN campaigns.campaign_version_view present ON present.id = a.version_id
         JOIN campaigns.campaign_version_view newer ON newer.id = $2 AND newer.number > present.number WHERE a.id = $1`,
        [activationId, versionId],
      ),
    );
    return earlier.length > 0;
  }

  /**
   * The edition to return to. Where that was made by an update that is rolled
   * back, too, it is the one before that, and so on. Null: it was not updated.
   */
  async editionBefore(actor: Actor, { activationId, fromEdition }: ActivationUpdate): Promise<number | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ number: number | null }>(
        `WITH RECURSIVE back (number) AS (
           SELECT $2::int UNION SELECT r.from_edition FROM back JOIN activations.activation_update r
             ON r.activation_id = $1 AND r.to_edition = back.number AND r.state IN ('returns', 'rolled-back'))
         SELECT min(number) AS number FROM back`,
        [activationId, fromEdition],
      ),
    );
    return found?.number ?? null;
  }

  async finish({ updateId, activationId }: ActivationUpdate, result: UpdateResult): Promise<void> {
    await this.database.query(
      `UPDATE activations.activation_update SET state = $3, open_slots = $4, refusal = $5, changed_at = $6,
         from_edition = coalesce($7, from_edition), to_edition = coalesce($8, to_edition) WHERE update_id = $1 AND activation_id = $2`,
      [
        updateId,
        activationId,
        result.state,
        result.openSlots ?? [],
        result.refusal ?? null,
        this.clock.now(),
        result.fromEdition ?? null,
        result.toEdition ?? null,
      ],
    );
  }

  /** The newest update that concerns an activation; null: there is none. */
  async ofActivation(actor: Actor, activationId: ActivationId): Promise<UpdateOfOne | null> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<UpdateOfOne>(
        `SELECT ${ROW}, r.changed_at, v.number AS version_number FROM activations.activation_update r JOIN campaigns.campaign_version_view v ON v.id = r.version_id
         WHERE r.activation_id = $1 ORDER BY r.update_id DESC LIMIT 1`,
        [activationId],
      ),
    );
    return row ?? null;
  }

  /** @returns false if it no longer asks. */
  async answer(
    { updateId, activationId }: ActivationUpdate,
    answers: SlotTexts,
    by: string,
    at: Date,
  ): Promise<boolean> {
    const answered = await this.database.query(
      `UPDATE activations.activation_update SET answers = answers || $3, answered_by = $4, changed_at = $5, state = 'waiting'
       WHERE update_id = $1 AND activation_id = $2 AND state = 'asks-partner' RETURNING activation_id`,
      [updateId, activationId, JSON.stringify(answers), by, at],
    );
    return answered.length > 0;
  }
}
