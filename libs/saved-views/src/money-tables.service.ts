import { Injectable } from '@nestjs/common';
import { type AttributionModelName, HALF_LIFE_DAYS, type SHOWN_TOTALS, type UserLanguage } from '#contracts';
import {
  type AskedWindow,
  Attributions,
  attributionTable,
  DealSums,
  dealSumTable,
  PartnerInsights,
  partnerReturnTable,
  PartnerReturnsReader,
  PartnerTotals,
  tacticReturnTable,
  VendorInsights,
  VendorReturnsReader,
  vendorReturnTable,
  vendorTacticTable,
} from '#insight';
import type { PartnerActor, VendorActor } from '#kernel';
import { sortedCampaigns, sortedChannels, sortedDealSums, sortedPartners, sortedTactics } from './sorted-returns.js';
import type { ViewTable } from './view-table.js';

/** Which returns, and the sorts of their tables. */
interface AskedReturns extends AskedWindow {
  readonly campaign?: string | undefined;
  readonly returnSort?: string | undefined;
  readonly partnerSort?: string | undefined;
  readonly tacticSort?: string | undefined;
  readonly model?: AttributionModelName | undefined;
}

/** Which totals of partners: the parameters of the screen. */
interface AskedTotals extends AskedWindow {
  readonly totals?: 'start' | 'period' | undefined;
  readonly totalsQ?: string | undefined;
  readonly totalsShown?: (typeof SHOWN_TOTALS)[number] | undefined;
  readonly totalsSort?: string | undefined;
}

/** What the screens show without a choice. */
const USUAL_MODEL = 'linear' satisfies AttributionModelName;

/** Tables of amounts: costs and return, tactics, attribution, totals that partners show, and sums without names. */
@Injectable()
export class MoneyTables {
  constructor(
    private readonly vendors: VendorInsights,
    private readonly partners: PartnerInsights,
    private readonly partnerReturns: PartnerReturnsReader,
    private readonly vendorReturns: VendorReturnsReader,
    private readonly attributions: Attributions,
    private readonly partnerTotals: PartnerTotals,
    private readonly sums: DealSums,
  ) {}

  /**
   * Costs beside what came of them: a partner's of a period, a vendor's since the start.
   * @param campaign of a vendor: of this one alone, without a total of all; undefined: all.
   */
  async returns(actor: VendorActor | PartnerActor, asked: AskedReturns, language: UserLanguage): Promise<ViewTable> {
    const { campaign, returnSort, partnerSort, tacticSort } = asked;
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
    // The table has no tactics, which alone the model divides.
    const { days, returns } = await this.ofPartner(actor, { ...asked, model: USUAL_MODEL });
    return { days, ...partnerReturnTable({ ...returns, campaigns: sortedCampaigns(returns.campaigns, sorting) }) };
  }

  /** Costs of each tactic: a partner's of a period, beside what they brought; a vendor's since the start. */
  async tactics(actor: VendorActor | PartnerActor, asked: AskedReturns, language: UserLanguage): Promise<ViewTable> {
    const sorting = { sort: asked.tacticSort, language };
    if (actor.kind === 'vendor') {
      const { tactics, costs } = await this.vendorReturns.tactics(actor);
      return { days: null, ...vendorTacticTable({ tactics: sortedTactics(tactics, sorting), costs }) };
    }
    const { days, returns } = await this.ofPartner(actor, asked);
    return { days, ...tacticReturnTable({ ...returns, tactics: sortedTactics(returns.tactics, sorting) }) };
  }

  /** What a partner's won deals of a period came from, by all models. */
  async attribution(
    actor: PartnerActor,
    { credit, ...window }: AskedWindow & { readonly credit?: string | undefined },
    language: UserLanguage,
  ): Promise<ViewTable> {
    const days = await this.partners.window(actor, window);
    const { currencies } = await this.attributions.table(actor, days, HALF_LIFE_DAYS);
    const sorted = currencies.map((sums) => ({ ...sums, rows: sortedChannels(sums.rows, { sort: credit, language }) }));
    return { days, ...attributionTable({ ...days, currencies: sorted }) };
  }

  /**
   * What partners show the vendor now. Each of which the reader gets a row sees that, as if the reader had looked.
   * @param most rows.
   */
  async totals(
    actor: VendorActor,
    asked: AskedTotals,
    { language, most }: { readonly language: UserLanguage; readonly most: number },
  ): Promise<ViewTable> {
    const { totals: of, totalsQ: q, totalsShown: shown, totalsSort: sort } = asked;
    const days = of === 'period' ? await this.vendors.window(actor, asked) : null;
    const filter = { q, shown, sort, ...days };
    const { columns, rows, isCut } = await this.partnerTotals.table(actor, filter, language, most);
    return { days, columns, rows, cut: isCut ? 'first' : undefined };
  }

  /** What partners won together that show nothing with their name. */
  async dealSums(actor: VendorActor, sort: string | undefined, language: UserLanguage): Promise<ViewTable> {
    const { sums } = await this.sums.forVendor(actor);
    return { days: null, ...dealSumTable({ sums: sortedDealSums(sums, { sort, language }) }) };
  }

  private async ofPartner(actor: PartnerActor, { model = USUAL_MODEL, ...asked }: AskedReturns) {
    const days = await this.partners.window(actor, asked);
    return { days, returns: await this.partnerReturns.read(actor, days, model) };
  }
}
