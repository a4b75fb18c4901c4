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
  firstResultBandTable,
  FirstResultBands,
  firstResultTable,
  PartnerFirstResultsReader,
  PartnerInsights,
  ProgrammeActivities,
  standingTable,
  VendorInsights,
} from '#insight';
import type { CampaignId, PartnerActor, VendorActor } from '#kernel';
import { campaignCell, moneyCell, ordersOf, releasedCell, type TableColumn } from '#tables';
import { sortedFirstResultBands, sortedFirstResults } from './sorted-returns.js';
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

/** Results of campaigns, and what partners do. */
@Injectable()
export class ResultTables {
  constructor(
    private readonly vendors: VendorInsights,
    private readonly partners: PartnerInsights,
    private readonly activities: ProgrammeActivities,
    private readonly firstBands: FirstResultBands,
    private readonly ownFirst: PartnerFirstResultsReader,
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

  /** How long launches took to their first lead, deal and win: a partner's own, or medians of a vendor's partners. */
  async firstResults(
    actor: VendorActor | PartnerActor,
    sort: string | undefined,
    language: UserLanguage,
  ): Promise<ViewTable> {
    const sorting = { sort, language };
    if (actor.kind === 'vendor') {
      const { campaigns } = await this.firstBands.forVendor(actor);
      return { days: null, ...firstResultBandTable({ campaigns: sortedFirstResultBands(campaigns, sorting) }) };
    }
    const { campaigns } = await this.ownFirst.read(actor);
    return { days: null, ...firstResultTable({ campaigns: sortedFirstResults(campaigns, sorting) }) };
  }

  /** A vendor's partners, the least engaged first. */
  async standings(actor: VendorActor, { step, q }: PartnerStandingFilter): Promise<ViewTable> {
    const shown = await this.activities.standings(actor, { step, q });
    const orders = ordersOf(shown, { partnerStep: (one) => PARTNER_STEPS.indexOf(one.step) });
    return { days: null, ...standingTable(shown), orders };
  }
}
