import { Injectable } from '@nestjs/common';
import type { PartnerStep, ReleasedSums } from '#contracts';
import {
  type AskedWindow,
  PartnerInsights,
  partnerReturnTable,
  PartnerReturnsReader,
  ProgrammeActivities,
  standingTable,
  VendorInsights,
  VendorReturnsReader,
  vendorReturnTable,
} from '#insight';
import type { PartnerActor, VendorActor } from '#kernel';
import { amountsCell, campaignCell } from '#tables';
import type { ViewTable } from './view-table.js';

const RELEASED = ['sent', 'bounced', 'clicked', 'leads', 'won'] as const satisfies readonly (keyof ReleasedSums)[];
const COUNTED = ['sent', 'delivered', 'clicks', 'leads', 'won'] as const;

/** The columns of a vendor's campaigns: each sum with its margin. */
const CAMPAIGN_SUM_COLUMNS = [
  'campaignId',
  'campaign',
  'offered',
  'launched',
  ...RELEASED.flatMap((name) => [name, `${name}-margin`] as const),
] as const;

/** Tables of sums: results, returns, and what partners do. */
@Injectable()
export class ResultTables {
  constructor(
    private readonly vendors: VendorInsights,
    private readonly partners: PartnerInsights,
    private readonly partnerReturns: PartnerReturnsReader,
    private readonly vendorReturns: VendorReturnsReader,
    private readonly activities: ProgrammeActivities,
  ) {}

  /**
   * Sums of a vendor's campaigns.
   * @param q what a title contains.
   * @throws DomainError `insight.window`.
   */
  async campaignSums(actor: VendorActor, { q, ...window }: AskedWindow & { readonly q: string }): Promise<ViewTable> {
    const { campaigns, from, to } = await this.vendors.all(actor, window);
    const words = q.trim().toLowerCase();
    return {
      days: { from, to },
      columns: CAMPAIGN_SUM_COLUMNS,
      rows: campaigns
        .filter(({ title, titles }) =>
          [title, ...Object.values(titles)].some((one) => one.toLowerCase().includes(words)),
        )
        .map(({ campaignId, title, titles, funnel, numbers }) => [
          campaignId,
          campaignCell(title, titles),
          funnel.offered,
          funnel.launched,
          ...RELEASED.flatMap((name) => [numbers[name]?.value ?? null, numbers[name]?.margin ?? null]),
        ]),
    };
  }

  /** Results of a partner's campaigns. @throws DomainError `insight.window`. */
  async ownCampaigns(actor: PartnerActor, window: AskedWindow): Promise<ViewTable> {
    const { campaigns, from, to } = await this.partners.all(actor, window);
    return {
      days: { from, to },
      columns: ['campaignId', 'campaign', 'amountsInMinorUnits', ...COUNTED, 'clicked'],
      rows: campaigns.map(({ campaignId, title, titles, money, numbers, clicked }) => [
        campaignId,
        campaignCell(title, titles),
        amountsCell(money.won),
        ...COUNTED.map((name) => numbers[name]),
        clicked,
      ]),
    };
  }

  /** Costs beside what came of them: a partner's of a period, a vendor's since the start. */
  async returns(actor: VendorActor | PartnerActor, window: AskedWindow): Promise<ViewTable> {
    if (actor.kind === 'vendor') return { days: null, ...vendorReturnTable(await this.vendorReturns.read(actor)) };
    const days = await this.partners.window(actor, window);
    // The table has no tactics, which alone the model divides.
    return { days, ...partnerReturnTable(await this.partnerReturns.read(actor, days, 'linear')) };
  }

  /** A vendor's partners, the least engaged first. @param step of those alone; undefined: all. */
  async standings(actor: VendorActor, step: PartnerStep | undefined): Promise<ViewTable> {
    const all = await this.activities.standings(actor);
    return { days: null, ...standingTable(step === undefined ? all : all.filter((one) => one.step === step)) };
  }
}
