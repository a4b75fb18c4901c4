import { Injectable } from '@nestjs/common';
import type { NotificationDelivery } from '#contracts';
import { Database, unnestRows } from '#database';
import { type Id, newId, notFound, type PartnerId, type PartnerRole, type UserId, type VendorId } from '#kernel';
import type { Newsletter, NewsletterCounts, NewsletterId, RecipientId, TitledNewsletter } from './newsletter.js';

const COLUMNS = `n.id, n.vendor_id, n.campaign_id, n.group_ids, n.roles, n.sender_address, n.state, n.send_at,
  n.scheduled_by, n.sent_at, n.created_at, n.created_by`;

/** A person of a partner that a newsletter goes to. */
export interface AudienceMember {
  readonly userId: UserId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly role: PartnerRole;
  readonly locale: string;
  /** What the person chose; null: nothing. */
  readonly delivery: NotificationDelivery | null;
}

/** A recipient who was not told yet. */
export interface WaitingRecipient {
  readonly id: RecipientId;
  readonly userId: UserId;
  readonly partnerId: PartnerId;
}

/** The rows of newsletters. Joins the open transaction. */
@Injectable()
export class NewslettersRepository {
  constructor(private readonly database: Database) {}

  async add(newsletter: Newsletter): Promise<void> {
    const { id, vendorId, campaignId, groupIds, roles, senderAddress, createdAt, createdBy } = newsletter;
    await this.database.query(
      `INSERT INTO newsletters.newsletter (id, vendor_id, campaign_id, group_ids, roles, sender_address, state, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7, $8)`,
      [id, vendorId, campaignId, groupIds, roles, senderAddress, createdAt, createdBy],
    );
  }

  /** @throws DomainError `newsletter.not-found`. */
  async get(id: NewsletterId, lock: 'to-read' | 'to-change' = 'to-read'): Promise<Newsletter> {
    const [found] = await this.database.query<Newsletter>(
      `SELECT ${COLUMNS} FROM newsletters.newsletter n WHERE n.id = $1 ${lock === 'to-change' ? 'FOR UPDATE' : ''}`,
      [id],
    );
    if (found === undefined) throw notFound('newsletter', id);
    return found;
  }

  /** Newest first, with their titles. */
  async page(page: { readonly limit: number; readonly beforeId: string | null }): Promise<TitledNewsletter[]> {
    return this.database.query<TitledNewsletter>(
      `SELECT ${COLUMNS}, v.title, v.locales FROM newsletters.newsletter n
       JOIN campaigns.newest_content_view v ON v.campaign_id = n.campaign_id
       WHERE ($1::uuid IS NULL OR n.id < $1) ORDER BY n.id DESC LIMIT $2`,
      [page.beforeId, page.limit],
    );
  }

  /** The address of the newest newsletter; empty: there is none. */
  async lastSenderAddress(): Promise<string> {
    const [found] = await this.database.query<{ senderAddress: string }>(
      `SELECT sender_address FROM newsletters.newsletter WHERE sender_address <> '' ORDER BY id DESC LIMIT 1`,
    );
    return found?.senderAddress ?? '';
  }

  async save({ id, groupIds, roles, senderAddress, state, sendAt, scheduledBy, sentAt }: Newsletter): Promise<void> {
    await this.database.query(
      `UPDATE newsletters.newsletter SET group_ids = $2, roles = $3, sender_address = $4, state = $5, send_at = $6,
         scheduled_by = $7, sent_at = $8 WHERE id = $1`,
      [id, groupIds, roles, senderAddress, state, sendAt, scheduledBy, sentAt],
    );
  }

  async delete(id: NewsletterId): Promise<void> {
    await this.database.query('DELETE FROM newsletters.newsletter WHERE id = $1', [id]);
  }

  /** People of these partners in these roles, each once: for the partner whose team the person joined first. */
  async people(partnerIds: readonly PartnerId[], roles: readonly PartnerRole[]): Promise<AudienceMember[]> {
    return this.database.query<AudienceMember>(
      `SELECT DISTINCT ON (t.user_id) t.user_id, t.organisation_id AS partner_id, t.name, t.role, t.locale, c.delivery
       FROM identity.person_of_team_view t LEFT JOIN identity.notification_choice_view c
         ON c.user_id = t.user_id AND c.organisation_id = t.organisation_id AND c.kind = 'newsletters'
       WHERE t.organisation_id = ANY ($1) AND (cardinality($2::text[]) = 0 OR t.role = ANY ($2))
       ORDER BY t.user_id, t.since, t.organisation_id`,
      [partnerIds, roles],
    );
  }

  async addRecipients(newsletterId: NewsletterId, people: readonly AudienceMember[]): Promise<void> {
    const rows = unnestRows(
      people.map(({ userId, partnerId }) => ({ id: newId<RecipientId>(), userId, partnerId })),
      { id: 'uuid', userId: 'uuid', partnerId: 'uuid' },
      [newsletterId],
    );
    await this.database.query(
      `INSERT INTO newsletters.recipient (newsletter_id, id, user_id, partner_id)
       SELECT $1::uuid, given.* FROM ${rows.from} ON CONFLICT DO NOTHING`,
      rows.parameters,
    );
  }

