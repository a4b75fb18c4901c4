import fc from 'fast-check';
import type { PartnerActor, VendorActor } from '#kernel';
import { CountedDeals, OrganisationsModule, SharedTotals } from '#organisations';
import { IS_WHOLE_SUITE } from '../../../../test/support/whole-suite.js';
import { aVendor, openInsight, type TestInsight } from '../insight.fixture.js';
import { nextStart, startOf } from '../release-calendar.js';
import { addDays } from '../window.js';
import {
  anyHistory,
  type Change,
  MODEL_PARTNERS,
  type ModelDeal,
  type ModelPartner,
  type ModelSpan,
  SumsModel,
} from './counted-deals.fixture.js';
import { DealSums } from './deal-sums.service.js';
import { isFound } from './disclosable.fixture.js';
import { SampleDeals } from './sample-deals.fixture.js';

const RUNS = IS_WHOLE_SUITE ? 400 : 40;
/** From the first day of four weeks to a day on which their sum is released. */
const RELEASED_AFTER = 44;
const SPAN_DAYS = 28;

/** A vendor with partners, whose deals and consents change in the database and in a model of the rules. */
class World {
  readonly model: SumsModel;
  private readonly dealIds = new Map<ModelDeal, string>();
  private readonly shares = new Map<ModelDeal, string>();

  private constructor(
    private readonly house: TestInsight,
    private readonly sample: SampleDeals,
    private readonly vendor: VendorActor,
    private readonly actors: readonly PartnerActor[],
    private readonly start: string,
  ) {
    this.model = new SumsModel(
      actors.map((): ModelPartner => {
        const consents = { isCounted: true, sinceOn: start, showsTotals: false };
        return { ...consents, isMember: true, joinedOn: '2026-01-01', deals: [] };
      }),
    );
  }

  static async open(house: TestInsight): Promise<World> {
    const sample = new SampleDeals(house);
    const vendor = await aVendor(house);
    const start = nextStart('four-weeks', startOf('four-weeks', sample.today()));
    sample.moveTo(start);
    const actors: PartnerActor[] = [];
    for (let count = 0; count < MODEL_PARTNERS; count += 1) actors.push(await sample.aPartner(vendor));
    const world = new World(house, sample, vendor, actors, start);
    for (const actor of actors) await world.setCounted(actor, true);
    return world;
  }

  async live({ wins, changes }: ModelSpan, span: number): Promise<void> {
    for (const [at, { amount, day }] of wins.entries())
      if (amount > 0) await this.win(at, amount, addDays(this.start, span * SPAN_DAYS + day));
    for (const change of changes) await this.apply(change);
    this.sample.moveTo(addDays(this.start, span * SPAN_DAYS + RELEASED_AFTER));
    this.model.tell(addDays(this.start, (span + 1) * SPAN_DAYS - 1));
  }

  /** As the vendor reads them. */
  async sums() {
    return (await this.house.app.get(DealSums).forVendor(this.vendor)).sums;
  }

  /** What each deal has in all sums, as the ledger has it: by deal, currency and consent. */
  async toldDeals(): Promise<unknown[]> {
    const { rows } = await this.house.owner.query(
      `SELECT deal_id, currency, since_on::text, sum(minor_units)::text AS told FROM insight.deal_sum_entry
       WHERE vendor_id = $1 GROUP BY 1, 2, 3 HAVING sum(minor_units) <> 0 ORDER BY 1, 2, 3`,
      [this.vendor.vendorId],
    );
    return rows;
  }

