import pg from 'pg';
import { Database } from '#database';
import {
  type ActivationId,
  type CampaignId,
  type ContactId,
  newId,
  type PartnerId,
  systemActor,
  type VendorActor,
  type MembershipId,
  type ProgrammeId,
} from '#kernel';
import { CountedPeople, type ExactCounts } from './counted-people.service.js';
import { partCell } from './contribution.js';
import {
  DistributorTotals,
  FirstResultBands,
  ResultReleases,
  Rollups,
  VendorExperiments,
  VendorInsights,
} from './index.js';
import { holdOutCounts } from './experiments/hold-out-counts.js';
import { ProgrammeLift } from './experiments/programme-lift.service.js';
import { ShownResultsReader } from './programme/shown-results.service.js';
import { aCampaign, aVendor, drawHoldOut, openInsight, storeCompiled, type TestInsight } from './insight.fixture.js';
import { newestDue, nextStart, startOf } from './release-calendar.js';
import { addDays, dayOf } from './window.js';

/** A partner with one activation, and its contacts. */
interface House {
  readonly partnerId: PartnerId;
  readonly activationId: string;
  readonly contacts: readonly ContactId[];
}

interface World {
  readonly actor: VendorActor;
  readonly campaignId: CampaignId;
  readonly houses: readonly House[];
}

