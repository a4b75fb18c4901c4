import { Injectable } from '@nestjs/common';
import { INSIGHT_PERIODS, InsightQuery, type ReleasedSums } from '#contracts';
import { type AskedWindow, PartnerInsights, VendorInsights } from '#insight';
import { DomainError, type PartnerActor, type VendorActor } from '#kernel';
import { amountsCell, sortedRows, type Table } from '#tables';
import { maySee, requireMailed, type SavedView } from './saved-view.js';

/** A table, and the days that it is of. */
interface ViewTable extends Table {
  readonly from: string;
  readonly to: string;
}

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

/**
 * What a screen shows, as a table. It is read by the services of the screen, as
 * the reader: role and row-level security decide, also for a saved view.
 */
@Injectable()
export class ViewTables {
  constructor(
    private readonly vendors: VendorInsights,
    private readonly partners: PartnerInsights,
  ) {}

  /**
   * @throws DomainError `saved-view.not-mailed`; `saved-view.screen` for a
   *   screen that the reader may not see; `insight.window`.
   */
  async read(
    actor: VendorActor | PartnerActor,
    { screen, query }: Pick<SavedView, 'screen' | 'query'>,
  ): Promise<ViewTable> {
    requireMailed(screen);
    if (!maySee(actor, screen))
      throw new DomainError(
        'saved-view.screen',
        'Your role does not show this screen. Save a view of a screen that you can open.',
        { field: 'screen' },
      );
    const params = new URLSearchParams(query);
    const table =
      actor.kind === 'vendor'
        ? await this.campaignSums(actor, { ...windowIn(params), q: params.get('q') ?? '' })
        : await this.ownCampaigns(actor, windowIn(params));
    return { ...table, rows: sortedRows(table, params.get('sort') ?? '') };
  }

  /** Sums of a vendor's campaigns. @param q what a title contains. */
  async campaignSums(actor: VendorActor, { q, from, to }: AskedWindow & { readonly q: string }): Promise<ViewTable> {
    const window = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const { campaigns, ...days } = await this.vendors.all(actor, window);
    const words = q.trim().toLowerCase();
    return {
      from: days.from,
      to: days.to,
      columns: CAMPAIGN_SUM_COLUMNS,
      rows: campaigns
        .filter(({ title }) => title.toLowerCase().includes(words))
        .map(({ campaignId, title, funnel, numbers }) => [
          campaignId,
          title,
          funnel.offered,
          funnel.launched,
          ...RELEASED.flatMap((name) => [numbers[name]?.value ?? null, numbers[name]?.margin ?? null]),
        ]),
    };
  }

  private async ownCampaigns(actor: PartnerActor, window: AskedWindow): Promise<ViewTable> {
    const { campaigns, from, to } = await this.partners.all(actor, window);
    return {
      from,
      to,
      columns: ['campaignId', 'campaign', 'amountsInMinorUnits', ...COUNTED, 'clicked'],
      rows: campaigns.map(({ campaignId, title, money, numbers, clicked }) => [
        campaignId,
        title,
        amountsCell(money.won),
        ...COUNTED.map((name) => numbers[name]),
        clicked,
      ]),
    };
  }
}

/** The period of an address. What is not a day or a period is left out, as the screen does. */
function windowIn(params: URLSearchParams): AskedWindow {
  const days = InsightQuery.safeParse({ from: params.get('from') ?? undefined, to: params.get('to') ?? undefined });
  const period = INSIGHT_PERIODS.find((name) => name === params.get('period'));
  const { from, to } = days.success ? days.data : {};
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(period === undefined ? {} : { period }),
  };
}
