import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import type { CampaignId, UserId, VendorActor, VendorId } from '#kernel';
import {
  DEFAULT_RULE,
  type SaidTranslation,
  type StoredTranslation,
  type TranslationRequest,
  type TranslationRule,
} from './translation.js';

/** Rows about translations. Joins the transactions of its callers. */
@Injectable()
export class TranslationsRepository {
  constructor(private readonly database: Database) {}

  /** What was said of the texts of a campaign, in one language or all. */
  async byCampaign(campaignId: CampaignId, locale: string | null = null): Promise<StoredTranslation[]> {
    return this.database.query<StoredTranslation>(
      `SELECT locale, key, source, text, reviewed_at IS NOT NULL AS is_reviewed, translated_at, translated_by_user_id,
         translated_by_name, reviewed_at, reviewed_by_name
       FROM campaigns.translation WHERE campaign_id = $1 AND ($2::text IS NULL OR locale = $2) ORDER BY locale, key`,
      [campaignId, locale],
    );
  }

  /**
   * Stores what was said. A translation that was reviewed stays so if the same
   * is said again.
   */
  async save(
    { vendorId, userId, name }: VendorActor,
    campaignId: CampaignId,
    locale: string,
    said: readonly SaidTranslation[],
    at: Date,
  ): Promise<void> {
    const rows = said.map(({ key, source, text, state }) => ({ key, source, text, isReviewed: state === 'reviewed' }));
    const given = unnestRows(rows, { key: 'text', source: 'text', text: 'text', isReviewed: 'boolean' }, [
      campaignId,
      vendorId,
      locale,
      at,
      userId,
      name,
    ]);
    await this.database.query(
      `INSERT INTO campaigns.translation AS t (campaign_id, vendor_id, locale, key, source, text, translated_at,
         translated_by_user_id, translated_by_name, reviewed_at, reviewed_by_user_id, reviewed_by_name)
       SELECT $1::uuid, $2::uuid, $3, given.key, given.source, given.text, $4::timestamptz, $5::uuid, $6,
         CASE WHEN given.is_reviewed THEN $4::timestamptz END, CASE WHEN given.is_reviewed THEN $5::uuid END,
         CASE WHEN given.is_reviewed THEN $6 END
       FROM ${given.from}
       ON CONFLICT (campaign_id, locale, key) DO UPDATE SET source = excluded.source, text = excluded.text,
         translated_at = CASE WHEN t.text = excluded.text THEN t.translated_at ELSE excluded.translated_at END,
         translated_by_user_id = CASE WHEN t.text = excluded.text THEN t.translated_by_user_id ELSE excluded.translated_by_user_id END,
         translated_by_name = CASE WHEN t.text = excluded.text THEN t.translated_by_name ELSE excluded.translated_by_name END,
         reviewed_at = CASE WHEN excluded.reviewed_at IS NULL AND t.text = excluded.text AND t.source = excluded.source
           THEN t.reviewed_at ELSE excluded.reviewed_at END,
         reviewed_by_user_id = CASE WHEN excluded.reviewed_at IS NULL AND t.text = excluded.text AND t.source = excluded.source
           THEN t.reviewed_by_user_id ELSE excluded.reviewed_by_user_id END,
         reviewed_by_name = CASE WHEN excluded.reviewed_at IS NULL AND t.text = excluded.text AND t.source = excluded.source
           THEN t.reviewed_by_name ELSE excluded.reviewed_by_name END`,
      given.parameters,
    );
  }

  /** Takes reviews back. What was translated stays. */
  async reopen(campaignId: CampaignId, locale: string, keys: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE campaigns.translation SET reviewed_at = NULL, reviewed_by_user_id = NULL, reviewed_by_name = NULL
       WHERE campaign_id = $1 AND locale = $2 AND key = ANY ($3)`,
      [campaignId, locale, keys],
    );
  }

  /** The vendor's choice; without one the default. */
  async rule({ vendorId }: VendorActor): Promise<TranslationRule> {
    const [rule] = await this.database.query<TranslationRule>(
      'SELECT unreviewed, own_review FROM campaigns.translation_rule WHERE vendor_id = $1',
      [vendorId],
    );
    return rule ?? DEFAULT_RULE;
  }

  /** Changes what is given. */
  async changeRule(vendorId: VendorId, { unreviewed, ownReview }: Partial<TranslationRule>): Promise<void> {
    const { unreviewed: byDefault, ownReview: ownByDefault } = DEFAULT_RULE;
    await this.database.query(
      `INSERT INTO campaigns.translation_rule AS r (vendor_id, unreviewed, own_review)
       VALUES ($1, coalesce($2, $4), coalesce($3, $5))
       ON CONFLICT (vendor_id) DO UPDATE SET unreviewed = coalesce($2, r.unreviewed), own_review = coalesce($3, r.own_review)`,
      [vendorId, unreviewed ?? null, ownReview ?? null, byDefault, ownByDefault],
    );
  }

  /** Chosen reviewers by language; some may have left the team. */
  async reviewers({ vendorId }: VendorActor): Promise<{ readonly locale: string; readonly userId: UserId }[]> {
    return this.database.query(
      'SELECT locale, user_id FROM campaigns.translation_reviewer WHERE vendor_id = $1 ORDER BY locale',
      [vendorId],
    );
  }

  /** @param userId null: the language has no reviewer. */
  async setReviewer({ vendorId, name }: VendorActor, locale: string, userId: UserId | null, at: Date): Promise<void> {
    if (userId === null) {
      await this.database.query('DELETE FROM campaigns.translation_reviewer WHERE vendor_id = $1 AND locale = $2', [
        vendorId,
        locale,
      ]);
      return;
    }
    await this.database.query(
      `INSERT INTO campaigns.translation_reviewer (vendor_id, locale, user_id, chosen_at, chosen_by_name)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (vendor_id, locale) DO UPDATE SET user_id = $3, chosen_at = $4, chosen_by_name = $5`,
      [vendorId, locale, userId, at, name],
    );
  }

  /** Replaces the last message about a language. */
  async saveRequest(
    { vendorId, userId, name }: VendorActor,
    {
      campaignId,
      locale,
      kind,
      count,
      comment,
    }: Pick<TranslationRequest, 'campaignId' | 'locale' | 'kind' | 'count' | 'comment'>,
    readerIds: readonly UserId[],
    at: Date,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO campaigns.translation_request (campaign_id, vendor_id, locale, kind, count, comment, reader_ids, at, by_user_id, by_name)
       VALUES ($1, $2, $3, $4, $5, $6, $7::uuid[], $8, $9, $10)
       ON CONFLICT (campaign_id, locale) DO UPDATE SET kind = $4, count = $5, comment = $6, reader_ids = $7::uuid[], at = $8,
         by_user_id = $9, by_name = $10`,
      [campaignId, vendorId, locale, kind, count, comment, readerIds, at, userId, name],
    );
  }

  /** The last message about each language of a campaign. */
  async requests(campaignId: CampaignId): Promise<(TranslationRequest & { readonly byUserId: UserId | null })[]> {
    return this.database.query(
      `SELECT campaign_id, locale, kind, count, comment, at, by_user_id, by_name
       FROM campaigns.translation_request WHERE campaign_id = $1 ORDER BY locale`,
      [campaignId],
    );
  }
}
