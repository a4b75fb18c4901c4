import { newId } from '#kernel';
import { FirstResultBands, Rollups } from './index.js';
import { addDays } from './window.js';
import { showTotals } from './insight.fixture.js';
import {
  advanceTo,
  aWorld,
  type House,
  interact,
  monday,
  openForReleases,
  owner,
  partnersOf,
  product,
  releaseAll,
  send,
} from './releases.fixture.js';

describe('released results', () => {
  openForReleases();

  it('come with the medians of ten partners that wrote to 50 people, and not of nine', async () => {
    const world = await aWorld(10, 50);
    for (const house of world.houses) {
      const ids = await send(world, house, addDays(monday, 57));
      for (const id of ids.slice(0, 6)) await interact(id, 'click', addDays(monday, 58), 'human');
    }
    const [ninth, tenth] = world.houses.slice(8);
    await send(world, ninth!, addDays(monday, 85));
    for (const house of world.houses.slice(0, 8)) await send(world, house, addDays(monday, 85));
    // Too few people.
    await send(world, { ...tenth!, contacts: tenth!.contacts.slice(0, 49) }, addDays(monday, 85));
    for (const { partnerId } of world.houses) await product.app.get(Rollups).reconcile(partnerId);
    advanceTo(addDays(monday, 84 + 39));
    await releaseAll();
    const stored = await owner.query<{ startsOn: string; groupId: string | null; senders: number; bands: object }>(
      `SELECT starts_on::text AS "startsOn", group_id AS "groupId", senders, bands FROM insight.median_band WHERE campaign_id = $1`,
      [world.campaignId],
    );
    expect(stored.rows).toMatchObject([
      { startsOn: addDays(monday, 56), groupId: null, senders: 10, bands: { clicks: { from: 0.1, to: 0.15 } } },
    ]);
  });

  it('come with the days of ten partners to their first lead, each partner in one median', async () => {
    const world = await aWorld(14, 50);
    const left = world.houses[13]!;
    await showTotals(product, world.actor.vendorId, partnersOf([...world.houses.slice(0, 12), left]));
    const countOn = (house: House, day: number, metric: 'leads' | 'won'): Promise<unknown> =>
      owner.query(
        `INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant)
         VALUES ($1, $2, $3, 'welcome', $4, $5, 1, 'en')`,
        [house.activationId, house.partnerId, world.actor.vendorId, addDays(monday, day), metric],
      );
    const leadOn = (house: House, day: number): Promise<unknown> => countOn(house, day, 'leads');
    // Deals that closed before the launch did not come of it: no median of wins.
    for (const house of world.houses.slice(0, 10)) await countOn(house, -3, 'won');
    for (const house of world.houses) await send(world, house, addDays(monday, 1));
    // Nine in the first four weeks, a tenth in the next, and two more after that: too few for another median.
    for (const house of world.houses.slice(0, 9)) await leadOn(house, 5);
    // One does not show its totals, and one has left and is invited again.
    for (const house of [world.houses[12]!, left]) await leadOn(house, 5);
    await owner.query(
      `UPDATE organisations.membership SET status = 'invited', joined_at = NULL WHERE partner_id = $1`,
      [left.partnerId],
    );
    await leadOn(world.houses[9]!, 30);
    for (const house of world.houses.slice(10, 12)) await leadOn(house, 58);
    advanceTo(addDays(monday, 84 + 40));
    await releaseAll();
    const { campaigns } = await product.app.get(FirstResultBands).forVendor(world.actor);
    const median = { kind: 'lead', startsOn: addDays(monday, 28), partners: 10, fromDays: 3, toDays: 7 };
    expect(campaigns).toMatchObject([{ campaignId: world.campaignId, medians: [median] }]);
    const all = await owner.query('SELECT FROM insight.first_result_band WHERE campaign_id = $1', [world.campaignId]);
    expect(all.rowCount).toBe(1);
  });

  it('come with the days of ten partners to their first deal, of those that agreed to a wording that names it', async () => {
    const world = await aWorld(12, 50);
    const dealOn = (house: House, day: number, closedOn: string | null = null): Promise<unknown> =>
      owner.query(
        `INSERT INTO leads.deal (id, partner_id, contact_id, activation_id, stage, closed_on, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
        [
          newId(),
          house.partnerId,
          house.contacts[0],
          house.activationId,
          closedOn === null ? 'qualified' : 'lost',
          closedOn,
          `${addDays(monday, day)}T12:00:00Z`,
        ],
      );
    const { vendorId } = world.actor;
    await showTotals(product, vendorId, partnersOf(world.houses.slice(0, 9)), { wording: 2 });
    await showTotals(product, vendorId, partnersOf(world.houses.slice(9)), { wording: 1 });
    for (const house of world.houses) {
      await send(world, house, addDays(monday, 1));
      // Closed before the launch: it did not come of it.
      await dealOn(house, 0, addDays(monday, -1));
      await dealOn(house, 8);
    }
    advanceTo(addDays(monday, 112 + 40));
    await releaseAll();
    const bandsNow = async () => (await product.app.get(FirstResultBands).forVendor(world.actor)).campaigns;
    expect(await bandsNow()).toEqual([]);
    await owner.query('UPDATE organisations.shared_totals SET wording = 2 WHERE partner_id = $1', [
      world.houses[9]!.partnerId,
    ]);
    advanceTo(addDays(monday, 140 + 40));
    await releaseAll();
    const median = { kind: 'deal', partners: 10, fromDays: 7, toDays: 14 };
    expect(await bandsNow()).toMatchObject([{ campaignId: world.campaignId, medians: [median] }]);
  });
});
