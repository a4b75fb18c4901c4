import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { can } from '#identity';
import {
  type ActivationId,
  type CampaignVersionId,
  Clock,
  type ContactId,
  DAY_MS,
  type LeadId,
  type PartnerActor,
} from '#kernel';

/** Something that a partner is also told by mail. */
export interface PartnerNewsItem {
  readonly kind:
    | 'campaign-published'
    | 'campaign-extended'
    | 'campaign-retired'
    | 'campaign-recalled'
    | 'lead'
    | 'reply-not-forwarded';
  readonly at: Date;
  /** The vendor of a campaign; null for the others. */
  readonly by: string | null;
  /** Titles of the campaign by language; null if the news is not about one. */
  readonly titles: Readonly<Record<string, string>> | null;
  readonly versionId: CampaignVersionId | null;
  readonly activationId: ActivationId | null;
  readonly leadId: LeadId | null;
  readonly contactId: ContactId | null;
}

const NEWS_DAYS = 60;
const LISTED = 50;

/** What happened for a partner: derived from campaigns, leads and reports about messages. */
@Injectable()
export class PartnerNews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Newest first, of the last 60 days. Leads and replies only for a person who
   * may read leads.
   */
  async list(actor: PartnerActor): Promise<PartnerNewsItem[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<PartnerNewsItem>(
        `SELECT * FROM (
           SELECT 'campaign-' || n.kind AS kind, n.recorded_at AS at, o.name AS by, v.title AS titles, n.version_id,
             (SELECT a.id FROM activations.activation_view a
              WHERE a.partner_id = n.partner_id AND a.version_id = n.version_id ORDER BY a.id DESC LIMIT 1) AS activation_id,
             NULL::uuid AS lead_id, NULL::uuid AS contact_id
           FROM activations.campaign_news_view n
           JOIN campaigns.campaign_version_view v ON v.id = n.version_id
           JOIN organisations.organisation_view o ON o.id = n.vendor_id
           WHERE n.partner_id = $1
           UNION ALL
           SELECT 'lead', l.created_at, NULL, v.title, NULL, l.activation_id, l.id, l.contact_id
           FROM leads.lead l JOIN activations.activation_view a ON a.id = l.activation_id
           LEFT JOIN campaigns.campaign_version_view v ON v.id = a.version_id
           WHERE $2 AND l.partner_id = $1 AND l.created_at > $3
           UNION ALL
           SELECT 'reply-not-forwarded', e.at, NULL, NULL, NULL, NULL, NULL, m.contact_id
           FROM delivery.message_event_view e JOIN delivery.message_view m ON m.id = e.message_id
           WHERE $2 AND e.partner_id = $1 AND e.kind = 'forwarding-failed' AND e.at > $3) news
         WHERE at > $3 ORDER BY at DESC LIMIT $4`,
        [actor.partnerId, can(actor, 'leads.read'), new Date(this.clock.now().getTime() - NEWS_DAYS * DAY_MS), LISTED],
      ),
    );
  }
}