describe('released results', () => {
  let product: TestInsight;
  let owner: pg.Client;
  let releases: ResultReleases;
  let compiledHash: string;
  /** The Monday on which everything is sent. */
  let monday: string;

  beforeAll(async () => {
    product = await openInsight();
    ({ owner } = product);
    releases = product.app.get(ResultReleases);
    compiledHash = await storeCompiled(product);
    monday = startOf('four-weeks', dayOf(product.clock.now()));
    product.clock.advance(Date.parse(addDays(monday, 28)) - product.clock.now().getTime());
    monday = addDays(monday, 28);
  });
  afterAll(() => product.close());

  /** A vendor whose partners joined `memberDays` before the messages. */
  async function aWorld(partners: number, contactsEach: number, memberDays = 60): Promise<World> {
    const actor = await aVendor(product);
    const { vendorId } = actor;
    const campaignId = await aCampaign(product, actor, { compiledHash, publishedOn: addDays(monday, -90) });
    const houses: House[] = [];
    for (let n = 0; n < partners; n++) {
      const [partnerId, activationId] = [newId<PartnerId>(), newId()];
      await owner.query(
        `INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
         VALUES ($1, $1, $2, $3, 'gold', 'EMEA', 'active', $4, $4)`,
        [newId(), vendorId, partnerId, addDays(monday, -memberDays)],
      );
      await owner.query(
        `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
           idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
         VALUES ($1::uuid, $2, $3, $4, $4, 'active', $1::uuid::text, 'en', 'UTC', $5, '{}', 1, 'key', 'hash', 'Test user', $5, '{}', 'activation', '2060-01-01')`,
        [activationId, partnerId, vendorId, campaignId, monday],
      );
      houses.push({
        partnerId,
        activationId,
        contacts: Array.from({ length: contactsEach }, () => newId<ContactId>()),
      });
    }
    return { actor, campaignId, houses };
  }

  /** @returns the ids of the messages, one to each contact. */
  async function send(world: World, house: House, on: string, occurrence = 0): Promise<string[]> {
    const ids = house.contacts.map(() => newId());
    await owner.query(
      `INSERT INTO delivery.message (id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, reason, planned_at, settled_at, variant)
       SELECT id, $3, $4, $5, id, contact, 'welcome', $6, 'welcome', 'delivered', 'delivered', $7, $7, 'en' FROM unnest($1::uuid[], $2::uuid[]) one (id, contact)`,
      [ids, house.contacts, house.partnerId, world.actor.vendorId, house.activationId, occurrence, `${on}T10:00:00Z`],
    );
    return ids;
  }
  async function bounce(messageId: string, on: string): Promise<void> {
    await owner.query(`UPDATE delivery.message SET state = 'bounced', reason = 'bounced-hard' WHERE id = $1`, [
      messageId,
    ]);
    await owner.query(
      `INSERT INTO delivery.message_event (id, source, source_id, message_id, partner_id, kind, why, excerpt, at)
       SELECT $1::uuid, 'test', $1::uuid::text, id, partner_id, 'hard', 'test', '', $3 FROM delivery.message WHERE id = $2`,
      [newId(), messageId, `${on}T12:00:00Z`],
    );
  }
  async function interact(messageId: string, kind: string, on: string, verdict: string | null = null): Promise<string> {
    const id = newId();
    await owner.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, verdict, at)
       SELECT $1, partner_id, vendor_id, activation_id, id, contact_id, $3, $4, $5 FROM delivery.message WHERE id = $2`,
      [id, messageId, kind, verdict, `${on}T13:00:00Z`],
    );
    return id;
  }
  const judge = (interactionId: string, verdict: string, on: string): Promise<unknown> =>
    owner.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT $1, id, partner_id, $3, 'test', $4 FROM engagement.interaction WHERE id = $2`,
      [newId(), interactionId, verdict, `${on}T14:00:00Z`],
    );

  const releaseAll = async (): Promise<void> => {
    while (await releases.releaseDue());
  };
  const advanceTo = (day: string): void => {
    product.clock.advance(Date.parse(day) - product.clock.now().getTime());
  };
  const rowsOf = async ({ actor }: World): Promise<Record<string, unknown>[]> =>
    (
      await owner.query('SELECT * FROM release.release WHERE vendor_id = $1 ORDER BY as_of, kind, subject', [
        actor.vendorId,
      ])
    ).rows as Record<string, unknown>[];
  /** The numbers before the noise, of a span that is not recorded. */
  const exact = async (
    { actor, campaignId }: World,
    rhythm: 'week' | 'four-weeks',
    startsOn: string,
  ): Promise<ExactCounts> => {
    const parts = new Map([[campaignId, new Set([partCell('welcome', 'en')])]]);
    const database = product.app.get(Database);
    let counts: ExactCounts | null = null;
    await database
      .inTransaction(systemActor('insight'), async () => {
        counts = await product.app
          .get(CountedPeople, { strict: false })
          .count({ vendorId: actor.vendorId, rhythm, startsOn, parts });
        throw new Error('not to be recorded');
      })
      .catch(() => undefined);
    return counts!;
  };

  it('count what became known in their span, a person within its bounds', async () => {
    const world = await aWorld(1, 5);
    const [house] = world.houses;
    const ids: string[][] = [];
    for (let n = 0; n < 6; n++) ids.push(await send(world, house!, addDays(monday, n), n));
    // Of the first contact: two bounces in the week, and one a week later.
    await bounce(ids[0]![0]!, addDays(monday, 6));
    await bounce(ids[1]![0]!, addDays(monday, 6));
    await bounce(ids[2]![1]!, addDays(monday, 7));
    for (const n of [0, 1]) await interact(ids[n]![2]!, 'click', addDays(monday, n), 'human');
    await interact(ids[0]![3]!, 'click', monday, 'machine');
    const late = await interact(ids[0]![4]!, 'click', monday, 'machine');
    await judge(late, 'human', addDays(monday, 30));
    await interact(ids[0]![2]!, 'lead', addDays(monday, 3));
    const withdrawn = await interact(ids[0]![3]!, 'lead', addDays(monday, 3));
    await judge(withdrawn, 'machine', addDays(monday, 5));
    await interact(ids[0]![2]!, 'won', addDays(monday, 9));
    const reopened = await interact(ids[0]![3]!, 'won', addDays(monday, 9));
    await judge(reopened, 'reversed', addDays(monday, 10));
    const week = await exact(world, 'week', monday);
    const { campaignId } = world;
    expect(week.countOf('sent', campaignId, 'sent')).toBe(5 * 4);
    expect(week.countOf('bounced', campaignId, 'bounced')).toBe(1);
    const next = await exact(world, 'week', addDays(monday, 7));
    expect([next.countOf('sent', campaignId, 'sent'), next.countOf('bounced', campaignId, 'bounced')]).toEqual([0, 1]);
    const span = await exact(world, 'four-weeks', monday);
    const responses = ['clicked', 'leads', 'won', 'replied'].map((cell) => span.countOf('responses', campaignId, cell));
    expect(responses).toEqual([1, 1, 1, 0]);
    expect(span.countOf('partsSent', campaignId, partCell('welcome', 'en'))).toBe(5);
    expect(span.countOf('partsClicked', campaignId, partCell('welcome', 'en'))).toBe(1);
    const after = await exact(world, 'four-weeks', addDays(monday, 28));
    expect(after.countOf('responses', campaignId, 'clicked')).toBe(1);
  });

  it('are released once, on their day, also after a downtime and by several processes', async () => {
    const world = await aWorld(5, 200);
    for (const house of world.houses) await send(world, house, addDays(monday, 1));
    advanceTo(addDays(monday, 13));
    await releaseAll();
    expect(await rowsOf(world)).toEqual([]);
    advanceTo(addDays(monday, 70));
    await Promise.all([releaseAll(), releaseAll(), releaseAll()]);
    await releaseAll();
    const rows = await rowsOf(world);
    const weeks = new Set(
      rows.filter(({ kind }) => kind === 'sent').map((row) => (row['as_of'] as Date).toISOString()),
    );
    expect(weeks.size).toBe(9);
    expect(rows.filter(({ kind }) => kind === 'sent')).toHaveLength(9);
    expect(rows.filter(({ kind }) => kind === 'responses')).toHaveLength(2);
    expect(rows.filter(({ kind }) => kind === 'steps')).toHaveLength(4);
    const [first] = rows.filter(({ kind }) => kind === 'sent') as unknown as { cells: { value: number }[] }[];
    expect(Math.abs(first!.cells[0]!.value - 1_000)).toBeLessThan(6 * 60);
    const { numbers, campaigns, nextWeekOn } = await product.app
      .get(VendorInsights)
      .all(world.actor, { from: monday, to: addDays(monday, 27) });
    expect(numbers.sent).toEqual({ value: expect.any(Number), margin: 236, smallest: 480 });
    expect(campaigns[0]!.weeks.map(({ startsOn }) => startsOn)).toEqual(
      [0, 7, 14, 21].map((days) => addDays(monday, days)),
    );
    expect(campaigns[0]!.fourWeeks).toHaveLength(1);
    expect(campaigns[0]!.parts).toMatchObject([
      { stepKey: 'welcome', variant: 'en', fourWeeks: [{ startsOn: monday }] },
    ]);
    expect(nextWeekOn).toBe(addDays(nextStart('week', newestDue('week', addDays(monday, 70))), 14));
  });

  it('never change: late bounces, erased people and rebuilt numbers leave the same bytes', async () => {
    const world = await aWorld(5, 40);
    const sent: string[][] = [];
    for (const house of world.houses) sent.push(await send(world, house, addDays(monday, 2)));
    advanceTo(addDays(monday, 77));
    await releaseAll();
    const before = await rowsOf(world);
    expect(before.length).toBeGreaterThan(0);
    for (const ids of sent) for (const id of ids.slice(0, 20)) await bounce(id, addDays(monday, 72));
    await owner.query('DELETE FROM contacts.contact WHERE id = ANY ($1)', [
      world.houses.flatMap(({ contacts }) => contacts),
    ]);
    for (const { partnerId } of world.houses) await product.app.get(Rollups).reconcile(partnerId);
    await owner.query('TRUNCATE insight.daily, insight.delta');
    await releaseAll();
    expect(await rowsOf(world)).toEqual(before);
    const counts = await exact(world, 'week', addDays(monday, 70));
    expect(counts.countOf('bounced', world.campaignId, 'bounced')).toBe(100);
    advanceTo(addDays(monday, 84));
    await releaseAll();
    const after = await rowsOf(world);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
  });

  it('are not released while fewer than five partners were in the programme for 30 days', async () => {
    const four = await aWorld(4, 10);
    const fresh = await aWorld(5, 10, 5);
    for (const world of [four, fresh]) for (const house of world.houses) await send(world, house, monday);
    await releaseAll();
    expect(await rowsOf(four)).toEqual([]);
    const spans = (await rowsOf(fresh)).map((row) => dayOf(row['as_of'] as Date));
    expect(spans.every((end) => end > addDays(monday, 25))).toBe(true);
    expect(spans.length).toBeGreaterThan(0);
  });

  it('reach a vendor although those of another cannot be computed', async () => {
    const broken = await aWorld(5, 2);
    const sound = await aWorld(5, 2);
    await owner.query(`UPDATE campaigns.campaign_version SET compiled_hash = repeat('0', 64) WHERE vendor_id = $1`, [
      broken.actor.vendorId,
    ]);
    await releaseAll();
    const kinds = async (world: World): Promise<Set<unknown>> => new Set((await rowsOf(world)).map(({ kind }) => kind));
    expect(await kinds(broken)).toEqual(new Set(['bounced', 'sent']));
    expect(await kinds(sound)).toEqual(new Set(['bounced', 'sent', 'responses', 'steps']));
    await owner.query('UPDATE campaigns.campaign_version SET compiled_hash = $2 WHERE vendor_id = $1', [
      broken.actor.vendorId,
      compiledHash,
    ]);
    await releaseAll();
    expect(await kinds(broken)).toEqual(await kinds(sound));
  });

  it('forget in which spans a person was counted, once it bounds nothing', async () => {
    const world = await aWorld(5, 10);
    for (const house of world.houses) await send(world, house, monday);
    await releaseAll();
    const known = async (): Promise<number> =>
      (await owner.query('SELECT 1 FROM insight.counted_person WHERE vendor_id = $1', [world.actor.vendorId])).rows
        .length;
    expect(await known()).toBe(50);
    await owner.query('UPDATE insight.counted_person SET last_on = last_on - 400 WHERE vendor_id = $1', [
      world.actor.vendorId,
    ]);
    advanceTo(addDays(monday, 91));
    await releaseAll();
    expect(await known()).toBe(0);
  });

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
    for (const { partnerId } of [...world.houses.slice(0, 12), left])
      await owner.query(
        `INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, changed_by, changed_at) VALUES ($1, $2, true, 'Test user', now())`,
        [partnerId, world.actor.vendorId],
      );
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
    const share = (houses: readonly House[], wording: number) =>
      owner.query(
        `INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, wording, changed_by, changed_at)
         SELECT id, $2, true, $3, 'Test user', now() FROM unnest($1::uuid[]) AS shown (id)`,
        [houses.map(({ partnerId }) => partnerId), world.actor.vendorId, wording],
      );
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
    await share(world.houses.slice(0, 9), 2);
    await share(world.houses.slice(9), 1);
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
    const share = async (...shared: House[]): Promise<void> => {
      for (const { partnerId } of shared)
        await owner.query(
          'INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, changed_by, changed_at) VALUES ($1, $2, true, $3, now())',
          [partnerId, vendorId, 'Test user'],
        );
    };
    const distributor = { id, vendorId, partnerId: newId<PartnerId>(), programmeId: newId<ProgrammeId>() };
    const terms = { name: 'Distributor', approval: 'approved', tier: 'gold', region: 'EMEA' } as const;
    const read = () => product.app.get(DistributorTotals).of({ ...distributor, ...terms });
    await share(...world.houses.slice(0, 4));
    expect(await read()).toMatchObject({ from, partnersNeeded: 5, sums: null });
    await share(world.houses[4]!);
    const sums = { partners: 5, launches: 5, sent: 50, clicks: 0, leads: 50 };
    expect((await read()).sums).toEqual(sums);
    // With the sixth partner, the difference would be its number.
    await share(world.houses[5]!);
    expect((await read()).sums).toEqual(sums);
  });

  it('tells of hold-outs over five partners or more that show their totals, in batches that never change', async () => {
    const world = await aWorld(11, 30);
    const { vendorId } = world.actor;
    const started = addDays(startOf('week', dayOf(product.clock.now())), 7);
    await owner.query('UPDATE activations.activation SET start_at = $2 WHERE vendor_id = $1', [vendorId, started]);
    for (const { partnerId, activationId, contacts } of world.houses) {
      const groups = { written: contacts.slice(0, 20), heldOut: contacts.slice(20) };
      await drawHoldOut(product, activationId, started, groups);
      // Two who got it, and a held out one that comes too late.
      await owner.query(
        `INSERT INTO leads.lead (id, partner_id, contact_id, activation_id, source, status, created_at, requested_at, updated_at)
         SELECT gen_random_uuid(), $1, contact, $2, 'form', 'new', at, at, at FROM unnest($3::uuid[], $4::timestamptz[]) one (contact, at)`,
        [
          partnerId,
          activationId,
          [contacts[0], contacts[1], contacts[20]],
          [3, 27, 29].map((days) => `${addDays(started, days)}T00:00:00Z`),
        ],
      );
    }
    const share = async (shared: readonly House[], isShared = true): Promise<void> => {
      for (const { partnerId } of shared)
        await owner.query(
          `INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, changed_by, changed_at) VALUES ($1, $2, $3, 'Test user', now())
           ON CONFLICT (partner_id, vendor_id) DO UPDATE SET is_shared = excluded.is_shared`,
          [partnerId, vendorId, isShared],
        );
    };
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
    await owner.query("UPDATE activations.activation SET partner_id = $2, idempotency_key = 'second' WHERE id = $1", [
      second,
      partnerId,
    ]);
    await drawHoldOut(product, first, monday, { written: contacts.slice(0, 10), heldOut: contacts.slice(10, 18) });
    // Who was written to is left out of the second launch; who was held out is held out again.
    const again = addDays(monday, 60);
    await owner.query('UPDATE activations.activation SET start_at = $2 WHERE id = $1', [second, again]);
    const heldOut = [...contacts.slice(10, 18), ...contacts.slice(25)];
    await drawHoldOut(product, second, again, { written: contacts.slice(18, 25), heldOut });
    const launches = [first, second] as ActivationId[];
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
    const read = async ({ partnerId, activationId }: House) => {
      const id = activationId as ActivationId;
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
    await owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1, 'partner', 'Partner', $2, 'DE', 'UTC', now())`,
      [partnerId, `partner-${partnerId}`],
    );
    await owner.query(
      `INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant) VALUES ($1, $2, $3, 'welcome', $4, 'leads', 1, 'en')`,
      [activationId, partnerId, actor.vendorId, monday],
    );
    await owner.query(
      `INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, changed_by, changed_at) VALUES ($1, $2, true, 'Test user', now())`,
      [partnerId, actor.vendorId],
    );
    const read = async () => [...(await product.app.get(ShownResultsReader).read(actor, [partnerId])).values()];
    expect(await read()).toMatchObject([{ hasLead: true, hasWon: false }]);
    await owner.query(
      `UPDATE organisations.membership SET status = 'invited', joined_at = NULL WHERE partner_id = $1`,
      [partnerId],
    );
    expect(await read()).toEqual([]);
  });
});
