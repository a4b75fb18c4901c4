import { Injectable } from '@nestjs/common';
import type { Returns, VendorReturns } from '#contracts';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, groupBy, type PartnerId, type VendorActor } from '#kernel';
import { SumsInReturns } from '../deal-sums/sums-in-returns.service.js';
import { amountsOf } from '../partner-results.js';
import { ShownResultsReader } from '../programme/shown-results.service.js';
import { dayOf, type DayWindow } from '../window.js';
import type { Cost } from './cost.js';
import { Costs, type KnownPurposes } from './costs.service.js';
import { SharedPipeline } from './shared-pipeline.service.js';
import { costsByTactic, costsWithin, newestFirst, unrelated, vendorReturn } from './returns.js';

/** Before all costs. */
const FIRST_DAY = '1970-01-01';

/** What a vendor paid since the start, by tactic. */
interface VendorTactics extends Pick<VendorReturns, 'tactics'> {
  readonly costs: Returns['costs'];
}

/**
 * A vendor's own costs, beside what its partners won. Won amounts are those of
 * partners that show their totals, exactly as the vendor sees them there, and in
 * the total the sums without names that it has. So a return tells nothing of a
 * partner that it does not know from these.
 */
@Injectable()
export class VendorReturnsReader {
  constructor(
    private readonly clock: Clock,
    private readonly costs: Costs,
    private readonly shown: ShownResultsReader,
    private readonly together: SumsInReturns,
    private readonly pipeline: SharedPipeline,
  ) {}

  /** Since the start, up to today. Campaigns newest first; what is of none last. */
  async read(actor: VendorActor): Promise<VendorReturns> {
    requirePermission(actor, 'vendor-insight.read');
    const window = this.sinceStart();
    const costs = await this.costs.within(actor, window);
    const { campaigns, partners } = await this.costs.choices(actor);
    const { showing, won, leads } = await this.shown.byCampaign(actor);
    const { wonTogether, together } = await this.together.read(actor);
    const sums = (own: readonly Cost[]) => costsWithin(own, window);
    const open = await this.pipeline.open(actor);
    const ids = new Set<CampaignId | null>(
      [...costs, ...won, ...leads, ...(open ?? [])].map(({ campaignId }) => campaignId),
    );
    const countOf = (of: readonly { readonly leads: number }[]): number => of.reduce((sum, one) => sum + one.leads, 0);
    return {
      showing,
      total: {
        ...vendorReturn(sums(costs), {
          won: [...won, ...wonTogether],
          leads: countOf(leads),
          open,
          isKnown: showing + wonTogether.length > 0,
        }),
        wonByName: amountsOf(won),
        wonTogether,
      },
      together,
      campaigns: [...ids].sort(newestFirst).map((campaignId) => {
        const isOwn = (one: { readonly campaignId: CampaignId | null }): boolean => one.campaignId === campaignId;
        const { title = '', titles = {} } = campaigns.find(({ id }) => id === campaignId) ?? {};
        const own = vendorReturn(sums(costs.filter(isOwn)), {
          won: won.filter(isOwn),
          leads: countOf(leads.filter(isOwn)),
          open: open === null ? null : open.filter(isOwn),
          isKnown: showing > 0,
        });
        return {
          campaignId,
          title,
          titles,
          ...(campaignId === null ? unrelated(own) : own),
        };
      }),
      partners: await this.byPartner(actor, costs, window, partners),
      tactics: costsByTactic(costs, window),
    };
  }

  /** Costs of each tactic, and of all, as in `read`. Of partners nothing is read, so none sees a reading. */
  async tactics(actor: VendorActor): Promise<VendorTactics> {
    requirePermission(actor, 'vendor-insight.read');
    const window = this.sinceStart();
    const costs = await this.costs.within(actor, window);
    return { tactics: costsByTactic(costs, window), costs: costsWithin(costs, window) };
  }

  private sinceStart(): DayWindow {
    return { from: FIRST_DAY, to: dayOf(this.clock.now()) };
  }

  /** Costs that name a partner, beside what it won if it shows that, in the order of `names`. */
  private async byPartner(
    actor: VendorActor,
    costs: readonly Cost[],
    window: DayWindow,
    names: KnownPurposes['partners'],
  ): Promise<VendorReturns['partners']> {
    const spent = new Map<string, { readonly partnerId: PartnerId; readonly costs: Returns['costs'] }>();
    for (const [partnerId, own] of groupBy(costs, (cost) => cost.partnerId)) {
      const sums = costsWithin(own, window);
      if (partnerId !== null && sums.length > 0) spent.set(partnerId, { partnerId, costs: sums });
    }
    const won = await this.shown.wonByPartner(
      actor,
      [...spent.values()].map(({ partnerId }) => partnerId),
    );
    return names.flatMap(({ id, name }) => {
      const of = spent.get(id);
      return of === undefined ? [] : [{ ...of, name, won: won.get(of.partnerId) ?? null }];
    });
  }
}
