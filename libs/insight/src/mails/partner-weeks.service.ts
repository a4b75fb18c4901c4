import { Injectable } from '@nestjs/common';
import { OfferedCampaigns } from '#campaigns';
import type { InsightNumbers } from '#contracts';
import { Database } from '#database';
import { type CampaignId, Clock, type PartnerActor, type PartnerId } from '#kernel';
import { Leads } from '#leads';
import { PartnerInsights } from '../partner-insight.service.js';
import { addDays, dayOf, type DayWindow } from '../window.js';
import type { OpenItem, WeekFacts } from './weekly-letter.js';

/** Offers that end within these days are named. */
const CLOSING_DAYS = 14;

/** What a partner's weekly e-mail says: results of the week, and what waits. */
@Injectable()
export class PartnerWeeks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly insights: PartnerInsights,
    private readonly leads: Leads,
    private readonly offered: OfferedCampaigns,
  ) {}

  /** The same for all people of the partner. */
  async facts(partnerId: PartnerId, week: DayWindow): Promise<Omit<WeekFacts, 'news'>> {
    const actor = readerOf(partnerId);
    const results = await this.insights.between(actor, partnerId, week);
    const { fresh, quiet } = await this.leads.waiting(actor);
    const leads = fresh + quiet;
    const known = await this.activations(actor);
    const open: OpenItem[] = [
      ...(leads === 0 ? [] : [{ kind: 'leads', count: leads, path: '/leads' } as const]),
      ...(known.held === 0 ? [] : [{ kind: 'held', count: known.held, path: '/activations' } as const]),
      ...(await this.closing(actor, known.campaigns)),
    ];
    return { results: isNothing(results.numbers) ? null : results, launches: [], open };
  }

  /** Offers that the partner has not launched and that end soon. */
  private async closing(actor: PartnerActor, launched: ReadonlySet<CampaignId>): Promise<OpenItem[]> {
    const now = this.clock.now();
    const until = addDays(dayOf(now), CLOSING_DAYS);
    return (await this.offered.list(actor, now))
      .filter(({ campaignId, closesOn }) => !launched.has(campaignId) && closesOn <= until)
      .map(({ versionId, title, closesOn }) => ({
        kind: 'closing',
        titles: title,
        closesOn,
        path: `/offers/${versionId}`,
      }));
  }

  private async activations(
    actor: PartnerActor,
  ): Promise<{ readonly campaigns: ReadonlySet<CampaignId>; readonly held: number }> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ campaignId: CampaignId; status: string }>(
        'SELECT campaign_id, status FROM activations.activation_view WHERE partner_id = $1',
        [actor.partnerId],
      ),
    );
    return {
      campaigns: new Set(rows.map(({ campaignId }) => campaignId)),
      held: rows.filter(({ status }) => status === 'held').length,
    };
  }
}

/** In the partner's own scope: what its people see in the portal. */
const readerOf = (partnerId: PartnerId): PartnerActor => ({
  kind: 'partner',
  partnerId,
  userId: null,
  apiKeyId: null,
  name: 'weekly summary',
  role: 'viewer',
});

/** Clicks of programs alone are nothing that a partner can use. */
const isNothing = ({ sent, clicks, replies, unsubscribed, complained, leads, won }: InsightNumbers): boolean =>
  [sent, clicks, replies, unsubscribed, complained, leads, won].every((count) => count === 0);
