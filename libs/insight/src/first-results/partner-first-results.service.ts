import { Injectable } from '@nestjs/common';
import type { PartnerFirstResults } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, groupBy, type PartnerActor } from '#kernel';
import { PartnerCounts } from '../partner-counts.service.js';
import { titleIn } from '../partner-results.js';
import { daysFrom, medianDays } from './first-results.js';

interface FirstDays {
  readonly campaignId: CampaignId;
  readonly launchedOn: string;
  readonly leadOn: string | null;
  readonly dealOn: string | null;
  readonly wonOn: string | null;
}

/** How long a partner's launches took to their first lead, deal and win. */
@Injectable()
export class PartnerFirstResultsReader {
  constructor(
    private readonly database: Database,
    private readonly counts: PartnerCounts,
  ) {}

  /** By campaign, newest first; all launches ever. */
  async read(actor: PartnerActor): Promise<PartnerFirstResults> {
    requirePermission(actor, 'activations.read');
    const launched = await this.counts.launched(actor, actor.partnerId);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<FirstDays>(FIRST_DAYS, [actor.partnerId]),
    );
    return {
      campaigns: [...groupBy(rows, ({ campaignId }) => campaignId)].map(([campaignId, launches]) => {
        const { titles = {}, locale = 'en' } = launched.get(campaignId) ?? {};
        const result = (dayOf: (launch: FirstDays) => string | null) => {
          const days = launches.flatMap((launch) => {
            const day = dayOf(launch);
            return day === null ? [] : [daysFrom(launch.launchedOn, day)];
          });
          return { launches: days.length, medianDays: medianDays(days) };
        };
        return {
          campaignId,
          title: titleIn(titles, locale),
          titles: { ...titles },
          launches: launches.length,
          lead: result(({ leadOn }) => leadOn),
          deal: result(({ dealOn }) => dealOn),
          won: result(({ wonOn }) => wonOn),
        };
      }),
    };
  }
}

/** $1: the partner. Days are of the UTC calendar. A deal that closed before the launch did not come of it. */
const FIRST_DAYS = `
  WITH leads AS (
    SELECT activation_id, min(created_at) AS first_at FROM leads.lead_history_view WHERE status <> 'withdrawn' GROUP BY 1),
  deals AS (
    SELECT d.activation_id, min(d.created_at) AS first_at, min(d.closed_on) FILTER (WHERE d.stage = 'won') AS won_on
    FROM leads.deal_view d JOIN activations.activation_view a ON a.id = d.activation_id
    WHERE d.partner_id = $1 AND coalesce(d.closed_on >= (a.launched_at AT TIME ZONE 'UTC')::date, true) GROUP BY 1)
  SELECT a.campaign_id, (a.launched_at AT TIME ZONE 'UTC')::date::text AS launched_on,
    (l.first_at AT TIME ZONE 'UTC')::date::text AS lead_on, (d.first_at AT TIME ZONE 'UTC')::date::text AS deal_on, d.won_on::text
  FROM activations.activation_view a LEFT JOIN leads l ON l.activation_id = a.id LEFT JOIN deals d ON d.activation_id = a.id
  WHERE a.partner_id = $1 ORDER BY a.campaign_id DESC, a.id`;
