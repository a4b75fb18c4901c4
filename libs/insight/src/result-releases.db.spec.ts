import { Database } from '#database';
import { newId, systemActor } from '#kernel';
import { CountedPeople, type ExactCounts } from './counted-people.service.js';
import { partCell } from './contribution.js';
import { Rollups, VendorInsights } from './index.js';
import { newestDue, nextStart } from './release-calendar.js';
import { addDays, dayOf } from './window.js';
import {
  advanceTo,
  aWorld,
  compiledHash,
  interact,
  monday,
  openForReleases,
  owner,
  product,
  releaseAll,
  send,
  type World,
} from './releases.fixture.js';

describe('released results', () => {
  openForReleases();

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
  const judge = (interactionId: string, verdict: string, on: string): Promise<unknown> =>
    owner.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT $1, id, partner_id, $3, 'test', $4 FROM engagement.interaction WHERE id = $2`,
      [newId(), interactionId, verdict, `${on}T14:00:00Z`],
    );
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
});
