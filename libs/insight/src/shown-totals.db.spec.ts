import { Database } from '#database';
import { newId, type PartnerId, systemActor, type MembershipId, type ProgrammeId, type UserId } from '#kernel';
import { DistributorTotals, PartnerTotals, VendorExperiments } from './index.js';
import { holdOutCounts } from './experiments/hold-out-counts.js';
import { ProgrammeLift } from './experiments/programme-lift.service.js';
import { ShownResultsReader } from './programme/shown-results.service.js';
import { newestDue, startOf } from './release-calendar.js';
import { addDays, dayOf } from './window.js';
import { addLeads, drawHoldOut, showTotals } from './insight.fixture.js';
import {
  advanceTo,
  aWorld,
  type House,
  monday,
  openForReleases,
  owner,
  partnersOf,
  product,
} from './releases.fixture.js';

const named = (partnerId: PartnerId, name: string) =>
  owner.query(
    `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1, 'partner', $3, $2, 'DE', 'UTC', now())`,
    [partnerId, `partner-${partnerId}`, name],
  );

describe('released results', () => {
  openForReleases();

  it('sums up four weeks of at least five partners of a distributor that show their totals, once and for all', async () => {
    const world = await aWorld(6, 1);
    const { vendorId } = world.actor;
    const [id, today] = [newId<MembershipId>(), dayOf(product.clock.now())];
    const from = newestDue('four-weeks', today);
    await owner.query(
      `INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at, brings_partners, brought_tier, brought_region)
       VALUES ($1, $1, $2, $1, 'gold', 'EMEA', 'active', now(), now(), 'approved', 'gold', 'EMEA')`,
      [id, vendorId],
    );
    await owner.query(
      'UPDATE organisations.membership SET parent_id = $1, joined_at = $3 WHERE vendor_id = $2 AND id <> $1',
      [id, vendorId, addDays(from, -60)],
    );
    await owner.query('UPDATE activations.activation SET launched_at = $2 WHERE vendor_id = $1', [vendorId, from]);
    await owner.query(
      `INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant)
       SELECT id, partner_id, vendor_id, 'welcome', $2::date + day, metric, 10, 'en' FROM activations.activation,
         (VALUES ('sent', 0), ('leads', 27), ('sent', 28)) one (metric, day) WHERE vendor_id = $1`,
      [vendorId, from],
    );
    const share = (shared: readonly House[]): Promise<void> => showTotals(product, vendorId, partnersOf(shared));
    const distributor = { id, vendorId, partnerId: newId<PartnerId>(), programmeId: newId<ProgrammeId>() };
    const terms = { name: 'Distributor', approval: 'approved', tier: 'gold', region: 'EMEA' } as const;
    const read = () => product.app.get(DistributorTotals).of({ ...distributor, ...terms });
    await share(world.houses.slice(0, 4));
    expect(await read()).toMatchObject({ from, partnersNeeded: 5, sums: null });
    await share(world.houses.slice(4, 5));
    const sums = { partners: 5, launches: 5, sent: 50, clicks: 0, leads: 50 };
    expect((await read()).sums).toEqual(sums);
    // With the sixth partner, the difference would be its number.
    await share(world.houses.slice(5));
    expect((await read()).sums).toEqual(sums);
  });

  it('tells of hold-outs over five partners or more that show their totals, in batches that never change', async () => {
    const world = await aWorld(11, 30);
    const { vendorId } = world.actor;
    const started = addDays(startOf('week', dayOf(product.clock.now())), 7);
    await owner.query('UPDATE activations.activation SET start_at = $2 WHERE vendor_id = $1', [vendorId, started]);
    for (const one of world.houses) {
      const { contacts } = one;
      await drawHoldOut(product, one.activationId, started, {
        written: contacts.slice(0, 20),
        heldOut: contacts.slice(20),
      });
      // Two who got it, and a held out one that comes too late.
      await addLeads(product, one, [
        [contacts[0], addDays(started, 3)],
        [contacts[1], addDays(started, 27)],
        [contacts[20], addDays(started, 29)],
      ]);
    }
    const share = (shared: readonly House[], isShared = true): Promise<void> =>
      showTotals(product, vendorId, partnersOf(shared), { isShared });
    const read = async () => {
      await product.app.get(ProgrammeLift).makeDue();
      return (await product.app.get(VendorExperiments).of(world.actor, world.campaignId)).holdOut;
    };
    await share(world.houses.slice(0, 5));
    // One that has left and is invited again has not agreed again.
    const setMember = (isActive: boolean): Promise<unknown> =>
      owner.query(
        `UPDATE organisations.membership SET status = $2, joined_at = CASE WHEN $2 = 'active' THEN invited_at END WHERE partner_id = $1`,
        [world.houses[10]?.partnerId, isActive ? 'active' : 'invited'],
      );
    await setMember(false);
    await share(world.houses.slice(10));
    advanceTo(addDays(started, 41));
    expect(await read()).toBeNull();
    advanceTo(addDays(started, 42));
    const first = await read();
    expect(first).toMatchObject({
      partners: 5,
      written: { people: 100, leads: 10 },
      heldOut: { people: 50, leads: 0 },
      madeOn: addDays(started, 42),
    });
    expect(first?.difference?.estimate).toBeCloseTo(0.1, 6);
    // With one partner more, the difference would be its number; without one, that of this one.
    await share(world.houses.slice(5, 9));
    await share(world.houses.slice(0, 1), false);
    expect(await read()).toEqual(first);
    await setMember(true);
    await share(world.houses.slice(9));
    // A Monday is counted once.
    expect(await read()).toEqual(first);
    advanceTo(addDays(started, 49));
    expect(await read()).toMatchObject({ partners: 11, heldOut: { people: 110, leads: 0 } });
  });

  it('count a contact of a hold-out in the first activation of the campaign that drew it', async () => {
    const { houses } = await aWorld(2, 30);
    const [{ partnerId, activationId: first, contacts }, { activationId: second }] = [houses[0]!, houses[1]!];
    await owner.query('UPDATE activations.activation SET partner_id = $2 WHERE id = $1', [second, partnerId]);
    await drawHoldOut(product, first, monday, { written: contacts.slice(0, 10), heldOut: contacts.slice(10, 18) });
    // Who was written to is left out of the second launch; who was held out is held out again.
    const again = addDays(monday, 60);
    await owner.query('UPDATE activations.activation SET start_at = $2 WHERE id = $1', [second, again]);
    const heldOut = [...contacts.slice(10, 18), ...contacts.slice(25)];
    await drawHoldOut(product, second, again, { written: contacts.slice(18, 25), heldOut });
    const launches = [first, second];
    const database = product.app.get(Database);
    const counts = await database.inTransaction(systemActor('insight', { partnerId }), () =>
      holdOutCounts(database, launches),
    );
    const people = launches.map((id) => (counts.get(id) ?? []).map((one) => [one.written.people, one.heldOut.people]));
    expect(people).toEqual([[[10, 8]], [[7, 5]]]);
  });

  it('compare contacts of a hold-out with those of the same version, by the days that it ran', async () => {
    const world = await aWorld(2, 40);
    const updated = addDays(monday, 30);
    const versions: readonly string[] = [world.campaignId, newId()];
    for (const { activationId } of world.houses)
      await owner.query(
        `INSERT INTO activations.edition (activation_id, number, partner_id, version_id, slots, choices, brand_version, leads_from_clicks, made_at)
         SELECT id, n, partner_id, CASE n WHEN 1 THEN version_id ELSE $2 END, '{}', '{}', 1, false, $3
         FROM activations.activation, generate_series(1, 2) n WHERE id = $1`,
        [activationId, versions[1], updated],
      );
    const [one, other] = [world.houses[0]!, world.houses[1]!];
    const draw = (house: House, at: string, to: number, from = 0, versionId = versions[0]!): Promise<void> =>
      drawHoldOut(
        product,
        house.activationId,
        at,
        { written: house.contacts.slice(from, to - 3), heldOut: house.contacts.slice(to - 3, to) },
        versionId,
      );
    // Both versions of the first activation hold out; of the second, the first version wrote to everybody.
    await draw(one, monday, 25);
    await draw(one, addDays(updated, 1), 35, 25, versions[1]);
    await draw(one, addDays(updated, 15), 40, 35, versions[1]);
    await draw(other, updated, 40, 20, versions[1]);
    const read = async ({ partnerId, activationId: id }: House) => {
      const database = product.app.get(Database);
      const counts = await database.inTransaction(systemActor('insight', { partnerId }), () =>
        holdOutCounts(database, [id]),
      );
      return counts.get(id)?.map(({ versionId, horizon, written, heldOut, notCounted }) => ({
        version: versions.indexOf(versionId) + 1,
        readOn: dayOf(horizon.readAt),
        people: [written.people, heldOut.people, notCounted],
      }));
    };
    const [first, second] = [addDays(monday, 42), addDays(updated, 42)];
    expect(await read(one)).toEqual([
      { version: 1, readOn: first, people: [22, 3, 0] },
      { version: 2, readOn: second, people: [7, 3, 5] },
    ]);
    expect(await read(other)).toEqual([
      { version: 1, readOn: first, people: [0, 0, 0] },
      { version: 2, readOn: second, people: [17, 3, 0] },
    ]);
  });

  it('tell nothing of a partner that showed its totals, has left, and is invited again', async () => {
    const { actor, houses } = await aWorld(1, 0);
    const { partnerId, activationId } = houses[0]!;
    await named(partnerId, 'Partner');
    await owner.query(
      `INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant) VALUES ($1, $2, $3, 'welcome', $4, 'leads', 1, 'en')`,
      [activationId, partnerId, actor.vendorId, monday],
    );
    await showTotals(product, actor.vendorId, [partnerId]);
    const read = async () => [...(await product.app.get(ShownResultsReader).read(actor, [partnerId])).values()];
    expect(await read()).toMatchObject([{ hasLead: true, hasWon: false }]);
    await owner.query(
      `UPDATE organisations.membership SET status = 'invited', joined_at = NULL WHERE partner_id = $1`,
      [partnerId],
    );
    expect(await read()).toEqual([]);
  });

  it('that a file cuts off are not read by its reader', async () => {
    const { actor, houses } = await aWorld(4, 0);
    for (const [at, { partnerId }] of houses.entries()) await named(partnerId, `Partner ${at}`);
    await showTotals(product, actor.vendorId, partnersOf(houses.slice(0, 3)));
    // Shows its totals and has none.
    const empty = houses[2]!;
    await owner.query('DELETE FROM activations.activation WHERE id = $1', [empty.activationId]);
    await owner.query(
      `UPDATE activations.activation a SET version_id = v.id FROM campaigns.campaign_version v
       WHERE v.campaign_id = a.campaign_id AND a.vendor_id = $1`,
      [actor.vendorId],
    );
    const totals = product.app.get(PartnerTotals);
    for (const [sort, most, isCut] of [
      ['partner', 1, true],
      ['-partner', 2, true],
      ['-leads', 1, true],
      [undefined, 3, false],
    ] as const) {
      const reader = { ...actor, userId: newId<UserId>() };
      const table = await totals.table(reader, { sort }, 'en', most);
      expect([table.isCut, table.rows.length]).toEqual([isCut, most]);
      const known = await owner.query<{ partner_id: string }>(
        'SELECT partner_id FROM insight.totals_reading WHERE reader_id::text = $1',
        [reader.userId],
      );
      const shared = table.rows.filter((row) => row[2] === 'yes').map(([partnerId]) => partnerId);
      expect(known.rows.map((row) => row.partner_id).sort()).toEqual([...shared].sort());
      expect(shared).not.toContain(empty.partnerId);
    }
  });
});
