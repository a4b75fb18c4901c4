import { Injectable } from '@nestjs/common';
import type { RecallId } from '#campaigns';
import { Database } from '#database';
import type { ActivationId, CampaignVersionId, PartnerId } from '#kernel';

/** What a partner is told. */
export type RecallLetterKind = 'recalled' | 'reversed';

/** What a recall concerns of a partner. */
export interface ConcernedPartner {
  /** The newest of its activations. */
  readonly activationId: ActivationId;
  /** False: each was updated to another version, which goes on. */
  readonly runsIt: boolean;
}

/** Partners that are told of recalls. Every method joins the open transaction. */
@Injectable()
export class RecallLetters {
  constructor(private readonly database: Database) {}

  /** Lists the partners to tell. Idempotent. */
  async addLetters(id: RecallId, kind: RecallLetterKind): Promise<void> {
    await this.database.query(
      `INSERT INTO activations.recall_letter (recall_id, partner_id, vendor_id, kind)
       SELECT DISTINCT recall_id, partner_id, vendor_id, $2 FROM activations.recall_target WHERE recall_id = $1
       ON CONFLICT DO NOTHING`,
      [id, kind],
    );
  }

  /** Claims letters of a kind. They are sent in the same transaction, or claimed again. */
  async claimLetters(id: RecallId, kind: RecallLetterKind, limit: number, now: Date): Promise<PartnerId[]> {
    const claimed = await this.database.query<{ partnerId: PartnerId }>(
      `UPDATE activations.recall_letter l SET told_at = $4 FROM (
         SELECT recall_id, partner_id, kind FROM activations.recall_letter
         WHERE recall_id = $1 AND kind = $2 AND told_at IS NULL ORDER BY partner_id LIMIT $3 FOR UPDATE SKIP LOCKED) due
       WHERE l.recall_id = due.recall_id AND l.partner_id = due.partner_id AND l.kind = due.kind
       RETURNING l.partner_id`,
      [id, kind, limit, now],
    );
    return claimed.map(({ partnerId }) => partnerId);
  }

  /** Of its versions. */
  async newestVersion(id: RecallId): Promise<CampaignVersionId | null> {
    const [found] = await this.database.query<{ versionId: CampaignVersionId }>(
      'SELECT version_id FROM campaigns.recalled_version_view WHERE recall_id = $1 ORDER BY version_id DESC LIMIT 1',
      [id],
    );
    return found?.versionId ?? null;
  }

  /** What a recall concerns of each partner. */
  async concerned(id: RecallId, partnerIds: readonly PartnerId[]): Promise<ReadonlyMap<PartnerId, ConcernedPartner>> {
    const rows = await this.database.query<{ partnerId: PartnerId } & ConcernedPartner>(
      `SELECT t.partner_id, max(t.activation_id::text)::uuid AS activation_id,
         bool_or(a.version_id IN (SELECT v.version_id FROM campaigns.recalled_version_view v WHERE v.recall_id = $1)) AS runs_it
       FROM activations.recall_target t JOIN activations.activation a ON a.id = t.activation_id
       WHERE t.recall_id = $1 AND t.partner_id = ANY ($2) GROUP BY 1`,
      [id, partnerIds],
    );
    return new Map(rows.map(({ partnerId, ...one }) => [partnerId, one]));
  }
}