  /** The same of the model. */
  expectedDeals(): unknown[] {
    const rows = [...this.dealIds].flatMap(([deal, dealId]) =>
      [...deal.told].flatMap(([currency, bySince]) =>
        [...bySince].flatMap(([sinceOn, told]) =>
          told === 0n ? [] : { deal_id: dealId, currency, since_on: sinceOn, told: `${told}` },
        ),
      ),
    );
    const keyOf = (row: (typeof rows)[number]): string => `${row.deal_id} ${row.currency} ${row.since_on}`;
    return rows.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  private async win(partner: number, amount: number, closedOn: string): Promise<void> {
    const actor = this.actors[partner];
    if (actor === undefined) return;
    const state = {
      stage: 'won',
      amount,
      refunded: 0,
      currency: 'EUR',
      closedOn,
      isShown: false,
      isWithdrawn: false,
    } as const;
    const deal: ModelDeal = { ...state, told: new Map() };
    this.model.partners[partner]?.deals.push(deal);
    this.dealIds.set(deal, await this.sample.win(actor, amount, closedOn));
  }

  private async apply(change: Change): Promise<void> {
    if ('partner' in change) return this.choose(change);
    const deals = [...this.dealIds.keys()];
    const deal = deals[change.deal % deals.length];
    if (deal === undefined) return;
    switch (change.kind) {
      case 'refund':
        return this.enter(deal, { refunded: Math.floor((deal.amount * change.percent) / 100) });
      case 'amend':
        return this.enter(deal, { amount: Math.max(change.amount, deal.refunded) });
      case 'move':
        return this.enter(deal, { closedOn: deal.closedOn && addDays(deal.closedOn, change.days) });
      case 'win':
      case 'lose':
        return this.enter(deal, {
          stage: change.kind === 'win' ? 'won' : 'lost',
          closedOn: deal.closedOn ?? this.sample.today(),
        });
      case 'reopen':
        return this.enter(deal, { stage: 'negotiation', closedOn: null });
      case 'withdraw':
        return this.withdraw(deal);
      case 'pay in other money':
        return this.enter(deal, { currency: deal.currency === 'EUR' ? 'USD' : 'EUR' });
      case 'agree again':
        return this.agreeAgain(deal);
      case 'show':
        return this.show(deal);
      case 'hide':
        return this.hide(deal);
    }
  }

  /** A partner changes what it has entered of a deal. */
  private async enter(deal: ModelDeal, change: Partial<ModelDeal>): Promise<void> {
    if (deal.isWithdrawn) return;
    Object.assign(deal, change);
    await this.house.owner.query(
      'UPDATE leads.deal SET stage = $2, amount_minor = $3, refunded_minor = $4, currency = $5, closed_on = $6 WHERE id = $1',
      [this.dealIds.get(deal), deal.stage, deal.amount, deal.refunded, deal.currency, deal.closedOn],
    );
  }

  /** What sums have of it is taken back; if it was shown, it is known to the vendor for ever. */
  private async withdraw(deal: ModelDeal): Promise<void> {
    Object.assign(deal, { isWithdrawn: true });
    await this.house.owner.query(
      `UPDATE leads.deal SET withdrawn_at = now(), withdrawn_by = 'Test user', withdrawn_reason = 'mistake' WHERE id = $1`,
      [this.dealIds.get(deal)],
    );
  }

  private async show(deal: ModelDeal): Promise<void> {
    const actor = this.actors[this.model.partners.findIndex(({ deals }) => deals.includes(deal))];
    if (actor === undefined || deal.isShown || deal.isWithdrawn) return;
    deal.isShown = true;
    this.shares.set(deal, await this.sample.show(this.vendor, actor, this.dealIds.get(deal) ?? ''));
  }

  private async hide(deal: ModelDeal): Promise<void> {
    const shareId = this.shares.get(deal);
    if (shareId !== undefined) await this.sample.hide(shareId);
  }

  /** The partner of the deal switches off that its deals count, and on again. */
  private async agreeAgain(deal: ModelDeal): Promise<void> {
    const partner = this.model.partners.findIndex(({ deals }) => deals.includes(deal));
    for (const is of [false, true]) await this.choose({ kind: 'count', partner, is });
  }

  private async choose({ kind, partner: at, is }: Extract<Change, { partner: number }>): Promise<void> {
    const [partner, actor] = [this.model.partners[at], this.actors[at]];
    if (partner === undefined || actor === undefined) return;
    if (kind === 'belong') return this.belong(partner, actor, is);
    if (kind === 'show totals') {
      partner.showsTotals = is;
      partner.isCounted &&= !is;
      return this.house.app.get(SharedTotals).set(actor, this.vendor.vendorId, is, 2);
    }
    if (partner.showsTotals || partner.isCounted === is) return;
    Object.assign(partner, { isCounted: is, sinceOn: this.sample.today() });
    return this.setCounted(actor, is);
  }

  private async belong(partner: ModelPartner, { partnerId }: PartnerActor, is: boolean): Promise<void> {
    if (partner.isMember === is) return;
    Object.assign(partner, is ? { isMember: true, joinedOn: this.sample.today() } : { isMember: false });
    await this.house.owner.query(
      `UPDATE organisations.membership SET status = $2, joined_at = $3::date + time '12:00' WHERE partner_id = $1`,
      [partnerId, is ? 'active' : 'ended', partner.joinedOn],
    );
  }

  private setCounted(actor: PartnerActor, is: boolean): Promise<void> {
    return this.house.app.get(CountedDeals).set(actor, this.vendor.vendorId, is, this.sample.today());
  }
}

describe('sums without names, while deals and consents change', () => {
  let house: TestInsight;

  beforeAll(async () => {
    house = await openInsight([OrganisationsModule]);
  });
  afterAll(() => house.close());

  it('are those of the rules: each amount is in one sum at most, and no run of sums gives an insider another part', async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        const world = await World.open(house);
        for (const [span, of] of history.entries()) {
          await world.live(of, span);
          const sums = await world.sums();
          const { model } = world;
          expect(sums).toEqual(
            model.sums.toSorted((one, other) =>
              one.endsOn === other.endsOn
                ? one.currency.localeCompare(other.currency)
                : other.endsOn.localeCompare(one.endsOn),
            ),
          );
          expect(await world.toldDeals()).toEqual(world.expectedDeals());
        }
        for (const [currency, all] of world.model.told) {
          const asRead = (await world.sums()).filter((sum) => sum.currency === currency).toReversed();
          const attacked = all.map(({ parts }, at) => ({ sum: BigInt(asRead[at]?.minorUnits ?? 0), parts }));
          expect(isFound(attacked, MODEL_PARTNERS)).toBe(false);
          told += all.length;
        }
      }),
      { numRuns: RUNS },
    );
    expect(told).toBeGreaterThan(RUNS);
  }, 300_000);
});