  /**
   * A newsletter that is due in this state, at random: one that fails does not block the others.
   * @param except of these, none.
   * @returns null if there is none, or another process has it.
   */
  async nextDue(
    state: 'scheduled' | 'sending',
    now: Date,
    except: readonly NewsletterId[] = [],
  ): Promise<Newsletter | null> {
    const [found] = await this.database.query<Newsletter>(
      `SELECT ${COLUMNS} FROM newsletters.newsletter n WHERE n.state = $1 AND n.send_at <= $2 AND n.id <> ALL ($3)
       ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [state, now, except],
    );
    return found ?? null;
  }

  async waiting(newsletterId: NewsletterId, limit: number): Promise<WaitingRecipient[]> {
    return this.database.query<WaitingRecipient>(
      `SELECT id, user_id, partner_id FROM newsletters.recipient
       WHERE newsletter_id = $1 AND told_at IS NULL ORDER BY id LIMIT $2`,
      [newsletterId, limit],
    );
  }

  /** @param told with the e-mail of each; null: none. */
  async setTold(
    told: readonly { readonly id: RecipientId; readonly mailId: Id<'system-mail'> | null }[],
    at: Date,
  ): Promise<void> {
    const rows = unnestRows([...told], { id: 'uuid', mailId: 'uuid' }, [at]);
    await this.database.query(
      `UPDATE newsletters.recipient r SET told_at = $1, mail_id = given.mail_id FROM ${rows.from} WHERE r.id = given.id`,
      rows.parameters,
    );
  }

  async isAccepted(mailId: string): Promise<boolean> {
    const found = await this.database.query(
      'SELECT FROM newsletters.recipient WHERE mail_id = $1 AND accepted_at IS NOT NULL',
      [mailId],
    );
    return found.length > 0;
  }

  async setMailOutcome(mailId: string, outcome: 'accepted' | 'refused', at: Date): Promise<void> {
    await this.database.query(
      `UPDATE newsletters.recipient SET accepted_at = CASE WHEN $2 THEN $3::timestamptz END,
         refused_at = CASE WHEN NOT $2 THEN $3::timestamptz END WHERE mail_id = $1`,
      [mailId, outcome === 'accepted', at],
    );
  }

  /** The first time counts. @returns whether there is such a recipient. */
  async setDeed(id: RecipientId, deed: 'opened' | 'clicked' | 'unsubscribed', at: Date): Promise<boolean> {
    const found = await this.database.query(
      `UPDATE newsletters.recipient SET
         opened_at = CASE WHEN $2 IN ('opened', 'clicked') THEN coalesce(opened_at, $3::timestamptz) ELSE opened_at END,
         clicked_at = CASE WHEN $2 = 'clicked' THEN coalesce(clicked_at, $3) ELSE clicked_at END,
         unsubscribed_at = CASE WHEN $2 = 'unsubscribed' THEN coalesce(unsubscribed_at, $3) ELSE unsubscribed_at END
       WHERE id = $1 AND ($2 <> 'clicked' OR scanned_at IS NULL OR scanned_at < $3::timestamptz - interval '1 minute')
       RETURNING id`,
      [id, deed, at],
    );
    return found.length > 0;
  }

  /**
   * A program has followed the link that no person sees: what it followed within a minute before and after
   * it counts for nothing.
   */
  async setScanned(id: RecipientId, at: Date): Promise<void> {
    await this.database.query(
      `UPDATE newsletters.recipient SET scanned_at = $2::timestamptz,
         opened_at = CASE WHEN clicked_at >= $2 - interval '1 minute' AND opened_at = clicked_at THEN NULL ELSE opened_at END,
         clicked_at = CASE WHEN clicked_at >= $2 - interval '1 minute' THEN NULL ELSE clicked_at END
       WHERE id = $1`,
      [id, at],
    );
  }

  /** Where a recipient's newsletter is, and since when the person has it. */
  async recipient(
    id: RecipientId,
  ): Promise<{ newsletterId: NewsletterId; vendorId: VendorId; toldAt: Date | null } | null> {
    const [found] = await this.database.query<{ newsletterId: NewsletterId; vendorId: VendorId; toldAt: Date | null }>(
      `SELECT r.newsletter_id, n.vendor_id, r.told_at FROM newsletters.recipient r
       JOIN newsletters.newsletter n ON n.id = r.newsletter_id WHERE r.id = $1`,
      [id],
    );
    return found ?? null;
  }

  /** The recipient that a person of a partner is; null: the newsletter was not for this person. */
  async recipientFor(newsletterId: NewsletterId, partnerId: PartnerId, userId: UserId): Promise<RecipientId | null> {
    const [found] = await this.database.query<{ id: RecipientId }>(
      `SELECT id FROM newsletters.recipient
       WHERE newsletter_id = $1 AND partner_id = $2 AND user_id = $3 AND told_at IS NOT NULL`,
      [newsletterId, partnerId, userId],
    );
    return found?.id ?? null;
  }

  async counts(ids: readonly NewsletterId[]): Promise<ReadonlyMap<NewsletterId, NewsletterCounts>> {
    const rows = await this.database.query<NewsletterCounts & { id: NewsletterId }>(
      `SELECT newsletter_id AS id, count(*)::int AS people, count(DISTINCT partner_id)::int AS partners,
         count(*) FILTER (WHERE told_at IS NULL OR mail_id IS NOT NULL AND accepted_at IS NULL AND refused_at IS NULL)::int AS waiting,
         count(accepted_at)::int AS accepted, count(refused_at)::int AS refused,
         count(*) FILTER (WHERE told_at IS NOT NULL AND mail_id IS NULL)::int AS without_email,
         count(opened_at)::int AS opened, count(clicked_at)::int AS clicked, count(unsubscribed_at)::int AS unsubscribed
       FROM newsletters.recipient WHERE newsletter_id = ANY ($1) GROUP BY newsletter_id`,
      [ids],
    );
    return new Map(rows.map(({ id, ...counts }) => [id, counts]));
  }
}
