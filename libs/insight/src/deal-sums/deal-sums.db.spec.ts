import { jest } from '@jest/globals';
import pg from 'pg';
import { Database } from '#database';
import type { PartnerActor, VendorActor } from '#kernel';
import { CountedDeals, OrganisationsModule, SharedTotals } from '#organisations';
import { PartnerInsights, VendorReturnsReader } from '../index.js';
import { aVendor, openInsight, type TestInsight } from '../insight.fixture.js';
import { nextStart, startOf } from '../release-calendar.js';
import { addDays, dayOf } from '../window.js';
import { DealSums } from './deal-sums.service.js';
import { SampleDeals } from './sample-deals.fixture.js';

const EUR = (minorUnits: number) => [{ minorUnits, currency: 'EUR' }];

describe('sums of what partners won', () => {
  let house: TestInsight;
  let owner: pg.Client;
  let sample: SampleDeals;
  let vendor: VendorActor;
  let partners: PartnerActor[];
  /** The first day of four weeks. */
  let start: string;

  beforeAll(async () => {
    house = await openInsight([OrganisationsModule]);
    ({ owner } = house);
    sample = new SampleDeals(house);
  });
  afterAll(() => house.close());

  const day = (ahead: number): string => addDays(start, ahead);
  const moveTo = (ahead: number): void => sample.moveTo(day(ahead));
  const aPartner = (): Promise<PartnerActor> => sample.aPartner(vendor);
  const win = (partner: PartnerActor, minorUnits: number, closedOn: string): Promise<string> =>
    sample.win(partner, minorUnits, closedOn);
  const showDeal = (partner: PartnerActor, dealId: string): Promise<string> => sample.show(vendor, partner, dealId);
  const sums = async () => (await house.app.get(DealSums).forVendor(vendor)).sums;
  const countIn = (partner: PartnerActor): Promise<void> =>
    house.app.get(CountedDeals).set(partner, vendor.vendorId, true, sample.today());
  const wonBy = async (partner: PartnerActor): Promise<number> => {
    const window = { from: start, to: dayOf(house.clock.now()) };
    const { money } = await house.app.get(PartnerInsights).between(partner, partner.partnerId, window);
    return money.won.reduce((sum, { minorUnits }) => sum + minorUnits, 0);
  };

  /** Five partners that are counted from the first day of four weeks on. */
  beforeEach(async () => {
    start = nextStart('four-weeks', startOf('four-weeks', dayOf(house.clock.now())));
    moveTo(0);
    vendor = await aVendor(house);
    partners = [];
    for (let count = 0; count < 5; count += 1) partners.push(await aPartner());
    for (const partner of partners) await countIn(partner);
  });

  it('are equal on both sides to the cent, and stay as they were told', async () => {
    const deals: string[] = [];
    for (const [at, partner] of partners.entries()) deals.push(await win(partner, 100_001 + at, day(16)));
    expect(await sums()).toEqual([]);
    moveTo(44);
    const [told] = await sums();
    expect(told).toEqual({ endsOn: day(27), currency: 'EUR', partners: 5, minorUnits: 500_015 });
    let won = 0;
    for (const partner of partners) won += await wonBy(partner);
    expect(won).toBe(500_015);

    // Refunds afterwards are in the next sum, once there are enough of them.
    await owner.query('UPDATE leads.deal SET refunded_minor = 1001 WHERE id = $1', [deals[0]]);
    expect(await sums()).toEqual([told]);
    for (const partner of partners) await win(partner, 2000, day(35));
    moveTo(75);
    const [next, ...before] = await sums();
    expect(before).toEqual([told]);
    expect(next).toMatchObject({ partners: 5, minorUnits: 10_000 - 1001 });
  });

  it('wait while refunds are as much as what was won, or leave fewer than five that add something', async () => {
    const deals: string[] = [];
    for (const partner of partners) deals.push(await win(partner, 10_000, day(16)));
    moveTo(44);
    expect(await sums()).toMatchObject([{ minorUnits: 50_000 }]);
    for (const id of deals) await owner.query('UPDATE leads.deal SET refunded_minor = 3000 WHERE id = $1', [id]);
    for (const partner of partners.slice(1)) await win(partner, 8000, day(36));
    moveTo(75);
    // Four parts of 5000 and a refund of 3000: the sum told would be 17,000.
    expect(await sums()).toMatchObject([{ minorUnits: 50_000 }]);
    for (const partner of partners) await win(partner, 4000, day(77));
    moveTo(105);
    expect((await sums())[0]).toMatchObject({ partners: 5, minorUnits: 17_000 + 20_000 });
  });

  it('wait while one partner outweighs the others, and then have all in it', async () => {
    for (const partner of partners) await win(partner, 10_000, day(16));
    await win(partners[0]!, 5_000_000, day(17));
    moveTo(44);
    expect(await sums()).toEqual([]);
    for (const partner of partners) await win(partner, 4_000_000, day(36));
    moveTo(75);
    expect(await sums()).toMatchObject([{ endsOn: day(55), minorUnits: 25_050_000 }]);
  });

  it('have no partner that shows its totals with its name, and none that did not agree', async () => {
    const other = await aPartner();
    for (const partner of [...partners, other]) await win(partner, 10_000, day(16));
    await house.app.get(SharedTotals).set(partners[0]!, vendor.vendorId, true, 2);
    await expect(countIn(partners[0]!)).rejects.toMatchObject({ code: 'counted-deals.totals-shown' });
    moveTo(44);
    expect(await sums()).toEqual([]);
    await countIn(other);
    for (const partner of [...partners, other]) await win(partner, 7000, day(45));
    moveTo(105);
    // Of the one that agreed later, only what was decided since then.
    expect(await sums()).toMatchObject([{ partners: 5, minorUnits: 4 * 17_000 + 7000 }]);
  });

  it('have no partner that shows a deal that would be counted, also after it was taken back', async () => {
    const other = await aPartner();
    await countIn(other);
    for (const partner of partners) await win(partner, 10_000, day(16));
    const shown = await win(other, 10_000, day(17));
    const shareId = await showDeal(other, shown);
    moveTo(44);
    expect(await sums()).toMatchObject([{ partners: 5, minorUnits: 50_000 }]);

    await sample.hide(shareId);
    for (const partner of [...partners, other]) await win(partner, 7000, day(36));
    moveTo(75);
    expect(await sums()).toMatchObject([{ partners: 5, minorUnits: 35_000 }, { minorUnits: 50_000 }]);

    // Switched off and on again: what the vendor knows was decided before.
    await house.app.get(CountedDeals).set(other, vendor.vendorId, false, sample.today());
    await countIn(other);
    for (const partner of [...partners, other]) await win(partner, 3000, day(76));
    moveTo(105);
    expect((await sums())[0]).toMatchObject({ partners: 6, minorUnits: 18_000 });
  });

  it('count a deal once, also if its day moves past a later consent or past the end of its sum', async () => {
    const deals: string[] = [];
    for (const partner of partners) deals.push(await win(partner, 10_000, day(16)));
    moveTo(44);
    expect(await sums()).toMatchObject([{ minorUnits: 50_000 }]);

    moveTo(46);
    await house.app.get(CountedDeals).set(partners[0]!, vendor.vendorId, false, sample.today());
    await countIn(partners[0]!);
    // Told, and decided after the new consent and after the second sum, as its partner says now.
    await owner.query('UPDATE leads.deal SET closed_on = $2, amount_minor = 10100 WHERE id = $1', [deals[0], day(47)]);
    await owner.query('UPDATE leads.deal SET closed_on = $2 WHERE id = $1', [deals[1], day(58)]);
    for (const partner of partners) await win(partner, 7000, day(48));
    moveTo(75);
    expect(await sums()).toMatchObject([{ partners: 5, minorUnits: 35_100 }, { minorUnits: 50_000 }]);

    // Moved back before its consent: what that consent added is taken back, and nothing that was told before.
    await owner.query('UPDATE leads.deal SET closed_on = $2 WHERE id = $1', [deals[0], day(16)]);
    // Another currency: the amount leaves the sums of the first one.
    await owner.query(`UPDATE leads.deal SET currency = 'USD' WHERE id = $1`, [deals[2]]);
    for (const partner of partners) await win(partner, 20_000, day(77));
    moveTo(105);
    expect((await sums())[0]).toMatchObject({ currency: 'EUR', partners: 5, minorUnits: 100_000 - 100 - 10_000 });
    await owner.query(`SET session_replication_role = 'origin'`);
    await expect(owner.query('DELETE FROM insight.deal_sum_entry')).rejects.toThrow();
    await owner.query(`SET session_replication_role = 'replica'`);
  });

  it('have no correction of a deal that the vendor knows', async () => {
    const deals: string[] = [];
    for (const partner of partners) deals.push(await win(partner, 10_000, day(16)));
    const other = await aPartner();
    await countIn(other);
    await win(other, 10_000, day(16));
    moveTo(44);
    expect(await sums()).toMatchObject([{ partners: 6, minorUnits: 60_000 }]);
    await showDeal(partners[0]!, deals[0]!);
    await owner.query('UPDATE leads.deal SET closed_on = $2 WHERE id = $1', [deals[0], day(-3)]);
    for (const partner of [...partners, other]) await win(partner, 7000, day(48));
    moveTo(75);
    expect((await sums())[0]).toMatchObject({ partners: 5, minorUnits: 35_000 });
  });

  const returns = () => house.app.get(VendorReturnsReader).read(vendor);
  const show = (partner: PartnerActor): Promise<void> =>
    house.app.get(SharedTotals).set(partner, vendor.vendorId, true, 2);

  it('are in the return of their vendor, beside what is shown by name, and nothing is in it twice', async () => {
    const other = await aPartner();
    for (const partner of [...partners, other]) await win(partner, 10_000, day(16));
    moveTo(44);
    expect(await sums()).toMatchObject([{ minorUnits: 50_000 }]);
    await show(other);
    const { total, together, campaigns } = await returns();
    // It was long enough in the programme to be in the sum.
    expect(total).toMatchObject({ wonByName: EUR(10_000), wonTogether: EUR(40_000), won: EUR(50_000) });
    expect(together).toEqual({ until: day(27), partnersNeeded: 5, largestPercent: 40, leftOut: EUR(10_000) });
    expect(campaigns.flatMap(({ won }) => won)).toEqual(EUR(10_000));

    // A later sum cannot have it.
    for (const partner of partners) await win(partner, 7000, day(48));
    moveTo(75);
    const next = await returns();
    expect(next.total).toMatchObject({ wonByName: EUR(10_000), wonTogether: EUR(75_000), won: EUR(85_000) });
    expect(next.together.leftOut).toEqual(EUR(10_000));
  });

  it('tell not whether a partner that shows its totals now was in them', async () => {
    const worlds: { of: VendorActor; named: PartnerActor }[] = [];
    for (const isCounted of [true, false]) {
      vendor = await aVendor(house);
      const named = await aPartner();
      await win(named, 10_000, day(16));
      if (isCounted) await countIn(named);
      for (let count = 0; count < 5; count += 1) {
        const other = await aPartner();
        await countIn(other);
        // Five parts and the named one, or five whose sum is the same.
        await win(other, isCounted ? 8000 : 10_000, day(16));
      }
      worlds.push({ of: vendor, named });
    }
    moveTo(44);
    const answers = [];
    for (const { of, named } of worlds) {
      vendor = of;
      expect(await sums()).toMatchObject([{ minorUnits: 50_000 }]);
      await show(named);
      const { total, together } = await returns();
      answers.push({ total, together });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('are read with the same number of statements, however many partners are told of it', async () => {
    const counted = async (): Promise<number> => {
      const query = jest.spyOn(Database.prototype, 'query');
      await returns();
      const { length } = query.mock.calls;
      query.mockRestore();
      return length;
    };
    await show(partners[0]!);
    await counted();
    await show(partners[1]!);
    const one = await counted();
    for (const partner of partners.slice(2)) await show(partner);
    expect(await counted()).toBe(one);
    const entries = await owner.query<{ partner_id: string }>(
      `SELECT partner_id FROM audit.entry WHERE action = 'shared-totals.read' AND partner_id = ANY ($1)`,
      [partners.map(({ partnerId }) => partnerId)],
    );
    expect(entries.rows.map((row) => row.partner_id).sort()).toEqual(partners.map(({ partnerId }) => partnerId).sort());
  });

  it('count no partner in its first 30 days, and nothing before it agreed', async () => {
    await owner.query('UPDATE organisations.membership SET joined_at = $2 WHERE partner_id = $1', [
      partners[4]!.partnerId,
      day(7),
    ]);
    for (const partner of partners) await win(partner, 10_000, day(-5));
    for (const partner of partners) await win(partner, 3000, day(16));
    moveTo(44);
    expect(await sums()).toEqual([]);
    moveTo(75);
    expect(await sums()).toMatchObject([{ minorUnits: 15_000 }]);
  });
});
