import { Injectable } from '@nestjs/common';
import {
  amountOrder,
  PARTNER_STEPS,
  type PartnerStandingFilter,
  type ReleasedSums,
  type UserLanguage,
} from '#contracts';
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
import type { CampaignId, PartnerActor, VendorActor } from '#kernel';
import { campaignCell, moneyCell, ordersOf, releasedCell, type TableColumn } from '#tables';
import { sortedCampaigns, sortedPartners, sortedTactics } from './sorted-returns.js';
import type { ViewTable } from './view-table.js';

const RELEASED = ['sent', 'bounced', 'clicked', 'leads', 'won'] as const satisfies readonly (keyof ReleasedSums)[];
const COUNTED = ['leads', 'won', 'clicked', 'sent', 'delivered', 'clicks'] as const;
const MONEY = ['won', 'open', 'lost'] as const;

/** The columns of a vendor's campaigns: each sum with its margin. */
const CAMPAIGN_SUM_COLUMNS = [
  'campaignId',
  'campaign',
  'offered',
  'launched',
  ...RELEASED.flatMap((name): TableColumn[] =>
    // People, where `won` are deals elsewhere.
    name === 'won' ? ['people-won', 'people-won-margin'] : [name, `${name}-margin`],
  ),
] as const;

/** Which campaigns of a vendor, and in which period. */
interface AskedSums extends AskedWindow {
  /** What a title contains. */
  readonly q: string;
  /** Null: all. */
  readonly campaignId: CampaignId | null;
}

/** Which returns, and the sorts of their tables. */
interface AskedReturns extends AskedWindow {
  readonly campaign?: string | undefined;
  readonly returnSort?: string | undefined;
  readonly partnerSort?: string | undefined;
  readonly tacticSort?: string | undefined;
}

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
   * @throws DomainError `insight.window`.
   */
  async campaignSums(actor: VendorActor, { q, campaignId: only, ...window }: AskedSums): Promise<ViewTable> {
    const { campaigns, from, to } = await this.vendors.all(actor, window);
    const words = q.trim().toLowerCase();
    // As on the screen: a campaign that is shown alone is not sought.
    const shown = campaigns.filter(({ campaignId, title, titles }) =>
      only === null
        ? [title, ...Object.values(titles)].some((one) => one.toLowerCase().includes(words))
        : campaignId === only,
    );
    return {
      days: { from, to },
      columns: CAMPAIGN_SUM_COLUMNS,
      rows: shown.map(({ campaignId, title, titles, funnel, numbers }) => [
        campaignId,
        campaignCell(title, titles),
        funnel.offered,
        funnel.launched,
        ...RELEASED.flatMap((name) => [releasedCell(numbers[name]), numbers[name]?.margin ?? null]),
      ]),
      orders: ordersOf(shown, { won: ({ numbers }) => numbers.won?.value ?? null }),
    };
  }

  /** Results of a partner's campaigns. @throws DomainError `insight.window`. */
  async ownCampaigns(actor: PartnerActor, window: AskedWindow): Promise<ViewTable> {
    const { campaigns, withoutCampaign, from, to, ...all } = await this.partners.all(actor, window);
    const moneyCells = (money: typeof all.money) => [null, ...MONEY.map((state) => moneyCell(money[state]))];
    const none = withoutCampaign;
    const keyOf = (state: (typeof MONEY)[number]) =>
      amountOrder(campaigns, ({ money }) => money[state]) ?? (() => null);
    return {
      days: { from, to },
      columns: ['row-kind', 'campaignId', 'campaign', 'currency', 'money-won', 'money-open', 'money-lost', ...COUNTED],
      rows: campaigns.map(({ campaignId, title, titles, money, numbers, clicked }) => [
        'campaign',
        campaignId,
        campaignCell(title, titles),
        ...moneyCells(money),
        ...COUNTED.map((name) => ({ ...numbers, clicked })[name]),
      ]),
      last: [
        ...(none.openDeals + none.wonDeals + none.lostDeals === 0
          ? []
          : [
              [
                'without-campaign',
                null,
                null,
                ...moneyCells(none),
                ...COUNTED.map((name) => (name === 'won' ? none.wonDeals : null)),
              ],
            ]),
        [
          'total',
          null,
          null,
          ...moneyCells(all.money),
          ...COUNTED.map((name) => ({ ...all.numbers, clicked: all.clicked, won: all.money.wonDeals })[name]),
        ],
      ],
      orders: ordersOf(campaigns, {
        'money-won': keyOf('won'),
        'money-open': keyOf('open'),
        'money-lost': keyOf('lost'),
      }),
    };
  }

  /**
   * Costs beside what came of them: a partner's of a period, a vendor's since the start.
   * @param campaign of a vendor: of this one alone, without a total of all; undefined: all.
   */
  async returns(actor: VendorActor | PartnerActor, asked: AskedReturns, language: UserLanguage): Promise<ViewTable> {
    const { campaign, returnSort, partnerSort, tacticSort, ...window } = asked;
    const sorting = { sort: returnSort, language };
    if (actor.kind === 'vendor') {
      const all = await this.vendorReturns.read(actor);
      if (campaign === undefined)
        return {
          days: null,
          ...vendorReturnTable({
            ...all,
            campaigns: sortedCampaigns(all.campaigns, sorting),
            partners: sortedPartners(all.partners, { sort: partnerSort, language }),
            tactics: sortedTactics(all.tactics, { sort: tacticSort, language }),
          }),
        };
      const campaigns = all.campaigns.filter(({ campaignId }) => campaignId === campaign);
      const { columns, rows } = vendorReturnTable({ ...all, campaigns, partners: [], tactics: [] });
      return { days: null, columns, rows };
    }
    const days = await this.partners.window(actor, window);
    // The table has no tactics, which alone the model divides.
    const returns = await this.partnerReturns.read(actor, days, 'linear');
    return { days, ...partnerReturnTable({ ...returns, campaigns: sortedCampaigns(returns.campaigns, sorting) }) };
  }

  /** A vendor's partners, the least engaged first. */
  async standings(actor: VendorActor, { step, q }: PartnerStandingFilter): Promise<ViewTable> {
    const shown = await this.activities.standings(actor, { step, q });
    const orders = ordersOf(shown, { partnerStep: (one) => PARTNER_STEPS.indexOf(one.step) });
    return { days: null, ...standingTable(shown), orders };
  }
}
