import { Injectable } from '@nestjs/common';
import { CampaignWork, LaunchPeriods } from '#campaigns';
import { Database } from '#database';
import { can, type TeamMember } from '#identity';
import { Clock, type VendorActor, type VendorId } from '#kernel';
import { DisclosedLeads } from '#leads';
import { addDays, dayOf, type DayWindow } from '../window.js';
import type { OpenItem, WeekFacts } from './weekly-letter.js';

/** Campaigns that end within these days are named. */
const CLOSING_DAYS = 14;

/** What the weekly e-mail to a person of a vendor says: launches of the week, and what waits for them. */
@Injectable()
export class VendorWeeks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly work: CampaignWork,
    private readonly disclosed: DisclosedLeads,
    private readonly periods: LaunchPeriods,
  ) {}

  async facts(vendorId: VendorId, member: TeamMember, week: DayWindow): Promise<Omit<WeekFacts, 'news'>> {
    const actor = actorOf(vendorId, member);
    return { results: null, launches: await this.launches(actor, week), open: await this.open(actor) };
  }

  private async launches(actor: VendorActor, { from, to }: DayWindow): Promise<WeekFacts['launches']> {
    if (!can(actor, 'vendor-activations.read')) return [];
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT v.title AS titles, count(*)::int AS count
         FROM activations.activation_view a
         JOIN LATERAL (SELECT title FROM campaigns.campaign_version_view v WHERE v.campaign_id = a.campaign_id
           AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) v ON true
         WHERE a.vendor_id = $1 AND (a.launched_at AT TIME ZONE 'UTC')::date BETWEEN $2 AND $3
         GROUP BY a.campaign_id, v.title ORDER BY count DESC, a.campaign_id`,
        [actor.vendorId, from, to],
      ),
    );
  }

  private async open(actor: VendorActor): Promise<OpenItem[]> {
    const tasks = (await this.work.waiting(actor)).map(({ kind, campaignId, number, title }): OpenItem => ({
      kind,
      titles: title,
      number,
      path: `/campaigns/${campaignId}/versions/${number}`,
    }));
    const shared = can(actor, 'disclosures.edit') ? await this.disclosed.countUnanswered(actor) : 0;
    const today = dayOf(this.clock.now());
    const days = { from: today, to: addDays(today, CLOSING_DAYS) };
    const closing = await this.periods.closing(actor, actor.vendorId, days);
    return [
      ...tasks,
      ...(shared === 0 ? [] : [{ kind: 'shared-leads', count: shared, path: '/shared-leads' } as const]),
      ...closing.map(({ campaignId, number, title, closesOn }): OpenItem => ({
        kind: 'closingVendor',
        titles: title,
        closesOn,
        path: `/campaigns/${campaignId}/versions/${number}`,
      })),
    ];
  }
}

/** The person, as if they looked: what waits for them depends on their role. */
const actorOf = (vendorId: VendorId, { id, name, role }: TeamMember): VendorActor => ({
  kind: 'vendor',
  vendorId,
  userId: id,
  apiKeyId: null,
  name,
  role: role as VendorActor['role'],
});
