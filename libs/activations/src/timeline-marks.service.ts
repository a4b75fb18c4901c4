import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { CampaignId, PartnerActor, VendorActor } from '#kernel';

/** Something that a chart over time explains. */
interface TimelineMark {
  /** In UTC. */
  readonly on: string;
  readonly kind: 'published' | 'launched' | 'updated' | 'recalled';
  readonly campaignId: CampaignId;
  readonly titles: Readonly<Record<string, string>>;
  /** Of the version; null: of a launch by several partners, and of a recall of several versions. */
  readonly number: number | null;
  /** Partners whose first launch of it was in the week of the day; null: not a launch that a vendor sees. */
  readonly partners: number | null;
}

interface MarkWindow {
  /** Days in UTC, both included. */
  readonly from: string;
  readonly to: string;
  /** Null: of all campaigns. */
  readonly campaignId: CampaignId | null;
}

/** The newest ones: more would hide the numbers of a chart. */
const LISTED = 40;

/** Marks, oldest first. */
interface ListedMarks {
  readonly marks: readonly TimelineMark[];
  /** How many older ones of the window are not among them. */
  readonly leftOut: number;
}

/** Publications, launches, updates and recalls by day. Nothing of contacts. */
@Injectable()
export class TimelineMarks {
  constructor(private readonly database: Database) {}

  /**
   * Launches are counted by week, each partner once a campaign, and stand at the first day of the week that had one.
   * The vendor's lists of partners name the same ones.
   */
  async ofVendor(actor: VendorActor, window: MarkWindow): Promise<ListedMarks> {
    return this.read(
      actor,
      window,
      `SELECT v.campaign_id, v.published_at AS at, 'published' AS kind, v.number, NULL::int AS partners
       FROM campaigns.campaign_version_view v WHERE v.vendor_id = $1 AND v.published_at IS NOT NULL
       UNION ALL
       SELECT campaign_id, min(launched_at), 'launched', NULL, count(*)::int
       FROM (SELECT a.campaign_id, min(a.launched_at) AS launched_at FROM activations.activation a
         WHERE a.vendor_id = $1 GROUP BY a.campaign_id, a.partner_id) launch
       GROUP BY campaign_id, date_trunc('week', launched_at AT TIME ZONE 'UTC')
       UNION ALL
       SELECT campaign_id, decided_at, 'updated', version_number, NULL
       FROM activations.version_update WHERE vendor_id = $1 AND choice <> 'finish'
       UNION ALL
       SELECT campaign_id, decided_at, 'recalled', NULL, NULL FROM campaigns.recall_view WHERE vendor_id = $1`,
      actor.vendorId,
    );
  }

  /** Of what the partner runs. */
  async ofPartner(actor: PartnerActor, window: MarkWindow): Promise<ListedMarks> {
    return this.read(
      actor,
      window,
      `SELECT a.campaign_id, a.launched_at AS at, 'launched' AS kind, v.number, NULL::int AS partners
       FROM activations.activation a LEFT JOIN activations.edition first ON first.activation_id = a.id AND first.number = 1
         JOIN campaigns.campaign_version_view v ON v.id = coalesce(first.version_id, a.version_id) WHERE a.partner_id = $1
       UNION ALL
       SELECT a.campaign_id, u.changed_at, 'updated', v.number, NULL
       FROM activations.activation_update u JOIN activations.activation a ON a.id = u.activation_id
         JOIN campaigns.campaign_version_view v ON v.id = u.version_id WHERE u.partner_id = $1 AND u.state = 'done'
       UNION ALL
       SELECT DISTINCT a.campaign_id, r.decided_at, 'recalled', NULL::int, NULL::int
       FROM activations.recall_target t JOIN activations.activation a ON a.id = t.activation_id
         JOIN campaigns.recall_view r ON r.id = t.recall_id WHERE t.partner_id = $1`,
      actor.partnerId,
    );
  }

  /** @param marks a query with the columns `campaign_id, at, kind, number, partners`; its `$1` is `owner`. */
  private async read(
    actor: VendorActor | PartnerActor,
    { from, to, campaignId }: MarkWindow,
    marks: string,
    owner: string,
  ): Promise<ListedMarks> {
    const newestFirst = await this.database.inTransaction(actor, () =>
      this.database.query<TimelineMark & { readonly found: number }>(
        `SELECT *, (count(*) OVER ())::int AS found FROM (
           SELECT DISTINCT (m.at AT TIME ZONE 'UTC')::date::text AS "on", m.kind, m.campaign_id, t.title AS titles, m.number, m.partners
           FROM (${marks}) m CROSS JOIN LATERAL (SELECT title FROM campaigns.campaign_version_view
             WHERE campaign_id = m.campaign_id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1) t
           WHERE (m.at AT TIME ZONE 'UTC')::date BETWEEN $2 AND $3 AND ($4::uuid IS NULL OR m.campaign_id = $4)) mark
         ORDER BY "on" DESC, kind, campaign_id LIMIT $5`,
        [owner, from, to, campaignId, LISTED],
      ),
    );
    return {
      marks: newestFirst.toReversed().map((row) => {
        const { found: _, ...mark } = row;
        return mark;
      }),
      leftOut: (newestFirst[0]?.found ?? 0) - newestFirst.length,
    };
  }
}
